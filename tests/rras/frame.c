#include "frame.h"
#include "breach.h"
#include "octets.h"

enum { ADDRESS_AND_CONTROL = 0xff03, PACKET_HEADER_SIZE = 4 };

enum arrival
frame_receive(struct sstp *sstp, int64_t deadline, struct frame *frame)
{
	struct cursor bytes;
	enum arrival arrival = sstp_receive(sstp, deadline, &bytes);
	if (arrival != ARRIVAL_HERE)
		return arrival;
	unsigned head = cursor_u16(&bytes);
	frame->protocol = cursor_u16(&bytes);
	frame->information = bytes;
	if (bytes.failed || head != ADDRESS_AND_CONTROL)
		breach(sstp->line, "a PPP frame does not begin with FF03 and a protocol");
	else if ((frame->protocol & 0x0101) != 0x0001)
		breach(sstp->line, "%04X cannot be a PPP protocol", frame->protocol);
	else
		return ARRIVAL_HERE;
	return ARRIVAL_OVER;
}

bool
frame_open(struct sstp *sstp, const struct frame *frame, struct frame_packet *packet)
{
	struct cursor bytes = frame->information;
	packet->code = cursor_u8(&bytes);
	packet->identifier = cursor_u8(&bytes);
	unsigned length = cursor_u16(&bytes);
	packet->data = bytes.at;
	packet->length = bytes.left;
	if (!bytes.failed && length == frame->information.left)
		return true;
	return breach(sstp->line, "a packet of protocol %04X says its length is %u, and has %zu",
	    frame->protocol, length, frame->information.left);
}

void
frame_send_bytes(struct sstp *sstp, uint16_t protocol, const struct text *information)
{
	struct text frame = TEXT_EMPTY;
	int ppp = sstp->line->member->ppp;
	if (ppp != PPP_COMPRESSES)
		octets_add_u16(&frame, ADDRESS_AND_CONTROL);
	octets_add_u16(&frame, protocol);
	text_add_bytes(&frame, information->bytes, information->length);
	if (ppp == PPP_PADS)
		text_add(&frame, "padding");
	sstp_send(sstp, &frame);
	text_free(&frame);
}

void
frame_send(struct sstp *sstp, uint16_t protocol, const struct frame_packet *packet)
{
	struct text information = TEXT_EMPTY;
	octets_add_u8(&information, packet->code);
	octets_add_u8(&information, packet->identifier);
	octets_add_u16(&information, (unsigned)(PACKET_HEADER_SIZE + packet->length));
	text_add_bytes(&information, packet->data, packet->length);
	frame_send_bytes(sstp, protocol, &information);
	text_free(&information);
}

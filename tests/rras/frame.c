#include "frame.h"
#include "breach.h"
#include "octets.h"

enum {
	ADDRESS_AND_CONTROL = 0xff03,
	LAST_BYTE = 1, /* the bit that ends a protocol */
	LCP_HEADER = 4,
	PACKET_HEADER_SIZE = 4,
};

/* FF 03, or nothing where that is allowed. */
static bool
read_header(const struct sstp *sstp, struct cursor *bytes)
{
	struct cursor rest = *bytes;
	if (cursor_u16(&rest) != ADDRESS_AND_CONTROL)
		return sstp->short_header;
	*bytes = rest;
	return true;
}

static uint16_t
read_protocol(const struct sstp *sstp, struct cursor *bytes)
{
	unsigned first = cursor_u8(bytes);
	if (sstp->short_protocol && (first & LAST_BYTE) != 0)
		return (uint16_t)first;
	return (uint16_t)(first << 8 | cursor_u8(bytes));
}

enum arrival
frame_receive(struct sstp *sstp, int64_t deadline, struct frame *frame)
{
	struct cursor bytes;
	enum arrival arrival = sstp_receive(sstp, deadline, &bytes);
	if (arrival != ARRIVAL_HERE)
		return arrival;
	size_t length = bytes.left;
	bool headed = read_header(sstp, &bytes);
	frame->protocol = read_protocol(sstp, &bytes);
	frame->information = bytes;
	if (bytes.failed || !headed)
		breach(sstp->line, "a PPP frame does not begin with FF03 and a protocol");
	else if ((frame->protocol & 0x0101) != 0x0001)
		breach(sstp->line, "%04X cannot be a PPP protocol", frame->protocol);
	else if (frame->protocol == FRAME_LCP && length - bytes.left < LCP_HEADER)
		breach(sstp->line, "an LCP frame without FF03");
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

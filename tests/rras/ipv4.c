#include "ipv4.h"
#include "breach.h"
#include "frame.h"
#include "octets.h"

enum { HEADER = 20, VERSION_AND_HEADER = 0x45, WORD = 4, TTL = 128, CHECKSUM_AT = 10 };

uint16_t
ipv4_checksum(struct cursor bytes)
{
	uint32_t sum = 0;
	while (bytes.left > 1)
		sum += cursor_u16(&bytes);
	if (bytes.left == 1)
		sum += (uint32_t)cursor_u8(&bytes) << 8;
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

bool
ipv4_read(struct line *line, struct cursor bytes, struct ipv4 *packet)
{
	const uint8_t *start = bytes.at;
	size_t all = bytes.left;
	unsigned first = cursor_u8(&bytes);
	size_t header = (first & 0x0f) * (size_t)WORD;
	cursor_u8(&bytes); /* type of service */
	size_t length = cursor_u16(&bytes);
	cursor_u32(&bytes); /* identification, fragment */
	cursor_u8(&bytes);  /* time to live */
	packet->protocol = cursor_u8(&bytes);
	cursor_u16(&bytes); /* checksum */
	packet->source = cursor_u32(&bytes);
	packet->destination = cursor_u32(&bytes);
	if (bytes.failed || first >> 4 != 4 || header < HEADER || length < header || length > all)
		return breach(line, "a malformed IPv4 packet");
	packet->header = cursor_over(start, header);
	packet->payload = cursor_over(start + header, length - header);
	return ipv4_checksum(packet->header) == 0 ||
	       breach(line, "an IPv4 packet with a wrong checksum");
}

void
ipv4_send(struct sstp *sstp, enum ipv4_protocol protocol, uint32_t source, uint32_t destination,
    const struct text *payload)
{
	struct text packet = TEXT_EMPTY;
	octets_add_u8(&packet, VERSION_AND_HEADER);
	octets_add_u8(&packet, 0);
	octets_add_u16(&packet, (unsigned)(HEADER + payload->length));
	octets_add_u32(&packet, 0);
	octets_add_u8(&packet, TTL);
	octets_add_u8(&packet, protocol);
	octets_add_u16(&packet, 0);
	octets_add_u32(&packet, source);
	octets_add_u32(&packet, destination);
	octets_set_u16(
	    &packet, CHECKSUM_AT, ipv4_checksum(cursor_over(packet.bytes, packet.length)));
	text_add_bytes(&packet, payload->bytes, payload->length);
	frame_send_bytes(sstp, FRAME_IPV4, &packet);
	text_free(&packet);
}

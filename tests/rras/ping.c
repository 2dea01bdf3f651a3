#include <arpa/inet.h>
#include <string.h>

#include "breach.h"
#include "ending.h"
#include "frame.h"
#include "journal.h"
#include "octets.h"
#include "ping.h"

enum { HEADER = 20, VERSION_AND_HEADER = 0x45, WORD = 4, PROTOCOL_ICMP = 1, TTL = 128 };
enum { ICMP_HEADER = 8, ECHO_REPLY = 0, ECHO_REQUEST_TYPE = 8 };

struct packet {
	uint8_t protocol;
	uint32_t source;
	uint32_t destination;
	struct cursor payload;
};

/* RFC 1071. Over bytes with a right checksum in them it is 0. */
static uint16_t
checksum(struct cursor bytes)
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

static bool
read_packet(struct line *line, struct cursor bytes, struct packet *packet)
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
	if (checksum(cursor_over(start, header)) != 0)
		return breach(line, "an IPv4 packet with a wrong checksum");
	packet->payload = cursor_over(start + header, length - header);
	return true;
}

/* An IPv4 packet, its header made anew. */
static void
send_packet(struct sstp *sstp, uint32_t source, uint32_t destination, const struct text *payload)
{
	struct text packet = TEXT_EMPTY;
	octets_add_u8(&packet, VERSION_AND_HEADER);
	octets_add_u8(&packet, 0);
	octets_add_u16(&packet, (unsigned)(HEADER + payload->length));
	octets_add_u32(&packet, 0);
	octets_add_u8(&packet, TTL);
	octets_add_u8(&packet, PROTOCOL_ICMP);
	octets_add_u16(&packet, 0);
	octets_add_u32(&packet, source);
	octets_add_u32(&packet, destination);
	octets_set_u16(&packet, 10, checksum(cursor_over(packet.bytes, packet.length)));
	text_add_bytes(&packet, payload->bytes, payload->length);
	frame_send_bytes(sstp, FRAME_IPV4, &packet);
	text_free(&packet);
}

static void
reply(struct sstp *sstp, const struct packet *request)
{
	struct text echo = TEXT_EMPTY;
	octets_add_u32(&echo, 0); /* type, code, checksum */
	text_add_bytes(&echo, request->payload.at + WORD, request->payload.left - WORD);
	octets_set_u16(&echo, 2, checksum(cursor_over(echo.bytes, echo.length)));
	send_packet(sstp, request->destination, request->source, &echo);
	text_free(&echo);
}

static bool
is_here(const struct member *member, uint32_t address)
{
	return address == ntohl(member->server_address.s_addr) ||
	       address == ntohl(member->ping_address.s_addr);
}

static bool
take_icmp(struct sstp *sstp, const struct packet *packet)
{
	struct cursor icmp = packet->payload;
	unsigned type = cursor_u8(&icmp);
	if (packet->payload.left < ICMP_HEADER || checksum(packet->payload) != 0)
		return breach(sstp->line, "a malformed ICMP packet");
	if (type != ECHO_REQUEST_TYPE) {
		journal_add(sstp->line, "icmp type %u", type);
		return true;
	}
	cursor_u8(&icmp);
	cursor_u32(&icmp);
	if (!is_here(sstp->line->member, packet->destination)) {
		journal_add(sstp->line, "ping of another address");
		return true;
	}
	journal_add(sstp->line, "ping sequence=%u", cursor_u16(&icmp));
	reply(sstp, packet);
	ending_reach(sstp, END_AT_PING);
	return true;
}

bool
ping_take(struct sstp *sstp, struct cursor bytes)
{
	struct packet packet;
	if (!read_packet(sstp->line, bytes, &packet))
		return false;
	if (packet.source != ntohl(sstp->line->member->pool.s_addr))
		return breach(sstp->line, "an IPv4 packet from another address");
	if (packet.protocol == PROTOCOL_ICMP)
		return take_icmp(sstp, &packet);
	journal_add(sstp->line, "ip protocol %u", packet.protocol);
	return true;
}

#include <arpa/inet.h>

#include "breach.h"
#include "ending.h"
#include "ipv4.h"
#include "journal.h"
#include "noise.h"
#include "octets.h"
#include "ping.h"

enum { ICMP_HEADER = 8, CHECKSUM_AT = 2, IDENTIFIER_AT = 4, SEQUENCE_AT = 6 };
enum { TYPE_REPLY = 0, TYPE_UNREACHABLE = 3, TYPE_REQUEST = 8, HOST_UNREACHABLE = 1 };

static void
send_icmp(struct sstp *sstp, uint32_t source, uint32_t destination, struct text *icmp)
{
	octets_set_u16(icmp, CHECKSUM_AT, ipv4_checksum(cursor_over(icmp->bytes, icmp->length)));
	if (sstp->line->member->ping == PING_HAS_CHECKSUM)
		octets_set_u16(icmp, CHECKSUM_AT, 0xbad0);
	ipv4_send(sstp, IPV4_ICMP, source, destination, icmp);
}

/* Turn over the bits of the 16 AT an offset. */
static void
spoil(struct text *icmp, size_t at)
{
	struct cursor bytes = cursor_over(icmp->bytes, icmp->length);
	cursor_bytes(&bytes, at);
	octets_set_u16(icmp, at, (unsigned)~cursor_u16(&bytes));
}

static void
send_reply(struct sstp *sstp, const struct ipv4 *request)
{
	struct text icmp = TEXT_EMPTY;
	struct cursor rest = request->payload;
	uint32_t source = request->destination;
	cursor_u32(&rest);
	octets_add_u32(&icmp, TYPE_REPLY); /* and code, and no checksum yet */
	text_add_bytes(&icmp, rest.at, rest.left);
	switch (sstp->line->member->ping) {
	case PING_HAS_PAYLOAD:
		text_add(&icmp, "more");
		break;
	case PING_HAS_IDENTIFIER:
		spoil(&icmp, IDENTIFIER_AT);
		break;
	case PING_HAS_SEQUENCE:
		spoil(&icmp, SEQUENCE_AT);
		break;
	case PING_HAS_SOURCE:
		source++;
		break;
	}
	send_icmp(sstp, source, request->source, &icmp);
	text_free(&icmp);
}

/* RFC 792: with the header of the packet, and the first eight bytes behind it. */
static void
send_unreachable(struct sstp *sstp, const struct ipv4 *request)
{
	struct text icmp = TEXT_EMPTY;
	octets_add_u8(&icmp, TYPE_UNREACHABLE);
	octets_add_u8(&icmp, HOST_UNREACHABLE);
	octets_add_u16(&icmp, 0);
	octets_add_u32(&icmp, 0);
	text_add_bytes(&icmp, request->header.at, request->header.left);
	text_add_bytes(&icmp, request->payload.at, ICMP_HEADER);
	send_icmp(sstp, ntohl(sstp->line->member->server_address.s_addr), request->source, &icmp);
	text_free(&icmp);
}

static bool
is_lost(const struct ping *ping)
{
	switch (ping->lcp->sstp->line->member->ping) {
	case PING_LOSES_FIRST:
		return ping->requests == 1;
	case PING_LOSES_ALL:
		return true;
	case PING_LOSES_EVERY_SECOND:
		return ping->requests % 2 == 0;
	}
	return false;
}

static void
answer(struct ping *ping, const struct ipv4 *request)
{
	struct sstp *sstp = ping->lcp->sstp;
	const struct member *member = sstp->line->member;
	noise_send(ping->lcp);
	line_sleep(member->ping_delay);
	if (member->ping == PING_IS_UNREACHABLE)
		send_unreachable(sstp, request);
	else
		send_reply(sstp, request);
	if (member->ping == PING_COMES_TWICE)
		send_reply(sstp, request);
	ending_reach(sstp, END_AT_PING);
}

static bool
is_here(const struct member *member, uint32_t address)
{
	return address == ntohl(member->server_address.s_addr) ||
	       address == ntohl(member->ping_address.s_addr);
}

static bool
take_icmp(struct ping *ping, const struct ipv4 *packet)
{
	struct line *line = ping->lcp->sstp->line;
	struct cursor icmp = packet->payload;
	unsigned type = cursor_u8(&icmp);
	if (packet->payload.left < ICMP_HEADER || ipv4_checksum(packet->payload) != 0)
		return breach(line, "a malformed ICMP packet");
	cursor_bytes(&icmp, SEQUENCE_AT - 1);
	if (type != TYPE_REQUEST)
		journal_add(line, "icmp type %u", type);
	else if (!is_here(line->member, packet->destination))
		journal_add(line, "ping of another address");
	else {
		ping->requests++;
		journal_add(
		    line, "ping sequence=%u%s", cursor_u16(&icmp), is_lost(ping) ? " lost" : "");
		if (!is_lost(ping))
			answer(ping, packet);
	}
	return true;
}

bool
ping_take(struct ping *ping, struct cursor bytes)
{
	struct line *line = ping->lcp->sstp->line;
	struct ipv4 packet;
	if (!ipv4_read(line, bytes, &packet))
		return false;
	if (packet.source != ntohl(line->member->pool.s_addr))
		return breach(line, "an IPv4 packet from another address");
	if (packet.protocol == IPV4_ICMP)
		return take_icmp(ping, &packet);
	journal_add(line, "ip protocol %u", packet.protocol);
	return true;
}

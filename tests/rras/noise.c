#include <arpa/inet.h>

#include "extras.h"
#include "frame.h"
#include "ipv4.h"
#include "noise.h"
#include "octets.h"

enum { BROADCAST = -1, UDP_HEADER = 8, PORT = 5004, ICMP_REPLY = 0 };

/* The beacon of SoftEther's SecureNAT is such a packet; UDP need not have a checksum. */
void
noise_send_broadcast(struct sstp *sstp)
{
	static const char beacon[] = "beacon";
	struct text udp = TEXT_EMPTY;
	octets_add_u16(&udp, PORT);
	octets_add_u16(&udp, PORT);
	octets_add_u16(&udp, UDP_HEADER + sizeof beacon);
	octets_add_u16(&udp, 0);
	text_add_bytes(&udp, beacon, sizeof beacon);
	ipv4_send(sstp, IPV4_UDP, ntohl(sstp->line->member->server_address.s_addr),
	    (uint32_t)BROADCAST, &udp);
	text_free(&udp);
}

/* An echo reply, to somebody else. */
static void
send_stray_reply(struct sstp *sstp, uint32_t source, uint32_t destination)
{
	struct text icmp = TEXT_EMPTY;
	octets_add_u32(&icmp, ICMP_REPLY);
	octets_add_u32(&icmp, 0);
	octets_set_u16(&icmp, 2, ipv4_checksum(cursor_over(icmp.bytes, icmp.length)));
	ipv4_send(sstp, IPV4_ICMP, source, destination, &icmp);
	text_free(&icmp);
}

static void
send_bytes(struct sstp *sstp, uint16_t protocol, const char *bytes, size_t length)
{
	struct text information = TEXT_EMPTY;
	text_add_bytes(&information, bytes, length);
	frame_send_bytes(sstp, protocol, &information);
	text_free(&information);
}

/* Nothing, half a header, a header that is longer than the packet, a packet longer than its frame,
 * and a version of IP that is not the one of the frame. */
static void
send_broken(struct sstp *sstp)
{
	static const char packet[] = "\x4f\0\0\x18\0\0\0\0\x80\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	static const char longer[] = "\x45\0\x05\xdc\0\0\0\0\x80\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	static const char other[] = "\x60\0\0\0\0\0\x3b\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	send_bytes(sstp, FRAME_IPV4, packet, 0);
	send_bytes(sstp, FRAME_IPV4, longer, 10);
	send_bytes(sstp, FRAME_IPV4, packet, sizeof packet - 1);
	send_bytes(sstp, FRAME_IPV4, longer, sizeof longer - 1);
	send_bytes(sstp, FRAME_IPV4, other, sizeof other - 1);
}

void
noise_send(struct lcp *lcp)
{
	const struct member *member = lcp->sstp->line->member;
	uint32_t source = ntohl(member->server_address.s_addr);
	switch (member->noise) {
	case NOISE_FROM_OTHERS:
		noise_send_broadcast(lcp->sstp);
		send_stray_reply(lcp->sstp, source, ntohl(member->pool.s_addr));
		sstp_echo(lcp->sstp);
		extras_send_echo(&lcp->extras);
		break;
	case NOISE_BROKEN:
		send_broken(lcp->sstp);
		break;
	}
}

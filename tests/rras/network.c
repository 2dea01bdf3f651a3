#include "network.h"
#include "breach.h"
#include "ipcp.h"
#include "octets.h"
#include "ping.h"

enum { DATA_BELOW = 0x8000 }; /* RFC 1661 section 2: what is above is control */

struct network {
	struct lcp *lcp;
	struct logon *logon;
	struct ipcp ipcp;
	struct ping ping;
	uint8_t rejects; /* Protocol-Rejects so far */
};

static struct line *
line_of(const struct network *network)
{
	return network->lcp->sstp->line;
}

static bool
reject_protocol(struct network *network, const struct frame *frame)
{
	struct text data = TEXT_EMPTY;
	octets_add_u16(&data, frame->protocol);
	text_add_bytes(&data, frame->information.at, frame->information.left);
	lcp_send(network->lcp, LCP_PROTOCOL_REJECT, network->rejects++, data.bytes, data.length);
	text_free(&data);
	return true;
}

/* Data before the Call Connected would be dropped by RRAS (MS-SSTP 3.3.5.2.3). */
static bool
take_ip(struct network *network, const struct frame *frame)
{
	if (!network->lcp->sstp->connected)
		return breach(line_of(network), "data before the Call Connected");
	if (!ipcp_is_open(&network->ipcp))
		return breach(line_of(network), "an IPv4 packet before IPCP has opened");
	return ping_take(&network->ping, frame->information);
}

static bool
take_frame(struct network *network, const struct frame *frame)
{
	struct frame_packet packet;
	switch (frame->protocol) {
	case FRAME_IPV4:
		return take_ip(network, frame);
	case FRAME_IPCP:
		if (line_of(network)->member->ipcp == IPCP_IS_REJECTED)
			break;
		return frame_open(network->lcp->sstp, frame, &packet) &&
		       ipcp_take(&network->ipcp, &packet);
	case FRAME_PAP:
	case FRAME_CHAP:
	case FRAME_EAP:
		return logon_repeat(network->logon, frame);
	}
	if (frame->protocol < DATA_BELOW && !network->lcp->sstp->connected)
		return breach(line_of(network), "data before the Call Connected");
	return reject_protocol(network, frame);
}

/* CCP for MPPC with 128 bits of MPPE, and IPV6CP for an interface identifier. */
static void
request_others(const struct network *network)
{
	static const uint8_t mppc[] = {18, 6, 1, 0, 0, 0x40};
	static const uint8_t identifier[] = {1, 10, 2, 0, 0x5e, 0xff, 0xfe, 0, 0x53, 1};
	int ncp = line_of(network)->member->ncp;
	if (ncp == NCP_CCP || ncp == NCP_BOTH)
		frame_send(network->lcp->sstp, FRAME_CCP,
		    &(struct frame_packet){LCP_CONFIGURE_REQUEST, 0, mppc, sizeof mppc});
	if (ncp == NCP_IPV6CP || ncp == NCP_BOTH)
		frame_send(network->lcp->sstp, FRAME_IPV6CP,
		    &(struct frame_packet){
		        LCP_CONFIGURE_REQUEST, 0, identifier, sizeof identifier});
}

void
network_serve(struct logon *logon)
{
	struct network network = {.lcp = logon->lcp, .logon = logon, .ping = {.lcp = logon->lcp}};
	struct frame frame;
	enum arrival arrival;
	ipcp_begin(&network.ipcp, network.lcp);
	request_others(&network);
	do {
		arrival = lcp_receive(network.lcp, network.ipcp.resend, &frame);
		if (arrival == ARRIVAL_LATE)
			ipcp_repeat(&network.ipcp);
	} while (
	    arrival == ARRIVAL_LATE || (arrival == ARRIVAL_HERE && take_frame(&network, &frame)));
	ipcp_free(&network.ipcp);
}

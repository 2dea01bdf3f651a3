#include "probe/ipcp.h"

#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "probe/frames.h"
#include "probe/said.h"

#define RESTART      (3 * DEADLINE_SECOND) /* RFC 1661 4.6 */
#define REQUESTS_MAX 20                    /* of ours; a server that never agrees is broken off */

static const uint8_t dns_options[FACTS_DNS_MAX] = {PPP_DNS1, PPP_DNS2};

static void
over(struct ipcp *ipcp, enum facts_symptom symptom, const char *words)
{
	ipcp->state = IPCP_OVER;
	ipcp->symptom = symptom;
	ipcp->timer = DEADLINE_NEVER;
	snprintf(ipcp->facts->words, sizeof ipcp->facts->words, "%s", words);
}

static void
send_request(struct ipcp *ipcp, int64_t now)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, PPP_IPCP, PPP_CONFIGURE_REQUEST, ipcp->identifier);

	ppp_add_address(&frame, PPP_IP_ADDRESS, ipcp->address);
	for (size_t i = 0; i < FACTS_DNS_MAX; i++)
		if (!ipcp->no_dns[i])
			ppp_add_address(&frame, dns_options[i], ipcp->dns[i]);
	ppp_end_packet(&frame, begun);
	frames_add(ipcp->out, &frame);
	ipcp->requests++;
	ipcp->timer = deadline_after(now, RESTART);
}

static void
open_if_agreed(struct ipcp *ipcp)
{
	struct facts_tunnel *facts = ipcp->facts;

	if (!ipcp->acknowledged_ours || !ipcp->acknowledged_theirs || ipcp->state != IPCP_GOING)
		return;
	ipcp->state = IPCP_OPEN;
	ipcp->timer = DEADLINE_NEVER;
	facts->ipcp_open = true;
	facts->address = ipcp->address;
	facts->peer = ipcp->peer;
	for (size_t i = 0; i < FACTS_DNS_MAX; i++)
		facts->dns[i] = ipcp->no_dns[i] ? 0 : ipcp->dns[i];
}

/* ---- answers to our request ---- */

/* The one of our DNS options that TYPE is, or FACTS_DNS_MAX. */
static size_t
place_of(uint8_t type)
{
	size_t i = 0;

	while (i < FACTS_DNS_MAX && dns_options[i] != type)
		i++;
	return i;
}

/* What the server names instead of what we asked for. */
static void
take_nak(struct ipcp *ipcp, const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;
	uint32_t address;

	while (ppp_next_option(&cursor, &option)) {
		size_t place = place_of(option.type);

		if (!ppp_option_address(&option, &address))
			continue;
		if (option.type == PPP_IP_ADDRESS)
			ipcp->address = address;
		else if (place < FACTS_DNS_MAX) {
			/* Who names what we asked for, such as 0.0.0.0, has none for us. */
			ipcp->no_dns[place] |= ipcp->dns[place] == address;
			ipcp->dns[place] = address;
		}
	}
}

/* What the server does not want to hear of; false when it is the address. */
static bool
take_reject(struct ipcp *ipcp, const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;

	while (ppp_next_option(&cursor, &option)) {
		size_t place = place_of(option.type);

		if (option.type == PPP_IP_ADDRESS)
			return false;
		if (place < FACTS_DNS_MAX)
			ipcp->no_dns[place] = true;
	}
	return true;
}

static void
ask_again(struct ipcp *ipcp, int64_t now)
{
	if (ipcp->requests >= REQUESTS_MAX) {
		over(ipcp, FACTS_NO_ADDRESS, "the server refuses every proposal");
		return;
	}
	ipcp->identifier++;
	send_request(ipcp, now);
}

static void
receive_answer(struct ipcp *ipcp, const struct ppp_packet *packet, int64_t now)
{
	if (packet->identifier != ipcp->identifier || ipcp->acknowledged_ours)
		return;
	ipcp->answered = true;
	if (packet->code == PPP_CONFIGURE_NAK) {
		take_nak(ipcp, packet);
		ask_again(ipcp, now);
	} else if (packet->code == PPP_CONFIGURE_REJECT) {
		if (take_reject(ipcp, packet))
			ask_again(ipcp, now);
		else
			over(ipcp, FACTS_NO_ADDRESS, "the server rejects our request for one");
	} else if (ipcp->address == 0)
		over(ipcp, FACTS_NO_ADDRESS, "the server gives 0.0.0.0");
	else {
		ipcp->acknowledged_ours = true;
		ipcp->timer = DEADLINE_NEVER;
		open_if_agreed(ipcp);
	}
}

/* ---- the server's request ---- */

static void
receive_request(struct ipcp *ipcp, const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct text rejected = TEXT_EMPTY;
	struct ppp_option option;
	uint32_t peer = 0;

	while (ppp_next_option(&cursor, &option))
		if (option.type != PPP_IP_ADDRESS || !ppp_option_address(&option, &peer))
			ppp_add_option(&rejected, option.type, option.value, option.length);
	ipcp->acknowledged_theirs = false;
	if (rejected.length > 0)
		frames_add_packet(ipcp->out, PPP_IPCP, PPP_CONFIGURE_REJECT, packet->identifier,
		    text_chars(&rejected), rejected.length);
	else if (!cursor.failed) {
		frames_add_packet(ipcp->out, PPP_IPCP, PPP_CONFIGURE_ACK, packet->identifier,
		    packet->data, packet->length);
		ipcp->acknowledged_theirs = true;
		ipcp->peer = peer;
		open_if_agreed(ipcp);
	}
	ipcp->out->failed |= text_failed(&rejected);
	text_free(&rejected);
}

static void
receive_terminate(struct ipcp *ipcp, const struct ppp_packet *packet)
{
	char reason[51], words[sizeof ipcp->facts->words];

	frames_add_packet(ipcp->out, PPP_IPCP, PPP_TERMINATE_ACK, packet->identifier, NULL, 0);
	said_keep_reason(reason, sizeof reason, packet, ipcp->logon);
	snprintf(
	    words, sizeof words, "the server ends IPCP%s%s", reason[0] == '\0' ? "" : ": ", reason);
	ipcp->answered = true;
	over(ipcp, FACTS_NO_ADDRESS, words);
}

/* ---- the whole ---- */

void
ipcp_begin(struct ipcp *ipcp, struct facts_tunnel *facts, const struct plan_logon *logon,
    struct text *out, int64_t now)
{
	memset(ipcp, 0, sizeof *ipcp);
	ipcp->facts = facts;
	ipcp->logon = logon;
	ipcp->out = out;
	ipcp->identifier = 1;
	send_request(ipcp, now);
}

void
ipcp_receive(struct ipcp *ipcp, const struct ppp_frame *frame, int64_t now)
{
	struct ppp_packet packet;

	if (ipcp->state == IPCP_OVER || !ppp_read_packet(frame, &packet))
		return;
	ipcp->facts->ipcp_heard = true;
	switch (packet.code) {
	case PPP_CONFIGURE_REQUEST:
		receive_request(ipcp, &packet);
		break;
	case PPP_CONFIGURE_ACK:
	case PPP_CONFIGURE_NAK:
	case PPP_CONFIGURE_REJECT:
		receive_answer(ipcp, &packet, now);
		break;
	case PPP_TERMINATE_REQUEST:
		receive_terminate(ipcp, &packet);
		break;
	default:
		break;
	}
}

void
ipcp_tick(struct ipcp *ipcp, int64_t now)
{
	if (ipcp->state != IPCP_GOING || ipcp->timer > now)
		return;
	if (ipcp->requests >= REQUESTS_MAX)
		ipcp->timer = DEADLINE_NEVER;
	else
		send_request(ipcp, now);
}

void
ipcp_reject(struct ipcp *ipcp)
{
	ipcp->answered = true;
	if (ipcp->state == IPCP_GOING)
		over(ipcp, FACTS_NO_PROTOCOL, "");
}

#include "terminate.h"
#include "breach.h"
#include "journal.h"
#include "octets.h"

enum { TRIES = 2 }; /* RFC 1661 section 4.6 */

/* What a client has after the end of LCP to leave, before it is shown the door. */
#define GRACE 0.3

/* LCP is down; the client's next step is a Call Disconnect. */
static void
await_disconnect(struct lcp *lcp, double seconds)
{
	int64_t deadline = line_deadline(seconds);
	struct frame frame;
	struct frame_packet packet;
	enum arrival arrival;
	while ((arrival = frame_receive(lcp->sstp, deadline, &frame)) == ARRIVAL_HERE) {
		if (!frame_open(lcp->sstp, &frame, &packet))
			return;
		if (frame.protocol != FRAME_LCP || packet.code != LCP_TERMINATE_REQUEST) {
			breach(lcp->sstp->line, "protocol %04X code %u after the end of LCP",
			    frame.protocol, packet.code);
			return;
		}
		lcp_send(lcp, LCP_TERMINATE_ACK, packet.identifier, NULL, 0);
	}
	if (arrival == ARRIVAL_LATE)
		sstp_disconnect(lcp->sstp);
}

void
terminate_answer(struct lcp *lcp, const struct frame_packet *packet)
{
	journal_add(lcp->sstp->line, "terminate request");
	lcp_send(lcp, LCP_TERMINATE_ACK, packet->identifier, NULL, 0);
	await_disconnect(lcp, lcp->sstp->line->member->restart);
}

/* Until then anything may have been under way. */
static enum arrival
await_terminate_ack(struct lcp *lcp)
{
	int64_t deadline = line_deadline(lcp->sstp->line->member->restart);
	struct frame frame;
	struct frame_packet packet;
	for (;;) {
		enum arrival arrival = frame_receive(lcp->sstp, deadline, &frame);
		if (arrival != ARRIVAL_HERE)
			return arrival;
		if (frame.protocol != FRAME_LCP)
			continue;
		if (!frame_open(lcp->sstp, &frame, &packet))
			return ARRIVAL_OVER;
		if (packet.code == LCP_TERMINATE_REQUEST)
			lcp_send(lcp, LCP_TERMINATE_ACK, packet.identifier, NULL, 0);
		if (packet.code == LCP_TERMINATE_ACK && packet.identifier == lcp->identifier)
			return ARRIVAL_HERE;
	}
}

/* A magic number, the same bytes as ever, and the number of an error. */
static void
add_reason(const struct lcp *lcp, struct text *text)
{
	enum { SIGNATURE = 0x003CCD74 };
	long error = lcp->sstp->line->member->ras_error;
	if (error == 0)
		return;
	octets_add_u32(text, lcp->offer.magic);
	octets_add_u32(text, SIGNATURE);
	octets_add_u32(text, (uint32_t)error);
}

void
terminate(struct lcp *lcp)
{
	enum arrival arrival = ARRIVAL_LATE;
	struct text reason = TEXT_EMPTY;
	lcp->identifier++;
	add_reason(lcp, &reason);
	for (int i = 0; i < TRIES && arrival == ARRIVAL_LATE; i++) {
		lcp_send(lcp, LCP_TERMINATE_REQUEST, lcp->identifier, text_chars(&reason),
		    reason.length);
		arrival = await_terminate_ack(lcp);
	}
	text_free(&reason);
	if (arrival == ARRIVAL_OVER)
		return;
	journal_add(
	    lcp->sstp->line, arrival == ARRIVAL_HERE ? "terminate ack" : "no terminate ack");
	await_disconnect(lcp, GRACE);
}

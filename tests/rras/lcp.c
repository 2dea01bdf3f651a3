#include <string.h>

#include "auth.h"
#include "base/deadline.h"
#include "breach.h"
#include "ending.h"
#include "journal.h"
#include "lcp.h"
#include "octets.h"
#include "options.h"
#include "terminate.h"
#include "terms.h"

/* RFC 1661 section 4.6; how often a client may say no to our requests is a guess. */
enum { CONFIGURE_TRIES = 10, REFUSALS_MAX = 20 };

static struct line *
line_of(const struct lcp *lcp)
{
	return lcp->sstp->line;
}

void
lcp_send(struct lcp *lcp, enum lcp_code code, uint8_t identifier, const void *data, size_t length)
{
	frame_send(lcp->sstp, FRAME_LCP, &(struct frame_packet){code, identifier, data, length});
}

static bool
is_open(const struct lcp *lcp)
{
	return lcp->agreed && lcp->they_agreed;
}

enum method
lcp_method(const struct lcp *lcp)
{
	return offer_method(&lcp->offer);
}

/* --- our request --- */

static void
send_request(struct lcp *lcp)
{
	const struct text *options = &lcp->offer.options;
	lcp_send(lcp, LCP_CONFIGURE_REQUEST, lcp->identifier, options->bytes, options->length);
	lcp->resend = line_deadline(line_of(lcp)->member->restart);
	lcp->agreed = false;
	lcp->tries--;
}

static void
send_new_request(struct lcp *lcp)
{
	lcp->identifier++;
	lcp->tries = CONFIGURE_TRIES;
	send_request(lcp);
}

static bool
repeat_request(struct lcp *lcp)
{
	if (lcp->tries > 0) {
		send_request(lcp);
		return true;
	}
	journal_add(line_of(lcp), "lcp gives up");
	sstp_disconnect(lcp->sstp);
	return false;
}

/* Whether an answer is one to our last request. Those to the ones before it may be late. */
static bool
is_timely(struct lcp *lcp, const struct frame_packet *packet, bool *timely)
{
	*timely = packet->identifier == lcp->identifier;
	if ((uint8_t)(lcp->identifier - packet->identifier) <= INT8_MAX)
		return true;
	return breach(line_of(lcp), "LCP code %u for request %u, which was not sent", packet->code,
	    packet->identifier);
}

static bool
take_ack(struct lcp *lcp, const struct frame_packet *packet)
{
	const struct text *options = &lcp->offer.options;
	bool timely;
	if (!is_timely(lcp, packet, &timely))
		return false;
	if (!timely)
		return true;
	if (packet->length != options->length ||
	    memcmp(packet->data, text_chars(options), options->length) != 0)
		return breach(line_of(lcp), "a Configure-Ack of other options");
	lcp->agreed = true;
	return true;
}

static bool
take_refusal(struct lcp *lcp, const struct frame_packet *packet)
{
	struct cursor list = cursor_over(packet->data, packet->length);
	bool timely;
	if (!is_timely(lcp, packet, &timely))
		return false;
	if (!timely)
		return true;
	if (lcp->agreed)
		return breach(line_of(lcp), "LCP code %u after Configure-Ack", packet->code);
	enum offer_outcome outcome = packet->code == LCP_CONFIGURE_NAK
	                                 ? offer_take_nak(&lcp->offer, list)
	                                 : offer_take_reject(&lcp->offer, list);
	if (outcome == OFFER_BREACH)
		return false;
	bool endless = line_of(lcp)->member->ppp == PPP_INSISTS;
	if (outcome == OFFER_REFUSED || (++lcp->refusals == REFUSALS_MAX && !endless)) {
		terminate(lcp);
		return false;
	}
	send_new_request(lcp);
	return true;
}

/* --- theirs --- */

static bool
is_same_request(const struct lcp *lcp, const struct frame_packet *packet)
{
	return packet->length == lcp->theirs.length &&
	       memcmp(packet->data, text_chars(&lcp->theirs), packet->length) == 0;
}

static bool
check_request(struct lcp *lcp, const struct frame_packet *packet)
{
	const char *problem = options_problem(cursor_over(packet->data, packet->length));
	bool same = is_same_request(lcp, packet);
	if (problem != NULL)
		return breach(line_of(lcp), "a Configure-Request with %s", problem);
	if (packet->identifier == lcp->their_identifier && !same)
		return breach(line_of(lcp), "another Configure-Request with the same identifier");
	if (is_open(lcp) && (packet->identifier != lcp->their_identifier || !same))
		return breach(line_of(lcp), "a Configure-Request after LCP has opened");
	return true;
}

/* The number our magic number is told from; 0 when the last request had none. */
static uint32_t
their_magic(const struct lcp *lcp)
{
	struct cursor list = cursor_over(lcp->theirs.bytes, lcp->theirs.length);
	struct option option;
	while (options_next(&list, &option))
		if (option.type == OPTION_MAGIC)
			return cursor_u32(&option.value);
	return 0;
}

static void
reject_code(struct lcp *lcp, const struct frame_packet *packet)
{
	struct text whole = TEXT_EMPTY;
	octets_add_u8(&whole, packet->code);
	octets_add_u8(&whole, packet->identifier);
	octets_add_u16(&whole, (unsigned)(4 + packet->length));
	text_add_bytes(&whole, packet->data, packet->length);
	lcp_send(lcp, LCP_CODE_REJECT, packet->identifier, whole.bytes, whole.length);
	text_free(&whole);
}

/* What we have agreed to. */
static void
allow(struct sstp *sstp, struct cursor list)
{
	struct option option;
	sstp->short_protocol = false;
	sstp->short_header = false;
	while (options_next(&list, &option)) {
		sstp->short_protocol = sstp->short_protocol || option.type == OPTION_PFC;
		sstp->short_header = sstp->short_header || option.type == OPTION_ACFC;
	}
}

static bool
take_request(struct lcp *lcp, const struct frame_packet *packet)
{
	struct cursor list = cursor_over(packet->data, packet->length);
	struct text options = TEXT_EMPTY;
	if (!check_request(lcp, packet))
		return false;
	switch (line_of(lcp)->member->ppp) {
	case PPP_TERMINATES:
		terminate(lcp);
		return false;
	case PPP_REJECTS_CODE:
		reject_code(lcp, packet);
		return true;
	}
	text_cut(&lcp->theirs, 0);
	text_add_bytes(&lcp->theirs, packet->data, packet->length);
	lcp->their_identifier = packet->identifier;
	enum answer answer =
	    terms_answer(line_of(lcp)->member, lcp->offer.magic, lcp->naks, list, &options);
	lcp->naks += answer == ANSWER_NAK;
	lcp->they_agreed = answer == ANSWER_ACK;
	if (lcp->they_agreed)
		allow(lcp->sstp, list);
	lcp_send(lcp, (enum lcp_code)answer, packet->identifier, options.bytes, options.length);
	text_free(&options);
	return true;
}

/* --- what may come at any time --- */

/* Before the network phase what does not belong there is ignored, not rejected. */
static bool
take_protocol_reject(struct lcp *lcp, const struct frame_packet *packet)
{
	struct cursor data = cursor_over(packet->data, packet->length);
	unsigned protocol = cursor_u16(&data);
	if (!is_open(lcp))
		return breach(line_of(lcp), "Protocol-Reject before LCP is open");
	if (!lcp->authenticated && lcp_method(lcp) != METHOD_NONE)
		return breach(line_of(lcp), "Protocol-Reject before authentication");
	if (data.failed || protocol == FRAME_LCP)
		return breach(line_of(lcp), "a Protocol-Reject of nothing, or of LCP");
	journal_add(line_of(lcp), "protocol reject %04X", protocol);
	return true;
}

static bool
take_echo_request(struct lcp *lcp, const struct frame_packet *packet)
{
	struct cursor data = cursor_over(packet->data, packet->length);
	struct text reply = TEXT_EMPTY;
	uint32_t magic = cursor_u32(&data);
	if (!is_open(lcp))
		return breach(line_of(lcp), "Echo-Request before LCP is open");
	if (data.failed || magic != their_magic(lcp))
		return breach(line_of(lcp), "Echo-Request with a wrong magic number");
	octets_add_u32(&reply, lcp->offer.magic);
	text_add_bytes(&reply, data.at, data.left);
	lcp_send(lcp, LCP_ECHO_REPLY, packet->identifier, reply.bytes, reply.length);
	text_free(&reply);
	return true;
}

static bool
take_packet(struct lcp *lcp, const struct frame_packet *packet)
{
	switch (packet->code) {
	case LCP_CONFIGURE_REQUEST:
		return take_request(lcp, packet);
	case LCP_CONFIGURE_ACK:
		return take_ack(lcp, packet);
	case LCP_CONFIGURE_NAK:
	case LCP_CONFIGURE_REJECT:
		return take_refusal(lcp, packet);
	case LCP_TERMINATE_REQUEST:
		terminate_answer(lcp, packet);
		return false;
	case LCP_CODE_REJECT:
		return extras_take_code_reject(&lcp->extras, packet);
	case LCP_PROTOCOL_REJECT:
		return take_protocol_reject(lcp, packet);
	case LCP_ECHO_REQUEST:
		return take_echo_request(lcp, packet);
	case LCP_ECHO_REPLY:
		return extras_take_reply(&lcp->extras, packet, their_magic(lcp), is_open(lcp));
	case LCP_IDENTIFICATION:
	case LCP_TIME_REMAINING:
		return true;
	}
	return breach(line_of(lcp), "LCP code %u is not to be sent now", packet->code);
}

/* --- the phases --- */

void
lcp_begin(struct lcp *lcp, struct sstp *sstp)
{
	memset(lcp, 0, sizeof *lcp);
	lcp->sstp = sstp;
	lcp->their_identifier = -1;
	lcp->tries = CONFIGURE_TRIES;
	lcp->resend = DEADLINE_NEVER;
	offer_begin(&lcp->offer, sstp->line);
	extras_begin(&lcp->extras, sstp);
}

void
lcp_free(struct lcp *lcp)
{
	offer_free(&lcp->offer);
	extras_free(&lcp->extras);
	text_free(&lcp->theirs);
}

void
lcp_authenticated(struct lcp *lcp)
{
	lcp->authenticated = true;
}

static bool
take_frame(struct lcp *lcp, const struct frame *frame)
{
	struct frame_packet packet;
	return frame_open(lcp->sstp, frame, &packet) && take_packet(lcp, &packet);
}

/* Our first words. */
static void
begin(struct lcp *lcp)
{
	extras_send(&lcp->extras, false, 0);
	send_request(lcp);
}

/* A server may wait with them for the client's, or lose those. */
static bool
take_early_frame(struct lcp *lcp, const struct frame *frame, unsigned number)
{
	if (number == 0 && line_of(lcp)->member->ppp == PPP_IS_LATE)
		begin(lcp);
	if (number == 0 && line_of(lcp)->member->ppp == PPP_LOSES_FIRST)
		return true;
	if (frame->protocol != FRAME_LCP)
		return breach(line_of(lcp), "protocol %04X before LCP is open", frame->protocol);
	return take_frame(lcp, frame);
}

bool
lcp_establish(struct lcp *lcp)
{
	struct frame frame;
	unsigned frames = 0;
	if (line_of(lcp)->member->ppp != PPP_IS_LATE)
		begin(lcp);
	while (!is_open(lcp)) {
		enum arrival arrival = frame_receive(lcp->sstp, lcp->resend, &frame);
		if (arrival == ARRIVAL_OVER || (arrival == ARRIVAL_LATE && !repeat_request(lcp)) ||
		    (arrival == ARRIVAL_HERE && !take_early_frame(lcp, &frame, frames++)))
			return false;
	}
	journal_add(line_of(lcp), "lcp opened auth=%s", auth_name(lcp_method(lcp)));
	extras_send(&lcp->extras, true, lcp->offer.magic);
	return true;
}

enum arrival
lcp_receive(struct lcp *lcp, int64_t deadline, struct frame *frame)
{
	uint16_t wanted = lcp->authenticated ? 0 : auth_protocol(lcp_method(lcp));
	for (;;) {
		enum arrival arrival = frame_receive(lcp->sstp, deadline, frame);
		if (arrival == ARRIVAL_OVER && ending_terminates(lcp->sstp))
			terminate(lcp);
		if (arrival != ARRIVAL_HERE)
			return arrival;
		if (frame->protocol != FRAME_LCP) {
			if (wanted == 0 || frame->protocol == wanted)
				return ARRIVAL_HERE;
			breach(
			    line_of(lcp), "protocol %04X before authentication", frame->protocol);
			return ARRIVAL_OVER;
		}
		if (!take_frame(lcp, frame))
			return ARRIVAL_OVER;
	}
}

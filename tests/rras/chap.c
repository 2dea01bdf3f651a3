#include "chap.h"
#include "auth.h"
#include "authenticator.h"
#include "base/deadline.h"
#include "breach.h"
#include "octets.h"
#include "terminate.h"
#include "words.h"

enum chap_code { CHAP_CHALLENGE = 1, CHAP_RESPONSE, CHAP_SUCCESS, CHAP_FAILURE };

enum {
	TRIES = 10,
	MD5_VALUE = 16,
	MSCHAP_VALUE = 49,
	RESERVED_AT = 16,
	RESERVED = 8,
	FLAGS_AT = 48,
};

static void
choose_challenge(struct logon *logon)
{
	struct lcp *lcp = logon->lcp;
	text_cut(&logon->challenge, 0);
	member_decode_hex(lcp->sstp->line->member->challenge, auth_challenge_size(lcp_method(lcp)),
	    &logon->challenge);
}

static void
send_challenge(const struct logon *logon)
{
	struct text data = TEXT_EMPTY;
	octets_add_u8(&data, (unsigned)logon->challenge.length);
	text_add_bytes(&data, logon->challenge.bytes, logon->challenge.length);
	text_add(&data, "RRAS");
	frame_send(logon->lcp->sstp, FRAME_CHAP,
	    &(struct frame_packet){CHAP_CHALLENGE, logon->identifier,
	        (const uint8_t *)text_chars(&data), data.length});
	text_free(&data);
}

/* --- the response --- */

/* RFC 2759 section 4: what is reserved is zero, and no flag is defined. */
static bool
check_value(struct line *line, const struct authenticator_claim *claim)
{
	struct cursor value = claim->response;
	size_t size = claim->method == METHOD_CHAP_MD5 ? MD5_VALUE : MSCHAP_VALUE;
	if (value.left != size)
		return breach(line, "a CHAP response of %zu bytes", value.left);
	if (claim->method != METHOD_MSCHAPV2)
		return true;
	for (size_t i = RESERVED_AT; i < RESERVED_AT + RESERVED; i++)
		if (value.at[i] != 0)
			return breach(line, "reserved bytes of a CHAP response are set");
	if (value.at[FLAGS_AT] != 0)
		return breach(line, "flags %02X of a CHAP response", value.at[FLAGS_AT]);
	return true;
}

static bool
read_response(
    const struct logon *logon, const struct frame_packet *packet, struct authenticator_claim *claim)
{
	struct line *line = logon->lcp->sstp->line;
	struct cursor data = cursor_over(packet->data, packet->length);
	if (packet->code != CHAP_RESPONSE)
		return breach(line, "CHAP code %u is not to be sent", packet->code);
	if (packet->identifier != logon->identifier)
		return breach(line, "CHAP response %u to challenge %u", packet->identifier,
		    logon->identifier);
	claim->method = lcp_method(logon->lcp);
	claim->identifier = packet->identifier;
	claim->challenge = cursor_over(text_chars(&logon->challenge), logon->challenge.length);
	claim->response = cursor_part(&data, cursor_u8(&data));
	claim->name = data;
	if (data.failed)
		return breach(line, "a malformed CHAP response");
	return check_value(line, claim);
}

/* --- the answer --- */

static void
succeed(struct logon *logon, const struct frame_packet *packet,
    const struct authenticator_verdict *verdict)
{
	const struct member *member = logon->lcp->sstp->line->member;
	struct text text = TEXT_EMPTY;
	if (lcp_method(logon->lcp) == METHOD_CHAP_MD5)
		words_add_greeting(member, &text);
	else
		words_add_success(member, verdict, &text);
	logon_answer(logon, packet, CHAP_SUCCESS, &text);
	text_free(&text);
}

/* True while the client may still be let in. */
static bool
fail(struct logon *logon, const struct frame_packet *packet,
    const struct authenticator_verdict *verdict)
{
	struct text text = TEXT_EMPTY;
	bool plain = lcp_method(logon->lcp) == METHOD_CHAP_MD5;
	bool again = !plain && logon->retries-- > 0;
	choose_challenge(logon);
	words_add_failure(logon->lcp->sstp->line->member, verdict, plain ? NULL : &logon->challenge,
	    again, &text);
	logon_answer(logon, packet, CHAP_FAILURE, &text);
	text_free(&text);
	if (!again)
		return logon_refused(logon);
	logon->identifier++;
	return true;
}

/* Likewise. */
static bool
take_response(struct logon *logon, const struct frame_packet *packet, bool *accepted)
{
	struct authenticator_claim claim = {0};
	struct authenticator_verdict verdict;
	bool going = true;
	if (!read_response(logon, packet, &claim))
		return false;
	logon_judge(logon, &claim, &verdict);
	*accepted = verdict.outcome == AUTHENTICATOR_ACCEPTS;
	if (*accepted) {
		succeed(logon, packet, &verdict);
		logon_accepted(logon, &verdict);
	} else if (verdict.outcome == AUTHENTICATOR_REFUSES)
		going = fail(logon, packet, &verdict);
	authenticator_free(&verdict);
	return going;
}

/* A Success for nothing. */
static bool
serve_unasked(struct logon *logon)
{
	struct authenticator_verdict verdict = {0};
	text_format(&verdict.text, "S=%040d", 0);
	succeed(logon, &(struct frame_packet){0}, &verdict);
	authenticator_free(&verdict);
	logon_unasked(logon);
	return true;
}

/* The challenge, again and again until there is a response. */
static enum arrival
await_response(struct logon *logon, struct frame *frame)
{
	struct lcp *lcp = logon->lcp;
	for (int tries = TRIES; tries > 0; tries--) {
		send_challenge(logon);
		enum arrival arrival =
		    lcp_receive(lcp, line_deadline(lcp->sstp->line->member->restart), frame);
		if (arrival != ARRIVAL_LATE)
			return arrival;
	}
	terminate(lcp);
	return ARRIVAL_OVER;
}

bool
chap_serve(struct logon *logon)
{
	struct frame frame;
	struct frame_packet packet;
	bool accepted = false;
	int knob = logon->lcp->sstp->line->member->logon;
	if (knob == LOGON_IS_UNASKED)
		return serve_unasked(logon);
	choose_challenge(logon);
	if (knob == LOGON_ASKS_TWICE)
		send_challenge(logon);
	enum arrival arrival = await_response(logon, &frame);
	while (arrival == ARRIVAL_HERE && frame_open(logon->lcp->sstp, &frame, &packet) &&
	       take_response(logon, &packet, &accepted) && !accepted)
		arrival = lcp_receive(logon->lcp, DEADLINE_NEVER, &frame);
	return accepted;
}

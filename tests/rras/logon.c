#include <string.h>

#include "auth.h"
#include "base/deadline.h"
#include "breach.h"
#include "chap.h"
#include "ending.h"
#include "journal.h"
#include "logon.h"
#include "octets.h"
#include "pap.h"
#include "pester.h"
#include "relay.h"
#include "terminate.h"

void
logon_begin(struct logon *logon, struct lcp *lcp)
{
	memset(logon, 0, sizeof *logon);
	logon->lcp = lcp;
	logon->retries = lcp->sstp->line->member->retry;
}

void
logon_free(struct logon *logon)
{
	text_free(&logon->challenge);
	text_free(&logon->state);
	text_free(&logon->claim);
	text_free(&logon->answer);
}

/* Nothing more is said. */
static bool
listen_only(struct lcp *lcp)
{
	struct frame frame;
	while (lcp_receive(lcp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE)
		journal_add(lcp->sstp->line, "frame of protocol %04X", frame.protocol);
	return false;
}

/* RRAS itself knows none of EAP's methods. */
static bool
serve_eap(struct logon *logon)
{
	if (logon->lcp->sstp->line->member->radius != NULL)
		return relay_serve(logon);
	if (logon->lcp->sstp->line->member->eap != EAP_ASKS_ONCE)
		return pester_serve(logon);
	relay_ask(logon);
	return listen_only(logon->lcp);
}

static bool
serve_method(struct logon *logon)
{
	static const uint8_t no_keys[SSTP_HLAK] = {0};
	switch (auth_protocol(lcp_method(logon->lcp))) {
	case FRAME_PAP:
		return pap_serve(logon);
	case FRAME_CHAP:
		return chap_serve(logon);
	case FRAME_EAP:
		return serve_eap(logon);
	}
	sstp_authenticated(logon->lcp->sstp, no_keys);
	return true;
}

bool
logon_serve(struct logon *logon)
{
	struct sstp *sstp = logon->lcp->sstp;
	if (ending_reach(sstp, END_AT_CHALLENGE) || sstp->line->member->logon == LOGON_IS_MUTE)
		return listen_only(logon->lcp);
	if (!serve_method(logon))
		return false;
	lcp_authenticated(logon->lcp);
	return true;
}

/* --- a claim, and the answer to it --- */

void
logon_judge(struct logon *logon, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	struct sstp *sstp = logon->lcp->sstp;
	bool ends = ending_reach(sstp, END_AT_RESPONSE);
	line_sleep(sstp->line->member->logon_delay);
	*verdict = (struct authenticator_verdict){.outcome = AUTHENTICATOR_IS_SILENT};
	if (!ends && sstp->line->member->logon != LOGON_IS_SILENT)
		authenticator_judge(sstp->line, claim, verdict);
	else
		journal_add(sstp->line, "logon not answered");
}

void
logon_accepted(struct logon *logon, const struct authenticator_verdict *verdict)
{
	struct sstp *sstp = logon->lcp->sstp;
	sstp_authenticated(sstp, verdict->hlak);
	sstp->unproven =
	    lcp_method(logon->lcp) == METHOD_MSCHAPV2 && sstp->line->member->proof >= PROOF_WRONG;
	ending_reach(sstp, END_AT_VERDICT);
}

void
logon_unasked(struct logon *logon)
{
	static const uint8_t no_keys[SSTP_HLAK] = {0};
	sstp_authenticated(logon->lcp->sstp, no_keys);
	logon->lcp->sstp->unproven = true;
}

bool
logon_refused(struct logon *logon)
{
	if (ending_reach(logon->lcp->sstp, END_AT_VERDICT))
		return true;
	terminate(logon->lcp);
	return false;
}

/* MikroTik's length in the answer of PAP has no room for the message, which is there all the same.
 */
static void
send_trailing(const struct logon *logon, uint8_t identifier)
{
	struct text information = TEXT_EMPTY;
	octets_add_u8(&information, logon->code);
	octets_add_u8(&information, identifier);
	octets_add_u16(&information, 4);
	text_add_bytes(&information, logon->answer.bytes, logon->answer.length);
	frame_send_bytes(logon->lcp->sstp, FRAME_PAP, &information);
	text_free(&information);
}

static void
send_answer(struct logon *logon, uint8_t identifier)
{
	uint16_t protocol = auth_protocol(lcp_method(logon->lcp));
	if (protocol == FRAME_PAP && logon->lcp->sstp->line->member->trailing) {
		send_trailing(logon, identifier);
		return;
	}
	frame_send(logon->lcp->sstp, protocol,
	    &(struct frame_packet){logon->code, identifier,
	        (const uint8_t *)text_chars(&logon->answer), logon->answer.length});
}

void
logon_answer(
    struct logon *logon, const struct frame_packet *packet, uint8_t code, const struct text *data)
{
	text_cut(&logon->claim, 0);
	text_add_bytes(&logon->claim, packet->data, packet->length);
	logon->identifier = packet->identifier;
	logon->code = code;
	text_cut(&logon->answer, 0);
	text_add_bytes(&logon->answer, data->bytes, data->length);
	send_answer(logon, packet->identifier);
}

bool
logon_repeat(struct logon *logon, const struct frame *frame)
{
	struct frame_packet packet;
	struct line *line = logon->lcp->sstp->line;
	if (logon->code == 0)
		return breach(line, "protocol %04X without authentication", frame->protocol);
	if (!frame_open(logon->lcp->sstp, frame, &packet))
		return false;
	if (packet.identifier != logon->identifier || packet.length != logon->claim.length ||
	    memcmp(packet.data, text_chars(&logon->claim), packet.length) != 0)
		return breach(line, "protocol %04X after authentication", frame->protocol);
	journal_add(line, "logon repeated");
	send_answer(logon, packet.identifier);
	return true;
}

/*
 * logon - the authentication of PPP (RFC 1661 section 3.5), by the method that LCP has agreed to.
 */
#ifndef RRAS_LOGON_H
#define RRAS_LOGON_H

#include <stdbool.h>
#include <stdint.h>

#include "authenticator.h"
#include "base/text.h"
#include "frame.h"
#include "lcp.h"

struct logon {
	struct lcp *lcp;
	struct text challenge; /* of CHAP */
	uint8_t identifier;    /* of the challenge, or request */
	struct text state;     /* of a conversation by EAP */
	struct text claim;     /* the packet that was judged */
	uint8_t code;          /* of the answer to it; 0 before */
	struct text answer;    /* its data */
	long retries;          /* that a refused client has left */
};

void logon_begin(struct logon *logon, struct lcp *lcp);
void logon_free(struct logon *logon);

/* Go on until the client has proved who it is; or need not. False: the call is over. */
bool logon_serve(struct logon *logon);

/* What becomes of a claim, by the authenticator or by a knob. The verdict is to be freed. */
void logon_judge(struct logon *logon, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict);

/* The client was accepted, or was told so before it has said anything. */
void logon_accepted(struct logon *logon, const struct authenticator_verdict *verdict);
void logon_unasked(struct logon *logon);

/* The client was refused, and was told. True: the call goes on for now. */
bool logon_refused(struct logon *logon);

/* The answer to a claim of the client, which is PACKET; it will be repeated when the claim is. */
void logon_answer(
    struct logon *logon, const struct frame_packet *packet, uint8_t code, const struct text *data);

/* Once that is done: the client repeats its claim, which is good. False: it does not. */
bool logon_repeat(struct logon *logon, const struct frame *frame);

#endif

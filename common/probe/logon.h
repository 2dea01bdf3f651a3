/*
 * logon - how the server is told who calls: PAP (RFC 1334), CHAP with MD5 (RFC 1994), MS-CHAPv2
 * (RFC 2759) and EAP (eappeer.h).
 *
 * A state machine without sockets, clock or randomness. A credential is sent once: to a Challenge
 * that comes again the same answer is given, to another one none, and a refusal is final whatever
 * it says of another try, for every try counts towards the lockout of the account. A server that
 * must prove that it knows the password (S=) is not believed before it has.
 */
#ifndef PROBE_LOGON_H
#define PROBE_LOGON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "keys/keys.h"
#include "keys/mschap.h"
#include "probe/eappeer.h"
#include "probe/plan.h"
#include "wire/chap.h"
#include "wire/ppp.h"

enum logon_state {
	LOGON_GOING,
	LOGON_ACCEPTED,
	LOGON_OVER, /* SYMPTOM says why */
};

struct logon {
	struct facts_auth *facts;
	const struct plan_logon *plan;
	struct text *out; /* frames.h */
	enum logon_state state;
	enum facts_symptom symptom;

	uint8_t peer[MSCHAP_CHALLENGE]; /* our own challenge, of MS-CHAPv2 */
	uint8_t identifier;             /* of what was answered, or of our request */
	uint8_t challenge[CHAP_VALUE_MAX];
	size_t challenge_length; /* 0: none was answered */
	struct mschap_answer answer;
	struct eapmethod_means means; /* of EAP */
	struct eappeer eap;
	uint8_t hlak[KEYS_HLAK]; /* once accepted: what the crypto binding is made with */
	uint32_t error;          /* with which the server has ended PPP (facts/ras.h), 0: none */
};

/* Begin with the method in FACTS->auth. PEER is 16 random bytes; TLS is for the methods of EAP that
 * need it, else NULL. FACTS_NO_METHOD is accepted at once. */
void logon_begin(struct logon *logon, struct facts *facts, const struct plan_logon *plan,
    struct text *out, const uint8_t peer[MSCHAP_CHALLENGE], struct tlspeer_context *tls);

/* Take a frame; those of other protocols than the method's are not its affair. */
void logon_receive(struct logon *logon, const struct ppp_frame *frame);

/* A frame of the network phase has come: to some servers that is how EAP ends. */
void logon_see_network(struct logon *logon);

/* The server has ended PPP, with ERROR as its reason (facts_ppp.ras_error): so Windows may refuse a
 * logon too, by EAP as a rule, without a Failure of the method's own. */
void logon_see_end(struct logon *logon, uint32_t error);

/* PPP or the call has ended, and that is to be taken for a refusal. */
void logon_take_end(struct logon *logon);

/* Whether the server has ended PPP because nobody has judged the logon. */
bool logon_is_undecided(const struct logon *logon);

/* Whether the server has been told that none of its methods of EAP will do: whatever it ends the
 * call with, that is why. */
bool logon_lacks_method(const struct logon *logon);

/* Wipe the secrets; LOGON may be all zero. */
void logon_end(struct logon *logon);

#endif

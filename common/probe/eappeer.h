/*
 * eappeer - the peer's side of EAP (RFC 3748): identity, the choice of a method, and the end.
 *
 * A state machine without sockets or clock. A Request that comes again gets the same Response.
 * EAP-Success counts once the method has proved the server; where it never comes, as from pppd, a
 * frame of the network phase stands for it.
 */
#ifndef PROBE_EAPPEER_H
#define PROBE_EAPPEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/eapmethod.h"
#include "probe/peap.h"

enum eappeer_state {
	EAPPEER_GOING,
	EAPPEER_ACCEPTED, /* KEY is there */
	EAPPEER_OVER,     /* SYMPTOM says why */
};

struct eappeer {
	const struct eapmethod_means *means;
	struct facts_eap *facts;
	enum eappeer_state state;
	enum facts_symptom symptom;
	uint8_t key[EAPMETHOD_KEY];

	uint8_t type; /* of the method that has begun, or EAP_NO_TYPE */
	struct eapmethod method;
	struct peap peap;
	struct text request; /* the last, to know it again */
	struct text response;
	bool proven;     /* by the method */
	unsigned rounds; /* Requests so far */
	unsigned naks;   /* methods declined */
};

/* Begin; nothing is sent before the server asks. All pointers are borrowed. */
void eappeer_begin(
    struct eappeer *peer, const struct eapmethod_means *means, struct facts_eap *facts);

/* Take a packet of EAP; the answer, if there is one, is appended to OUT. */
void eappeer_receive(struct eappeer *peer, const void *bytes, size_t length, struct text *out);

/* The server has gone on to the network phase. */
void eappeer_imply_success(struct eappeer *peer);

/* The server has ended PPP in the place of EAP-Failure. */
void eappeer_take_failure(struct eappeer *peer);

/* Whether all that the server has asked for so far was declined. */
bool eappeer_lacks_method(const struct eappeer *peer);

/* Wipe and free. */
void eappeer_end(struct eappeer *peer);

#endif

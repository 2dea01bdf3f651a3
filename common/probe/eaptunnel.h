/*
 * eaptunnel - TLS in the packets of EAP-TLS and PEAP: fragments, handshake, and what is said
 * inside.
 */
#ifndef PROBE_EAPTUNNEL_H
#define PROBE_EAPTUNNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/tlspeer.h"
#include "wire/eap.h"
#include "wire/eaptls.h"

struct eaptunnel {
	struct tlspeer *tls;
	struct facts_tls *facts;
	struct eaptls fragments;
	struct text plain; /* what the server said inside; the owner cuts it */
	bool up;
};

enum eaptunnel_result {
	EAPTUNNEL_ANSWERED, /* DATA holds the answer, and nothing else has happened */
	EAPTUNNEL_TURN,     /* a message of the server is complete and UP or PLAIN has news; the
	                       answer is to be given by eaptunnel_say() or eaptunnel_acknowledge() */
	EAPTUNNEL_FAILED,   /* *SYMPTOM says why; DATA may hold a last word */
};

/* False when memory ran out. eaptunnel_end() is due in any case. */
bool eaptunnel_begin(struct eaptunnel *tunnel, struct tlspeer_context *context,
    struct facts_tls *facts, int64_t date);

/* Take the data of a Request; that of the Response is appended to DATA. */
enum eaptunnel_result eaptunnel_receive(struct eaptunnel *tunnel, const struct eap_packet *request,
    struct text *data, enum facts_symptom *symptom);

/* Append the data of a Response that says LENGTH bytes inside, or its first fragment; false when
 * TLS failed. */
bool eaptunnel_say(struct eaptunnel *tunnel, const void *bytes, size_t length, struct text *data);

/* Append the data of an empty Response. */
void eaptunnel_acknowledge(struct eaptunnel *tunnel, struct text *data);

void eaptunnel_end(struct eaptunnel *tunnel);

#endif

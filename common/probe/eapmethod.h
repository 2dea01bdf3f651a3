/*
 * eapmethod - a method that logs on by itself: EAP-TLS or EAP-MSCHAPv2, in PPP or inside PEAP.
 */
#ifndef PROBE_EAPMETHOD_H
#define PROBE_EAPMETHOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/eapmschap.h"
#include "probe/eaptunnel.h"
#include "probe/plan.h"
#include "wire/eap.h"

/* What a logon by EAP works with; it outlives the methods. */
struct eapmethod_means {
	const struct plan_logon *logon;
	struct tlspeer_context *tls; /* NULL where no method needs it */
	struct facts_auth *facts;
	int64_t date;
	uint8_t random[MSCHAP_CHALLENGE]; /* fresh */
};

enum eapmethod_state {
	EAPMETHOD_GOING,
	EAPMETHOD_PROVEN, /* both sides are who they say; KEY is there */
	EAPMETHOD_FAILED, /* SYMPTOM says why */
};

#define EAPMETHOD_KEY 64 /* the MSK */

struct eapmethod {
	const struct eapmethod_means *means;
	uint8_t type; /* EAP_NO_TYPE: none has begun */
	enum eapmethod_state state;
	enum facts_symptom symptom;
	uint8_t key[EAPMETHOD_KEY];
	struct eapmschap mschap;
	struct eaptunnel tunnel;
};

/* Begin with TYPE, EAP_TLS or EAP_MSCHAPV2; what TLS finds goes to TLS. False when memory ran out.
 */
bool eapmethod_begin(struct eapmethod *method, const struct eapmethod_means *means, uint8_t type,
    struct facts_tls *tls);

/* Take the data of a Request; that of the Response, if there is one, is appended to DATA. */
void eapmethod_receive(
    struct eapmethod *method, const struct eap_packet *request, struct text *data);

/* Wipe and free; harmless when none has begun. */
void eapmethod_end(struct eapmethod *method);

#endif

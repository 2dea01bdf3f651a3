/*
 * eapmschap - the client's side of EAP-MSCHAPv2 (MS-CHAP 2.2, RFC 2759).
 *
 * The server proves that it knows the password, or the method ends without a further word.
 */
#ifndef PROBE_EAPMSCHAP_H
#define PROBE_EAPMSCHAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "keys/mschap.h"
#include "probe/plan.h"
#include "wire/eap.h"

struct eapmschap {
	const struct plan_logon *logon;
	struct facts_auth *facts;
	const uint8_t *random; /* MSCHAP_CHALLENGE bytes; borrowed */
	struct mschap_answer answer;
	bool answered;
};

enum eapmschap_result {
	EAPMSCHAP_GOING,
	EAPMSCHAP_PROVEN, /* ANSWER.HLAK is the key */
	EAPMSCHAP_FAILED, /* *SYMPTOM says why */
};

/* Take the data of a Request; that of the Response, if there is one, is appended to DATA. */
enum eapmschap_result eapmschap_receive(struct eapmschap *mschap, const struct eap_packet *request,
    struct text *data, enum facts_symptom *symptom);

/* Wipe what is secret. */
void eapmschap_end(struct eapmschap *mschap);

#endif

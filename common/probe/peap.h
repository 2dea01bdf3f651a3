/*
 * peap - the client's side of PEAPv0 (MS-PEAP): TLS, and another EAP method inside it.
 *
 * Inside, packets come without their heads, the type first, but for the type-length-values at the
 * end. Those say how it ended and, from most servers, tie the tunnel to the logon inside (crypto
 * binding); a server that sends no such binding is taken as well.
 */
#ifndef PROBE_PEAP_H
#define PROBE_PEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/eapmethod.h"
#include "probe/eaptunnel.h"
#include "wire/eap.h"

struct peap {
	const struct eapmethod_means *means;
	struct facts_eap *facts;
	enum eapmethod_state state;
	enum facts_symptom symptom;
	uint8_t key[EAPMETHOD_KEY];
	struct eaptunnel tunnel;
	struct eapmethod inner;
	unsigned rounds; /* inner packets so far */
};

/* Begin; inside, the methods of PEAP that the logon wishes may be used. False when memory ran out.
 */
bool peap_begin(struct peap *peap, const struct eapmethod_means *means, struct facts_eap *facts);

/* Take the data of a Request; that of the Response, if there is one, is appended to DATA. */
void peap_receive(struct peap *peap, const struct eap_packet *request, struct text *data);

/* Whether the server asks for other methods inside than those that are wished. */
bool peap_lacks_method(const struct peap *peap);

/* Wipe and free; it may be all zero. */
void peap_end(struct peap *peap);

#endif

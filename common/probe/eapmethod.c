#include "probe/eapmethod.h"

#include <string.h>

#include "base/secret.h"

#define COMMITMENT 0x00 /* RFC 9190 2.5: with this byte a server of TLS 1.3 says all is well */

bool
eapmethod_begin(struct eapmethod *method, const struct eapmethod_means *means, uint8_t type,
    struct facts_tls *tls)
{
	memset(method, 0, sizeof *method);
	method->means = means;
	method->type = type;
	method->mschap.logon = means->logon;
	method->mschap.facts = means->facts;
	method->mschap.random = means->random;
	return type != EAP_TLS || eaptunnel_begin(&method->tunnel, means->tls, tls, means->date);
}

static void
fail(struct eapmethod *method, enum facts_symptom symptom)
{
	method->state = EAPMETHOD_FAILED;
	method->symptom = symptom;
}

static void
receive_mschap(struct eapmethod *method, const struct eap_packet *request, struct text *data)
{
	enum facts_symptom symptom;

	switch (eapmschap_receive(&method->mschap, request, data, &symptom)) {
	case EAPMSCHAP_GOING:
		break;
	case EAPMSCHAP_PROVEN:
		method->state = EAPMETHOD_PROVEN;
		memcpy(method->key, method->mschap.answer.hlak, KEYS_HLAK);
		break;
	case EAPMSCHAP_FAILED:
		fail(method, symptom);
	}
}

/* The handshake is complete. With TLS 1.3 that is only our half of it. */
static bool
is_committed(const struct eapmethod *method)
{
	const struct text *plain = &method->tunnel.plain;

	if (strcmp(method->tunnel.facts->version, "TLSv1.3") != 0)
		return plain->length == 0;
	return plain->length == 1 && plain->bytes[0] == COMMITMENT;
}

static void
prove_tls(struct eapmethod *method)
{
	uint8_t keys[TLSPEER_KEYS];

	if (tlspeer_export(method->tunnel.tls, EAP_TLS, keys)) {
		method->state = EAPMETHOD_PROVEN;
		memcpy(method->key, keys, sizeof method->key);
	} else
		fail(method, FACTS_NO_PROVIDER);
	secret_wipe(keys, sizeof keys);
}

static void
receive_tls(struct eapmethod *method, const struct eap_packet *request, struct text *data)
{
	enum facts_symptom symptom;

	method->means->facts->challenged = true;
	switch (eaptunnel_receive(&method->tunnel, request, data, &symptom)) {
	case EAPTUNNEL_ANSWERED:
		break;
	case EAPTUNNEL_TURN:
		eaptunnel_acknowledge(&method->tunnel, data);
		if (is_committed(method))
			prove_tls(method);
		else if (method->tunnel.plain.length > 0)
			fail(method, FACTS_DISAGREED);
		break;
	case EAPTUNNEL_FAILED:
		fail(method, symptom);
	}
	/* The server was believed, so the certificate went with the answer. */
	if (method->state != EAPMETHOD_FAILED && method->tunnel.facts->chain_count > 0)
		method->means->facts->sent = true;
}

void
eapmethod_receive(struct eapmethod *method, const struct eap_packet *request, struct text *data)
{
	if (method->state != EAPMETHOD_GOING)
		fail(method, FACTS_DISAGREED);
	else if (method->type == EAP_TLS)
		receive_tls(method, request, data);
	else
		receive_mschap(method, request, data);
}

void
eapmethod_end(struct eapmethod *method)
{
	if (method->type == EAP_NO_TYPE)
		return;
	eapmschap_end(&method->mschap);
	eaptunnel_end(&method->tunnel);
	secret_wipe(method->key, sizeof method->key);
}

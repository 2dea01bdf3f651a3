#include "probe/eappeer.h"

#include <string.h>

#include "base/secret.h"
#include "wire/eap.h"

#define ROUNDS_MAX 400 /* Requests; 64 KiB in fragments of a PPP link are some 100 */
#define NAKS_MAX   8   /* methods that a server may try in vain */

void
eappeer_begin(struct eappeer *peer, const struct eapmethod_means *means, struct facts_eap *facts)
{
	memset(peer, 0, sizeof *peer);
	peer->means = means;
	peer->facts = facts;
	peer->request.secret = true; /* a server may repeat a password */
}

static void
over(struct eappeer *peer, enum facts_symptom symptom)
{
	peer->state = EAPPEER_OVER;
	peer->symptom = symptom;
}

/* ---- the choice of a method ---- */

static uint8_t
type_of(enum facts_eap_method method)
{
	switch (method) {
	case FACTS_EAP_TLS:
		return EAP_TLS;
	case FACTS_EAP_MSCHAPV2:
		return EAP_MSCHAPV2;
	case FACTS_PEAP_TLS:
	case FACTS_PEAP_MSCHAPV2:
		return EAP_PEAP;
	default:
		return EAP_NO_TYPE;
	}
}

/* The first of the wished methods that TYPE can be; FACTS_EAP_NONE when there is none. */
static enum facts_eap_method
wish_for(const struct eappeer *peer, uint8_t type)
{
	const struct plan_logon *logon = peer->means->logon;

	for (size_t i = 0; i < logon->eap_count; i++)
		if (type_of(logon->eap[i]) == type)
			return logon->eap[i];
	return FACTS_EAP_NONE;
}

static void
record_offer(struct facts_eap *facts, uint8_t type)
{
	for (size_t i = 0; i < facts->offered_count; i++)
		if (facts->offered[i] == type)
			return;
	if (facts->offered_count < FACTS_EAP_OFFERS_MAX)
		facts->offered[facts->offered_count++] = type;
}

/* Name what is wished instead (RFC 3748 5.3.1). PEAP may be wished twice, with other methods
 * inside; its type is named where it is wished first. */
static void
decline(struct eappeer *peer, struct text *response, uint8_t identifier)
{
	const struct plan_logon *logon = peer->means->logon;
	size_t begun = eap_begin(response, EAP_RESPONSE, identifier, EAP_NAK);

	for (size_t i = 0; i < logon->eap_count; i++) {
		uint8_t type = type_of(logon->eap[i]);

		if (wish_for(peer, type) == logon->eap[i])
			text_add_char(response, (char)type);
	}
	eap_end(response, begun);
	if (++peer->naks > NAKS_MAX)
		over(peer, FACTS_DISAGREED);
}

static bool
begin_method(struct eappeer *peer, uint8_t type, enum facts_eap_method wish)
{
	bool begun;

	peer->type = type;
	peer->facts->method = wish;
	if (type == EAP_PEAP)
		begun = peap_begin(&peer->peap, peer->means, peer->facts);
	else
		begun = eapmethod_begin(&peer->method, peer->means, type, &peer->facts->tls);
	if (!begun)
		over(peer, FACTS_NO_MEMORY);
	return begun;
}

/* ---- a Request ---- */

/* What became of the method. */
static void
heed_method(struct eappeer *peer)
{
	bool is_peap = peer->type == EAP_PEAP;
	enum eapmethod_state state = is_peap ? peer->peap.state : peer->method.state;

	if (state == EAPMETHOD_FAILED)
		over(peer, is_peap ? peer->peap.symptom : peer->method.symptom);
	else if (state == EAPMETHOD_PROVEN) {
		peer->proven = true;
		memcpy(peer->key, is_peap ? peer->peap.key : peer->method.key, sizeof peer->key);
	}
}

static void
ask_method(struct eappeer *peer, const struct eap_packet *request, struct text *response)
{
	size_t begun = eap_begin(response, EAP_RESPONSE, request->identifier, peer->type);
	size_t empty = response->length;

	if (peer->type == EAP_PEAP)
		peap_receive(&peer->peap, request, response);
	else
		eapmethod_receive(&peer->method, request, response);
	if (response->length == empty)
		text_cut(response, begun);
	else
		eap_end(response, begun);
	heed_method(peer);
}

static void
take_method(struct eappeer *peer, const struct eap_packet *request, struct text *response)
{
	enum facts_eap_method wish = wish_for(peer, request->type);

	record_offer(peer->facts, request->type);
	if (peer->type != EAP_NO_TYPE && peer->type != request->type)
		over(peer, FACTS_DISAGREED); /* a method is not changed once it has begun */
	else if (wish == FACTS_EAP_NONE)
		decline(peer, response, request->identifier);
	else if (peer->type != EAP_NO_TYPE || begin_method(peer, request->type, wish))
		ask_method(peer, request, response);
}

static void
answer(struct eappeer *peer, const struct eap_packet *request, struct text *response)
{
	size_t begun;

	switch (request->type) {
	case EAP_IDENTITY:
		begun = eap_begin(response, EAP_RESPONSE, request->identifier, EAP_IDENTITY);
		text_add(response, peer->means->logon->user);
		eap_end(response, begun);
		break;
	case EAP_NOTIFICATION:
		begun = eap_begin(response, EAP_RESPONSE, request->identifier, EAP_NOTIFICATION);
		eap_end(response, begun);
		break;
	case EAP_NAK:
		break; /* only peers send it */
	default:
		take_method(peer, request, response);
	}
}

static bool
is_repeated(const struct eappeer *peer, const void *bytes, size_t length)
{
	return length == peer->request.length && length > 0 &&
	       memcmp(bytes, peer->request.bytes, length) == 0;
}

static void
take_request(struct eappeer *peer, const struct eap_packet *request, const void *bytes,
    size_t length, struct text *out)
{
	if (++peer->rounds > ROUNDS_MAX) {
		over(peer, FACTS_DISAGREED);
		return;
	}
	if (!is_repeated(peer, bytes, length)) {
		text_cut(&peer->request, 0);
		text_cut(&peer->response, 0);
		text_add_bytes(&peer->request, bytes, length);
		answer(peer, request, &peer->response);
	}
	out->failed |= text_failed(&peer->request) || text_failed(&peer->response);
	text_add_bytes(out, peer->response.bytes, peer->response.length);
}

/* ---- the end ---- */

/* What was refused without a method of ours was refused for want of one. */
bool
eappeer_lacks_method(const struct eappeer *peer)
{
	if (peer->type == EAP_PEAP)
		return peap_lacks_method(&peer->peap);
	return peer->type == EAP_NO_TYPE && peer->naks > 0;
}

void
eappeer_take_failure(struct eappeer *peer)
{
	if (peer->state != EAPPEER_GOING)
		return;
	if (eappeer_lacks_method(peer)) {
		over(peer, FACTS_NO_COMMON_METHOD);
		return;
	}
	peer->means->facts->refused = true;
	over(peer, FACTS_LOGON_REFUSED);
}

static void
accept(struct eappeer *peer)
{
	if (!peer->proven) {
		over(peer, FACTS_SERVER_UNPROVEN);
		return;
	}
	peer->means->facts->accepted = true;
	peer->state = EAPPEER_ACCEPTED;
}

void
eappeer_receive(struct eappeer *peer, const void *bytes, size_t length, struct text *out)
{
	struct eap_packet packet;

	if (peer->state != EAPPEER_GOING || !eap_read(bytes, length, &packet))
		return;
	switch (packet.code) {
	case EAP_REQUEST:
		take_request(peer, &packet, bytes, length, out);
		break;
	case EAP_SUCCESS:
		accept(peer);
		break;
	case EAP_FAILURE:
		eappeer_take_failure(peer);
		break;
	default:
		break;
	}
}

void
eappeer_imply_success(struct eappeer *peer)
{
	if (peer->state == EAPPEER_GOING && peer->proven)
		accept(peer);
}

void
eappeer_end(struct eappeer *peer)
{
	if (peer->type == EAP_PEAP)
		peap_end(&peer->peap);
	else
		eapmethod_end(&peer->method);
	text_free(&peer->request);
	text_free(&peer->response);
	secret_wipe(peer->key, sizeof peer->key);
}

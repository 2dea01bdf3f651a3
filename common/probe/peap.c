#include "probe/peap.h"

#include <string.h>

#include "base/cursor.h"
#include "base/secret.h"
#include "keys/peapkeys.h"

#define ROUNDS_MAX 100 /* inner packets; a logon takes four to twenty */

/* The crypto-binding value (MS-PEAP 2.2.8.1.1). */
enum { RESERVED, VERSION, RECEIVED_VERSION, SUBTYPE, NONCE };
enum { BINDING_REQUEST = 0, BINDING_RESPONSE = 1 };

bool
peap_begin(struct peap *peap, const struct eapmethod_means *means, struct facts_eap *facts)
{
	bool begun;

	memset(peap, 0, sizeof *peap);
	peap->means = means;
	peap->facts = facts;
	begun = eaptunnel_begin(&peap->tunnel, means->tls, &facts->tls, means->date);
	/* A ClientHello without its length is taken by NPS for TLVs, over which it then makes the
	 * MAC of its crypto binding (MS-PEAP 2.2.6.1, 3.1.5.5.1). */
	peap->tunnel.fragments.measured = true;
	return begun;
}

static void
fail(struct peap *peap, enum facts_symptom symptom)
{
	peap->state = EAPMETHOD_FAILED;
	peap->symptom = symptom;
}

static void
say(struct peap *peap, const void *bytes, size_t length, struct text *data)
{
	peap->tunnel.fragments.measured = false; /* that is for the handshake */
	if (!eaptunnel_say(&peap->tunnel, bytes, length, data))
		fail(peap, FACTS_EAP_TLS_FAILED);
}

/* ---- the end: type-length-values ---- */

struct ending {
	uint16_t result; /* EAP_RESULT_.., 0: there was none */
	const uint8_t *binding;
	bool broken;
	bool unknown; /* a value that must be understood, and is not */
};

static void
read_ending(const struct eap_packet *request, struct ending *ending)
{
	struct cursor cursor = cursor_over(request->data, request->length);
	struct eap_tlv tlv;

	memset(ending, 0, sizeof *ending);
	while (eap_next_tlv(&cursor, &tlv)) {
		if (tlv.type == EAP_TLV_RESULT && tlv.length == 2)
			ending->result = (uint16_t)(tlv.value[0] << 8 | tlv.value[1]);
		else if (tlv.type == EAP_TLV_CRYPTO_BINDING && tlv.length == EAP_CRYPTO_BINDING)
			ending->binding = tlv.value;
		else if (tlv.type == EAP_TLV_RESULT || tlv.type == EAP_TLV_CRYPTO_BINDING)
			ending->broken = true;
		else
			ending->unknown |= tlv.mandatory;
	}
	ending->broken |= cursor.failed;
}

/* A packet of values has its head inside the tunnel too. */
static void
say_ending(struct peap *peap, uint8_t identifier, uint16_t result, const uint8_t *binding,
    struct text *data)
{
	const uint8_t value[] = {(uint8_t)(result >> 8), (uint8_t)result};
	struct text packet = TEXT_EMPTY;
	size_t begun = eap_begin(&packet, EAP_RESPONSE, identifier, EAP_EXTENSIONS);

	eap_add_tlv(&packet, true, EAP_TLV_RESULT, value, sizeof value);
	if (binding != NULL)
		text_add_bytes(&packet, binding, EAP_CRYPTO_BINDING_TLV);
	eap_end(&packet, begun);
	data->failed |= text_failed(&packet);
	say(peap, text_chars(&packet), packet.length, data);
	text_free(&packet);
}

/* The whole value, as the MAC is made over it. */
static void
put_binding(uint8_t tlv[EAP_CRYPTO_BINDING_TLV], const uint8_t value[EAP_CRYPTO_BINDING])
{
	const uint8_t head[] = {0, EAP_TLV_CRYPTO_BINDING, 0, EAP_CRYPTO_BINDING};

	memcpy(tlv, head, sizeof head);
	memcpy(tlv + sizeof head, value, EAP_CRYPTO_BINDING);
}

/* Our answer to a binding that is right, in the place of that, and the key. */
static bool
answer_binding(struct peap *peap, const struct peapkeys *keys, uint8_t tlv[EAP_CRYPTO_BINDING_TLV])
{
	uint8_t session[PEAPKEYS_SESSION];
	bool made;

	tlv[4 + RECEIVED_VERSION] = tlv[4 + VERSION];
	tlv[4 + SUBTYPE] = BINDING_RESPONSE;
	made = peapkeys_mac(keys, tlv, tlv + PEAPKEYS_MAC_AT) == KEYS_OK &&
	       peapkeys_session(keys, session) == KEYS_OK;
	if (made)
		memcpy(peap->key, session, sizeof peap->key);
	secret_wipe(session, sizeof session);
	return made;
}

/* Verify the server's binding and put ours in its place. What cannot be calculated here says
 * nothing about the server. */
static enum facts_symptom
bind_tunnel(
    struct peap *peap, const uint8_t tunnel_key[TLSPEER_KEYS], uint8_t tlv[EAP_CRYPTO_BINDING_TLV])
{
	struct peapkeys keys;
	enum facts_symptom symptom = FACTS_WELL;

	if (peapkeys_derive(tunnel_key, peap->inner.key, &keys) != KEYS_OK)
		return FACTS_NO_PROVIDER;
	peap->facts->binding_asked = true;
	peap->facts->bound = tlv[4 + VERSION] == 0 && tlv[4 + SUBTYPE] == BINDING_REQUEST &&
	                     peapkeys_is_bound(&keys, tlv);
	if (!peap->facts->bound)
		symptom = FACTS_SERVER_UNPROVEN;
	else if (!answer_binding(peap, &keys, tlv))
		symptom = FACTS_NO_PROVIDER;
	secret_wipe(&keys, sizeof keys);
	return symptom;
}

/* The keys of the tunnel; with a binding in TLV, tied to the logon inside. */
static enum facts_symptom
take_keys(struct peap *peap, uint8_t tlv[EAP_CRYPTO_BINDING_TLV], bool is_asked)
{
	uint8_t keys[TLSPEER_KEYS];
	enum facts_symptom symptom = FACTS_WELL;

	if (!tlspeer_export(peap->tunnel.tls, EAP_PEAP, keys))
		symptom = FACTS_NO_PROVIDER;
	else if (is_asked)
		symptom = bind_tunnel(peap, keys, tlv);
	else
		memcpy(peap->key, keys, sizeof peap->key);
	secret_wipe(keys, sizeof keys);
	return symptom;
}

/* The server says that all is well. That counts once the method inside has proved it. */
static void
take_success(struct peap *peap, uint8_t identifier, const uint8_t *binding, struct text *data)
{
	uint8_t tlv[EAP_CRYPTO_BINDING_TLV];
	enum facts_symptom symptom = FACTS_SERVER_UNPROVEN;

	if (binding != NULL)
		put_binding(tlv, binding);
	if (peap->inner.state == EAPMETHOD_PROVEN && peap->inner.type != EAP_NO_TYPE)
		symptom = take_keys(peap, tlv, binding != NULL);
	if (symptom != FACTS_WELL) {
		say_ending(peap, identifier, EAP_RESULT_FAILURE, NULL, data);
		fail(peap, symptom);
		return;
	}
	say_ending(peap, identifier, EAP_RESULT_SUCCESS, binding != NULL ? tlv : NULL, data);
	if (peap->state == EAPMETHOD_GOING)
		peap->state = EAPMETHOD_PROVEN;
}

/* What is refused for want of a method says nothing about the account. */
static void
take_refusal(struct peap *peap)
{
	if (peap_lacks_method(peap)) {
		fail(peap, FACTS_NO_COMMON_METHOD);
		return;
	}
	peap->means->facts->refused = true;
	fail(peap, FACTS_LOGON_REFUSED);
}

static void
take_ending(struct peap *peap, const struct eap_packet *request, struct text *data)
{
	struct ending ending;

	read_ending(request, &ending);
	if (ending.broken || ending.unknown) {
		fail(peap, FACTS_DISAGREED);
	} else if (ending.result == EAP_RESULT_SUCCESS) {
		take_success(peap, request->identifier, ending.binding, data);
	} else if (ending.result == EAP_RESULT_FAILURE) {
		say_ending(peap, request->identifier, EAP_RESULT_FAILURE, NULL, data);
		take_refusal(peap);
	} else
		fail(peap, FACTS_DISAGREED);
}

/* ---- the method inside ---- */

/* Inside the tunnel a packet begins with its type. Values have a whole head, as have what NPS would
 * know of capabilities and health before the method (MS-PEAP 3.1.5.6), and FreeRADIUS's question
 * for the identity. */
static bool
may_have_head(uint8_t type)
{
	return type == EAP_EXTENSIONS || type == EAP_EXPANDED || type == EAP_IDENTITY;
}

static bool
read_inner(const struct text *plain, uint8_t identifier, struct eap_packet *inner)
{
	const uint8_t *bytes = (const uint8_t *)plain->bytes;
	size_t length = plain->length;

	if (eap_read(bytes, length, inner) && inner->code == EAP_REQUEST &&
	    inner->data + inner->length == bytes + length && may_have_head(inner->type))
		return true;
	memset(inner, 0, sizeof *inner);
	if (length == 0)
		return false;
	inner->code = EAP_REQUEST;
	inner->identifier = identifier;
	inner->type = bytes[0];
	inner->data = bytes + 1;
	inner->length = length - 1;
	return true;
}

static uint8_t
type_inside(enum facts_eap_method method)
{
	switch (method) {
	case FACTS_PEAP_TLS:
		return EAP_TLS;
	case FACTS_PEAP_MSCHAPV2:
		return EAP_MSCHAPV2;
	default:
		return EAP_NO_TYPE;
	}
}

/* The wished method that has TYPE inside; FACTS_EAP_NONE when there is none. */
static enum facts_eap_method
wish_for(const struct peap *peap, uint8_t type)
{
	const struct plan_logon *logon = peap->means->logon;

	for (size_t i = 0; i < logon->eap_count && type != EAP_NO_TYPE; i++)
		if (type_inside(logon->eap[i]) == type)
			return logon->eap[i];
	return FACTS_EAP_NONE;
}

/* Append the answer to a request of a method that is wished; true when there is one. */
static bool
ask_method(struct peap *peap, const struct eap_packet *request, struct text *answer)
{
	struct eapmethod *inner = &peap->inner;

	if (inner->type == EAP_NO_TYPE) {
		peap->facts->method = wish_for(peap, request->type);
		if (!eapmethod_begin(inner, peap->means, request->type, &peap->facts->inner_tls)) {
			fail(peap, FACTS_NO_MEMORY);
			return false;
		}
		/* FreeRADIUS, for one, does not know a logon again whose answer took two packets
		 * outside. */
		inner->tunnel.fragments.limit = EAPTLS_INNER_MAX;
	}
	text_add_char(answer, (char)request->type);
	eapmethod_receive(inner, request, answer);
	if (inner->state == EAPMETHOD_FAILED)
		fail(peap, inner->symptom);
	return answer->length > 1;
}

/* Name what is wished. What NPS asks with an expanded type is no method. */
static void
decline(struct peap *peap, uint8_t type, struct text *answer)
{
	const struct plan_logon *logon = peap->means->logon;

	if (type != EAP_EXPANDED)
		peap->facts->inner_declined = type;
	text_add_char(answer, EAP_NAK);
	for (size_t i = 0; i < logon->eap_count; i++)
		if (type_inside(logon->eap[i]) != EAP_NO_TYPE)
			text_add_char(answer, (char)type_inside(logon->eap[i]));
}

/* Once a method has begun it is not changed. */
static bool
may_ask(const struct peap *peap, uint8_t type)
{
	if (peap->inner.type != EAP_NO_TYPE)
		return type == peap->inner.type;
	return wish_for(peap, type) != FACTS_EAP_NONE;
}

/* What the server asks for inside. */
static void
take_inner(struct peap *peap, const struct eap_packet *request, struct text *data)
{
	struct text answer = TEXT_EMPTY;
	bool answered = true;

	if (request->type == EAP_IDENTITY) {
		text_add_char(&answer, EAP_IDENTITY);
		text_add(&answer, peap->means->logon->user);
	} else if (request->type == EAP_NOTIFICATION)
		text_add_char(&answer, EAP_NOTIFICATION);
	else if (may_ask(peap, request->type))
		answered = ask_method(peap, request, &answer);
	else if (peap->inner.type == EAP_NO_TYPE)
		decline(peap, request->type, &answer);
	else {
		answered = false;
		fail(peap, FACTS_DISAGREED);
	}
	data->failed |= text_failed(&answer);
	if (answered)
		say(peap, answer.bytes, answer.length, data);
	text_free(&answer);
}

/* ---- the whole ---- */

static void
take_turn(struct peap *peap, const struct eap_packet *request, struct text *data)
{
	struct text *plain = &peap->tunnel.plain;
	struct eap_packet inner;

	/* The handshake alone is complete. */
	if (plain->length == 0) {
		eaptunnel_acknowledge(&peap->tunnel, data);
		return;
	}
	if (++peap->rounds > ROUNDS_MAX || !read_inner(plain, request->identifier, &inner))
		fail(peap, FACTS_DISAGREED);
	else if (inner.type == EAP_EXTENSIONS)
		take_ending(peap, &inner, data);
	else
		take_inner(peap, &inner, data);
	text_cut(plain, 0);
}

void
peap_receive(struct peap *peap, const struct eap_packet *request, struct text *data)
{
	enum facts_symptom symptom;

	if (peap->state != EAPMETHOD_GOING) {
		fail(peap, FACTS_DISAGREED);
		return;
	}
	peap->means->facts->challenged = true;
	switch (eaptunnel_receive(&peap->tunnel, request, data, &symptom)) {
	case EAPTUNNEL_ANSWERED:
		break;
	case EAPTUNNEL_TURN:
		take_turn(peap, request, data);
		break;
	case EAPTUNNEL_FAILED:
		fail(peap, symptom);
	}
}

bool
peap_lacks_method(const struct peap *peap)
{
	return peap->inner.type == EAP_NO_TYPE && peap->facts->inner_declined != EAP_NO_TYPE;
}

void
peap_end(struct peap *peap)
{
	eaptunnel_end(&peap->tunnel);
	eapmethod_end(&peap->inner);
	secret_wipe(peap->key, sizeof peap->key);
}

/*
 * A logon by EAP, with a server that the input plays. Where it wants to, it has an honest server of
 * TLS to ask, whose words inside are again the input's:
 *
 *   00..7F N    N + 1 bytes arrive, as they are, in a frame of EAP
 *   80..BF N    a Request arrives whose type and data are the next N - 7F bytes; its identifier and
 *               length are made to fit
 *   C0          the honest server's next Request arrives, and it gets the Response
 *   C1          the same until it is done
 *   C2 N        it says N bytes inside
 *   C3, C4      the server proves that it knows the password: inside, outside
 *   C5 N        it says inside that all is well and binds the tunnel; N is what it binds it to
 *   C6, C7      Success, Failure
 *   C8          the network phase begins
 *   C9          the last Request arrives again
 *   CA N        N bytes arrive in a frame of CHAP
 *   CB N        PPP ends with the error 645 + N of RAS as its reason
 *
 * The first two bytes choose the methods, TLS's version and the size of fragments. What we send are
 * Responses, each to the Request that came, the same to the same, and none is long; there is one
 * credential; nobody is believed who has not proved himself; the keys are the server's; and after
 * the end nothing is said.
 */
#include "probe/logon.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <unistd.h>

#include "base/hex.h"
#include "fuzz/authority.h"
#include "fuzz/fuzz.h"
#include "keys/peapkeys.h"
#include "support/eapserver.h"
#include "wire/eap.h"
#include "wire/sstp.h"

#define RESPONSE_MAX 1100 /* a fragment of TLS with its heads */
#define TURNS_MAX    500  /* Requests that are answered */

struct scene {
	struct facts facts;
	struct plan_logon plan;
	struct logon logon;
	struct text out;
	size_t heard; /* of OUT */
	struct eapserver server;
	bool has_server, broken;
	struct text request;    /* the last that arrived */
	struct text response;   /* what was said to it */
	struct text credential; /* the answer to the challenge of EAP-MSCHAPv2 */
	unsigned turns;
	uint8_t identifier;
};

/* ---- the same in each run ---- */

static uint32_t random_state;

static int
give_random(unsigned char *bytes, int length)
{
	for (int i = 0; i < length; i++) {
		random_state = random_state * 1664525 + 1013904223;
		bytes[i] = (unsigned char)(random_state >> 24);
	}
	return 1;
}

static int
is_random(void)
{
	return 1;
}

/* OpenSSL would have this done by a provider, of which there is none that can be told what to give.
 */
static bool
tame_random(void)
{
	static const RAND_METHOD method = {
	    .bytes = give_random, .pseudorand = give_random, .status = is_random};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	return RAND_set_rand_method(&method) == 1;
#pragma GCC diagnostic pop
}

static struct tlspeer_context *
make_context(void)
{
	char path[] = "/tmp/fuzz-logon-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct tlspeer_settings settings = {
	    .ca_file = path, .server_name = "vpn.example.com", .version_max = TLS1_3_VERSION};
	struct tlspeer_context *context;
	const char *problem;

	FUZZ_CLAIM(file != NULL && PEM_write_X509(file, authority()->issuer) == 1);
	fclose(file);
	context = tlspeer_context_create(&settings, &problem);
	unlink(path);
	FUZZ_CLAIM(context != NULL && tame_random());
	return context;
}

/* ---- what must hold ---- */

static void
claim_printable(const char *chars)
{
	for (; *chars != '\0'; chars++)
		FUZZ_CLAIM((unsigned char)*chars >= ' ' && *chars != 0x7f);
}

static void
claim_proven(struct scene *scene)
{
	const struct facts_auth *auth = &scene->facts.auth;
	uint8_t keys[128];

	FUZZ_CLAIM(auth->eap->method != FACTS_EAP_NONE);
	if (auth->eap->method != FACTS_EAP_TLS)
		FUZZ_CLAIM(auth->proof == FACTS_PROOF_VERIFIED && auth->sent);
	if (auth->eap->method == FACTS_EAP_MSCHAPV2)
		return;
	FUZZ_CLAIM(scene->has_server && auth->eap->tls.done && auth->eap->tls.chain_count > 0);
	FUZZ_CLAIM(!auth->eap->binding_asked || auth->eap->bound);
	eapserver_export(&scene->server, keys);
	if (!auth->eap->bound)
		FUZZ_CLAIM(memcmp(scene->logon.hlak, keys, sizeof scene->logon.hlak) == 0);
}

static void
claim_sound(struct scene *scene, enum logon_state before)
{
	const struct logon *logon = &scene->logon;
	const struct facts_auth *auth = &scene->facts.auth;

	FUZZ_CLAIM(before == LOGON_GOING || logon->state == before);
	FUZZ_CLAIM((logon->state == LOGON_ACCEPTED) == auth->accepted);
	if (logon->state == LOGON_OVER)
		FUZZ_CLAIM(logon->symptom != FACTS_WELL);
	if (logon->state == LOGON_ACCEPTED)
		claim_proven(scene);
	FUZZ_CLAIM(auth->eap->offered_count <= FACTS_EAP_OFFERS_MAX);
	for (size_t i = 0; i < auth->eap->offered_count; i++)
		for (size_t j = 0; j < i; j++)
			FUZZ_CLAIM(auth->eap->offered[i] != auth->eap->offered[j]);
	claim_printable(auth->words);
	claim_printable(auth->eap->tls.reason);
}

/* A second attempt at a password would count towards its lockout. */
static void
claim_one_credential(struct scene *scene, const struct eap_packet *packet)
{
	if (packet->type != EAP_MSCHAPV2 || packet->length < 2 ||
	    packet->data[0] != EAP_MSCHAPV2_RESPONSE)
		return;
	if (scene->credential.length == 0)
		text_add_bytes(&scene->credential, packet->data, packet->length);
	FUZZ_CLAIM(scene->credential.length == packet->length &&
	           memcmp(scene->credential.bytes, packet->data, packet->length) == 0);
}

/* The one packet in what was said, if anything was. */
static bool
read_response(struct scene *scene, struct eap_packet *packet, const uint8_t **bytes, size_t *length)
{
	static struct sstp_reader reader;
	struct sstp_packet carrier;
	struct ppp_frame frame;
	size_t left = scene->out.length - scene->heard, used;

	if (left == 0)
		return false;
	memset(&reader, 0, sizeof reader);
	FUZZ_CLAIM(sstp_feed(&reader, (const uint8_t *)scene->out.bytes + scene->heard, left, &used,
	               &carrier) == SSTP_PACKET);
	FUZZ_CLAIM(used == left && !carrier.control);
	FUZZ_CLAIM(ppp_read_frame(carrier.payload, carrier.payload_length, &frame));
	FUZZ_CLAIM(frame.protocol == PPP_EAP && frame.length <= RESPONSE_MAX);
	FUZZ_CLAIM(eap_read(frame.body, frame.length, packet) && packet->code == EAP_RESPONSE);
	scene->heard = scene->out.length;
	/* Its bytes are the reader's, which stays. */
	*bytes = frame.body;
	*length = frame.length;
	return true;
}

/* ---- what arrives ---- */

static void
arrive_in(struct scene *scene, uint16_t protocol, const uint8_t *bytes, size_t length)
{
	enum logon_state before = scene->logon.state;
	uint8_t *exact = fuzz_copy(bytes, length);
	struct ppp_frame frame = {.protocol = protocol, .body = exact, .length = length};
	size_t said = scene->out.length;

	logon_receive(&scene->logon, &frame);
	free(exact);
	claim_sound(scene, before);
	FUZZ_CLAIM(before == LOGON_GOING || scene->out.length == said);
	FUZZ_CLAIM(protocol == PPP_EAP || scene->out.length == said);
}

static bool
is_last_request(const struct scene *scene, const uint8_t *bytes, size_t length)
{
	return length > 0 && scene->request.length == length &&
	       memcmp(scene->request.bytes, bytes, length) == 0;
}

static void
remember(struct text *text, const uint8_t *bytes, size_t length)
{
	text_cut(text, 0);
	text_add_bytes(text, bytes, length);
}

/* Returns whether it was answered; the answer is then in scene->response. */
static bool
arrive(struct scene *scene, const uint8_t *bytes, size_t length)
{
	bool again = is_last_request(scene, bytes, length);
	struct eap_packet packet;
	const uint8_t *response;
	size_t response_length;

	scene->turns++;
	arrive_in(scene, PPP_EAP, bytes, length);
	if (!read_response(scene, &packet, &response, &response_length)) {
		if (eap_read(bytes, length, &packet) && packet.code == EAP_REQUEST && !again) {
			remember(&scene->request, bytes, length);
			text_cut(&scene->response, 0);
		}
		return false;
	}
	FUZZ_CLAIM(length > 1 && bytes[0] == EAP_REQUEST && packet.identifier == bytes[1]);
	claim_one_credential(scene, &packet);
	if (again)
		FUZZ_CLAIM(scene->response.length == response_length &&
		           memcmp(scene->response.bytes, response, response_length) == 0);
	remember(&scene->request, bytes, length);
	remember(&scene->response, response, response_length);
	return true;
}

static void
arrive_request(struct scene *scene, const uint8_t *bytes, size_t length)
{
	uint8_t packet[4 + 64] = {EAP_REQUEST, ++scene->identifier, 0, (uint8_t)(4 + length)};

	memcpy(packet + 4, bytes, length);
	(void)arrive(scene, packet, 4 + length);
}

static void
arrive_bare(struct scene *scene, enum eap_code code)
{
	const uint8_t packet[] = {(uint8_t)code, ++scene->identifier, 0, 4};

	(void)arrive(scene, packet, sizeof packet);
}

/* ---- the honest server ---- */

static void
begin_server(struct scene *scene, const uint8_t chosen[2])
{
	const struct pki_party party = {authority()->key, authority()->own};
	struct eapserver_wish wish = {
	    .type = scene->plan.eap[0] == FACTS_EAP_TLS ? EAP_TLS : EAP_PEAP,
	    .version = chosen[0] & 0x80 ? TLS1_3_VERSION : TLS1_2_VERSION,
	    .fragment = 10U + chosen[1] * 8U,
	};

	eapserver_begin(&scene->server, &wish, &party);
	scene->has_server = true;
}

/* A Request and the Response; false when it has come to a stop. */
static bool
let_ask(struct scene *scene)
{
	struct text request = TEXT_EMPTY;
	bool going;

	if (!scene->has_server || scene->broken || scene->turns > TURNS_MAX)
		return false;
	eapserver_ask(&scene->server, &request);
	going = arrive(scene, (const uint8_t *)request.bytes, request.length);
	if (going &&
	    !eapserver_take(&scene->server, scene->response.bytes, scene->response.length)) {
		scene->broken = true;
		going = false;
	}
	text_free(&request);
	return going;
}

static void
let_finish(struct scene *scene)
{
	while (let_ask(scene) && eapserver_is_busy(&scene->server))
		;
}

static bool
can_speak(const struct scene *scene)
{
	return scene->has_server && !scene->broken && !eapserver_is_busy(&scene->server);
}

static void
let_say(struct scene *scene, const void *bytes, size_t length)
{
	if (!can_speak(scene) || length == 0)
		return;
	eapserver_say(&scene->server, bytes, length);
	let_finish(scene);
}

/* Success of EAP-MSCHAPv2, from its type on, with the proof of a server that has the password. */
static size_t
write_proof(const struct eapmschap *mschap, uint8_t packet[47])
{
	static const uint8_t head[] = {EAP_MSCHAPV2, EAP_MSCHAPV2_SUCCESS, 0, 0, 46, 'S', '='};
	struct text digits = TEXT_EMPTY;

	hex_add(&digits, mschap->answer.proof, sizeof mschap->answer.proof);
	memcpy(packet, head, sizeof head);
	memcpy(packet + sizeof head, digits.bytes, 40);
	text_free(&digits);
	return 47;
}

static bool
is_bound(const struct facts_auth *auth)
{
	return auth->eap != NULL && auth->eap->bound;
}

/* MS-PEAP 2.2.8.1: the result, and a binding to the logon inside or, CHANGED, to another one. */
static void
let_bind(struct scene *scene, uint8_t changed)
{
	uint8_t ending[71] = {
	    EAP_REQUEST, 9, 0, 71, EAP_EXTENSIONS, 0x80, 3, 0, 2, 0, 1, 0, 12, 0, 56};
	uint8_t tunnel[128], inner[PEAPKEYS_INNER];
	struct peapkeys keys;
	bool was_bound;

	if (!can_speak(scene) || scene->server.wish.type != EAP_PEAP)
		return;
	was_bound = is_bound(&scene->facts.auth);
	eapserver_export(&scene->server, tunnel);
	memcpy(inner, scene->logon.eap.peap.inner.key, sizeof inner);
	inner[0] ^= changed;
	FUZZ_CLAIM(peapkeys_derive(tunnel, inner, &keys) == KEYS_OK);
	FUZZ_CLAIM(peapkeys_mac(&keys, ending + 11, ending + 51) == KEYS_OK);
	let_say(scene, ending, sizeof ending);
	if (changed != 0) /* behind one that was right it ends the logon */
		FUZZ_CLAIM(was_bound == is_bound(&scene->facts.auth));
}

/* ---- the input ---- */

static void
play_event(struct scene *scene, uint8_t what, const uint8_t *bytes, size_t count)
{
	uint8_t proof[47];

	switch (what) {
	case 0xC0:
		(void)let_ask(scene);
		break;
	case 0xC1:
		let_finish(scene);
		break;
	case 0xC2:
		let_say(scene, bytes, count);
		break;
	case 0xC3:
		let_say(scene, proof, write_proof(&scene->logon.eap.peap.inner.mschap, proof));
		break;
	case 0xC4:
		arrive_request(scene, proof, write_proof(&scene->logon.eap.method.mschap, proof));
		break;
	case 0xC5:
		let_bind(scene, count > 0 ? bytes[0] : 0);
		break;
	case 0xC6:
		arrive_bare(scene, EAP_SUCCESS);
		break;
	case 0xC7:
		arrive_bare(scene, EAP_FAILURE);
		break;
	case 0xC8:
		logon_see_network(&scene->logon);
		claim_sound(scene, LOGON_GOING);
		break;
	case 0xC9: {
		struct text again = TEXT_EMPTY;

		text_add_bytes(&again, scene->request.bytes, scene->request.length);
		(void)arrive(scene, (const uint8_t *)again.bytes, again.length);
		text_free(&again);
		break;
	}
	case 0xCA:
		arrive_in(scene, PPP_CHAP, bytes, count);
		break;
	case 0xCB:
		logon_see_end(&scene->logon, 645U + (count > 0 ? bytes[0] : 0));
		claim_sound(scene, LOGON_GOING);
		break;
	default:
		break;
	}
}

static size_t
take_count(uint8_t what, const uint8_t **bytes, size_t *length)
{
	size_t count = what < 0x80   ? what + 1U
	               : what < 0xC0 ? what - 0x7FU
	                             : what == 0xC5 || what == 0xCB;

	if ((what == 0xC2 || what == 0xCA) && *length > 0) {
		count = *(*bytes)++;
		(*length)--;
	}
	return count < *length ? count : *length;
}

static void
play(struct scene *scene, const uint8_t *bytes, size_t length)
{
	while (length > 0) {
		uint8_t what = *bytes++;
		size_t count;

		length--;
		count = take_count(what, &bytes, &length);
		if (what < 0x80)
			(void)arrive(scene, bytes, count);
		else if (what < 0xC0)
			arrive_request(scene, bytes, count);
		else
			play_event(scene, what, bytes, count);
		bytes += count;
		length -= count;
	}
}

/* The methods, best first. */
static void
choose(struct plan_logon *plan, uint8_t chosen)
{
	static const enum facts_eap_method orders[][3] = {
	    {FACTS_EAP_TLS, FACTS_PEAP_MSCHAPV2, FACTS_EAP_MSCHAPV2},
	    {FACTS_PEAP_MSCHAPV2, FACTS_EAP_MSCHAPV2, FACTS_PEAP_TLS},
	    {FACTS_PEAP_TLS, FACTS_EAP_TLS, FACTS_PEAP_MSCHAPV2},
	    {FACTS_EAP_MSCHAPV2, FACTS_PEAP_MSCHAPV2, FACTS_EAP_TLS},
	};

	memcpy(plan->eap, orders[chosen % 4], sizeof orders[0]);
	plan->eap_count = 1 + (chosen >> 2) % 3;
}

static void
begin(struct scene *scene, struct tlspeer_context *context, const uint8_t chosen[2])
{
	static const uint8_t peer[MSCHAP_CHALLENGE] = {1, 2, 3};

	memset(scene, 0, sizeof *scene);
	facts_begin(&scene->facts);
	scene->facts.date = AUTHORITY_DATE;
	scene->facts.auth.method = FACTS_EAP;
	scene->plan.user = "User";
	scene->plan.password = "clientPass";
	choose(&scene->plan, chosen[0]);
	logon_begin(&scene->logon, &scene->facts, &scene->plan, &scene->out, peer, context);
	FUZZ_CLAIM(scene->logon.state == LOGON_GOING && scene->out.length == 0);
}

static void
end(struct scene *scene)
{
	FUZZ_CLAIM(!text_failed(&scene->out));
	logon_end(&scene->logon);
	facts_free(&scene->facts);
	if (scene->has_server)
		eapserver_end(&scene->server);
	text_free(&scene->out);
	text_free(&scene->request);
	text_free(&scene->response);
	text_free(&scene->credential);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct tlspeer_context *context;
	static struct scene scene;

	if (context == NULL)
		context = make_context();
	if (length < 2)
		return 0;
	random_state = 1;
	begin(&scene, context, bytes);
	/* Handshakes take time, so only where they are asked for. */
	if (memchr(bytes + 2, 0xC0, length - 2) != NULL ||
	    memchr(bytes + 2, 0xC1, length - 2) != NULL)
		begin_server(&scene, bytes);
	play(&scene, bytes + 2, length - 2);
	end(&scene);
	return 0;
}

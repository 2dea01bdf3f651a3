#include <openssl/rand.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "account.h"
#include "base/deadline.h"
#include "datagram.h"
#include "journal.h"
#include "nas.h"
#include "octets.h"
#include "radius.h"

enum { PORT = 1812, TRIES = 3, REPEAT_SECONDS = 1 };

/* What our attributes say. */
enum { SERVICE_FRAMED = 2, PROTOCOL_PPP = 1, PORT_VIRTUAL = 5, MTU = 1400 };

/* MS-CHAPv2: the value of a response, and the string in MS-CHAP2-Response. */
enum { PEER_CHALLENGE = 16, RESERVED = 8, NT_RESPONSE = 24 };

struct nas {
	struct line *line;
	int descriptor;
	struct text secret;
	struct text request;
	uint8_t bytes[RADIUS_PACKET_MAX];
	struct radius_packet answer;
};

/* --- the request --- */

static void
begin(struct nas *nas, struct cursor name)
{
	uint8_t authenticator[RADIUS_AUTHENTICATOR] = {0};
	uint8_t identifier = 0;
	RAND_bytes(authenticator, sizeof authenticator);
	RAND_bytes(&identifier, 1);
	radius_begin(&nas->request, identifier, authenticator);
	radius_add(&nas->request, RADIUS_USER_NAME, name);
	radius_add_chars(&nas->request, RADIUS_NAS_IDENTIFIER, "rras-sim");
	radius_add_number(&nas->request, RADIUS_PORT_TYPE, PORT_VIRTUAL);
	radius_add_number(&nas->request, RADIUS_SERVICE_TYPE, SERVICE_FRAMED);
	radius_add_number(&nas->request, RADIUS_FRAMED_PROTOCOL, PROTOCOL_PPP);
}

static void
add_chap(struct text *request, const struct authenticator_claim *claim)
{
	struct text value = TEXT_EMPTY;
	octets_add_u8(&value, claim->identifier);
	text_add_bytes(&value, claim->response.at, claim->response.left);
	radius_add(request, RADIUS_CHAP_PASSWORD, cursor_over(value.bytes, value.length));
	radius_add(request, RADIUS_CHAP_CHALLENGE, claim->challenge);
	text_free(&value);
}

/* The flags come last in CHAP, and in RADIUS second (RFC 2548 section 2.3.2). */
static void
add_mschapv2(struct text *request, const struct authenticator_claim *claim)
{
	struct text value = TEXT_EMPTY;
	struct cursor response = claim->response;
	struct cursor hashes = cursor_part(&response, PEER_CHALLENGE + RESERVED + NT_RESPONSE);
	octets_add_u8(&value, claim->identifier);
	octets_add_u8(&value, cursor_u8(&response));
	text_add_bytes(&value, hashes.at, hashes.left);
	radius_add_microsoft(request, RADIUS_MSCHAP_CHALLENGE, claim->challenge);
	radius_add_microsoft(
	    request, RADIUS_MSCHAP2_RESPONSE, cursor_over(value.bytes, value.length));
	text_free(&value);
}

static void
add_eap(struct text *request, const struct authenticator_claim *claim)
{
	radius_add_number(request, RADIUS_FRAMED_MTU, MTU);
	if (claim->state.left > 0)
		radius_add(request, RADIUS_STATE, claim->state);
	radius_add(request, RADIUS_EAP_MESSAGE, claim->response);
}

static void
add_claim(struct nas *nas, const struct authenticator_claim *claim)
{
	begin(nas, claim->name);
	if (claim->method == METHOD_PAP)
		radius_add_password(&nas->request, text_chars(&nas->secret), claim->response);
	else if (claim->method == METHOD_CHAP_MD5)
		add_chap(&nas->request, claim);
	else if (claim->method == METHOD_MSCHAPV2)
		add_mschapv2(&nas->request, claim);
	else if (claim->method == METHOD_EAP)
		add_eap(&nas->request, claim);
}

/* --- the answer --- */

static bool
take_answer(struct nas *nas)
{
	ssize_t got;
	while ((got = datagram_take(nas->descriptor, nas->bytes, sizeof nas->bytes)) >= 0) {
		if (radius_read(cursor_over(nas->bytes, (size_t)got), &nas->request,
		        text_chars(&nas->secret), &nas->answer))
			return true;
		journal_add(nas->line, "radius answer is forged");
	}
	return false;
}

/* Until it comes, or TRIES are over, or the client does not want to wait any more. */
static bool
await_answer(struct nas *nas)
{
	struct pollfd ends[] = {{nas->line->descriptor, POLLIN, 0}, {nas->descriptor, POLLIN, 0}};
	for (int tries = TRIES; tries > 0; tries--) {
		int64_t repeat = line_deadline(REPEAT_SECONDS);
		int64_t left;
		send(nas->descriptor, text_chars(&nas->request), nas->request.length, 0);
		while ((left = deadline_left(repeat, deadline_now())) > 0) {
			poll(ends, 2, (int)(left / (DEADLINE_SECOND / 1000)) + 1);
			if (take_answer(nas))
				return true;
			if (ends[0].revents != 0)
				return false;
		}
	}
	return false;
}

static bool
ask(struct nas *nas)
{
	radius_finish(&nas->request, text_chars(&nas->secret));
	if (nas->descriptor != -1 && !text_failed(&nas->request) && await_answer(nas))
		return true;
	journal_add(nas->line, "radius does not answer");
	return false;
}

/* What the access server receives with, and behind it what it sends with. */
static void
take_keys(struct nas *nas, uint8_t hlak[SSTP_HLAK])
{
	static const enum radius_microsoft types[] = {
	    RADIUS_MPPE_RECEIVE_KEY, RADIUS_MPPE_SEND_KEY};
	struct text keys = TEXT_EMPTY;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (!radius_add_key(&keys, radius_find_microsoft(&nas->answer, types[i]),
		        &nas->request, text_chars(&nas->secret)))
			journal_add(nas->line, "radius key %u is missing", types[i]);
	if (keys.length >= SSTP_HLAK)
		memcpy(hlak, keys.bytes, SSTP_HLAK);
	text_free(&keys);
}

/* The text of an attribute for MS-CHAPv2 follows the identifier of the response. */
static struct cursor
find_text(const struct nas *nas, enum radius_microsoft type)
{
	struct cursor value = radius_find_microsoft(&nas->answer, type);
	cursor_u8(&value);
	return value;
}

static void
take_eap(const struct nas *nas, struct authenticator_verdict *verdict)
{
	struct cursor state = radius_find(&nas->answer, RADIUS_STATE);
	radius_collect(&nas->answer, RADIUS_EAP_MESSAGE, &verdict->text);
	text_add_bytes(&verdict->state, state.at, state.left);
}

static void
take_accept(struct nas *nas, enum method method, struct authenticator_verdict *verdict)
{
	verdict->outcome = AUTHENTICATOR_ACCEPTS;
	if (method == METHOD_MSCHAPV2) {
		struct cursor proof = find_text(nas, RADIUS_MSCHAP2_SUCCESS);
		text_add_bytes(&verdict->text, proof.at, proof.left);
	} else if (method != METHOD_EAP)
		return;
	take_keys(nas, verdict->hlak);
}

static void
take_reject(const struct nas *nas, enum method method, struct authenticator_verdict *verdict)
{
	verdict->outcome = AUTHENTICATOR_REFUSES;
	verdict->error = ACCOUNT_WRONG;
	if (method == METHOD_EAP)
		return;
	struct cursor text = method == METHOD_MSCHAPV2
	                         ? find_text(nas, RADIUS_MSCHAP_ERROR)
	                         : radius_find(&nas->answer, RADIUS_REPLY_MESSAGE);
	text_add_bytes(&verdict->text, text.at, text.left);
	if (strncmp(text_chars(&verdict->text), "E=", 2) == 0)
		verdict->error = strtol(text_chars(&verdict->text) + 2, NULL, 10);
}

static void
take_verdict(struct nas *nas, enum method method, struct authenticator_verdict *verdict)
{
	if (method == METHOD_EAP)
		take_eap(nas, verdict);
	switch (nas->answer.code) {
	case RADIUS_ACCEPT:
		take_accept(nas, method, verdict);
		break;
	case RADIUS_REJECT:
		take_reject(nas, method, verdict);
		break;
	case RADIUS_CHALLENGE:
		verdict->outcome = AUTHENTICATOR_GOES_ON;
		break;
	default:
		break;
	}
}

void
nas_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	struct nas nas = {.line = line, .descriptor = datagram_connect(line->member->radius, PORT)};
	member_decode(line->member->secret, &nas.secret);
	add_claim(&nas, claim);
	verdict->outcome = AUTHENTICATOR_IS_SILENT;
	if (ask(&nas))
		take_verdict(&nas, claim->method, verdict);
	if (nas.descriptor != -1)
		close(nas.descriptor);
	text_free(&nas.secret);
	text_free(&nas.request);
}

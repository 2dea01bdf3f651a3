#include "probe/logon.h"

#include <string.h>

#include "base/secret.h"
#include "facts/ras.h"
#include "keys/chapmd5.h"
#include "probe/frames.h"
#include "probe/said.h"
#include "wire/pap.h"

#define PAP_IDENTIFIER 1

static void
over(struct logon *logon, enum facts_symptom symptom)
{
	logon->state = LOGON_OVER;
	logon->symptom = symptom;
}

/* Algorithms may be missing here, and memory. */
static bool
is_made(struct logon *logon, enum keys_result result)
{
	if (result != KEYS_OK)
		over(logon, result == KEYS_NO_MEMORY ? FACTS_NO_MEMORY : FACTS_NO_PROVIDER);
	return result == KEYS_OK;
}

static void
keep_words(struct logon *logon, const void *bytes, size_t length)
{
	said_keep(logon->facts->words, sizeof logon->facts->words, bytes, length, logon->plan);
}

static void
send_credential(struct logon *logon, struct text *frame)
{
	logon->facts->sent = true;
	frames_add(logon->out, frame);
}

static void
accept(struct logon *logon)
{
	logon->facts->accepted = true;
	logon->state = LOGON_ACCEPTED;
}

/* ---- PAP ---- */

static void
send_request(struct logon *logon)
{
	struct text frame = {.secret = true};

	logon->identifier = PAP_IDENTIFIER;
	if (pap_add_request(&frame, PAP_IDENTIFIER, logon->plan->user, logon->plan->password))
		send_credential(logon, &frame);
	else
		over(logon, FACTS_NO_PROVIDER);
}

static void
receive_pap(struct logon *logon, const struct ppp_packet *packet)
{
	const char *message;
	size_t length;

	if ((packet->code != PAP_ACK && packet->code != PAP_NAK) ||
	    packet->identifier != logon->identifier)
		return;
	message = pap_message(packet, &length);
	keep_words(logon, message, length);
	if (packet->code == PAP_ACK) {
		accept(logon);
		return;
	}
	logon->facts->refused = true;
	over(logon, FACTS_LOGON_REFUSED);
}

/* ---- CHAP ---- */

/* The value of a Response to VALUE, as the method has it. */
static bool
add_response(struct logon *logon, const struct chap_value *value, struct text *frame)
{
	const struct plan_logon *plan = logon->plan;
	uint8_t response[CHAPMD5_RESPONSE];

	if (logon->facts->method == FACTS_CHAP_MD5) {
		if (!is_made(logon, chapmd5_respond(logon->identifier, plan->password, value->value,
		                        value->length, response)))
			return false;
		chap_add_response(frame, logon->identifier, response, sizeof response, plan->user);
		return true;
	}
	if (!is_made(logon, mschap_respond(plan->user, plan->password, value->value, logon->peer,
	                        &logon->answer)))
		return false;
	chap_add_mschap_response(
	    frame, logon->identifier, logon->peer, logon->answer.response, plan->user);
	return true;
}

/* A Challenge that comes again is told by its bytes. */
static bool
was_answered(const struct logon *logon, uint8_t identifier, const struct chap_value *value)
{
	return identifier == logon->identifier && value->length == logon->challenge_length &&
	       memcmp(value->value, logon->challenge, value->length) == 0;
}

static void
receive_challenge(struct logon *logon, const struct ppp_packet *packet)
{
	struct chap_value value;
	struct text frame = TEXT_EMPTY;

	if (!chap_read_value(packet->data, packet->length, &value) ||
	    (logon->facts->method == FACTS_MSCHAP_V2 && value.length != MSCHAP_CHALLENGE))
		return;
	if (logon->challenge_length > 0 && !was_answered(logon, packet->identifier, &value))
		return;
	logon->facts->challenged = true;
	logon->identifier = packet->identifier;
	logon->challenge_length = value.length;
	memcpy(logon->challenge, value.value, value.length);
	if (add_response(logon, &value, &frame))
		send_credential(logon, &frame);
	text_free(&frame);
}

/* What the server says to prove that it knows the password too. */
static enum facts_proof
weigh(const struct logon *logon, const struct chap_success *success)
{
	if (!success->has_proof)
		return FACTS_PROOF_MISSING;
	return mschap_is_proven(&logon->answer, success->proof) ? FACTS_PROOF_VERIFIED
	                                                        : FACTS_PROOF_WRONG;
}

static void
receive_success(struct logon *logon, const struct ppp_packet *packet)
{
	struct chap_success success;

	/* Before it has seen a credential it cannot mean ours. */
	if (!logon->facts->sent) {
		over(logon, FACTS_SERVER_UNPROVEN);
		return;
	}
	if (packet->identifier != logon->identifier)
		return;
	if (logon->facts->method != FACTS_MSCHAP_V2) {
		keep_words(logon, packet->data, packet->length);
		accept(logon);
		return;
	}
	chap_read_success(packet->data, packet->length, &success);
	keep_words(logon, success.message.chars, success.message.length);
	logon->facts->proof = weigh(logon, &success);
	if (logon->facts->proof != FACTS_PROOF_VERIFIED) {
		over(logon, FACTS_SERVER_UNPROVEN);
		return;
	}
	memcpy(logon->hlak, logon->answer.hlak, sizeof logon->hlak);
	accept(logon);
}

static void
receive_failure(struct logon *logon, const struct ppp_packet *packet)
{
	struct facts_auth *facts = logon->facts;
	struct chap_failure failure;

	if (facts->sent && packet->identifier != logon->identifier)
		return;
	chap_read_failure(packet->data, packet->length, &failure);
	keep_words(logon, failure.message.chars, failure.message.length);
	facts->refused = true;
	if (failure.has_error && failure.error < INT32_MAX)
		facts->code = (int)failure.error;
	facts->retry = failure.has_retry && failure.retry == 1;
	over(logon, FACTS_LOGON_REFUSED);
}

static void
receive_chap(struct logon *logon, const struct ppp_packet *packet)
{
	switch (packet->code) {
	case CHAP_CHALLENGE:
		receive_challenge(logon, packet);
		break;
	case CHAP_SUCCESS:
		receive_success(logon, packet);
		break;
	case CHAP_FAILURE:
		receive_failure(logon, packet);
		break;
	default:
		break;
	}
}

/* ---- EAP ---- */

static void
begin_eap(struct logon *logon)
{
	struct facts_eap *eap = facts_eap_begin(logon->facts);

	if (eap == NULL)
		over(logon, FACTS_NO_MEMORY);
	else
		eappeer_begin(&logon->eap, &logon->means, eap);
}

/* MS-SSTP 3.2.5.2.2: of the MSK the first 32 bytes. */
static void
heed_eap(struct logon *logon)
{
	struct eappeer *eap = &logon->eap;

	if (eap->state == EAPPEER_OVER)
		over(logon, eap->symptom);
	if (eap->state != EAPPEER_ACCEPTED)
		return;
	if (logon->facts->eap->method != FACTS_EAP_MSCHAPV2 || !logon->plan->eap_mschapv2_zero)
		memcpy(logon->hlak, eap->key, sizeof logon->hlak);
	logon->state = LOGON_ACCEPTED;
}

static void
receive_eap(struct logon *logon, const struct ppp_frame *frame)
{
	struct text response = TEXT_EMPTY, answer = TEXT_EMPTY;

	eappeer_receive(&logon->eap, frame->body, frame->length, &response);
	if (response.length > 0 || text_failed(&response)) {
		ppp_add_head(&answer, PPP_EAP);
		text_add_bytes(&answer, response.bytes, response.length);
		answer.failed |= text_failed(&response);
		frames_add(logon->out, &answer);
	}
	text_free(&response);
	heed_eap(logon);
}

/* ---- the whole ---- */

void
logon_begin(struct logon *logon, struct facts *facts, const struct plan_logon *plan,
    struct text *out, const uint8_t peer[MSCHAP_CHALLENGE], struct tlspeer_context *tls)
{
	memset(logon, 0, sizeof *logon);
	logon->facts = &facts->auth;
	logon->plan = plan;
	logon->out = out;
	memcpy(logon->peer, peer, sizeof logon->peer);
	logon->means = (struct eapmethod_means){
	    .logon = plan, .tls = tls, .facts = &facts->auth, .date = facts->date};
	memcpy(logon->means.random, peer, sizeof logon->means.random);
	if (facts->auth.method == FACTS_NO_METHOD)
		accept(logon);
	else if (facts->auth.method == FACTS_PAP)
		send_request(logon);
	else if (facts->auth.method == FACTS_EAP)
		begin_eap(logon);
}

void
logon_receive(struct logon *logon, const struct ppp_frame *frame)
{
	bool is_pap = logon->facts->method == FACTS_PAP, is_eap = logon->facts->method == FACTS_EAP;
	struct ppp_packet packet;

	if (logon->state != LOGON_GOING ||
	    frame->protocol != (is_pap      ? PPP_PAP
	                           : is_eap ? PPP_EAP
	                                    : PPP_CHAP) ||
	    !ppp_read_packet(frame, &packet))
		return;
	if (is_eap)
		receive_eap(logon, frame);
	else if (is_pap)
		receive_pap(logon, &packet);
	else
		receive_chap(logon, &packet);
}

void
logon_see_network(struct logon *logon)
{
	if (logon->state != LOGON_GOING || logon->facts->method != FACTS_EAP)
		return;
	eappeer_imply_success(&logon->eap);
	heed_eap(logon);
}

/* By EAP, 691 says no more than EAP-Failure does, unless a password was shown. */
static bool
is_telling(const struct logon *logon, uint32_t error)
{
	const struct facts_eap *eap = logon->facts->eap;

	return error != RAS_AUTHENTICATION || logon->facts->method != FACTS_EAP ||
	       (logon->facts->sent &&
	           (eap->method == FACTS_EAP_MSCHAPV2 || eap->method == FACTS_PEAP_MSCHAPV2));
}

/* Why the logon was refused, as Windows numbers it. */
static void
keep_error(struct logon *logon)
{
	if (logon->error == 0 || logon->error > INT32_MAX || !is_telling(logon, logon->error))
		return;
	logon->facts->code = (int)logon->error;
	logon->facts->ras = true;
}

void
logon_see_end(struct logon *logon, uint32_t error)
{
	logon->error = error;
	if (logon->state != LOGON_GOING || ras_verdict(error) != RAS_REFUSED)
		return;
	if (logon->facts->method == FACTS_EAP) {
		eappeer_take_failure(&logon->eap);
		heed_eap(logon);
	} else {
		logon->facts->refused = true;
		over(logon, FACTS_LOGON_REFUSED);
	}
	if (logon->facts->refused)
		keep_error(logon);
}

void
logon_take_end(struct logon *logon)
{
	logon->facts->refused = true;
	logon->facts->unsaid = true;
	keep_error(logon);
}

bool
logon_is_undecided(const struct logon *logon)
{
	return ras_verdict(logon->error) == RAS_UNDECIDED;
}

bool
logon_lacks_method(const struct logon *logon)
{
	return logon->facts->method == FACTS_EAP && logon->facts->eap != NULL &&
	       eappeer_lacks_method(&logon->eap);
}

void
logon_end(struct logon *logon)
{
	secret_wipe(&logon->answer, sizeof logon->answer);
	secret_wipe(logon->hlak, sizeof logon->hlak);
	if (logon->facts != NULL && logon->facts->method == FACTS_EAP)
		eappeer_end(&logon->eap);
}

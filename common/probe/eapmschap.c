#include "probe/eapmschap.h"

#include "base/secret.h"
#include "probe/said.h"
#include "wire/chap.h"

static enum eapmschap_result
fail(enum facts_symptom *symptom, enum facts_symptom why)
{
	*symptom = why;
	return EAPMSCHAP_FAILED;
}

/* A second challenge would be a second attempt. */
static enum eapmschap_result
answer_challenge(struct eapmschap *mschap, const struct eap_mschapv2 *request, struct text *data,
    enum facts_symptom *symptom)
{
	struct text body = TEXT_EMPTY;
	struct chap_value challenge;

	if (mschap->answered || !chap_read_value(request->body, request->length, &challenge) ||
	    challenge.length != CHAP_MSCHAP_CHALLENGE)
		return fail(symptom, FACTS_DISAGREED);
	mschap->facts->challenged = true;
	switch (mschap_respond(mschap->logon->user, mschap->logon->password, challenge.value,
	    mschap->random, &mschap->answer)) {
	case KEYS_OK:
		break;
	case KEYS_NO_MEMORY:
		return fail(symptom, FACTS_NO_MEMORY);
	default:
		return fail(symptom, FACTS_NO_PROVIDER);
	}
	chap_add_mschap(&body, mschap->random, mschap->answer.response, mschap->logon->user);
	data->failed |= text_failed(&body);
	eap_add_mschapv2(
	    data, EAP_MSCHAPV2_RESPONSE, request->identifier, text_chars(&body), body.length);
	text_free(&body);
	mschap->answered = true;
	mschap->facts->sent = true;
	return EAPMSCHAP_GOING;
}

static void
record_words(struct eapmschap *mschap, const struct chap_words *words)
{
	said_keep(mschap->facts->words, sizeof mschap->facts->words, words->chars, words->length,
	    mschap->logon);
}

static enum eapmschap_result
take_success(struct eapmschap *mschap, const struct eap_mschapv2 *request, struct text *data,
    enum facts_symptom *symptom)
{
	struct chap_success success;

	chap_read_success(request->body, request->length, &success);
	record_words(mschap, &success.message);
	if (!success.has_proof)
		mschap->facts->proof = FACTS_PROOF_MISSING;
	else if (!mschap->answered || !mschap_is_proven(&mschap->answer, success.proof))
		mschap->facts->proof = FACTS_PROOF_WRONG;
	else
		mschap->facts->proof = FACTS_PROOF_VERIFIED;
	if (mschap->facts->proof != FACTS_PROOF_VERIFIED)
		return fail(symptom, FACTS_SERVER_UNPROVEN);
	text_add_char(data, EAP_MSCHAPV2_SUCCESS);
	return EAPMSCHAP_PROVEN;
}

static enum eapmschap_result
take_failure(struct eapmschap *mschap, const struct eap_mschapv2 *request, struct text *data,
    enum facts_symptom *symptom)
{
	struct chap_failure failure;

	chap_read_failure(request->body, request->length, &failure);
	record_words(mschap, &failure.message);
	mschap->facts->refused = true;
	if (failure.has_error && failure.error < INT32_MAX)
		mschap->facts->code = (int)failure.error;
	mschap->facts->retry = failure.has_retry && failure.retry == 1;
	text_add_char(data, EAP_MSCHAPV2_FAILURE);
	return fail(symptom, FACTS_LOGON_REFUSED);
}

enum eapmschap_result
eapmschap_receive(struct eapmschap *mschap, const struct eap_packet *request, struct text *data,
    enum facts_symptom *symptom)
{
	struct eap_mschapv2 mschapv2;

	if (!eap_read_mschapv2(request, &mschapv2))
		return fail(symptom, FACTS_DISAGREED);
	switch (mschapv2.code) {
	case EAP_MSCHAPV2_CHALLENGE:
		return answer_challenge(mschap, &mschapv2, data, symptom);
	case EAP_MSCHAPV2_SUCCESS:
		return take_success(mschap, &mschapv2, data, symptom);
	case EAP_MSCHAPV2_FAILURE:
		return take_failure(mschap, &mschapv2, data, symptom);
	default:
		return fail(symptom, FACTS_DISAGREED);
	}
}

void
eapmschap_end(struct eapmschap *mschap)
{
	secret_wipe(&mschap->answer, sizeof mschap->answer);
}

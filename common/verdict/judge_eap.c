#include "verdict/judge_eap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "facts/ras.h"
#include "verdict/judge_auth.h"

/* The TLS that failed: PEAP's, or that of EAP-TLS inside it. */
static const struct facts_tls *
failed_tls(const struct facts_eap *eap)
{
	return eap->inner_tls.alert >= 0 || eap->inner_tls.reason[0] != '\0' ? &eap->inner_tls
	                                                                     : &eap->tls;
}

static const char *
method_of(const struct facts_eap *eap)
{
	const char *name = facts_eap_name(eap->method);

	return name != NULL ? name : "eap";
}

/* Why the certificate of the server inside EAP is not believed. */
static void
describe_doubt(const struct words *words, const struct facts_tls *tls, char *why, size_t size)
{
	const struct facts_chain_error *error = &tls->trust.errors[0];
	char since[24];

	if (tls->trust.errors_count == 0) {
		snprintf(why, size, "does not bear the name of --eap-server-name");
		return;
	}
	switch (error->problem) {
	case FACTS_CHAIN_EXPIRED:
		words_duration(since, sizeof since, words->facts->date - error->not_after);
		snprintf(why, size, "expired %s ago", since);
		break;
	case FACTS_CHAIN_NOT_YET_VALID:
		snprintf(why, size, "is not valid yet");
		break;
	case FACTS_CHAIN_SELF_SIGNED:
	case FACTS_CHAIN_UNTRUSTED_ROOT:
	case FACTS_CHAIN_NO_ISSUER:
		snprintf(why, size, "does not lead to --eap-ca-file");
		break;
	default:
		snprintf(why, size, "is not valid: %s", error->words);
	}
}

static void
judge_untrusted(const struct words *words)
{
	char why[120];

	describe_doubt(words, failed_tls(words->facts->auth.eap), why, sizeof why);
	words_find(words, CAUSE_AUTH_EAP_SERVER_UNTRUSTED, "why", why, NULL);
}

/* Alerts with which a server says that it does not like the client's certificate (RFC 8446 6.2). */
static bool
is_about_certificate(int alert)
{
	enum {
		HANDSHAKE_FAILURE = 40,
		NO_CERTIFICATE = 41,
		BAD_CERTIFICATE = 42,
		UNSUPPORTED_CERTIFICATE = 43,
		CERTIFICATE_REVOKED = 44,
		CERTIFICATE_EXPIRED = 45,
		CERTIFICATE_UNKNOWN = 46,
		UNKNOWN_CA = 48,
		ACCESS_DENIED = 49,
		CERTIFICATE_REQUIRED = 116
	};

	switch (alert) {
	case HANDSHAKE_FAILURE:
	case NO_CERTIFICATE:
	case BAD_CERTIFICATE:
	case UNSUPPORTED_CERTIFICATE:
	case CERTIFICATE_REVOKED:
	case CERTIFICATE_EXPIRED:
	case CERTIFICATE_UNKNOWN:
	case UNKNOWN_CA:
	case ACCESS_DENIED:
	case CERTIFICATE_REQUIRED:
		return true;
	default:
		return false;
	}
}

static void
judge_alert(const struct words *words)
{
	const struct facts_eap *eap = words->facts->auth.eap;
	const struct facts_tls *tls = failed_tls(eap);
	char how[200];

	if (tls->certificate_requested && is_about_certificate(tls->alert)) {
		words_find(words, CAUSE_AUTH_EAP_CLIENT_CERTIFICATE, "reason", tls->reason, NULL);
		return;
	}
	snprintf(how, sizeof how, "the server ends TLS inside EAP, %s", tls->reason);
	words_find(words, CAUSE_AUTH_EAP_FAILURE, "method", method_of(eap), "how", how, NULL);
}

static void
add_type(struct text *text, uint8_t type)
{
	static const struct {
		uint8_t type;
		const char *name;
	} names[] = {{4, "MD5-Challenge"}, {13, "EAP-TLS"}, {21, "EAP-TTLS"}, {25, "PEAP"},
	    {26, "EAP-MSCHAPv2"}, {55, "TEAP"}};
	size_t at = 0, count = sizeof names / sizeof names[0];

	while (at < count && names[at].type != type)
		at++;
	if (at < count)
		text_add(text, names[at].name);
	else
		text_format(text, "type %u", type);
}

/* "EAP-TLS, type 77", or what was asked for inside PEAP. */
static void
list_offers(const struct facts_eap *eap, struct text *text)
{
	if (eap->inner_declined != 0) {
		add_type(text, eap->inner_declined);
		text_add(text, " inside PEAP");
		return;
	}
	for (size_t i = 0; i < eap->offered_count; i++) {
		text_add(text, i == 0 ? "" : ", ");
		add_type(text, eap->offered[i]);
	}
}

static void
judge_no_method(const struct words *words)
{
	struct text offers = TEXT_EMPTY;

	list_offers(words->facts->auth.eap, &offers);
	words_find(words, CAUSE_AUTH_EAP_NO_METHOD, "offers", text_chars(&offers), NULL);
	words->verdict->failed |= text_failed(&offers);
	text_free(&offers);
}

/* EAP-Failure without a code. Where a password was shown it is that which is doubted, as after any
 * other method; a certificate leaves more to guess. Windows says 691 also of a password that it has
 * found right, when something else, such as a second factor, fails behind it. */
static bool
judge_refusal(const struct words *words)
{
	const struct facts_auth *auth = &words->facts->auth;
	bool by_password =
	    auth->eap->method == FACTS_EAP_MSCHAPV2 || auth->eap->method == FACTS_PEAP_MSCHAPV2;

	bool proven = auth->proof == FACTS_PROOF_VERIFIED;
	/* Else it would not be kept. */
	bool sent = auth->sent || words->facts->backoff.held;
	char until[64];

	if ((auth->code != 0 && !(proven && auth->code == RAS_AUTHENTICATION)) ||
	    (by_password && sent && !proven))
		return false;
	judge_auth_describe_backoff(words->facts, until, sizeof until);
	words_find(words, CAUSE_AUTH_EAP_FAILURE, "method", method_of(auth->eap), "how",
	    proven ? "the server refuses the logon though the password is right"
	    : sent ? "the server refuses what was shown"
	           : "the server refuses the user name",
	    "until", until, NULL);
	return true;
}

/* Success of EAP, or of PEAP, before the method has proved anything. */
static bool
judge_unproven(const struct words *words)
{
	const struct facts_eap *eap = words->facts->auth.eap;

	enum facts_proof proof = words->facts->auth.proof;

	if ((proof == FACTS_PROOF_MISSING || proof == FACTS_PROOF_WRONG) && !eap->binding_asked)
		return false;
	words_find(words, CAUSE_AUTH_SERVER_UNPROVEN, "how",
	    eap->binding_asked && !eap->bound ? "with a wrong crypto binding of PEAP"
	                                      : "before it has proved itself",
	    NULL);
	return true;
}

/* Silence once TLS inside EAP has begun and before it is done: long messages are under way. */
static bool
judge_stall(const struct words *words)
{
	const struct facts_eap *eap = words->facts->auth.eap;
	bool has_tls = eap->method != FACTS_EAP_NONE && eap->method != FACTS_EAP_MSCHAPV2;
	char how[64];

	if (!has_tls || eap->tls.done)
		return false;
	snprintf(how, sizeof how, "TLS of EAP stalls, nothing in %s s", words->seconds);
	words_find(words, CAUSE_AUTH_SILENT, "how", how, NULL);
	return true;
}

bool
judge_eap_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts_eap *eap = words->facts->auth.eap;
	char how[200];

	if (eap == NULL)
		return false;
	switch (symptom) {
	case FACTS_EAP_UNTRUSTED:
		judge_untrusted(words);
		return true;
	case FACTS_EAP_ALERT:
		judge_alert(words);
		return true;
	case FACTS_TIMEOUT:
		return judge_stall(words);
	case FACTS_EAP_TLS_FAILED:
		snprintf(how, sizeof how, "TLS inside EAP fails, %s", failed_tls(eap)->reason);
		words_find(
		    words, CAUSE_AUTH_EAP_FAILURE, "method", method_of(eap), "how", how, NULL);
		return true;
	case FACTS_NO_COMMON_METHOD:
		judge_no_method(words);
		return true;
	case FACTS_DISAGREED:
		words_find(words, CAUSE_AUTH_EAP_FAILURE, "method", method_of(eap), "how",
		    "what the server sends makes no sense here", NULL);
		return true;
	case FACTS_LOGON_REFUSED:
		return judge_refusal(words);
	case FACTS_SERVER_UNPROVEN:
		return judge_unproven(words);
	default:
		return false;
	}
}

struct range
judge_eap_limit(const struct policy *policy, const struct facts_certificate *certificate)
{
	int64_t whole = certificate == NULL ? LIFETIME_UNKNOWN
	                                    : certificate->not_after - certificate->not_before;
	double seconds;

	if (!lifetime_limit(&policy->certificate.warning, whole, &seconds))
		return (struct range){.set = false};
	return (struct range){.set = true, .low = number_up(seconds), .high = INFINITY};
}

/* One that is not believed is told as that. */
void
judge_eap_expiry(const struct words *words)
{
	const struct facts_eap *eap = words->facts->auth.eap;
	struct range range;
	char time[24], limit[24];
	int64_t left;

	if (eap == NULL || eap->tls.chain_count == 0 || eap->tls.trust.errors_count > 0)
		return;
	range = judge_eap_limit(words->policy, &eap->tls.chain[0]);
	left = eap->tls.chain[0].not_after - words->facts->date;
	if (!range_alerts(&range, (double)left))
		return;
	words_duration(time, sizeof time, left);
	words_duration(limit, sizeof limit, (int64_t)range.low);
	words_find(words, CAUSE_AUTH_EAP_SERVER_EXPIRING, "left", time, "limit", limit, NULL);
}

/*
 * Facts that a probe could have found are judged, and told in one of the formats.
 *
 * The bytes say how far one or two climbs came, how they ended, and what was heard on the way.
 * Whatever that was, nothing is green where a stage was not reached, or did not end well, or did
 * not bring what its level stands for; and what is told is clean and well formed.
 */
#include "verdict/sstp.h"

#include <stdio.h>

#include "base/sanitize.h"
#include "fuzz/fuzz.h"
#include "fuzz/told.h"

#define DATE        1800000000
#define MILLISECOND 1000000

struct source {
	const uint8_t *at;
	size_t left;
};

static uint8_t
take(struct source *source)
{
	if (source->left == 0)
		return 0;
	source->left--;
	return *source->at++;
}

static bool
flip(struct source *source)
{
	return (take(source) & 1) != 0;
}

static unsigned
below(struct source *source, unsigned end)
{
	return take(source) % end;
}

/* As all that is foreign becomes a fact. */
static struct text
take_text(struct source *source, size_t cap)
{
	size_t length = take(source);
	struct text text = TEXT_EMPTY;

	if (length > source->left)
		length = source->left;
	sanitize_add(&text, source->at, length, cap);
	source->at += length;
	source->left -= length;
	return text;
}

static void
take_words(struct source *source, char *words, size_t size)
{
	struct text text = take_text(source, size - 1);

	snprintf(words, size, "%s", text_chars(&text));
	text_free(&text);
}

static char *
take_string(struct source *source, const char *before, size_t cap)
{
	struct text words = take_text(source, cap), text = TEXT_EMPTY;

	text_format(&text, "%s%s", before, text_chars(&words));
	text_free(&words);
	return text_take(&text);
}

/* ---- what is found ---- */

static void
fill_certificate(struct source *source, struct facts_certificate *certificate)
{
	for (size_t i = 0; i < sizeof certificate->sha256; i++)
		certificate->sha256[i] = certificate->sha1[i % 20] = take(source);
	certificate->subject = take_string(source, "CN=", 400);
	certificate->issuer = take_string(source, "CN=", 400);
	certificate->common_name = take_string(source, "", 400);
	certificate->serial = strdup("0A");
	certificate->signature =
	    strdup(flip(source) ? "sha1WithRSAEncryption" : "ecdsa-with-SHA256");
	certificate->names = calloc(2, sizeof *certificate->names);
	FUZZ_CLAIM(certificate->names != NULL);
	certificate->names_count = below(source, 3);
	for (size_t i = 0; i < certificate->names_count; i++)
		certificate->names[i] = take_string(source, "n", 255);
	certificate->not_before = DATE - take(source) * (int64_t)86400;
	certificate->not_after = DATE + (take(source) - 20) * (int64_t)86400;
	certificate->key = (enum facts_key)below(source, FACTS_KEYS);
	certificate->key_bits = take(source) * 16;
	snprintf(certificate->kind, sizeof certificate->kind, "%s", "prime256v1");
	certificate->has_eku = flip(source);
	certificate->self_issued = flip(source);
}

static void
fill_trust(struct source *source, struct facts_trust *trust)
{
	trust->no_anchors = flip(source);
	trust->checked = !trust->no_anchors;
	if (trust->no_anchors)
		return;
	trust->errors_count = below(source, 3);
	for (size_t i = 0; i < trust->errors_count; i++) {
		struct facts_chain_error *error = &trust->errors[i];

		error->problem = (enum facts_chain_problem)below(source, FACTS_CHAIN_KEY_USAGE + 1);
		error->code = take(source);
		error->depth = (int)below(source, 3);
		error->words = "words";
		take_words(source, error->about, sizeof error->about);
		take_words(source, error->issuer, sizeof error->issuer);
		error->not_before = DATE + take(source);
		error->not_after = DATE - take(source);
	}
}

static void
fill_tls(struct source *source, struct facts_tls *tls, bool done)
{
	tls->done = done;
	tls->heard = done || flip(source);
	tls->alert = flip(source) ? take(source) : -1;
	snprintf(tls->version, sizeof tls->version, "%s", done ? "TLSv1.2" : "");
	take_words(source, tls->cipher, sizeof tls->cipher);
	take_words(source, tls->reason, sizeof tls->reason);
	take_words(source, tls->first_bytes, sizeof tls->first_bytes);
	tls->offered_min = 0x0303;
	tls->offered_max = 0x0304;
	tls->certificate_requested = flip(source);
	tls->name_match = (enum facts_name_match)below(source, FACTS_NAME_DIFFERS + 1);
	fill_trust(source, &tls->trust);
	tls->chain_count = done ? 1 + below(source, 2) : 0;
	tls->chain = calloc(2, sizeof *tls->chain);
	FUZZ_CLAIM(tls->chain != NULL);
	for (size_t i = 0; i < tls->chain_count; i++)
		fill_certificate(source, &tls->chain[i]);
	/* The second issued the first. */
	if (tls->chain_count == 2 && flip(source)) {
		free(tls->chain[1].subject);
		tls->chain[1].subject = strdup(tls->chain[0].issuer);
	}
}

static void
fill_http(struct source *source, struct facts_http *http)
{
	static const int statuses[] = {
	    401, 200, 404, 503, 302, 400, 403, 407, 500, 502, 504, 101, 999};

	http->answered = flip(source);
	http->version_minor = (int)below(source, 2);
	http->status =
	    http->answered ? statuses[below(source, sizeof statuses / sizeof statuses[0])] : 0;
	http->any_bytes = flip(source);
	take_words(source, http->reason, sizeof http->reason);
	take_words(source, http->server, sizeof http->server);
	take_words(source, http->via, sizeof http->via);
	take_words(source, http->location, sizeof http->location);
	take_words(source, http->www_authenticate, sizeof http->www_authenticate);
	take_words(source, http->first_bytes, sizeof http->first_bytes);
}

static void
fill_call(struct source *source, struct facts *facts)
{
	facts->http.duplex = true;
	facts->sstp.acknowledged = flip(source);
	facts->sstp.hash_bits = (uint8_t)below(source, 4);
	facts->sstp.refusal_has_status = flip(source);
	facts->sstp.refusal_attribute = (uint8_t)below(source, 5);
	facts->sstp.refusal_status = below(source, 11);
	take_words(source, facts->sstp.refusal, sizeof facts->sstp.refusal);
	facts->ppp.heard = flip(source);
	facts->ppp.opened = flip(source);
	facts->ppp.offered_count = below(source, 3);
	for (size_t i = 0; i < facts->ppp.offered_count; i++)
		facts->ppp.offered[i] = (enum facts_method)below(source, FACTS_METHODS);
	take_words(source, facts->ppp.words, sizeof facts->ppp.words);
}

static void
fill_logon(struct source *source, struct facts *facts)
{
	struct facts_auth *auth = &facts->auth;

	auth->insecurity = (enum facts_insecurity)below(source, FACTS_INSECURE_PAP + 1);
	auth->method = (enum facts_method)below(source, FACTS_METHODS);
	auth->challenged = flip(source);
	auth->sent = flip(source);
	auth->accepted = flip(source);
	auth->refused = flip(source);
	auth->code = flip(source) ? 640 + (int)below(source, 60) : 0;
	auth->proof = (enum facts_proof)below(source, FACTS_PROOF_VERIFIED + 1);
	take_words(source, auth->words, sizeof auth->words);
	if (auth->method == FACTS_EAP) {
		FUZZ_CLAIM(facts_eap_begin(auth) != NULL);
		auth->eap->method = (enum facts_eap_method)below(source, FACTS_EAP_METHODS);
		auth->eap->offered_count = below(source, 2);
		auth->eap->offered[0] = take(source);
		fill_tls(source, &auth->eap->tls, flip(source));
	}
	facts->tunnel.connected = flip(source);
	facts->tunnel.acceptance = (enum facts_acceptance)below(source, FACTS_ACCEPTED_BY_PING + 1);
	facts->tunnel.ipcp_heard = flip(source);
	facts->tunnel.address = take(source);
	take_words(source, facts->tunnel.words, sizeof facts->tunnel.words);
	facts->ping.sent = below(source, 6);
	facts->ping.received = facts->ping.sent > 0 ? below(source, facts->ping.sent + 1) : 0;
	facts->ping.address = 1;
}

/* Each stage begins when the one before it ended well. */
static void
climb(struct source *source, struct facts *facts)
{
	for (int stage = FACTS_RESOLVE; stage <= (int)facts->level; stage++) {
		struct facts_step *step = &facts->steps[stage];

		if (stage == FACTS_TLS && facts->plain)
			continue;
		step->begun = true;
		step->ended = take(source) != 1;
		step->symptom = FACTS_WELL;
		if (flip(source))
			step->symptom = (enum facts_symptom)below(source, FACTS_SYMPTOMS);
		step->nanoseconds = take(source) * (int64_t)MILLISECOND;
		if (step->symptom == FACTS_SOCKET_ERROR)
			step->error = take(source);
		if (!step->ended || step->symptom != FACTS_WELL)
			return;
	}
}

static void
fill(struct source *source, struct facts *facts)
{
	facts_begin(facts);
	facts->target = strdup("vpn.example.com");
	facts->name = strdup("vpn.example.com");
	facts->host = strdup("rras1.example.com");
	facts->port = 443;
	facts->date = DATE;
	facts->timeout = 10 * (int64_t)1000 * MILLISECOND;
	facts->level =
	    (enum facts_stage)(FACTS_CONNECT + below(source, FACTS_STAGES - FACTS_CONNECT));
	facts->plain = flip(source) && facts->level != FACTS_TLS;
	facts->addresses_count = 1 + below(source, 2);
	facts->attempts_count = below(source, (unsigned)facts->addresses_count);
	snprintf(facts->address, sizeof facts->address, "%s", "203.0.113.11");
	snprintf(
	    facts->attempts[0].address, sizeof facts->attempts[0].address, "%s", "203.0.113.12");
	facts->attempts[0].symptom = FACTS_TIMEOUT;
	climb(source, facts);
	if (!facts->plain && facts->steps[FACTS_TLS].begun)
		fill_tls(source, &facts->tls,
		    facts->steps[FACTS_TLS].ended && facts->steps[FACTS_TLS].symptom == FACTS_WELL);
	if (facts->steps[FACTS_HTTP].begun)
		fill_http(source, &facts->http);
	if (facts->level >= FACTS_SSTP)
		fill_call(source, facts);
	if (facts->level >= FACTS_AUTH)
		fill_logon(source, facts);
	/* Behind the rest, so that what was found before stays what it was. */
	if (facts->level >= FACTS_SSTP && flip(source))
		facts->ppp.ras_error = below(source, 1024);
	if (facts->level >= FACTS_AUTH) {
		facts->auth.ras = flip(source);
		facts->auth.unsaid = flip(source);
	}
}

/* ---- what must hold ---- */

/* Whether all stages up to the level are well. */
static bool
is_reached(const struct facts *facts)
{
	for (int stage = FACTS_RESOLVE; stage <= (int)facts->level; stage++) {
		if (stage == FACTS_TLS && facts->plain)
			continue;
		if (!facts->steps[stage].ended || facts->steps[stage].symptom != FACTS_WELL)
			return false;
	}
	return true;
}

/* Whether they brought what the level stands for. */
static bool
is_proven(const struct facts *facts)
{
	switch (facts->level) {
	case FACTS_TLS:
		return facts->tls.done;
	case FACTS_HTTP:
		return facts->http.answered && facts->http.status == 401;
	case FACTS_SSTP:
		return facts->sstp.acknowledged;
	case FACTS_PPP:
		return facts->ppp.opened || facts->ppp.offered_count > 0;
	case FACTS_AUTH:
		return facts->auth.accepted;
	case FACTS_TUNNEL:
		return facts->tunnel.acceptance != FACTS_NOT_ACCEPTED && facts->tunnel.address != 0;
	case FACTS_PING:
		return facts->ping.received > 0;
	default:
		return true;
	}
}

static bool
may_be_green(const struct facts *facts)
{
	const struct facts_trust *trust = &facts->tls.trust;

	return is_reached(facts) && is_proven(facts) && facts->attempts_count == 0 &&
	       !trust->no_anchors && trust->errors_count == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct source source = {bytes, length};
	struct policy policy;
	struct verdict verdict = VERDICT_EMPTY;
	struct facts facts[2];
	struct report report = {
	    .service = "SSTP",
	    .plugin = "check_sstp",
	    .version = "1",
	    .target = "vpn.example.com",
	    .verdict = &verdict,
	    .facts = facts,
	};
	bool may = true;

	report.format = (enum report_format)below(&source, REPORT_LB + 1);
	report.verbosity = (int)below(&source, 4);
	report.facts_count = 1 + below(&source, 2);
	policy_begin(&policy);
	for (size_t i = 0; i < report.facts_count; i++) {
		fill(&source, &facts[i]);
		may = may && may_be_green(&facts[i]);
	}
	sstp_judge(facts, report.facts_count, &policy, &verdict);
	FUZZ_CLAIM(!verdict.failed);
	FUZZ_CLAIM((verdict.state == STATE_OK) == (verdict.findings_count == 0));
	FUZZ_CLAIM(may || verdict.state != STATE_OK);
	for (size_t i = 0; i < verdict.findings_count; i++) {
		FUZZ_CLAIM(clean_string(verdict.findings[i].summary) == NULL);
		FUZZ_CLAIM(clean_string(verdict.findings[i].remedy) == NULL);
	}
	told_claim(&report);
	verdict_free(&verdict);
	for (size_t i = 0; i < report.facts_count; i++)
		facts_free(&facts[i]);
	return 0;
}

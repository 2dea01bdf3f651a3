#include "report/jsontarget.h"

#include <stdio.h>

#include "base/hex.h"
#include "base/ipv4.h"
#include "facts/persistence.h"
#include "report/jsonrevocation.h"
#include "report/values.h"

static void
put_strings(struct jsonwriter *writer, const char *key, char *const *strings, size_t count)
{
	jsonwriter_begin_array(writer, key);
	for (size_t i = 0; i < count; i++)
		jsonwriter_string(writer, NULL, strings[i]);
	jsonwriter_end_array(writer);
}

static void
put_digest(struct jsonwriter *writer, const char *key, const uint8_t *bytes, size_t length)
{
	struct text digits = TEXT_EMPTY;

	hex_add(&digits, bytes, length);
	if (text_failed(&digits))
		writer->text->failed = true;
	jsonwriter_string(writer, key, text_chars(&digits));
	text_free(&digits);
}

/* What is said of every certificate; the object is left open. */
static void
begin_certificate(
    struct jsonwriter *writer, const char *key, const struct facts_certificate *certificate)
{
	char chars[VALUES_MAX];

	jsonwriter_begin_object(writer, key);
	put_digest(writer, "sha1", certificate->sha1, sizeof certificate->sha1);
	put_digest(writer, "sha256", certificate->sha256, sizeof certificate->sha256);
	jsonwriter_string(writer, "subject", certificate->subject);
	jsonwriter_string(writer, "issuer", certificate->issuer);
	jsonwriter_known(writer, "serial", certificate->serial);
	put_strings(writer, "names", certificate->names, certificate->names_count);
	jsonwriter_string(writer, "not_before", values_date(certificate->not_before, chars));
	jsonwriter_string(writer, "not_after", values_date(certificate->not_after, chars));
	jsonwriter_string(writer, "key", values_key(certificate, chars));
	jsonwriter_known(writer, "signature", certificate->signature);
	put_strings(writer, "eku", certificate->eku, certificate->eku_count);
}

static void
put_trust(struct jsonwriter *writer, const struct facts_trust *trust)
{
	if (!trust->checked) {
		jsonwriter_null(writer, "trust_errors");
		return;
	}
	jsonwriter_begin_array(writer, "trust_errors");
	for (size_t i = 0; i < trust->errors_count; i++) {
		jsonwriter_begin_object(writer, NULL);
		jsonwriter_whole(writer, "code", trust->errors[i].code);
		jsonwriter_whole(writer, "depth", trust->errors[i].depth);
		jsonwriter_string(writer, "reason", trust->errors[i].words);
		jsonwriter_end_object(writer);
	}
	jsonwriter_end_array(writer);
}

static void
put_issuer(struct jsonwriter *writer, const struct facts *facts,
    const struct facts_certificate *certificate)
{
	begin_certificate(writer, NULL, certificate);
	jsonrevocation_add(writer, facts, certificate);
	jsonwriter_end_object(writer);
}

/* What leads to a trust anchor, sent or known here, without the server's own. */
static void
put_path(struct jsonwriter *writer, const struct facts *facts, const struct facts_tls *tls)
{
	if (tls->trust.path_count == 0) {
		jsonwriter_null(writer, "path");
		return;
	}
	jsonwriter_begin_array(writer, "path");
	for (size_t depth = 1; depth < tls->trust.path_count; depth++)
		put_issuer(writer, facts, facts_path_at(tls, depth));
	jsonwriter_end_array(writer);
}

static void
put_certificate(struct jsonwriter *writer, const struct facts *facts, const struct facts_tls *tls)
{
	if (tls->chain_count == 0) {
		jsonwriter_null(writer, "certificate");
		return;
	}
	begin_certificate(writer, "certificate", &tls->chain[0]);
	jsonrevocation_add(writer, facts, &tls->chain[0]);
	jsonwriter_string(writer, "name_match", values_name_match(tls->name_match));
	put_trust(writer, &tls->trust);
	jsonwriter_begin_array(writer, "chain");
	for (size_t i = 1; i < tls->chain_count; i++)
		put_issuer(writer, facts, &tls->chain[i]);
	jsonwriter_end_array(writer);
	put_path(writer, facts, tls);
	jsonwriter_end_object(writer);
}

static void
put_tls(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_tls *tls = &facts->tls;

	if (!facts->steps[FACTS_TLS].begun) {
		jsonwriter_null(writer, "tls");
		return;
	}
	jsonwriter_begin_object(writer, "tls");
	jsonwriter_known(writer, "version", tls->version);
	jsonwriter_known(writer, "cipher", tls->cipher);
	jsonwriter_known(writer, "sni", tls->sni);
	jsonwriter_known_whole(writer, "alert", tls->alert >= 0, tls->alert);
	jsonwriter_known(writer, "reason", tls->reason);
	jsonwriter_bool(writer, "certificate_requested", tls->certificate_requested);
	jsonwriter_end_object(writer);
}

static void
put_http(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_http *http = &facts->http;
	char version[VALUES_MAX];

	if (!http->answered) {
		jsonwriter_null(writer, "http");
		return;
	}
	snprintf(version, sizeof version, "1.%d", http->version_minor);
	jsonwriter_begin_object(writer, "http");
	jsonwriter_whole(writer, "status", http->status);
	jsonwriter_string(writer, "version", version);
	jsonwriter_known(writer, "reason", http->reason);
	jsonwriter_known(writer, "server", http->server);
	jsonwriter_known(writer, "location", http->location);
	jsonwriter_known(writer, "via", http->via);
	jsonwriter_end_object(writer);
}

/* The hashes that the Call Connect Ack offers for the crypto binding. */
static void
put_hashes(struct jsonwriter *writer, uint8_t bits)
{
	jsonwriter_begin_array(writer, "hashes");
	if (bits & 1)
		jsonwriter_string(writer, NULL, "SHA-1");
	if (bits & 2)
		jsonwriter_string(writer, NULL, "SHA-256");
	jsonwriter_end_array(writer);
}

static void
put_sstp(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_sstp *sstp = &facts->sstp;

	if (!facts->steps[FACTS_SSTP].begun) {
		jsonwriter_null(writer, "sstp");
		return;
	}
	jsonwriter_begin_object(writer, "sstp");
	jsonwriter_known(writer, "correlation_id", sstp->correlation);
	jsonwriter_bool(writer, "acknowledged", sstp->acknowledged);
	put_hashes(writer, sstp->hash_bits);
	jsonwriter_known(writer, "refusal", sstp->refusal);
	jsonwriter_bool(writer, "left_politely", sstp->left);
	jsonwriter_end_object(writer);
}

static void
put_ppp(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_ppp *ppp = &facts->ppp;

	if (!facts->steps[FACTS_PPP].begun) {
		jsonwriter_null(writer, "ppp");
		return;
	}
	jsonwriter_begin_object(writer, "ppp");
	jsonwriter_bool(writer, "heard", ppp->heard);
	jsonwriter_bool(writer, "opened", ppp->opened);
	jsonwriter_begin_array(writer, "methods");
	for (size_t i = 0; i < ppp->offered_count; i++)
		jsonwriter_string(writer, NULL, facts_method_name(ppp->offered[i]));
	jsonwriter_end_array(writer);
	jsonwriter_known(writer, "words", ppp->words);
	jsonwriter_end_object(writer);
}

/* What is known of a logon by EAP, and of the server inside it. */
static void
put_eap(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_eap *eap = facts->auth.eap;

	if (eap == NULL) {
		jsonwriter_null(writer, "eap");
		return;
	}
	jsonwriter_begin_object(writer, "eap");
	jsonwriter_string(writer, "method", facts_eap_name(eap->method));
	jsonwriter_begin_array(writer, "offered_types");
	for (size_t i = 0; i < eap->offered_count; i++) {
		char type[VALUES_MAX];

		snprintf(type, sizeof type, "%u", eap->offered[i]);
		jsonwriter_string(writer, NULL, type);
	}
	jsonwriter_end_array(writer);
	jsonwriter_known(writer, "tls_version", eap->tls.version);
	jsonwriter_known(writer, "tls_reason", eap->tls.reason);
	if (eap->binding_asked)
		jsonwriter_bool(writer, "crypto_binding", eap->bound);
	else
		jsonwriter_null(writer, "crypto_binding");
	put_certificate(writer, facts, &eap->tls);
	jsonwriter_end_object(writer);
}

static void
put_auth(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_auth *auth = &facts->auth;
	char date[VALUES_MAX];

	if (!facts->steps[FACTS_AUTH].begun && !facts->backoff.held) {
		jsonwriter_null(writer, "auth");
		return;
	}
	jsonwriter_begin_object(writer, "auth");
	jsonwriter_string(writer, "method", facts_method_name(auth->method));
	jsonwriter_bool(writer, "credential_sent", auth->sent);
	jsonwriter_bool(writer, "accepted", auth->accepted);
	jsonwriter_bool(writer, "refused", auth->refused);
	jsonwriter_bool(writer, "refused_elsewhere", facts->backoff.elsewhere);
	jsonwriter_known_whole(writer, "code", auth->code != 0, auth->code);
	jsonwriter_string(writer, "server_proof", facts_proof_name(auth->proof));
	put_eap(writer, facts);
	jsonwriter_known(writer, "words", auth->words);
	jsonwriter_string(writer, "not_retried_until",
	    facts->backoff.until != 0 ? values_date(facts->backoff.until, date) : NULL);
	jsonwriter_end_object(writer);
}

static void
put_address(struct jsonwriter *writer, const char *key, uint32_t address)
{
	char chars[IPV4_MAX];

	jsonwriter_known(writer, key, address == 0 ? NULL : ipv4_write(address, chars));
}

static void
put_tunnel(struct jsonwriter *writer, const struct facts *facts)
{
	static const char *const hashes[] = {NULL, "SHA-1", "SHA-256"};
	const struct facts_tunnel *tunnel = &facts->tunnel;

	if (!facts->steps[FACTS_TUNNEL].begun) {
		jsonwriter_null(writer, "tunnel");
		return;
	}
	jsonwriter_begin_object(writer, "tunnel");
	jsonwriter_bool(writer, "connected_sent", tunnel->connected);
	jsonwriter_string(writer, "hash", tunnel->hash < 3 ? hashes[tunnel->hash] : NULL);
	if (tunnel->has_sha256)
		put_digest(writer, "bound_sha256", tunnel->sha256, sizeof tunnel->sha256);
	else
		jsonwriter_null(writer, "bound_sha256");
	jsonwriter_string(writer, "accepted_by", facts_acceptance_name(tunnel->acceptance));
	put_address(writer, "address", tunnel->address);
	put_address(writer, "peer", tunnel->peer);
	jsonwriter_begin_array(writer, "dns");
	for (size_t i = 0; i < FACTS_DNS_MAX; i++)
		if (tunnel->dns[i] != 0)
			put_address(writer, NULL, tunnel->dns[i]);
	jsonwriter_end_array(writer);
	jsonwriter_known(writer, "words", tunnel->words);
	jsonwriter_end_object(writer);
}

static void
put_ping(struct jsonwriter *writer, const struct facts *facts)
{
	const struct facts_ping *ping = &facts->ping;
	bool any = ping->received > 0;

	if (!facts->steps[FACTS_PING].begun) {
		jsonwriter_null(writer, "ping");
		return;
	}
	jsonwriter_begin_object(writer, "ping");
	put_address(writer, "address", ping->address);
	jsonwriter_whole(writer, "sent", ping->sent);
	jsonwriter_whole(writer, "received", ping->received);
	jsonwriter_known_seconds(writer, "min_seconds", any, ping->min);
	jsonwriter_known_seconds(
	    writer, "avg_seconds", any, any ? ping->total / ping->received : 0);
	jsonwriter_known_seconds(writer, "max_seconds", any, ping->max);
	jsonwriter_end_object(writer);
}

static void
put_stages(struct jsonwriter *writer, const struct facts *facts)
{
	jsonwriter_begin_array(writer, "stages");
	for (int stage = 0; stage < FACTS_STAGES; stage++) {
		const struct facts_step *step = &facts->steps[stage];

		if (!values_has_stage(facts, stage))
			continue;
		jsonwriter_begin_object(writer, NULL);
		jsonwriter_string(writer, "stage", facts_stage_name(stage));
		jsonwriter_known_seconds(writer, "seconds", step->begun, step->nanoseconds);
		jsonwriter_string(writer, "outcome", values_outcome(step));
		jsonwriter_end_object(writer);
	}
	jsonwriter_end_array(writer);
}

static void
put_attempts(struct jsonwriter *writer, const struct facts *facts)
{
	jsonwriter_begin_array(writer, "attempts");
	for (size_t i = 0; i < facts->attempts_count && i < FACTS_ATTEMPTS_MAX; i++) {
		const struct facts_attempt *attempt = &facts->attempts[i];

		jsonwriter_begin_object(writer, NULL);
		jsonwriter_string(writer, "address", attempt->address);
		jsonwriter_string(writer, "outcome", facts_symptom_name(attempt->symptom));
		jsonwriter_known_seconds(writer, "seconds", true, attempt->nanoseconds);
		jsonwriter_end_object(writer);
	}
	jsonwriter_end_array(writer);
}

/* What came of each kind of TLS session that could be offered again. */
static void
put_persistence(struct jsonwriter *writer, const struct facts_persistence *persistence)
{
	if (persistence == NULL) {
		jsonwriter_null(writer, "persistence");
		return;
	}
	jsonwriter_begin_array(writer, "persistence");
	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		const struct facts_returns *returns = &persistence->by[offer];

		if (!returns->given)
			continue;
		jsonwriter_begin_object(writer, NULL);
		jsonwriter_string(writer, "session", facts_persistence_name(offer));
		jsonwriter_whole(writer, "wanted", (int64_t)persistence->wanted);
		jsonwriter_whole(writer, "resumed",
		    (int64_t)facts_persistence_count(returns, FACTS_RETURN_RESUMED));
		jsonwriter_whole(
		    writer, "full", (int64_t)facts_persistence_count(returns, FACTS_RETURN_FULL));
		jsonwriter_whole(writer, "failed",
		    (int64_t)facts_persistence_count(returns, FACTS_RETURN_FAILED));
		jsonwriter_bool(writer, "certificates_differ", returns->others);
		jsonwriter_end_object(writer);
	}
	jsonwriter_end_array(writer);
}

void
jsontarget_add(struct jsonwriter *writer, const struct facts *facts, const struct finding *worst)
{
	jsonwriter_begin_object(writer, NULL);
	jsonwriter_string(writer, "name", facts->target);
	jsonwriter_known(writer, "host", facts->from_file ? NULL : facts->host);
	jsonwriter_known(writer, "address", facts->address);
	jsonwriter_known_whole(writer, "port", !facts->from_file, facts->port);
	jsonwriter_string(writer, "state", state_name(worst != NULL ? worst->state : STATE_OK));
	jsonwriter_string(writer, "cause", worst != NULL ? causes_row(worst->cause)->name : NULL);
	jsonwriter_known_seconds(
	    writer, "seconds", facts->steps[FACTS_RESOLVE].ended, facts->total);
	put_attempts(writer, facts);
	put_stages(writer, facts);
	put_tls(writer, facts);
	put_http(writer, facts);
	put_certificate(writer, facts, &facts->tls);
	put_sstp(writer, facts);
	put_ppp(writer, facts);
	put_auth(writer, facts);
	put_tunnel(writer, facts);
	put_ping(writer, facts);
	put_persistence(writer, facts->persistence);
	jsonwriter_end_object(writer);
}

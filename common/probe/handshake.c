#include "config.h"

#include "probe/handshake.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/text.h"
#include "cert/certificate.h"
#include "cert/names.h"

void
handshake_record(const struct tls *tls, struct facts_tls *facts, bool done)
{
	struct text first = TEXT_EMPTY;
	const unsigned char *bytes;
	size_t length;

	facts->done = done;
	facts->heard = tls_heard(tls);
	facts->alert = tls_alert(tls);
	facts->certificate_requested = tls_certificate_requested(tls);
	snprintf(facts->reason, sizeof facts->reason, "%s", tls_reason(tls));
	if (done) {
		snprintf(facts->version, sizeof facts->version, "%s", tls_version(tls));
		snprintf(facts->cipher, sizeof facts->cipher, "%s", tls_cipher(tls));
		facts->resumed = tls_resumed(tls);
		return;
	}
	bytes = tls_first_bytes(tls, &length);
	sanitize_add(&first, bytes, length, sizeof facts->first_bytes - 1);
	snprintf(facts->first_bytes, sizeof facts->first_bytes, "%s", text_chars(&first));
	text_free(&first);
}

bool
handshake_record_chain(STACK_OF(X509) * chain, struct trust *trust, int64_t date, const char *name,
    struct facts_tls *facts)
{
	int count = chain == NULL ? 0 : sk_X509_num(chain);

	if (count == 0)
		return true;
	facts->chain = calloc((size_t)count, sizeof *facts->chain);
	if (facts->chain == NULL)
		return false;
	facts->chain_count = (size_t)count;
	/* Verification leaves the SHA-1 digests behind, which certificate_read() then has for
	 * nothing. */
	trust_check(trust, chain, date, &facts->trust);
	for (int i = 0; i < count; i++)
		if (!certificate_read(sk_X509_value(chain, i), &facts->chain[i])) {
			facts_chain_free(facts);
			return false;
		}
	if (name != NULL)
		facts->name_match = names_match(sk_X509_value(chain, 0), name);
	return facts->trust.checked;
}

/* False when memory ran out. */
static bool
match_names(X509 *x509, const struct plan *plan, struct facts_tls *facts)
{
	if (!plan->name_is_address)
		facts->name_match = names_match(x509, plan->name);
	if (plan->names_count == 0)
		return true;
	facts->names = calloc(plan->names_count, sizeof *facts->names);
	if (facts->names == NULL)
		return false;
	for (size_t i = 0; i < plan->names_count; i++) {
		struct facts_name *name = &facts->names[facts->names_count++];

		name->match = names_match(x509, plan->names[i]);
		name->name = strdup(plan->names[i]);
		if (name->name == NULL)
			return false;
	}
	return true;
}

/* False when memory ran out. */
static bool
read_chain(
    STACK_OF(X509) * chain, struct trust *trust, const struct plan *plan, struct facts *facts)
{
	int count = sk_X509_num(chain);

	facts->tls.chain = calloc((size_t)count, sizeof *facts->tls.chain);
	if (facts->tls.chain == NULL)
		return false;
	facts->tls.chain_count = (size_t)count;
	/* Verification leaves the SHA-1 digests behind, which certificate_read() then has for
	 * nothing. */
	trust_check(trust, chain, facts->date, &facts->tls.trust);
	facts->no_memory |= !facts->tls.trust.checked;
	for (int i = 0; i < count; i++)
		if (!certificate_read(sk_X509_value(chain, i), &facts->tls.chain[i]))
			return false;
	return match_names(sk_X509_value(chain, 0), plan, &facts->tls);
}

void
handshake_take_chain(
    STACK_OF(X509) * chain, struct trust *trust, const struct plan *plan, struct facts *facts)
{
	if (chain == NULL || sk_X509_num(chain) <= 0)
		return;
	if (!read_chain(chain, trust, plan, facts)) {
		facts->no_memory = true;
		facts_chain_free(&facts->tls);
	}
}

void
handshake_read_chain(
    const struct tls *tls, struct trust *trust, const struct plan *plan, struct facts *facts)
{
	facts->no_memory |= tls_no_memory(tls);
	handshake_take_chain(tls_chain(tls), trust, plan, facts);
}

/* What came back begins as an HTTP response does. */
static bool
met_http(const struct tls *tls)
{
	size_t length;
	const unsigned char *bytes = tls_first_bytes(tls, &length);

	return length >= 5 && memcmp(bytes, "HTTP/", 5) == 0;
}

enum facts_symptom
handshake_symptom(const struct tls *tls, enum tls_result result)
{
	switch (result) {
	case TLS_EOF:
		return FACTS_CLOSED;
	case TLS_RESET:
		return FACTS_RESET;
	case TLS_ALERT:
		return FACTS_ALERT;
	case TLS_REFUSED:
		return FACTS_TLS_REFUSED;
	case TLS_OURS:
		return FACTS_NO_PROVIDER;
	case TLS_NO_MEMORY:
		return FACTS_NO_MEMORY;
	case TLS_NOT_TLS:
		return met_http(tls) ? FACTS_PLAINTEXT : FACTS_NOT_TLS;
	default:
		return FACTS_SOCKET_ERROR;
	}
}

short
handshake_events(enum tls_result result)
{
	return result == TLS_WANT_WRITE ? POLLOUT : POLLIN;
}

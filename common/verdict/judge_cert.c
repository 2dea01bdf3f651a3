#include "verdict/judge_cert.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "verdict/judge_identity.h"
#include "verdict/judge_revocation.h"

#define NAMES_SHOWN 1

/* "certificate" for the server's own, else whose. */
static const char *
which(char *chars, size_t size, int depth, const char *about)
{
	if (depth == 0)
		snprintf(chars, size, "certificate");
	else
		words_issuer(chars, size, about);
	return chars;
}

static void
judge_name(const struct words *words, const char *name, enum facts_name_match match)
{
	const struct facts_certificate *leaf = &words->facts->tls.chain[0];
	struct text names = TEXT_EMPTY;

	if (match != FACTS_NAME_DIFFERS)
		return;
	for (size_t i = 0; i < leaf->names_count && i < NAMES_SHOWN; i++)
		text_format(&names, i == 0 ? "%s" : ", %s", leaf->names[i]);
	if (leaf->names_count > NAMES_SHOWN)
		text_format(&names, " and %zu more", leaf->names_count - NAMES_SHOWN);
	if (leaf->names_count == 0)
		text_add(&names, leaf->common_name[0] != '\0' ? leaf->common_name : "no name");
	words_find(
	    words, CAUSE_CERT_NAME_MISMATCH, "names", text_chars(&names), "name", name, NULL);
	text_free(&names);
}

static void
judge_chain_error(const struct words *words, const struct facts_chain_error *error)
{
	const struct facts *facts = words->facts;
	struct cause_row row;
	char whose[128], time[24];

	which(whose, sizeof whose, error->depth, error->about);
	switch (error->problem) {
	case FACTS_CHAIN_EXPIRED:
		words_duration(time, sizeof time, facts->date - error->not_after);
		row = causes_row_at(CAUSE_CERT_EXPIRED, (size_t)error->depth);
		words_find_as(words, CAUSE_CERT_EXPIRED, &row, "which", whose, "ago", time, NULL);
		break;
	case FACTS_CHAIN_NOT_YET_VALID:
		words_duration(time, sizeof time, error->not_before - facts->date);
		words_find(words, CAUSE_CERT_NOT_YET_VALID, "which", whose, "ahead", time, NULL);
		break;
	case FACTS_CHAIN_SELF_SIGNED:
		words_find(words, CAUSE_CERT_SELF_SIGNED, NULL);
		break;
	case FACTS_CHAIN_UNTRUSTED_ROOT:
		words_find(words, CAUSE_CERT_UNTRUSTED_ROOT, "issuer", error->about, NULL);
		break;
	case FACTS_CHAIN_NO_ISSUER:
		/* At any depth: whether it is a root or one more intermediate that nobody sent,
		 * the certificates below it do not tell. */
		words_find(words, CAUSE_CERT_CHAIN_INCOMPLETE, "issuer", error->issuer, NULL);
		break;
	case FACTS_CHAIN_PURPOSE:
		row = causes_row_at(CAUSE_CERT_EKU, (size_t)error->depth);
		words_find_as(words, CAUSE_CERT_EKU, &row, "which", whose, NULL);
		break;
	case FACTS_CHAIN_KEY_USAGE:
		words_find_as(words, CAUSE_CERT_INVALID, &causes_key_usage, NULL);
		break;
	case FACTS_CHAIN_OTHER:
		words_find(words, CAUSE_CERT_INVALID, "reason", error->words, NULL);
		break;
	}
}

/* Without anchors every chain seems untrusted: that is this poller's trouble. */
static bool
is_about_anchors(enum facts_chain_problem problem)
{
	return problem == FACTS_CHAIN_SELF_SIGNED || problem == FACTS_CHAIN_UNTRUSTED_ROOT ||
	       problem == FACTS_CHAIN_NO_ISSUER;
}

static void
judge_chain(const struct words *words)
{
	const struct facts_trust *trust = &words->facts->tls.trust;
	bool blind = trust->no_anchors || trust->no_descriptors;

	if (trust->no_descriptors)
		words_find(words, CAUSE_LOCAL_NO_DESCRIPTORS, NULL);
	else if (trust->no_anchors)
		words_find(words, CAUSE_LOCAL_NO_TRUST_STORE, NULL);
	for (size_t i = 0; i < trust->errors_count; i++)
		if (!blind || !is_about_anchors(trust->errors[i].problem))
			judge_chain_error(words, &trust->errors[i]);
}

/* As OpenSSL names them, the digest is first or last: md5WithRSAEncryption, ecdsa-with-SHA1. */
static bool
is_signed_over(const char *algorithm, const char *digest)
{
	size_t length = strlen(algorithm), part = strlen(digest);

	return strncasecmp(algorithm, digest, part) == 0 ||
	       (length >= part && strcasecmp(algorithm + length - part, digest) == 0);
}

static bool
is_weak_signature(const char *algorithm)
{
	return is_signed_over(algorithm, "md5") || is_signed_over(algorithm, "sha1");
}

static bool
is_weak_key(const struct facts_certificate *certificate, int bits_min)
{
	if (certificate->key_bits == 0)
		return false; /* of a kind we cannot read */
	switch (certificate->key) {
	case FACTS_KEY_EC:
		return certificate->key_bits < 224;
	case FACTS_KEY_RSA:
	case FACTS_KEY_RSA_PSS:
	case FACTS_KEY_DSA:
		return certificate->key_bits < bits_min;
	default:
		return false; /* what their bits are worth, their kind tells */
	}
}

/* Who wants more bits than is usual is not told to be content with the usual. */
static void
find_weak_key(
    const struct words *words, const struct facts_certificate *certificate, const char *whose)
{
	static const char *const keys[FACTS_KEYS] = {
	    [FACTS_KEY_OTHER] = "other",
	    [FACTS_KEY_RSA] = "RSA",
	    [FACTS_KEY_RSA_PSS] = "RSA-PSS",
	    [FACTS_KEY_DSA] = "DSA",
	    [FACTS_KEY_EC] = "EC",
	    [FACTS_KEY_EDWARDS] = "Edwards",
	};
	int least = words->policy->certificate.key_min;
	struct cause_row row = *causes_row(CAUSE_CERT_WEAK_KEY);
	char key[32], bits[16];

	snprintf(key, sizeof key, "%s %d", keys[certificate->key], certificate->key_bits);
	snprintf(bits, sizeof bits, "%d", least);
	if (least > 2048)
		row.remedy = "issue it with RSA {bits} or better, or ECDSA P-256";
	words_find_as(
	    words, CAUSE_CERT_WEAK_KEY, &row, "which", whose, "key", key, "bits", bits, NULL);
}

/* Windows verifies signatures by more kinds of keys than it lets servers have: it offers no
 * signature by a key for RSASSA-PSS alone, and has the ciphers for DSA, and most curves, off. */
static void
judge_kind(const struct words *words, size_t depth, const struct facts_certificate *certificate,
    const char *whose)
{
	enum facts_key key = certificate->key;
	const char *kind = certificate->kind;

	if (key == FACTS_KEY_EDWARDS ||
	    (depth == 0 && (key == FACTS_KEY_RSA_PSS || key == FACTS_KEY_OTHER)))
		words_find(words, CAUSE_CERT_KEY_TYPE, "which", whose, "key", kind, NULL);
	else if (depth == 0 && key == FACTS_KEY_DSA)
		words_find_as(words, CAUSE_CERT_KEY_TYPE, &causes_key_off, "key", "of a kind",
		    "kind", kind, NULL);
	else if (depth == 0 && key == FACTS_KEY_EC && strcmp(kind, "prime256v1") != 0 &&
	         strcmp(kind, "secp384r1") != 0)
		words_find_as(words, CAUSE_CERT_KEY_TYPE, &causes_key_off, "key", "on a curve",
		    "kind", kind, NULL);
}

/* The certificate among those sent that issued CERTIFICATE, or NULL. */
static const struct facts_certificate *
issuer_of(const struct facts_tls *tls, const struct facts_certificate *certificate)
{
	for (size_t i = 1; i < tls->chain_count; i++)
		if (strcmp(tls->chain[i].subject, certificate->issuer) == 0)
			return &tls->chain[i];
	return NULL;
}

static void
judge_strength_of(
    const struct words *words, size_t depth, const struct facts_certificate *certificate)
{
	char whose[128];

	which(whose, sizeof whose, (int)depth, certificate->common_name);
	if (is_weak_signature(certificate->signature))
		words_find(words, CAUSE_CERT_WEAK_SIGNATURE, "which", whose, "algorithm",
		    certificate->signature, NULL);
	if (is_weak_key(certificate, words->policy->certificate.key_min))
		find_weak_key(words, certificate, whose);
	else
		judge_kind(words, depth, certificate, whose);
}

/* Along the path, which ends at an anchor that is trusted for itself; without one from issuer to
 * issuer. What else was sent is of no use, and does no harm. */
static void
judge_strength(const struct words *words)
{
	const struct facts_tls *tls = &words->facts->tls;
	const struct facts_certificate *certificate = &tls->chain[0];

	for (size_t depth = 0; depth + 1 < tls->trust.path_count; depth++)
		judge_strength_of(words, depth, facts_path_at(tls, depth));
	if (tls->trust.path_count == 1)
		judge_strength_of(words, 0, certificate);
	if (tls->trust.path_count > 0)
		return;
	for (size_t depth = 0; certificate != NULL && depth < tls->chain_count; depth++) {
		if (depth > 0 && certificate->self_issued)
			break;
		judge_strength_of(words, depth, certificate);
		certificate = certificate->self_issued ? NULL : issuer_of(tls, certificate);
	}
}

void
judge_cert_presented(const struct words *words)
{
	const struct facts *facts = words->facts;

	if (facts->tls.done && facts->tls.chain_count == 0)
		words_find(words, CAUSE_CERT_MISSING, NULL);
	if (facts->tls.chain_count == 0)
		return;
	judge_identity_presented(words);
	judge_name(words, facts->name, facts->tls.name_match);
	for (size_t i = 0; i < facts->tls.names_count; i++)
		judge_name(words, facts->tls.names[i].name, facts->tls.names[i].match);
	judge_chain(words);
	judge_revocation_sources(words);
	judge_strength(words);
}

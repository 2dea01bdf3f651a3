#include "verdict/judge_identity.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/sanitize.h"

/* Seconds since a renewal that a pin may not know of yet. */
#define FRESH (14 * INT64_C(86400))

/* What is meant is another one, which need not be renewed. */
#define REMEDY_EXPIRED "assign the new one, restart RemoteAccess"

static bool
is_pinned(const struct policy_certificate *policy, const struct facts_certificate *leaf)
{
	for (size_t i = 0; i < policy->thumbprints_count; i++)
		if (thumbprint_is(&policy->thumbprints[i], leaf->sha1, leaf->sha256))
			return true;
	return policy->thumbprints_count == 0;
}

static void
judge_thumbprint(const struct words *words, const struct facts_certificate *leaf)
{
	const struct policy_certificate *policy = &words->policy->certificate;
	const struct facts_trust *trust = &words->facts->tls.trust;
	const struct thumbprint *first = &policy->thumbprints[0];
	int64_t age = words->facts->date - leaf->not_before;
	struct cause_row row = *causes_row(CAUSE_CERT_UNEXPECTED_THUMBPRINT);
	struct text seen = TEXT_EMPTY, pin = TEXT_EMPTY;
	char time[24], renewed[64] = "";

	if (is_pinned(policy, leaf))
		return;
	/* The digest that stands beside the pin is of the same kind. */
	thumbprint_add_short(&seen, first->length == THUMBPRINT_SHA1 ? leaf->sha1 : leaf->sha256);
	if (policy->thumbprints_count == 1) {
		text_add(&pin, "the expected ");
		thumbprint_add_short(&pin, first->bytes);
	} else
		text_format(&pin, "one of %zu expected", policy->thumbprints_count);
	/* Who inspects TLS makes certificates of the day, but none that verifies everywhere. */
	if (age >= 0 && age < FRESH && trust->checked && trust->errors_count == 0) {
		words_duration(time, sizeof time, age);
		snprintf(renewed, sizeof renewed, ", renewed %s ago, pin is old", time);
		row.remedy = "update --thumbprint, and any TLS offload hash";
	} else if (leaf->not_after < words->facts->date) {
		/* What is meant is hardly the one that was renewed. */
		snprintf(renewed, sizeof renewed, ", expired");
		row.remedy = REMEDY_EXPIRED;
	}
	row.state = policy_state(words->policy, CAUSE_CERT_UNEXPECTED_THUMBPRINT);
	words_find_as(words, CAUSE_CERT_UNEXPECTED_THUMBPRINT, &row, "seen", text_chars(&seen),
	    "pin", text_chars(&pin), "renewed", renewed, NULL);
	text_free(&seen);
	text_free(&pin);
}

/* Whether NEEDLE is in HAY, whatever the case of its ASCII letters. */
static bool
holds(const char *hay, const char *needle)
{
	size_t length = strlen(needle);

	for (; *hay != '\0'; hay++)
		if (strncasecmp(hay, needle, length) == 0)
			return true;
	return false;
}

/* NAME as people write it: without the backslashes before what has a meaning in RFC 2253. */
static void
unescape(struct text *text, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '\\' && name[1] != '\0' && strchr(",+\"\\<>;# ", name[1]) != NULL)
			name++;
		text_add_char(text, *name);
	}
}

static bool
is_expected_issuer(const struct words *words, const char *issuer, const char *expected)
{
	struct text plain = TEXT_EMPTY;
	bool is;

	unescape(&plain, issuer);
	is = holds(issuer, expected) || holds(text_chars(&plain), expected);
	words->verdict->failed = words->verdict->failed || text_failed(&plain);
	text_free(&plain);
	return is;
}

void
judge_identity_presented(const struct words *words)
{
	const struct facts_certificate *leaf = &words->facts->tls.chain[0];
	const char *issuer = words->policy->certificate.issuer;
	struct cause_row row = *causes_row(CAUSE_CERT_UNEXPECTED_ISSUER);
	struct text shown = TEXT_EMPTY;

	judge_thumbprint(words, leaf);
	if (issuer == NULL || is_expected_issuer(words, leaf->issuer, issuer))
		return;
	/* It came over the command line, where anything may stand. */
	sanitize_add(&shown, issuer, strlen(issuer), strlen(issuer));
	/* Who inspects TLS makes none that has expired: it is the one before the issuer changed. */
	if (leaf->not_after < words->facts->date) {
		row.summary = "certificate issued by {issuer}, expected {expected}, and expired";
		row.remedy = REMEDY_EXPIRED;
	}
	words_find_as(words, CAUSE_CERT_UNEXPECTED_ISSUER, &row, "issuer", leaf->issuer, "expected",
	    text_chars(&shown), NULL);
	words->verdict->failed |= text_failed(&shown);
	text_free(&shown);
}

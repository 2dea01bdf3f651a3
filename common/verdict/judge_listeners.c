#include "verdict/judge_listeners.h"

#include <stdio.h>
#include <string.h>

#include "base/thumbprint.h"

#define LISTED_MAX 2 /* certificates in a line */

/* Which addresses count. */
enum family { ALL, IPV4, IPV6 };

static bool
counts(const struct facts *facts, enum family family)
{
	bool is_ipv6 = strchr(facts->address, ':') != NULL;

	if (facts->tls.chain_count == 0 || facts->sni != FACTS_SNI_USUAL)
		return false;
	return family == ALL || (family == IPV6) == is_ipv6;
}

static bool
same_leaf(const struct facts *one, const struct facts *other)
{
	return memcmp(one->tls.chain[0].sha256, other->tls.chain[0].sha256,
	           sizeof one->tls.chain[0].sha256) == 0;
}

/* Whether one of the first COUNT targets of FAMILY shows the certificate of ONE. */
static bool
is_shown(const struct facts *facts, size_t count, enum family family, const struct facts *one)
{
	for (size_t i = 0; i < count; i++)
		if (counts(&facts[i], family) && same_leaf(&facts[i], one))
			return true;
	return false;
}

/* The certificates of FAMILY, each once: how many they are, and the first of them as text. */
static size_t
list(const struct facts *facts, size_t count, enum family family, struct text *text)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (!counts(&facts[i], family) || is_shown(facts, i, family, &facts[i]))
			continue;
		if (found++ >= LISTED_MAX)
			continue;
		text_add(text, found == 1 ? "" : ", ");
		thumbprint_add_short(text, facts[i].tls.chain[0].sha256);
		if (family == ALL)
			text_format(text, " at %s", facts[i].address);
	}
	if (found > LISTED_MAX)
		text_format(text, " and %zu more", found - LISTED_MAX);
	return found;
}

/* Whether each certificate of FAMILY is shown by OTHER as well. */
static bool
is_within(const struct facts *facts, size_t count, enum family family, enum family other)
{
	for (size_t i = 0; i < count; i++)
		if (counts(&facts[i], family) && !is_shown(facts, count, other, &facts[i]))
			return false;
	return true;
}

static void
judge_families(const struct words *words, const struct facts *facts, size_t count)
{
	struct text four = TEXT_EMPTY, six = TEXT_EMPTY;

	if (list(facts, count, IPV4, &four) > 0 && list(facts, count, IPV6, &six) > 0 &&
	    (!is_within(facts, count, IPV4, IPV6) || !is_within(facts, count, IPV6, IPV4)))
		words_find(words, CAUSE_CERT_FAMILIES_DIFFER, "four", text_chars(&four), "six",
		    text_chars(&six), NULL);
	text_free(&four);
	text_free(&six);
}

struct judge_listeners_count
judge_listeners_count(const struct facts *facts, size_t count)
{
	struct judge_listeners_count result = {0, 0};

	for (size_t i = 0; i < count; i++) {
		if (!counts(&facts[i], ALL))
			continue;
		result.addresses++;
		result.certificates += !is_shown(facts, i, ALL, &facts[i]);
	}
	return result;
}

static void
judge_addresses(const struct words *words, const struct facts *facts, size_t count)
{
	const struct policy *policy = words->policy;
	struct judge_listeners_count counted = judge_listeners_count(facts, count);
	char certificates[24], addresses[24];
	struct text listed = TEXT_EMPTY;

	if (counted.certificates < 2 ||
	    (!policy->certificate.same && !policy->overridden[CAUSE_CERT_ADDRESSES_DIFFER]))
		return;
	list(facts, count, ALL, &listed);
	snprintf(certificates, sizeof certificates, "%zu", counted.certificates);
	snprintf(addresses, sizeof addresses, "%zu", counted.addresses);
	words_find(words, CAUSE_CERT_ADDRESSES_DIFFER, "count", certificates, "addresses",
	    addresses, "list", text_chars(&listed), NULL);
	text_free(&listed);
}

/* What a target shows of itself. */
static void
add_shown(struct text *text, const struct facts *facts)
{
	enum facts_stage failed = facts_failed_stage(facts);

	if (facts->tls.chain_count > 0 && failed == FACTS_STAGES) {
		text_add(text, "shows ");
		thumbprint_add_short(text, facts->tls.chain[0].sha256);
	} else if (failed != FACTS_STAGES)
		text_format(text, "ends with %s", facts_symptom_name(facts->steps[failed].symptom));
	else
		text_add(text, "shows nothing");
}

static void
judge_sni(const struct words *words, const struct facts *usual)
{
	const struct facts *facts = words->facts;
	struct text shows = TEXT_EMPTY, clients = TEXT_EMPTY;

	if (usual->tls.chain_count == 0 || facts_failed_stage(usual) != FACTS_STAGES)
		return;
	if (facts->tls.chain_count > 0 && facts_failed_stage(facts) == FACTS_STAGES &&
	    same_leaf(facts, usual))
		return;
	add_shown(&shows, facts);
	thumbprint_add_short(&clients, usual->tls.chain[0].sha256);
	words_find(words, CAUSE_CERT_SNI_DIFFERS, "how",
	    facts->sni == FACTS_SNI_NONE ? "without SNI" : "with a foreign SNI", "shows",
	    text_chars(&shows), "usual", text_chars(&clients), NULL);
	text_free(&shows);
	text_free(&clients);
}

/* Whom it is told of that the addresses differ. */
static const struct facts *
first_to_differ(const struct facts *facts, size_t count)
{
	const struct facts *first = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!counts(&facts[i], ALL))
			continue;
		if (first != NULL && !same_leaf(first, &facts[i]))
			return &facts[i];
		first = &facts[i];
	}
	return &facts[0];
}

void
judge_listeners_all(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict)
{
	const struct facts *usual = NULL;
	struct words words;

	for (size_t i = 0; i < count; i++) {
		words_begin(&words, &facts[i], policy, verdict);
		if (facts[i].sni == FACTS_SNI_USUAL)
			usual = &facts[i];
		else if (usual != NULL)
			judge_sni(&words, usual);
	}
	words_begin(&words, first_to_differ(facts, count), policy, verdict);
	judge_families(&words, facts, count);
	judge_addresses(&words, facts, count);
}

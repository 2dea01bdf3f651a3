#include "verdict/judge_agreement.h"

#include <stdio.h>

#include "verdict/words.h"

/* Append what FACTS show of one aspect; nothing where they show nothing. */
typedef void show(const struct facts *facts, struct text *value);

static void
show_certificate(const struct facts *facts, struct text *value)
{
	if (facts->tls.chain_count > 0)
		thumbprint_add_short(value, facts->tls.chain[0].sha256);
}

static void
show_version(const struct facts *facts, struct text *value)
{
	if (facts->tls.done)
		text_add(value, words_version_name(facts->tls.version));
}

static void
show_server(const struct facts *facts, struct text *value)
{
	if (facts->http.answered)
		text_add(
		    value, facts->http.server[0] != '\0' ? facts->http.server : "no Server header");
}

static void
show_hashes(const struct facts *facts, struct text *value)
{
	static const char *const hashes[] = {"none", "SHA-1", "SHA-256", "SHA-1 and SHA-256"};

	if (facts->sstp.acknowledged)
		text_add(value, hashes[facts->sstp.hash_bits & 3]);
}

static void
show_methods(const struct facts *facts, struct text *value)
{
	const struct facts_ppp *ppp = &facts->ppp;

	for (size_t i = 0; i < ppp->offered_count; i++)
		text_format(value, i == 0 ? "%s" : " %s", facts_method_name(ppp->offered[i]));
}

/* Whom of the healthy members show which value; a finding for CAUSE when it is not one. */
static void
compare(const struct poolwords *words, enum cause cause, const char *what, show *shown)
{
	const struct pool *pool = words->pool;
	struct groups groups = GROUPS_EMPTY;
	struct text list = TEXT_EMPTY;
	char count[24];

	for (size_t i = 0; i < pool->count; i++) {
		struct text value = TEXT_EMPTY;

		if (pool->members[i].health == POOL_HEALTHY)
			shown(pool->members[i].facts, &value);
		if (value.length > 0)
			groups_add(&groups, text_chars(&value), pool->members[i].facts->target);
		groups.failed |= text_failed(&value);
		text_free(&value);
	}
	if (groups.count > 1) {
		groups_write(&groups, " on ", &list);
		snprintf(count, sizeof count, "%zu", groups.count);
		poolwords_find(
		    words, cause, "what", what, "count", count, "list", text_chars(&list), NULL);
	}
	words->verdict->failed |= groups.failed || text_failed(&list);
	text_free(&list);
	groups_free(&groups);
}

void
judge_agreement_members(const struct poolwords *words)
{
	if (words->wants->same_certificate)
		compare(words, CAUSE_POOL_CERTIFICATES_DIFFER, "", show_certificate);
	compare(words, CAUSE_POOL_DRIFT, "TLS version", show_version);
	compare(words, CAUSE_POOL_DRIFT, "Server header", show_server);
	compare(words, CAUSE_POOL_DRIFT, "hash algorithms", show_hashes);
	compare(words, CAUSE_POOL_DRIFT, "logon methods", show_methods);
}

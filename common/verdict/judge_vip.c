#include "verdict/judge_vip.h"

#include <string.h>

static const struct facts_certificate *
certificate_of(const struct facts *facts)
{
	return facts->tls.chain_count > 0 ? &facts->tls.chain[0] : NULL;
}

bool
judge_vip_is_up(const struct pool *pool)
{
	return pool->vip.facts != NULL && pool->vip.health == POOL_HEALTHY &&
	       poolwords_climbed(pool->vip.facts);
}

bool
judge_vip_is_down(const struct pool *pool)
{
	return pool->vip.facts != NULL && pool->vip.health == POOL_FAILED;
}

const char *
judge_vip_word(const struct pool *pool)
{
	if (pool->vip.facts == NULL)
		return "";
	if (judge_vip_is_up(pool))
		return ", VIP up";
	return judge_vip_is_down(pool) ? ", VIP down" : ", VIP unknown";
}

/* The certificate of a member with TLS; NULL where it shows none. Nobody is sent to one that is out
 * of service: what it shows does not count. */
static const struct facts_certificate *
bound_on(const struct pool_member *member)
{
	return member->health == POOL_EXPECTED_DOWN ? NULL : certificate_of(member->facts);
}

bool
judge_vip_is_of_member(const struct pool *pool, const uint8_t sha256[32])
{
	for (size_t i = 0; i < pool->count; i++) {
		const struct facts_certificate *bound = bound_on(&pool->members[i]);

		if (bound != NULL && memcmp(bound->sha256, sha256, sizeof bound->sha256) == 0)
			return true;
	}
	return false;
}

/* The certificates that members show, the first two of them; nothing where none does. */
static void
list_certificates(const struct pool *pool, struct text *list)
{
	struct groups groups = GROUPS_EMPTY;

	for (size_t i = 0; i < pool->count; i++) {
		const struct facts_certificate *bound = bound_on(&pool->members[i]);
		struct text digest = TEXT_EMPTY;

		if (bound == NULL)
			continue;
		thumbprint_add_short(&digest, bound->sha256);
		groups_add(&groups, text_chars(&digest), pool->members[i].facts->target);
		text_free(&digest);
	}
	for (size_t i = 0; i < groups.count && i < 2; i++)
		text_format(list, i == 0 ? "%s" : ", %s", text_chars(&groups.list[i].value));
	if (groups.count > 2)
		text_add(list, " and others");
	list->failed |= groups.failed;
	groups_free(&groups);
}

static bool
has_plain_member(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].facts->plain)
			return true;
	return false;
}

/* SEEN is not the one of --thumbprint. That members with TLS show it too says nothing of what plain
 * ones have stored; without any of those it is merely not the one that was meant. */
static void
find_other_than_wanted(const struct poolwords *words, const struct facts_certificate *seen)
{
	const struct thumbprint *wanted = &words->wants->thumbprint;
	bool plain = has_plain_member(words->pool);
	struct text shown = TEXT_EMPTY, bound = TEXT_EMPTY;

	thumbprint_add_short(&shown, wanted->length == THUMBPRINT_SHA1 ? seen->sha1 : seen->sha256);
	text_add(plain ? &bound : &shown, plain ? "store " : " of the VIP");
	thumbprint_add_short(&bound, wanted->bytes);
	poolwords_find(words,
	    plain ? CAUSE_POOL_VIP_CERTIFICATE_DIFFERS : CAUSE_CERT_UNEXPECTED_THUMBPRINT, "seen",
	    text_chars(&shown), plain ? "bound" : "pin", text_chars(&bound), NULL);
	words->verdict->failed |= text_failed(&shown) || text_failed(&bound);
	text_free(&shown);
	text_free(&bound);
}

static void
judge_certificate(const struct poolwords *words)
{
	const struct facts_certificate *seen = certificate_of(words->pool->vip.facts);
	const struct pool_policy *wants = words->wants;
	struct text shown = TEXT_EMPTY, bound = TEXT_EMPTY;

	if (seen == NULL)
		return;
	list_certificates(words->pool, &bound);
	if (bound.length > 0 && !judge_vip_is_of_member(words->pool, seen->sha256)) {
		thumbprint_add_short(&shown, seen->sha256);
		poolwords_find(words, CAUSE_POOL_VIP_CERTIFICATE_DIFFERS, "seen",
		    text_chars(&shown), "bound", text_chars(&bound), NULL);
	} else if (wants->has_thumbprint &&
	           !thumbprint_is(&wants->thumbprint, seen->sha1, seen->sha256))
		find_other_than_wanted(words, seen);
	words->verdict->failed |= text_failed(&shown) || text_failed(&bound);
	text_free(&shown);
	text_free(&bound);
}

/* What to do about a VIP that fails for CAUSE, while members do not: what the table says, but for
 * faults of which no monitor knows. */
static const char *
remedy_for(enum cause cause)
{
	const char *name = causes_row(cause)->name;

	if (strncmp(name, "cert.", strlen("cert.")) == 0)
		return "give it one of a member";
	if (strncmp(name, "dns.", strlen("dns.")) == 0)
		return "correct its name in DNS, or --vip";
	return causes_row(CAUSE_POOL_VIP_DOWN_MEMBERS_UP)->remedy;
}

void
judge_vip_against_members(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	const struct finding *worst;

	if (pool->vip.facts == NULL)
		return;
	worst = poolwords_worst(words->verdict, &pool->vip);
	if (judge_vip_is_down(pool) && pool->healthy > 0)
		poolwords_find(words, CAUSE_POOL_VIP_DOWN_MEMBERS_UP, "vip", pool->vip.facts->host,
		    "trouble", causes_row(worst->cause)->name, "remedy", remedy_for(worst->cause),
		    NULL);
	if (judge_vip_is_up(pool) && pool->healthy == 0 && pool->unknown == 0 && pool->failed > 0)
		poolwords_find(
		    words, CAUSE_POOL_VIP_UP_MEMBERS_DOWN, "vip", pool->vip.facts->host, NULL);
	judge_certificate(words);
}

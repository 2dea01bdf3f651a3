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
	return pool->vip.facts != NULL && pool->vip.health == POOL_HEALTHY;
}

/* The certificates of the members that show one: whether the VIP's is among them, and which they
 * are. False when no member in service shows any. */
static bool
find_certificate(const struct poolwords *words, const struct facts_certificate *seen, bool *found,
    struct text *list)
{
	const struct pool *pool = words->pool;
	struct groups groups = GROUPS_EMPTY;
	bool any;

	*found = false;
	for (size_t i = 0; i < pool->count; i++) {
		const struct facts_certificate *bound = certificate_of(pool->members[i].facts);
		struct text digest = TEXT_EMPTY;

		/* Nobody is sent to one that is out of service: what it shows does not count. */
		if (bound == NULL || pool->members[i].health == POOL_EXPECTED_DOWN)
			continue;
		*found |= memcmp(bound->sha256, seen->sha256, sizeof seen->sha256) == 0;
		thumbprint_add_short(&digest, bound->sha256);
		groups_add(&groups, text_chars(&digest), pool->members[i].facts->target);
		text_free(&digest);
	}
	any = groups.count > 0;
	for (size_t i = 0; i < groups.count && i < 2; i++)
		text_format(list, i == 0 ? "%s" : ", %s", text_chars(&groups.list[i].value));
	if (groups.count > 2)
		text_add(list, " and others");
	list->failed |= groups.failed;
	groups_free(&groups);
	return any;
}

static bool
has_plain_member(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].facts->plain)
			return true;
	return false;
}

static void
judge_certificate(const struct poolwords *words)
{
	const struct facts_certificate *seen = certificate_of(words->pool->vip.facts);
	const struct pool_policy *wants = words->wants;
	struct text shown = TEXT_EMPTY, bound = TEXT_EMPTY;
	bool found, any;

	if (seen == NULL)
		return;
	thumbprint_add_short(&shown, seen->sha256);
	any = find_certificate(words, seen, &found, &bound);
	/* That a member with TLS has it too says nothing of what the plain ones have stored. */
	if (!any || (found && wants->has_thumbprint)) {
		text_cut(&bound, 0);
		found = !wants->has_thumbprint || !has_plain_member(words->pool) ||
		        thumbprint_is(&wants->thumbprint, seen->sha1, seen->sha256);
		text_add(&bound, "store ");
		thumbprint_add_short(&bound, wants->thumbprint.bytes);
		if (!found && wants->thumbprint.length == THUMBPRINT_SHA1) {
			text_cut(&shown, 0);
			thumbprint_add_short(&shown, seen->sha1);
		}
	}
	if (!found)
		poolwords_find(words, CAUSE_POOL_VIP_CERTIFICATE_DIFFERS, "seen",
		    text_chars(&shown), "bound", text_chars(&bound), NULL);
	words->verdict->failed |= text_failed(&shown) || text_failed(&bound);
	text_free(&shown);
	text_free(&bound);
}

void
judge_vip_against_members(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	const struct finding *worst;

	if (pool->vip.facts == NULL)
		return;
	worst = poolwords_worst(words->verdict, &pool->vip);
	if (pool->vip.health == POOL_FAILED && pool->healthy > 0)
		poolwords_find(words, CAUSE_POOL_VIP_DOWN_MEMBERS_UP, "vip", pool->vip.facts->host,
		    "trouble", causes_row(worst->cause)->name, NULL);
	if (judge_vip_is_up(pool) && pool->healthy == 0 && pool->unknown == 0 && pool->failed > 0)
		poolwords_find(
		    words, CAUSE_POOL_VIP_UP_MEMBERS_DOWN, "vip", pool->vip.facts->host, NULL);
	judge_certificate(words);
}

#include "verdict/poolpraise.h"

#include "base/deadline.h"
#include "base/number.h"
#include "verdict/groups.h"
#include "verdict/judge_persistence.h"
#include "verdict/judge_vip.h"
#include "verdict/praise.h"
#include "verdict/words.h"

static void
add_milliseconds(struct text *text, int64_t nanoseconds)
{
	number_add(text, deadline_to_seconds(nanoseconds) * 1000, nanoseconds < 10000000 ? 1 : 0);
}

/* Whether MEMBER is healthy for what it did, not because its failure is taken as OK. */
static bool
has_answered(const struct pool_member *member)
{
	return member->health == POOL_HEALTHY && poolwords_climbed(member->facts);
}

/* The fastest and the slowest. */
static void
add_speed(const struct pool *pool, struct text *text)
{
	const struct facts *fast = NULL, *slow = NULL;

	for (size_t i = 0; i < pool->count; i++) {
		const struct facts *facts = pool->members[i].facts;

		if (!has_answered(&pool->members[i]))
			continue;
		if (fast == NULL || facts->total < fast->total)
			fast = facts;
		if (slow == NULL || facts->total > slow->total)
			slow = facts;
	}
	if (slow == NULL)
		return;
	text_add(text, " in ");
	if (fast != slow) {
		add_milliseconds(text, fast->total);
		text_add(text, " to ");
	}
	add_milliseconds(text, slow->total);
	text_add(text, " ms");
}

/* The certificate that expires first. */
static void
add_certificate(const struct pool *pool, const char *before, struct text *text)
{
	const struct facts *old = NULL;
	char left[24];

	for (size_t i = 0; i < pool->count; i++) {
		const struct facts *facts = pool->members[i].facts;

		if (has_answered(&pool->members[i]) && facts->tls.chain_count > 0 &&
		    (old == NULL || facts->tls.chain[0].not_after < old->tls.chain[0].not_after))
			old = facts;
	}
	if (old == NULL)
		return;
	words_duration(left, sizeof left, old->tls.chain[0].not_after - old->date);
	text_format(text, "%scertificate %s left", before, left);
}

static void
add_unproven(const struct pool *pool, struct text *text)
{
	switch (pool->count > 0 ? pool->members[0].facts->level : FACTS_PPP) {
	case FACTS_CONNECT:
	case FACTS_TLS:
		text_add(text, "; --level http proves the SSTP listeners");
		break;
	case FACTS_HTTP:
		text_add(text, "; listeners only, --level sstp proves tunnels");
		break;
	default:
		break;
	}
}

static void
add_vip(const struct pool *pool, struct text *text)
{
	if (judge_vip_is_up(pool)) {
		text_add(text, ", VIP is up");
		judge_persistence_praise(pool, text);
	}
}

/* ---- what is well only by somebody's word ---- */

static void
take(const struct poolwords *words, const struct pool_member *member, struct groups *takers)
{
	if (member->health == POOL_HEALTHY && !poolwords_climbed(member->facts))
		groups_add(
		    takers, praise_taker(words->policy, member->facts), member->facts->target);
}

static void
add_taken(const struct poolwords *words, struct text *text)
{
	struct groups takers = GROUPS_EMPTY;

	for (size_t i = 0; i < words->pool->count; i++)
		take(words, &words->pool->members[i], &takers);
	if (words->pool->vip.facts != NULL)
		take(words, &words->pool->vip, &takers);
	if (takers.count > 0) {
		text_add(text, "; failures taken as OK by ");
		groups_write(&takers, ": ", text);
	}
	text->failed |= takers.failed;
	groups_free(&takers);
}

/* Who is up, though nobody expects it. */
static void
add_surprises(const struct pool *pool, struct text *text)
{
	struct groups up = GROUPS_EMPTY;

	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].expect_down && pool->members[i].health == POOL_HEALTHY)
			groups_add(&up, "", pool->members[i].facts->target);
	if (up.count > 0) {
		text_add(text, "; ");
		groups_write_names(&up, 0, text);
		text_format(text, up.list[0].count == 1 ? " is up, though expected down"
		                                        : " are up, though expected down");
	}
	text->failed |= up.failed;
	groups_free(&up);
}

/* ---- what was not looked at ---- */

/* Whether clients dial a name that is not known here: then certificates were not held against it.
 */
static bool
is_name_unchecked(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].facts->name_is_address && pool->members[i].facts->tls.done)
			return true;
	return false;
}

/* Whether no two members that are healthy show a certificate. */
static bool
has_nothing_to_compare(const struct pool *pool)
{
	size_t count = 0;

	for (size_t i = 0; i < pool->count; i++)
		count += pool->members[i].health == POOL_HEALTHY &&
		         pool->members[i].facts->tls.chain_count > 0;
	return count < 2;
}

/* True when something was added. */
static bool
add_gaps(const struct poolwords *words, struct text *text)
{
	const struct pool *pool = words->pool;
	size_t length = text->length;

	if (is_name_unchecked(pool))
		text_add(text, "; name not checked, use -H NAME");
	if (words->wants->same_certificate && has_nothing_to_compare(pool))
		text_add(text, "; no two certificates for --same-cert to compare");
	if (pool->no_route > 0)
		text_format(text, "; %zu %s skipped, no route from here", pool->no_route,
		    pool->no_route == 1 ? "address" : "addresses");
	return text->length > length;
}

void
poolpraise_say(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	struct text good = TEXT_EMPTY, who = TEXT_EMPTY;

	text_format(&good, "%zu of %zu healthy", pool->healthy, poolwords_total(pool));
	add_speed(pool, &good);
	poolwords_trouble(words, &who, NULL);
	if (who.length > 0)
		text_format(&good, "%s; enough without those down, %s", judge_vip_word(pool),
		    text_chars(&who));
	else {
		add_certificate(pool, ", ", &good);
		add_vip(pool, &good);
	}
	if (pool->expected_down > 0)
		text_format(&good, "; %zu down as expected", pool->expected_down);
	add_surprises(pool, &good);
	add_taken(words, &good);
	if (!add_gaps(words, &good) && who.length == 0)
		add_unproven(pool, &good);
	if (who.length > 0)
		add_certificate(pool, "; ", &good);
	words->verdict->good = text_take(&good);
	words->verdict->failed |= words->verdict->good == NULL || text_failed(&who);
	text_free(&who);
}

#include "verdict/pool.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "verdict/judge_agreement.h"
#include "verdict/judge_persistence.h"
#include "verdict/judge_twins.h"
#include "verdict/judge_vip.h"
#include "verdict/poolmetrics.h"
#include "verdict/poolpraise.h"
#include "verdict/poolwords.h"
#include "verdict/sstp.h"
#include "verdict/words.h"

const char *
pool_health_name(enum pool_health health)
{
	static const char *const names[] = {
	    [POOL_HEALTHY] = "healthy",
	    [POOL_FAILED] = "failed",
	    [POOL_UNKNOWN] = "unknown",
	    [POOL_EXPECTED_DOWN] = "expected-down",
	};

	return names[health];
}

/* ---- single members ---- */

static bool
has_state(const struct verdict *verdict, enum state state)
{
	for (size_t i = 0; i < verdict->findings_count; i++)
		if (verdict->findings[i].state == state)
			return true;
	return false;
}

/* A member that did what the level asks is healthy whatever WARNING there is about it. One that did
 * not, and for whose failure somebody chose the state OK, is so too. */
static enum pool_health
health_of(const struct facts *facts, const struct verdict *verdict)
{
	if (has_state(verdict, STATE_CRITICAL))
		return POOL_FAILED;
	if (verdict->findings_count == 0 || poolwords_climbed(facts))
		return POOL_HEALTHY;
	return has_state(verdict, STATE_UNKNOWN) ? POOL_UNKNOWN : POOL_FAILED;
}

/* What is wrong with a member that is down as expected is known, and no alarm for anybody who looks
 * at that member alone. */
static void
accept_details(const struct pool_member *member, struct verdict *verdict)
{
	if (member->health != POOL_EXPECTED_DOWN)
		return;
	for (size_t i = 0; i < member->details_count; i++)
		verdict->details[member->details + i].state = STATE_OK;
}

static void
judge_member(struct pool_member *member, const struct policy *policy, struct verdict *verdict)
{
	struct verdict own = VERDICT_EMPTY;

	sstp_judge(member->facts, 1, policy, &own);
	member->health = health_of(member->facts, &own);
	if (member->expect_down && member->health != POOL_HEALTHY)
		member->health = POOL_EXPECTED_DOWN;
	member->details = verdict_take_details(verdict, &own, &member->details_count);
	accept_details(member, verdict);
	verdict_free(&own);
}

static void
judge_members(const struct poolwords *words)
{
	struct pool *pool = words->pool;

	for (size_t i = 0; i < pool->count; i++) {
		struct pool_member *member = &pool->members[i];

		judge_member(member, words->policy, words->verdict);
		pool->healthy += member->health == POOL_HEALTHY;
		pool->failed += member->health == POOL_FAILED;
		pool->unknown += member->health == POOL_UNKNOWN;
		pool->expected_down += member->health == POOL_EXPECTED_DOWN;
	}
	if (pool->vip.facts != NULL)
		judge_member(&pool->vip, words->policy, words->verdict);
}

/* ---- how many are healthy ---- */

static bool
has_thresholds(const struct pool_policy *wants)
{
	return wants->warning.set || wants->critical.set || wants->has_minimum;
}

static struct range
at_least(double number)
{
	return (struct range){.set = true, .low = number, .high = INFINITY};
}

/* The fewest healthy members that are not CRITICAL by --min-ok. */
static double
minimum_of(const struct poolwords *words)
{
	double share =
	    number_up((double)poolwords_total(words->pool) * words->wants->minimum / 100);

	if (!words->wants->percent)
		return words->wants->minimum;
	/* A share of none is one all the same: a pool of nobody serves nobody. */
	return share < 1 ? 1 : share;
}

static struct poolmetrics_ranges
ranges_of(const struct poolwords *words)
{
	const struct pool_policy *wants = words->wants;
	struct poolmetrics_ranges ranges = {wants->warning, wants->critical};
	size_t total = poolwords_total(words->pool);

	if (!has_thresholds(wants)) {
		ranges.warning = at_least((double)total);
		ranges.critical = at_least(number_up((double)total / 2));
	} else if (wants->has_minimum)
		ranges.critical = at_least(minimum_of(words));
	return ranges;
}

/* Whether RANGE alerts whatever the members are of which nothing is known. */
static bool
alerts_surely(const struct range *range, const struct pool *pool)
{
	for (size_t known = 0; known <= pool->unknown; known++)
		if (!range_alerts(range, (double)(pool->healthy + known)))
			return false;
	return true;
}

/* In words, what CRITICAL asks for. */
static void
add_wanted(const struct poolwords *words, const struct range *range, struct text *text)
{
	const struct pool_policy *wants = words->wants;

	if (words->pool->healthy == 0)
		return; /* worse than none there is not */
	if (!has_thresholds(wants))
		text_add(text, ", fewer than half");
	else if (wants->has_minimum) {
		text_add(text, ", fewer than ");
		number_add(text, wants->minimum, 2);
		text_add(text, wants->percent ? " %" : "");
	} else {
		text_add(text, ", wanted ");
		words_range(text, range);
	}
}

static void
add_remark(struct text *remedy, const char *remark)
{
	text_add(remedy, remedy->length > 0 ? "; " : "");
	text_add(remedy, remark);
}

static void
add_plural(struct text *text, size_t count, const char *one, const char *many)
{
	text_format(text, "%zu %s", count, count == 1 ? one : many);
}

/* That there are too few, or too many, though none is down. */
static void
add_size(const struct poolwords *words, struct text *who, struct text *remedy)
{
	const struct pool *pool = words->pool;
	bool dns = words->wants->source == POOL_OF_NAME;

	if (pool->expected_down > 0) {
		text_format(who, "%zu down as expected", pool->expected_down);
		return;
	}
	text_add(who, dns ? "DNS has " : "the pool has ");
	add_plural(who, pool->count, dns ? "address" : "member", dns ? "addresses" : "members");
	if (pool->no_route > 0) {
		text_add(who, ", and ");
		add_plural(who, pool->no_route, "address", "addresses");
		text_add(who, " without a route");
	}
	text_add(
	    remedy, dns ? "correct DNS or the threshold" : "correct the list or the threshold");
}

static void
find_number(const struct poolwords *words, enum cause cause, const struct range *range)
{
	struct text who = TEXT_EMPTY, remedy = TEXT_EMPTY, wanted = TEXT_EMPTY;
	const struct pool *pool = words->pool;

	add_wanted(words, range, &wanted);
	poolwords_trouble(words, &who, &remedy);
	if (who.length == 0)
		add_size(words, &who, &remedy);
	if (judge_vip_is_up(pool) && pool->failed > 0)
		add_remark(&remedy, "VIP may send clients there");
	else if (judge_vip_is_up(pool) && pool->healthy == 0)
		add_remark(&remedy, "find out who answers at the VIP");
	poolwords_find(words, cause, "wanted", text_chars(&wanted), "vip", judge_vip_word(pool),
	    "who", text_chars(&who), "remedy", text_chars(&remedy), NULL);
	words->verdict->failed |= text_failed(&who) || text_failed(&remedy) || text_failed(&wanted);
	text_free(&who);
	text_free(&remedy);
	text_free(&wanted);
}

static void
judge_number(const struct poolwords *words, const struct poolmetrics_ranges *ranges)
{
	if (alerts_surely(&ranges->critical, words->pool) ||
	    (poolwords_total(words->pool) == 0 && !has_thresholds(words->wants)))
		find_number(words, CAUSE_POOL_BELOW_MINIMUM, &ranges->critical);
	else if (alerts_surely(&ranges->warning, words->pool))
		find_number(words, CAUSE_POOL_MEMBERS_DOWN, &ranges->warning);
}

/* ---- what else is known of members that are not down ---- */

/* Whether it is CRITICAL already that no member is there; that the VIP fails too then stands beside
 * it. */
static bool
is_nobody_told(const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->findings_count; i++)
		if (verdict->findings[i].cause == CAUSE_POOL_BELOW_MINIMUM &&
		    verdict->findings[i].state == STATE_CRITICAL)
			return true;
	return false;
}

/* Whether what is wrong with MEMBER is told for the pool: of members that fail their number is. So
 * it is of a VIP that fails, unless that number is not CRITICAL though no member is healthy: for
 * thresholds, or because something of them is unknown. Clients meet nobody all the same. */
static bool
is_told(const struct poolwords *words, const struct pool_member *member)
{
	if (member == &words->pool->vip && judge_vip_is_down(words->pool))
		return words->pool->healthy == 0 && !is_nobody_told(words->verdict);
	return member->facts != NULL && member->health != POOL_FAILED &&
	       member->health != POOL_EXPECTED_DOWN;
}

static void
group_detail(const struct poolwords *words, const struct pool_member *member, enum cause cause,
    struct groups *groups, const struct finding **worst)
{
	const struct verdict *verdict = words->verdict;

	if (!is_told(words, member))
		return;
	for (size_t i = 0; i < member->details_count; i++) {
		const struct finding *detail = &verdict->details[member->details + i];

		if (detail->cause != cause)
			continue;
		if (*worst == NULL || detail->state > (*worst)->state)
			*worst = detail;
		groups_add(groups, "", member->facts->target);
		return;
	}
}

/* One finding for a cause, however many members it is about. */
static void
tell_cause(const struct poolwords *words, enum cause cause)
{
	struct groups groups = GROUPS_EMPTY;
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	const struct finding *worst = NULL;

	for (size_t i = 0; i < words->pool->count; i++)
		group_detail(words, &words->pool->members[i], cause, &groups, &worst);
	group_detail(words, &words->pool->vip, cause, &groups, &worst);
	if (worst != NULL) {
		groups_write_names(&groups, 0, &summary);
		text_format(&summary, ": %s", worst->summary);
		text_add(&remedy, worst->remedy);
		verdict_add(words->verdict, cause, worst->state, NULL, &summary, &remedy);
	}
	words->verdict->failed |= groups.failed;
	groups_free(&groups);
}

static void
tell_details(const struct poolwords *words)
{
	bool seen[CAUSES] = {false};

	for (size_t i = 0; i < words->verdict->details_count; i++)
		seen[words->verdict->details[i].cause] = true;
	for (int cause = 0; cause < CAUSES; cause++)
		if (seen[cause])
			tell_cause(words, (enum cause)cause);
}

static void
find_single(const struct poolwords *words)
{
	const struct pool_policy *wants = words->wants;

	poolwords_find(words, CAUSE_POOL_SINGLE, "name", wants->asked, "what",
	    wants->source == POOL_OF_NAME ? "DNS has a single address for"
	                                  : "members are not listed, there is but",
	    NULL);
}

void
pool_judge(struct pool *pool, const struct policy *policy, const struct pool_policy *wants,
    struct verdict *verdict)
{
	const struct poolwords words = {pool, policy, wants, verdict};
	struct poolmetrics_ranges ranges;

	pool->healthy = pool->failed = pool->unknown = pool->expected_down = 0;
	judge_members(&words);
	if (verdict->failed) /* facts may lack even the name of a member */
		return;
	ranges = ranges_of(&words);
	judge_number(&words, &ranges);
	judge_vip_against_members(&words);
	judge_twins_members(&words);
	judge_agreement_members(&words);
	judge_persistence_members(&words);
	if (wants->source != POOL_LISTED && pool->count + pool->no_route == 1 &&
	    pool->failed + pool->unknown == 0)
		find_single(&words);
	tell_details(&words);
	poolmetrics_add(&words, &ranges);
	poolpraise_say(&words);
	verdict_close(verdict);
}

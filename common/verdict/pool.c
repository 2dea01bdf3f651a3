#include "verdict/pool.h"

#include <math.h>
#include <stdio.h>

#include "base/deadline.h"
#include "base/number.h"
#include "verdict/judge_agreement.h"
#include "verdict/judge_persistence.h"
#include "verdict/judge_vip.h"
#include "verdict/poolmetrics.h"
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
	const struct facts_step *last = &facts->steps[facts->level];

	if (has_state(verdict, STATE_CRITICAL))
		return POOL_FAILED;
	if (verdict->findings_count == 0 || (last->ended && last->symptom == FACTS_WELL))
		return POOL_HEALTHY;
	return has_state(verdict, STATE_UNKNOWN) ? POOL_UNKNOWN : POOL_FAILED;
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
find_number(const struct poolwords *words, enum cause cause, const struct range *range)
{
	struct text who = TEXT_EMPTY, remedy = TEXT_EMPTY, wanted = TEXT_EMPTY;

	add_wanted(words, range, &wanted);
	poolwords_trouble(words, &who, &remedy);
	if (who.length == 0 && words->pool->expected_down > 0)
		text_format(&who, "%zu down as expected", words->pool->expected_down);
	else if (who.length == 0) {
		text_format(&who, "%s has %zu addresses",
		    words->wants->from_dns ? "DNS" : "the pool", words->pool->count);
		if (words->pool->no_route > 0)
			text_format(
			    &who, " and %zu without a route from here", words->pool->no_route);
	}
	if (judge_vip_is_up(words->pool))
		add_remark(&remedy, "VIP is up and may send clients there");
	else if (judge_vip_is_down(words->pool) && words->pool->healthy == 0)
		add_remark(&remedy, "VIP fails too");
	poolwords_find(words, cause, "wanted", text_chars(&wanted), "who", text_chars(&who),
	    "remedy", text_chars(&remedy), NULL);
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

/* ---- when all is well ---- */

static void
add_milliseconds(struct text *text, int64_t nanoseconds)
{
	number_add(text, deadline_to_seconds(nanoseconds) * 1000, nanoseconds < 10000000 ? 1 : 0);
}

/* The fastest and the slowest of the healthy members, and the certificate that expires first. */
static void
praise(const struct pool *pool, struct text *text)
{
	const struct facts *fast = NULL, *slow = NULL, *old = NULL;
	char left[24];

	for (size_t i = 0; i < pool->count; i++) {
		const struct facts *facts = pool->members[i].facts;

		if (pool->members[i].health != POOL_HEALTHY)
			continue;
		if (fast == NULL || facts->total < fast->total)
			fast = facts;
		if (slow == NULL || facts->total > slow->total)
			slow = facts;
		if (facts->tls.chain_count > 0 &&
		    (old == NULL || facts->tls.chain[0].not_after < old->tls.chain[0].not_after))
			old = facts;
	}
	if (slow == NULL)
		return;
	text_add(text, " in ");
	if (pool->healthy > 1) {
		add_milliseconds(text, fast->total);
		text_add(text, " to ");
	}
	add_milliseconds(text, slow->total);
	text_add(text, " ms");
	if (old != NULL) {
		words_duration(left, sizeof left, old->tls.chain[0].not_after - old->date);
		text_format(text, ", certificate %s left", left);
	}
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

static void
say_good(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	struct text good = TEXT_EMPTY, who = TEXT_EMPTY;

	text_format(&good, "%zu of %zu healthy", pool->healthy, poolwords_total(pool));
	praise(pool, &good);
	if (judge_vip_is_up(pool)) {
		text_add(&good, ", VIP is up");
		judge_persistence_praise(pool, &good);
	}
	if (pool->expected_down > 0)
		text_format(&good, "; %zu down as expected", pool->expected_down);
	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].expect_down && pool->members[i].health == POOL_HEALTHY)
			text_format(&good, "; %s is up, though expected down",
			    pool->members[i].facts->target);
	poolwords_trouble(words, &who, NULL);
	if (who.length > 0)
		text_format(&good, "; enough without those down, %s", text_chars(&who));
	if (is_name_unchecked(pool))
		text_add(&good, "; name not checked, use -H NAME");
	else if (pool->no_route > 0)
		text_format(&good, "; %zu addresses skipped, no route from here", pool->no_route);
	else if (who.length == 0)
		add_unproven(pool, &good);
	words->verdict->good = text_take(&good);
	words->verdict->failed |= words->verdict->good == NULL || text_failed(&who);
	text_free(&who);
}

void
pool_judge(struct pool *pool, const struct policy *policy, const struct pool_policy *wants,
    struct verdict *verdict)
{
	const struct poolwords words = {pool, policy, wants, verdict};
	struct poolmetrics_ranges ranges;

	pool->healthy = pool->failed = pool->unknown = pool->expected_down = 0;
	judge_members(&words);
	ranges = ranges_of(&words);
	judge_number(&words, &ranges);
	judge_vip_against_members(&words);
	judge_agreement_members(&words);
	judge_persistence_members(&words);
	if (wants->from_dns && pool->count + pool->no_route == 1 &&
	    pool->failed + pool->unknown == 0)
		poolwords_find(&words, CAUSE_POOL_SINGLE, NULL);
	tell_details(&words);
	poolmetrics_add(&words, &ranges);
	say_good(&words);
	verdict_close(verdict);
}

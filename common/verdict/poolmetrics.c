#include "verdict/poolmetrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "facts/persistence.h"

#define LABEL_UNIQUE 19 /* RRD keeps no more of a label */

static struct metric *
add_count(const struct poolwords *words, const char *label, size_t count)
{
	struct metric *metric = verdict_metric(words->verdict, label, "");

	if (metric == NULL)
		return NULL;
	metric->measured = true;
	metric->value = (double)count;
	metric->has_low = true;
	return metric;
}

static void
add_seconds(const struct poolwords *words, const char *label, bool measured, int64_t nanoseconds)
{
	struct metric *metric = verdict_metric(words->verdict, label, "s");

	if (metric == NULL)
		return;
	metric->measured = measured;
	metric->value = deadline_to_seconds(nanoseconds);
	metric->decimals = 6;
	metric->has_low = true;
}

static int
compare_times(const void *one, const void *other)
{
	const int64_t *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

static void
add_times(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	int64_t *times = calloc(pool->count + 1, sizeof *times);
	size_t count = 0;

	if (times == NULL) {
		words->verdict->failed = true;
		return;
	}
	for (size_t i = 0; i < pool->count; i++)
		if (pool->members[i].health == POOL_HEALTHY)
			times[count++] = pool->members[i].facts->total;
	qsort(times, count, sizeof *times, compare_times);
	add_seconds(words, "slowest", count > 0, count > 0 ? times[count - 1] : 0);
	add_seconds(words, "median", count > 0,
	    count > 0 ? times[(count - 1) / 2] / 2 + times[count / 2] / 2 : 0);
	free(times);
}

static bool
is_taken(const struct verdict *verdict, const char *label)
{
	size_t length = strlen(label);

	for (size_t i = 0; i < verdict->metrics_count; i++)
		if (strncmp(verdict->metrics[i].label, label, LABEL_UNIQUE) == 0 &&
		    strlen(verdict->metrics[i].label) == length)
			return true;
	return false;
}

/* What a metric may be called: small letters, digits and '_'. */
static void
clean(char *label, const char *chars)
{
	size_t i;

	for (i = 0; i < LABEL_UNIQUE && chars[i] != '\0'; i++) {
		char c = chars[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			c = '_';
		label[i] = c;
	}
	label[i] = '\0';
}

/* What a member would be called, and how many are called so up to it. */
struct own_label {
	char chars[LABEL_UNIQUE + 1];
	size_t number;
};

/* From its number on: those below are taken. */
static void
add_member(const struct poolwords *words, const struct facts *facts, const struct own_label *own)
{
	char digits[24] = "", label[LABEL_UNIQUE + sizeof digits];

	for (size_t i = own->number;; i++) {
		int length = i == 1 ? 0 : snprintf(digits, sizeof digits, "_%zu", i);

		snprintf(label, sizeof label, "%.*s%s", LABEL_UNIQUE - length, own->chars, digits);
		if (!is_taken(words->verdict, label))
			break;
	}
	add_seconds(words, label, facts->steps[FACTS_RESOLVE].ended, facts->total);
}

/* After the members' own labels; a number makes those unique that must be cut. Thousands may begin
 * alike. */
static void
add_members(const struct poolwords *words)
{
	const struct pool *pool = words->pool;
	size_t most = words->wants->metrics_max, count = pool->count < most ? pool->count : most;
	struct own_label *owns = calloc(count + 1, sizeof *owns);

	if (owns == NULL) {
		words->verdict->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t before = i;

		clean(owns[i].chars, pool->members[i].facts->target);
		while (before > 0 && strcmp(owns[before - 1].chars, owns[i].chars) != 0)
			before--;
		owns[i].number = before > 0 ? owns[before - 1].number + 1 : 1;
		add_member(words, pool->members[i].facts, &owns[i]);
	}
	free(owns);
}

/* How often a session was taken up, of each kind that was given one. */
static void
add_resumed(const struct poolwords *words)
{
	static const char *const labels[FACTS_OFFERS] = {
	    [FACTS_OFFER_ID] = "resumed_id",
	    [FACTS_OFFER_TICKET] = "resumed_ticket",
	    [FACTS_OFFER_TLS13] = "resumed_tls13",
	};
	const struct facts *vip = words->pool->vip.facts;

	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		const struct facts_returns *returns =
		    vip == NULL || vip->persistence == NULL ? NULL : &vip->persistence->by[offer];
		struct metric *metric = add_count(words, labels[offer],
		    returns == NULL ? 0 : facts_persistence_count(returns, FACTS_RETURN_RESUMED));

		if (metric == NULL)
			continue;
		metric->measured = returns != NULL && returns->given;
		metric->has_high = true;
		metric->high = (double)words->wants->reconnects;
	}
}

void
poolmetrics_add(const struct poolwords *words, const struct poolmetrics_ranges *ranges)
{
	const struct pool *pool = words->pool;
	const struct facts *vip = pool->vip.facts;
	struct metric *metric;

	add_count(words, "total", pool->count);
	metric = add_count(words, "healthy", pool->healthy);
	if (metric != NULL) {
		metric->warning = ranges->warning;
		metric->critical = ranges->critical;
		metric->has_high = true;
		metric->high = (double)pool->count;
	}
	add_count(words, "failed", pool->failed);
	add_count(words, "expected_down", pool->expected_down);
	add_times(words);
	if (vip != NULL)
		add_seconds(words, "vip", vip->steps[FACTS_RESOLVE].ended, vip->total);
	if (words->wants->reconnects > 0)
		add_resumed(words);
	add_members(words);
}

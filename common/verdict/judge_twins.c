#include "verdict/judge_twins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
compare_servers(const struct facts *one, const struct facts *other)
{
	int order = strcmp(one->address, other->address);

	return order != 0 ? order : (int)one->port - (int)other->port;
}

/* Those of one server in the order of the pool. */
static int
compare_members(const void *one, const void *other)
{
	const struct pool_member *a = *(const struct pool_member *const *)one;
	const struct pool_member *b = *(const struct pool_member *const *)other;
	int order = compare_servers(a->facts, b->facts);

	return order != 0 ? order : (a > b) - (a < b);
}

static size_t
list_members(const struct pool *pool, const struct pool_member **list)
{
	size_t count = 0;

	for (size_t i = 0; i < pool->count; i++) {
		const struct pool_member *member = &pool->members[i];

		if (member->facts->address[0] != '\0' && member->health != POOL_EXPECTED_DOWN)
			list[count++] = member;
	}
	return count;
}

/* The first of the pool that stands for the server of one before it, and how many do. */
struct twins {
	const struct pool_member *first, *other;
	size_t count;
};

static struct twins
count_twins(const struct pool_member *const *sorted, size_t count)
{
	struct twins twins = {0};
	size_t begin = 0;

	for (size_t i = 1; i < count; i++) {
		if (compare_servers(sorted[i]->facts, sorted[begin]->facts) != 0) {
			begin = i;
			continue;
		}
		if (twins.count++ == 0 || sorted[i] < twins.first) {
			twins.first = sorted[i];
			twins.other = sorted[begin];
		}
	}
	return twins;
}

static void
judge_members(const struct poolwords *words, const struct twins *twins)
{
	char alike[40] = "";

	if (twins->count == 0)
		return;
	if (twins->count > 1)
		snprintf(alike, sizeof alike, " (%zu more alike)", twins->count - 1);
	poolwords_find(words, CAUSE_POOL_SAME_SERVER, "who", twins->first->facts->target, "other",
	    twins->other->facts->target, "alike", alike, "so", "one server counts twice", NULL);
}

static void
judge_vip(const struct poolwords *words, const struct pool_member *const *list, size_t count)
{
	const struct facts *vip = words->pool->vip.facts;

	if (vip == NULL || vip->address[0] == '\0')
		return;
	for (size_t i = 0; i < count; i++)
		if (compare_servers(vip, list[i]->facts) == 0) {
			poolwords_find(words, CAUSE_POOL_SAME_SERVER, "who", "VIP", "other",
			    list[i]->facts->target, "alike", "", "so",
			    "it is no balancer that is looked at", "remedy",
			    "correct --vip, or its name in DNS", NULL);
			return;
		}
}

void
judge_twins_members(const struct poolwords *words)
{
	const struct pool_member **list = calloc(words->pool->count + 1, sizeof *list);
	struct twins twins;
	size_t count;

	if (list == NULL) {
		words->verdict->failed = true;
		return;
	}
	count = list_members(words->pool, list);
	judge_vip(words, list, count);
	qsort(list, count, sizeof *list, compare_members);
	twins = count_twins(list, count);
	judge_members(words, &twins);
	free(list);
}

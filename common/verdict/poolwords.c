#include "verdict/poolwords.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PAIRS_MAX 8

void
poolwords_find(const struct poolwords *words, enum cause cause, ...)
{
	const struct cause_row *row = causes_row(cause);
	struct cause_word list[PAIRS_MAX + 3];
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	char healthy[24], total[24];
	const char *name;
	size_t count = 0;
	va_list pairs;

	snprintf(healthy, sizeof healthy, "%zu", words->pool->healthy);
	snprintf(total, sizeof total, "%zu", poolwords_total(words->pool));
	va_start(pairs, cause);
	while (count < PAIRS_MAX && (name = va_arg(pairs, const char *)) != NULL)
		list[count++] = (struct cause_word){name, va_arg(pairs, const char *)};
	va_end(pairs);
	list[count++] = (struct cause_word){"name", words->pool->name};
	list[count++] = (struct cause_word){"healthy", healthy};
	list[count++] = (struct cause_word){"total", total};
	causes_fill(&summary, row->summary, list, count);
	causes_fill(&remedy, row->remedy, list, count);
	verdict_add(
	    words->verdict, cause, policy_state(words->policy, cause), NULL, &summary, &remedy);
}

size_t
poolwords_total(const struct pool *pool)
{
	return pool->count - pool->expected_down;
}

const struct finding *
poolwords_worst(const struct verdict *verdict, const struct pool_member *member)
{
	return member->details_count > 0 ? &verdict->details[member->details] : NULL;
}

/* Members that are not healthy, by the name of their worst cause; FIRST is one of them. */
static void
group_by_cause(const struct poolwords *words, struct groups *groups, const struct finding **first)
{
	*first = NULL;
	for (size_t i = 0; i < words->pool->count; i++) {
		const struct pool_member *member = &words->pool->members[i];
		const struct finding *worst = poolwords_worst(words->verdict, member);

		if (worst == NULL ||
		    (member->health != POOL_FAILED && member->health != POOL_UNKNOWN))
			continue;
		if (*first == NULL)
			*first = worst;
		groups_add(groups, causes_row(worst->cause)->name, member->facts->target);
	}
}

void
poolwords_trouble(const struct poolwords *words, struct text *who, struct text *remedy)
{
	struct groups groups = GROUPS_EMPTY;
	const struct finding *first;

	group_by_cause(words, &groups, &first);
	if (groups.count == 1 && remedy != NULL) {
		/* Some summaries begin with the name by which they are called. */
		if (strncmp(first->summary, text_chars(&groups.list[0].names),
		        groups.list[0].names.length) != 0) {
			groups_write_names(&groups, 0, who);
			text_add(who, ": ");
		}
		text_add(who, first->summary);
		text_add(remedy, first->remedy);
	} else
		groups_write(&groups, ": ", who);
	who->failed |= groups.failed;
	groups_free(&groups);
}

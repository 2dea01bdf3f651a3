#include "verdict/poolwords.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "verdict/template.h"

#define PAIRS_MAX 8

void
poolwords_find(const struct poolwords *words, enum cause cause, ...)
{
	const struct cause_row *row = causes_row(cause);
	struct template_word list[PAIRS_MAX + 3];
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	char healthy[24], total[24];
	const char *name, *wanted = row->remedy;
	size_t count = 0;
	va_list pairs;

	snprintf(healthy, sizeof healthy, "%zu", words->pool->healthy);
	snprintf(total, sizeof total, "%zu", poolwords_total(words->pool));
	va_start(pairs, cause);
	while (count < PAIRS_MAX && (name = va_arg(pairs, const char *)) != NULL) {
		list[count++] = (struct template_word){name, va_arg(pairs, const char *)};
		if (strcmp(name, "remedy") == 0)
			wanted = "{remedy}";
	}
	va_end(pairs);
	list[count++] = (struct template_word){"name", words->pool->name};
	list[count++] = (struct template_word){"healthy", healthy};
	list[count++] = (struct template_word){"total", total};
	template_fill(&summary, row->summary, list, count);
	template_fill(&remedy, wanted, list, count);
	verdict_add(
	    words->verdict, cause, policy_state(words->policy, cause), NULL, &summary, &remedy);
}

size_t
poolwords_total(const struct pool *pool)
{
	return pool->count - pool->expected_down;
}

bool
poolwords_climbed(const struct facts *facts)
{
	const struct facts_step *last = &facts->steps[facts->level];

	return last->ended && last->symptom == FACTS_WELL;
}

const struct finding *
poolwords_worst(const struct verdict *verdict, const struct pool_member *member)
{
	return member->details_count > 0 ? &verdict->details[member->details] : NULL;
}

/* What is wrong with a member, and with which one. */
struct trouble {
	const struct finding *worst;
	const struct facts *facts;
};

/* Members that are not healthy, by the name of their worst cause; FIRST is one of them. */
static void
group_by_cause(const struct poolwords *words, struct groups *groups, struct trouble *first)
{
	for (size_t i = 0; i < words->pool->count; i++) {
		const struct pool_member *member = &words->pool->members[i];
		const struct finding *worst = poolwords_worst(words->verdict, member);

		if (worst == NULL ||
		    (member->health != POOL_FAILED && member->health != POOL_UNKNOWN))
			continue;
		if (first->worst == NULL)
			*first = (struct trouble){worst, member->facts};
		groups_add(groups, causes_row(worst->cause)->name, member->facts->target);
	}
}

/* What is said of one is said of all of them, but for the address with which it may begin. */
static const char *
without_address(const char *summary, const struct facts *facts)
{
	const char *const addresses[] = {facts->address, facts->host};

	for (size_t i = 0; i < 2; i++) {
		size_t length = strlen(addresses[i]);

		if (length > 0 && strncmp(summary, addresses[i], length) == 0 &&
		    summary[length] == ' ')
			return summary + length + 1;
	}
	return summary;
}

static bool
begins_with_word(const char *summary, const char *word, size_t length)
{
	return strncmp(summary, word, length) == 0 && strchr(" ,:", summary[length]) != NULL;
}

/* Several that fail in one way, or one alone. */
static void
add_alike(const struct groups *groups, const struct trouble *first, struct text *who)
{
	const struct group *group = &groups->list[0];
	const char *summary = first->worst->summary;

	if (group->count > 1)
		summary = without_address(summary, first->facts);
	/* Some summaries begin with the name by which they are called; others with a word that
	 * does. */
	if (!begins_with_word(summary, text_chars(&group->names), group->names.length)) {
		groups_write_names(groups, 0, who);
		text_add(who, ": ");
	}
	text_add(who, summary);
}

void
poolwords_trouble(const struct poolwords *words, struct text *who, struct text *remedy)
{
	struct groups groups = GROUPS_EMPTY;
	struct trouble first = {0};

	group_by_cause(words, &groups, &first);
	if (groups.count == 1 && remedy != NULL && first.worst != NULL) {
		add_alike(&groups, &first, who);
		text_add(remedy, first.worst->remedy);
	} else
		groups_write(&groups, ": ", who);
	who->failed |= groups.failed;
	groups_free(&groups);
}

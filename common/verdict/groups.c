#include "verdict/groups.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_SHOWN  3
#define NAMES_LENGTH 40 /* characters of them, unless the first alone has more */
#define VALUES_SHOWN 6

static struct group *
group_of(struct groups *groups, const char *value)
{
	struct group *list;

	for (size_t i = 0; i < groups->count; i++)
		if (strcmp(text_chars(&groups->list[i].value), value) == 0)
			return &groups->list[i];
	list = realloc(groups->list, (groups->count + 1) * sizeof *list);
	if (list == NULL) {
		groups->failed = true;
		return NULL;
	}
	groups->list = list;
	memset(&list[groups->count], 0, sizeof *list);
	text_add(&list[groups->count].value, value);
	return &list[groups->count++];
}

/* Whether NAME is one of those that are shown. */
static bool
has_room(const struct group *group, const char *name)
{
	if (group->count == 0)
		return true;
	return group->shown == group->count && group->shown < NAMES_SHOWN &&
	       group->names.length + strlen(", ") + strlen(name) <= NAMES_LENGTH;
}

void
groups_add(struct groups *groups, const char *value, const char *name)
{
	struct group *group = group_of(groups, value);

	if (group == NULL)
		return;
	if (has_room(group, name)) {
		text_format(&group->names, group->count == 0 ? "%s" : ", %s", name);
		group->shown++;
	}
	group->count++;
	groups->failed |= text_failed(&group->value) || text_failed(&group->names);
}

void
groups_write_names(const struct groups *groups, size_t at, struct text *text)
{
	const struct group *group = &groups->list[at];

	text_add(text, text_chars(&group->names));
	if (group->count > group->shown)
		text_format(text, ", +%zu more", group->count - group->shown);
	text->failed |= groups->failed;
}

/* By insertion: equals stay in the order in which they came. */
static void
sort(struct groups *groups)
{
	for (size_t i = 1; i < groups->count; i++) {
		struct group moving = groups->list[i];
		size_t at = i;

		for (; at > 0 && moving.count > groups->list[at - 1].count; at--)
			groups->list[at] = groups->list[at - 1];
		groups->list[at] = moving;
	}
}

void
groups_write(struct groups *groups, const char *joined, struct text *text)
{
	sort(groups);
	for (size_t i = 0; i < groups->count && i < VALUES_SHOWN; i++) {
		text_format(
		    text, "%s%s%s", i > 0 ? "; " : "", text_chars(&groups->list[i].value), joined);
		groups_write_names(groups, i, text);
	}
	if (groups->count > VALUES_SHOWN)
		text_format(text, "; %zu others", groups->count - VALUES_SHOWN);
	text->failed |= groups->failed;
}

void
groups_free(struct groups *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		text_free(&groups->list[i].value);
		text_free(&groups->list[i].names);
	}
	free(groups->list);
	memset(groups, 0, sizeof *groups);
}

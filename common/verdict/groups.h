/*
 * groups - who of many has which value: "TLS 1.3 on rras1, rras2, +7 more; TLS 1.2 on rras3".
 */
#ifndef VERDICT_GROUPS_H
#define VERDICT_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct group {
	struct text value;
	struct text names; /* the first few, fewer where they are long */
	size_t shown;      /* how many those are */
	size_t count;
};

struct groups {
	struct group *list; /* owned */
	size_t count;
	bool failed; /* memory ran out */
};

#define GROUPS_EMPTY \
	{            \
		0    \
	}

/* NAME has VALUE. */
void groups_add(struct groups *groups, const char *value, const char *name);

/* Append the first values and who has them, those that most have first, JOINED by a word with its
 * blanks, such as " on "; TEXT fails with the groups. */
void groups_write(struct groups *groups, const char *joined, struct text *text);

/* Append the names of the group at AT alone. */
void groups_write_names(const struct groups *groups, size_t at, struct text *text);

void groups_free(struct groups *groups);

#endif

/*
 * verdict - what the judges hand to the report: findings and metrics.
 */
#ifndef VERDICT_VERDICT_H
#define VERDICT_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/range.h"
#include "base/text.h"
#include "verdict/causes.h"
#include "verdict/state.h"

/* Something that is wrong, in words. */
struct finding {
	enum state state;
	enum cause cause;
	const char *target; /* whom it is about: facts.target itself, by which the report tells
	                       targets of the same name apart; NULL: all of them */
	char *summary;      /* what is wrong; owned */
	char *remedy;       /* what to do; owned, "" where nothing is known */
	char *steps; /* what to do on the server, a line each; owned, NULL where nothing is known */
};

/* One number for graphs. Emitted in every state, "U" when it was not measured. */
struct metric {
	char label[24];   /* [a-z0-9_]; the first 19 characters are unique */
	const char *unit; /* "s", "%" or "" */
	int decimals;
	bool measured;
	double value;
	struct range warning;
	struct range critical;
	bool has_low, has_high;
	double low, high; /* what the value can be at all */
};

struct verdict {
	enum state state;         /* the worst of the findings, OK without any */
	char *good;               /* what to say when all is well; owned */
	struct finding *findings; /* worst first, then in the order of the cause table; owned */
	size_t findings_count;
	struct finding *details; /* of single members of a pool, worst first for each: they are
	                            told, and do not count for STATE; owned */
	size_t details_count;
	struct metric *metrics; /* in the order of the output; owned */
	size_t metrics_count;
	bool failed; /* memory ran out: the verdict is incomplete and must not be trusted */
};

#define VERDICT_EMPTY \
	{             \
		0     \
	}

/* Take over SUMMARY and REMEDY (their texts are empty afterwards). A finding whose state is OK is
 * dropped: somebody decided that it does not count. */
void verdict_add(struct verdict *verdict, enum cause cause, enum state state, const char *target,
    struct text *summary, struct text *remedy);

/* Give the finding that was added last its steps, which are taken over. */
void verdict_add_steps(struct verdict *verdict, struct text *steps);

/* Take over the findings of MEMBER, a closed verdict about a member of a pool, as details. Where in
 * the details they begin is returned, how many there are is left in *COUNT. */
size_t verdict_take_details(struct verdict *verdict, struct verdict *member, size_t *count);

/* A new, zeroed metric, to be filled before the next call, or NULL when memory ran out. What LABEL
 * must not hold becomes '_'. */
struct metric *verdict_metric(struct verdict *verdict, const char *label, const char *unit);

/* Put the findings in order and set the state. Call once, after the last verdict_add(). */
void verdict_close(struct verdict *verdict);

void verdict_free(struct verdict *verdict);

#endif

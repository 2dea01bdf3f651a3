/*
 * plans - what the options that the programs have in common make of a probe: a plan a target.
 */
#ifndef PLUGINS_PLANS_H
#define PLUGINS_PLANS_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"
#include "probe/plan.h"
#include "shared.h"

/* Fill PLAN for one target, which is at ADDRESS or, when that is NULL, where its name says. The
 * label and the Host header are allocated, for plans_free(). False when memory ran out. */
bool plans_fill(const struct shared *shared, const char *address, bool several, struct plan *plan);

/*
 * Make a plan for each address that was given, or one for the name alone. *PLANS is then an array
 * for plans_free(), *COUNT its length. NULL, or what is wrong with the options together.
 */
const char *plans_make(const struct shared *shared, struct plan **plans, size_t *count);

/* A plan for each address that LOOKUP found for PLAN, within its deadline; they borrow from both.
 * NULL when memory ran out. */
struct plan *plans_found(
    const struct shared *shared, const struct plan *plan, const struct facts *lookup);

void plans_free(struct plan *plans, size_t count);

#endif

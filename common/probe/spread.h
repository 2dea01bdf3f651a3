/*
 * spread - one plan for each address of a name.
 */
#ifndef PROBE_SPREAD_H
#define PROBE_SPREAD_H

#include <stddef.h>

#include "facts/facts.h"
#include "probe/plan.h"

/*
 * Look up what PLAN dials. FACTS receives that: stage resolve, and all the addresses, each of which
 * a plan can dial by itself. When the stage failed they are the facts of the whole. NULL, or what
 * is wrong with the settings, as crowd_run() says it.
 */
const char *spread_resolve(
    const struct plan_run *run, const struct plan *plan, struct facts *facts);

/* Add what stage resolve of LOOKUP took to FACTS, whose address came out of it. */
void spread_credit(const struct facts *lookup, struct facts *facts);

#endif

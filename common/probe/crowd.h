/*
 * crowd - many ladders in one loop.
 *
 * At most CONCURRENCY of them climb at the same time; the others wait for a place. A check of one
 * server is a crowd of one.
 */
#ifndef PROBE_CROWD_H
#define PROBE_CROWD_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"
#include "net/loop.h"
#include "probe/ladder.h"

/*
 * Climb COUNT plans, FACTS[i] receiving what PLANS[i] found, and return when all have ended or the
 * loop was interrupted. A plan that never got a place before its deadline has no stage begun. False
 * when memory ran out.
 */
bool crowd_run(struct loop *loop, const struct ladder_plan *plans, struct facts *facts,
    size_t count, size_t concurrency);

#endif

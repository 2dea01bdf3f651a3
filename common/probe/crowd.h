/*
 * crowd - many ladders in one loop, with one TLS context and one trust store.
 *
 * At most CONCURRENCY of them climb at the same time; the others wait for a place. A check of one
 * server is a crowd of one.
 */
#ifndef PROBE_CROWD_H
#define PROBE_CROWD_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"
#include "probe/plan.h"

/*
 * Climb COUNT plans and return when all have ended; FACTS[i] receives what PLANS[i] found, from
 * facts_begin() on. After SIGTERM, SIGINT or SIGHUP what is under way ends as FACTS_INTERRUPTED and
 * nothing new is begun. A plan that never had its turn has no stage begun.
 *
 * NULL when that went well; else what is wrong with the settings, naming the option, or "out of
 * memory".
 */
const char *crowd_run(const struct plan_run *run, const struct plan *plans, struct facts *facts,
    size_t count, size_t concurrency);

/*
 * End the process with STATUS. A name that is still being resolved in a thread cannot be waited
 * for, and must not see its memory go: the process then ends without the usual clean-up. All output
 * must have been written.
 */
_Noreturn void crowd_exit(int status);

#endif

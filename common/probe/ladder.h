/*
 * ladder - one target, climbed from resolving its name to the level that was asked for.
 *
 * A state machine over one connection: resolve, connect, tls, http, and from sstp on a call. It
 * asks for one stage after the other (reach.h, secure.h, request.h, call.h) and says when each
 * began and ended, and how. The first stage that fails ends the climb; it may then spend one
 * further connection, inside the same deadline, to tell causes apart (look.h). At level resolve it
 * lists the addresses. The ladder gathers facts and never judges them.
 */
#ifndef PROBE_LADDER_H
#define PROBE_LADDER_H

#include <stdbool.h>

#include "facts/facts.h"
#include "probe/plan.h"
#include "probe/tools.h"

/* Called once, from the loop, at the end of the climb. The facts are complete. */
typedef void ladder_done(void *owner, struct facts *facts);

/* Begin to climb. FACTS is filled from facts_begin() on. False when the climb ended before it
 * began, for want of memory or descriptors: FACTS then says so, and DONE is not called. */
bool ladder_begin(struct tools *tools, const struct plan *plan, struct facts *facts,
    ladder_done *done, void *owner);

/* Put down the plan alone, for a target that has no turn any more: no stage is begun. */
void ladder_skip(const struct plan *plan, struct facts *facts);

#endif

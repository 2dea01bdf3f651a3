/*
 * muster - a crowd for a pool: a plan whose name has several addresses becomes one for each.
 *
 * Names are resolved side by side, and the members of one climb as soon as its addresses are there.
 */
#ifndef PROBE_MUSTER_H
#define PROBE_MUSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"
#include "probe/plan.h"

#define MUSTER_MEMBERS_MAX 4096 /* in all */

/* What to climb: one target, or with SPREAD one for each address of what PLAN dials. */
struct muster_wish {
	struct plan plan;
	bool spread;
	bool first; /* its turn comes before that of others */
	size_t
	    reconnects; /* for each kind of TLS session, once the climb went well (reconnect.h) */
};

struct muster {
	/* In the order of the wishes. Of one that was spread the addresses come sorted, those of
	 * IPv4 first; they are called LABEL/1, LABEL/2 and so on where there are several. A name
	 * without an address is one target, whose stage resolve failed. Addresses that this poller
	 * has no route to are left out of those of a name, unless they are all; the others count
	 * them as ADDRESSES_NO_ROUTE. */
	struct facts *facts; /* owned */
	size_t *wishes;      /* which wish each comes from; owned */
	size_t count;
	size_t no_route; /* addresses that were left out */
	bool too_many;   /* more than MUSTER_MEMBERS_MAX; then there are no facts */
};

/*
 * Climb COUNT wishes. muster_free() is due in any case. NULL when that went well; else what is
 * wrong, as crowd_run() says it.
 */
const char *muster_run(const struct plan_run *run, const struct muster_wish *wishes, size_t count,
    size_t concurrency, struct muster *muster);

void muster_free(struct muster *muster);

#endif

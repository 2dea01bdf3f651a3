/*
 * crowd - many ladders in one loop, with one TLS context and one trust store.
 *
 * Only so many of them climb at the same time; the others wait for a place. While others wait, or
 * names are looked up from which others will come, a ladder has its share of the time that is left,
 * the same for all if all hang. One that used it up climbs again when nobody waits any more, if
 * time is left then: to be slow is no fault as long as nobody is waiting. It does not if it sent a
 * credential. Of one whose share was below half a second a timeout says nothing about the server,
 * so that is among its facts. Want of descriptors makes the places fewer: a ladder that had none
 * climbs again when others have come down. A check of one server is a crowd of one.
 */
#ifndef PROBE_CROWD_H
#define PROBE_CROWD_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"
#include "probe/lockout.h"
#include "probe/plan.h"
#include "probe/tools.h"

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

/*
 * The same in parts, for those who add plans while others climb (muster.h).
 */
struct crowd_place;
typedef void crowd_done(struct crowd_place *place);

/* One ladder of the crowd; a member of its owner's struct, as a watch of the loop is. */
struct crowd_place {
	struct plan plan;
	struct facts *facts; /* receives what the ladder finds */
	crowd_done *done;    /* called from the loop at the end of the climb, or NULL */
	void *owner;
	struct crowd *crowd;
	int64_t deadline;         /* the crowd's own: what the plan came with */
	int64_t given;            /* likewise: the time that it has had, at the last */
	struct crowd_place *next; /* likewise */
	bool again;               /* likewise: it has had its share, and waits for more */
};

struct crowd_queue {
	struct crowd_place *first, **last;
	size_t count;
};

struct crowd {
	struct tools tools;
	struct crowd_queue waiting; /* for their turn */
	struct crowd_queue again;   /* for another, once nobody is left there */
	struct lockout lockout;     /* what a refused logon entails for the others */
	size_t running;
	size_t lookups; /* under way: whoever comes of them will want a place */
	size_t limit;   /* how many may climb at a time */
};

/* NULL, or what is wrong as above; crowd_end() is due in any case. */
const char *crowd_begin(
    struct crowd *crowd, const struct plan_run *run, bool with_tls, size_t concurrency);

/* Let PLACE, whose plan, facts, done and owner are set, wait for its turn. A ladder up to level
 * resolve takes no place and begins at once. */
void crowd_add(struct crowd *crowd, struct crowd_place *place);

/* Climb until all have ended. */
void crowd_climb(struct crowd *crowd);

/* NULL, or what is wrong with the settings after all. */
const char *crowd_end(struct crowd *crowd);

#endif

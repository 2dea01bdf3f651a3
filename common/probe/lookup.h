/*
 * lookup - one certificate whose revocation is looked up, in all the sources that it names.
 *
 * The sources are asked side by side. Once one of them, or a stapled response, has given a sound
 * answer in date, a client would ask no further: the others are heard for LOOKUP_PATIENCE more,
 * because a revocation counts whoever tells of it, and are then given up as if their time had run
 * out. One that hangs so does not take the time of the whole run.
 */
#ifndef PROBE_LOOKUP_H
#define PROBE_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/deadline.h"
#include "cert/points.h"
#include "facts/facts.h"
#include "facts/revocation.h"
#include "net/loop.h"
#include "probe/source.h"
#include "probe/tools.h"

#define LOOKUP_SOURCES_MAX ((size_t)(3 * POINTS_MAX))

/* At the most: half of the time that is left, where that is less. */
#define LOOKUP_PATIENCE (3 * DEADLINE_SECOND)

/* Called when a source has been asked, whatever came of it. */
typedef void lookup_answered(void *owner);

struct lookup {
	struct lookup *next;       /* the owner's */
	struct source_about about; /* in the target that showed it first */
	struct facts_revocation facts;
	int64_t deadline;
	/* its own */
	struct tools *tools;
	enum facts_revocation_mode mode;
	size_t max;
	struct source sources[LOOKUP_SOURCES_MAX]; /* beside FACTS.sources */
	bool askable[LOOKUP_SOURCES_MAX];
	size_t begun; /* of the sources */
	size_t under_way;
	bool enough; /* a sound answer is there */
	struct loop_watch patience;
	lookup_answered *answered;
	void *owner;
};

/*
 * Put down the sources that the certificate of ABOUT, at DEPTH of its path, names, in the order in
 * which Windows clients ask; the delta CRLs that a CRL names come behind them. At most MAX bytes
 * are taken from each. TOOLS lend a loop; nothing is asked yet. NULL when memory ran out.
 */
struct lookup *lookup_create(struct tools *tools, enum facts_revocation_mode mode,
    const struct source_about *about, size_t depth, size_t max, int64_t deadline,
    lookup_answered *answered, void *owner);

void lookup_free(struct lookup *lookup);

/* The sources that are yet to be asked. */
size_t lookup_waiting(const struct lookup *lookup);

/* Ask the next of them, until DEADLINE; ANSWERED is called for it, perhaps before this returns. */
void lookup_ask(struct lookup *lookup, int64_t deadline);

/* SOURCE of the same certificate came by another way. */
void lookup_hear(struct lookup *lookup, const struct facts_source *source);

#endif

/*
 * reconnect - come back to a balancer again and again, each time with the TLS session that the
 * first connection was given, to see whether the server that knows it is met.
 *
 * For each kind of session (facts/persistence.h) the connections follow each other, and the kinds
 * too: what answers one depends on no other that is under way. Each is a ladder of its own up to
 * level http, in a place of the crowd, for the server of TLS 1.3 gives its session only with an
 * answer.
 */
#ifndef PROBE_RECONNECT_H
#define PROBE_RECONNECT_H

#include <stddef.h>

#include "facts/facts.h"
#include "probe/crowd.h"

struct reconnect;

/*
 * Begin to reconnect COUNT times for each kind. PLAN is what FACTS came from: a climb that is well,
 * and to whose address it goes again; FACTS receives what is found. Both must outlive it. NULL when
 * memory ran out, which FACTS then says.
 */
struct reconnect *reconnect_begin(
    struct crowd *crowd, const struct plan *plan, size_t count, struct facts *facts);

/* Once the crowd has climbed; RECONNECT may be NULL. */
void reconnect_free(struct reconnect *reconnect);

#endif

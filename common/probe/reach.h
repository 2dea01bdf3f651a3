/*
 * reach - stage connect: a socket to the first of a target's addresses that answers.
 *
 * Puts down in FACTS which address is tried, and what became of each that failed. One that our own
 * host has no route to is left out of that, and is the reason only where all are.
 */
#ifndef PROBE_REACH_H
#define PROBE_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"
#include "net/dial.h"
#include "net/resolve.h"
#include "net/stream.h"
#include "probe/tools.h"

/* The outcome: FACTS_WELL with a socket in the stream, or what became of the last address. ERROR is
 * an errno. */
typedef void reach_done(void *owner, enum facts_symptom symptom, int error);

/* A member of its owner's struct, zero before reach_begin(). */
struct reach {
	struct facts *facts;
	struct stream *stream;
	struct dial *dial;
	const struct resolve_address *used; /* the address that answered */
	enum facts_symptom failure;         /* the last that was not for want of a route */
	int error;                          /* its errno */
	char failed[FACTS_ADDRESS_MAX];     /* its address */
	reach_done *done;
	void *owner;
};

/* Try the addresses of ANSWER, which must outlive REACH, until DEADLINE; the socket is STREAM's.
 * DONE is called once, from the loop. False when memory ran out: it is then not called. */
bool reach_begin(struct reach *reach, const struct tools *tools,
    const struct resolve_answer *answer, struct facts *facts, struct stream *stream,
    int64_t deadline, reach_done *done, void *owner);

/* Stop and free what it owns; it may be all zero. */
void reach_end(struct reach *reach);

#endif

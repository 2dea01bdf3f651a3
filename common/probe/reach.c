#include "config.h"

#include "probe/reach.h"

#include <string.h>

#include "facts/trace.h"
#include "probe/symptom.h"

/* An address that failed, whether others follow or not. */
static void
record_attempt(struct reach *reach, const struct dial_attempt *attempt)
{
	struct facts *facts = reach->facts;
	struct facts_attempt *record;

	if (attempt->result == DIAL_NO_ROUTE) {
		facts->addresses_count--;
		facts->addresses_no_route++;
		return;
	}
	reach->failure = symptom_of_dial(attempt->result);
	reach->error = attempt->error;
	memcpy(reach->failed, facts->address, sizeof reach->failed);
	if (facts->attempts_count++ >= FACTS_ATTEMPTS_MAX)
		return;
	record = &facts->attempts[facts->attempts_count - 1];
	memcpy(record->address, facts->address, sizeof record->address);
	record->symptom = reach->failure;
	record->nanoseconds = attempt->nanoseconds;
}

/* The last address has failed. */
static void
give_up(struct reach *reach)
{
	/* An address without a route is left out where another one could be tried. */
	if (reach->failure == FACTS_WELL) {
		reach->done(reach->owner, FACTS_NO_ROUTE, 0);
		return;
	}
	memcpy(reach->facts->address, reach->failed, sizeof reach->failed);
	reach->done(reach->owner, reach->failure, reach->error);
}

static void
on_dialled(void *owner, const struct dial_attempt *attempt, int descriptor, bool last)
{
	struct reach *reach = owner;
	struct facts *facts = reach->facts;

	resolve_numeric((const struct sockaddr *)&attempt->address->address,
	    attempt->address->length, facts->address, sizeof facts->address);
	trace_add(facts->trace, TRACE_NOTE, "%s port %u: %s", facts->address, facts->port,
	    facts_symptom_name(symptom_of_dial(attempt->result)));
	if (attempt->result == DIAL_CONNECTED) {
		reach->stream->descriptor = descriptor;
		reach->used = attempt->address;
		reach->done(reach->owner, FACTS_WELL, 0);
		return;
	}
	record_attempt(reach, attempt);
	if (last)
		give_up(reach);
}

bool
reach_begin(struct reach *reach, const struct tools *tools, const struct resolve_answer *answer,
    struct facts *facts, struct stream *stream, int64_t deadline, reach_done *done, void *owner)
{
	reach->facts = facts;
	reach->stream = stream;
	reach->done = done;
	reach->owner = owner;
	reach->dial = dial_begin(tools->loop, answer->addresses, answer->count, tools->source,
	    deadline, on_dialled, reach);
	return reach->dial != NULL;
}

void
reach_end(struct reach *reach)
{
	dial_end(reach->dial);
}

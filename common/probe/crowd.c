#include "config.h"

#include "probe/crowd.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/descriptors.h"
#include "base/text.h"
#include "net/memory.h"
#include "probe/ladder.h"
#include "probe/lockout.h"

/* Descriptors that are not for ladders: resolver threads, trust anchors, a capture file. */
#define SPARE 24
/* With less time than that, a server is not blamed for its silence. */
#define HURRY (DEADLINE_SECOND / 2)

/* What a ladder may use of the time: its share of what is left, which is all of it once fewer wait
 * behind it than there are places: the others beside it leave them theirs. */
static int64_t
deadline_of(const struct crowd *crowd, size_t waiting, const struct crowd_place *place)
{
	int64_t now = deadline_now();
	int64_t rounds = 1 + (int64_t)(waiting / crowd->limit);

	if (rounds == 1)
		return place->deadline;
	return deadline_after(now, deadline_left(place->deadline, now) / rounds);
}

static bool
keeps_refusals(const struct plan *plan)
{
	return plan->logon != NULL && plan->logon->backoff != NULL;
}

static void
enqueue(struct crowd_queue *queue, struct crowd_place *place)
{
	place->next = NULL;
	*queue->last = place;
	queue->last = &place->next;
	queue->count++;
}

static struct crowd_place *
dequeue(struct crowd_queue *queue)
{
	struct crowd_place *place = queue->first;

	queue->first = place->next;
	if (queue->first == NULL)
		queue->last = &queue->first;
	queue->count--;
	return place;
}

static bool
lacked_descriptors(const struct facts *facts)
{
	enum facts_stage failed = facts_failed_stage(facts);

	return facts->tls.trust.no_descriptors ||
	       (failed != FACTS_STAGES && facts->steps[failed].symptom == FACTS_NO_DESCRIPTORS);
}

/* Whether it was its share of the time that ended PLACE's climb, not the time itself. */
static bool
was_cut_short(const struct crowd_place *place)
{
	const struct facts *facts = place->facts;
	enum facts_stage failed = facts_failed_stage(facts);

	return !place->again && place->plan.deadline < place->deadline && !facts->auth.sent &&
	       failed != FACTS_STAGES && facts->steps[failed].symptom == FACTS_TIMEOUT;
}

/* A short -t is the operator's own, and no hurry. */
static bool
was_hurried(const struct crowd_place *place)
{
	int64_t half = place->plan.timeout / 2;

	return place->given < (half < HURRY ? half : HURRY);
}

/* PLACE will climb again: nothing that was found of it stays. */
static void
forget(struct crowd_place *place)
{
	revocation_forget(place->crowd->tools.revocation, place->facts);
	facts_free(place->facts);
}

/* PLACE has come down: for good, or to try again when there are fewer others. */
static void
leave(struct crowd_place *place)
{
	struct crowd *crowd = place->crowd;

	place->facts->no_memory |= memory_ran_out();
	if (lacked_descriptors(place->facts) && crowd->running > 0 && !loop_interrupted()) {
		crowd->limit = crowd->running;
		forget(place);
		enqueue(&crowd->waiting, place);
	} else if (was_cut_short(place)) {
		place->again = true;
		enqueue(&crowd->again, place);
	} else {
		place->facts->hurried = was_hurried(place);
		if (place->done != NULL)
			place->done(place);
	}
}

static bool
is_lookup(const struct crowd_place *place)
{
	return place->plan.level == FACTS_RESOLVE;
}

static void begin_more(struct crowd *crowd);

static void
on_done(void *owner, struct facts *facts)
{
	struct crowd_place *place = owner;
	struct crowd *crowd = place->crowd;

	if (keeps_refusals(&place->plan))
		lockout_settle(&crowd->lockout, &place->plan, facts);
	if (is_lookup(place))
		crowd->lookups--;
	else
		crowd->running--;
	leave(place);
	begin_more(crowd);
}

/* Climb until DEADLINE. */
static void
climb(struct crowd *crowd, struct crowd_place *place, int64_t deadline)
{
	place->plan.deadline = deadline;
	place->given = deadline_left(deadline, deadline_now());
	if (!ladder_begin(&crowd->tools, &place->plan, place->facts, on_done, place)) {
		leave(place);
		return;
	}
	if (is_lookup(place))
		crowd->lookups++;
	else
		crowd->running++;
}

/* Names that are looked up wait too. */
static void
begin_one(struct crowd *crowd, struct crowd_place *place)
{
	size_t waiting = crowd->waiting.count + crowd->lookups;
	struct plan *plan = &place->plan;

	if ((keeps_refusals(plan) &&
	        lockout_holds(&crowd->lockout, plan, (int64_t)time(NULL), place->facts)) ||
	    loop_interrupted() || deadline_left(place->deadline, deadline_now()) == 0) {
		ladder_skip(plan, place->facts);
		leave(place);
		return;
	}
	climb(
	    crowd, place, is_lookup(place) ? place->deadline : deadline_of(crowd, waiting, place));
}

/* What was found of PLACE stays, unless there is more time now than that took. It stays as well
 * once another was refused. Names that are still looked up may never be there: half of the time is
 * for all of them. */
static void
begin_again(struct crowd *crowd, struct crowd_place *place)
{
	size_t late = crowd->lookups < crowd->limit ? crowd->lookups : crowd->limit;
	int64_t deadline = deadline_of(crowd, crowd->again.count + late, place);

	if (loop_interrupted() || crowd->lockout.refused ||
	    deadline_left(deadline, deadline_now()) <= place->facts->total) {
		leave(place);
		return;
	}
	forget(place);
	climb(crowd, place, deadline);
}

/* Fill the free places. */
static void
begin_more(struct crowd *crowd)
{
	while (crowd->running < crowd->limit) {
		if (crowd->waiting.count > 0)
			begin_one(crowd, dequeue(&crowd->waiting));
		else if (crowd->again.count > 0)
			begin_again(crowd, dequeue(&crowd->again));
		else
			break;
	}
}

void
crowd_add(struct crowd *crowd, struct crowd_place *place)
{
	place->crowd = crowd;
	place->deadline = place->plan.deadline;
	if (is_lookup(place))
		begin_one(crowd, place);
	else
		enqueue(&crowd->waiting, place);
}

void
crowd_climb(struct crowd *crowd)
{
	begin_more(crowd);
	loop_run(crowd->tools.loop);
	revocation_share(crowd->tools.revocation);
}

/* As many as there are descriptors for. */
static size_t
limit_of(size_t concurrency)
{
	struct rlimit limit;
	size_t used;

	if (concurrency <= 1)
		return 1;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
		return concurrency;
	used = descriptors_used() + SPARE;
	if (limit.rlim_cur <= used)
		return 1;
	return limit.rlim_cur - used < concurrency ? (size_t)limit.rlim_cur - used : concurrency;
}

const char *
crowd_begin(struct crowd *crowd, const struct plan_run *run, bool with_tls, size_t concurrency)
{
	*crowd = (struct crowd){.limit = limit_of(concurrency)};
	crowd->waiting.last = &crowd->waiting.first;
	crowd->again.last = &crowd->again.first;
	return tools_begin(&crowd->tools, run, with_tls);
}

const char *
crowd_end(struct crowd *crowd)
{
	return tools_end(&crowd->tools) ? NULL
	                                : "--pcap takes a file that can be written to the end";
}

static bool
speaks_tls(const struct plan *plans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!plans[i].plain && plans[i].level >= FACTS_TLS)
			return true;
	return false;
}

const char *
crowd_run(const struct plan_run *run, const struct plan *plans, struct facts *facts, size_t count,
    size_t concurrency)
{
	struct crowd_place *places = calloc(count, sizeof *places);
	struct crowd crowd;
	const char *problem, *late;

	for (size_t i = 0; i < count; i++)
		facts_begin(&facts[i]);
	if (places == NULL)
		return text_no_memory;
	problem = crowd_begin(&crowd, run, speaks_tls(plans, count), concurrency);
	if (problem == NULL) {
		for (size_t i = 0; i < count; i++) {
			places[i].plan = plans[i];
			places[i].facts = &facts[i];
			if (count > 1 && keeps_refusals(&plans[i]))
				lockout_look(&crowd.lockout, &plans[i], (int64_t)time(NULL));
			crowd_add(&crowd, &places[i]);
		}
		crowd_climb(&crowd);
	}
	late = crowd_end(&crowd);
	free(places);
	return problem != NULL ? problem : late;
}

void
crowd_exit(int status)
{
	if (resolve_stuck())
		_exit(status);
	exit(status);
}

#include "config.h"

#include "probe/crowd.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/backoff.h"
#include "probe/ladder.h"
#include "probe/tools.h"

struct crowd {
	struct tools tools;
	const struct plan *plans;
	struct facts *facts;
	size_t count;
	size_t next;   /* the first that has not begun */
	size_t places; /* free */
};

static void on_done(void *owner, struct facts *facts);

static bool
keeps_refusals(const struct plan *plan)
{
	return plan->logon != NULL && plan->logon->backoff != NULL;
}

static void
begin_one(struct crowd *crowd)
{
	struct facts *facts = &crowd->facts[crowd->next];
	const struct plan *plan = &crowd->plans[crowd->next++];

	if (keeps_refusals(plan) && backoff_holds(plan, (int64_t)time(NULL), facts))
		ladder_skip(plan, facts);
	else if (loop_interrupted() || deadline_left(plan->deadline, deadline_now()) == 0)
		ladder_skip(plan, facts);
	else if (ladder_begin(&crowd->tools, plan, facts, on_done, crowd))
		crowd->places--;
}

/* Fill the free places. */
static void
begin_more(struct crowd *crowd)
{
	while (crowd->places > 0 && crowd->next < crowd->count)
		begin_one(crowd);
}

static void
on_done(void *owner, struct facts *facts)
{
	struct crowd *crowd = owner;
	const struct plan *plan = &crowd->plans[facts - crowd->facts];

	if (keeps_refusals(plan))
		backoff_settle(plan, facts);
	crowd->places++;
	begin_more(crowd);
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
	struct crowd crowd = {
	    .plans = plans,
	    .facts = facts,
	    .count = count,
	    .places = concurrency,
	};
	const char *problem;

	for (size_t i = 0; i < count; i++)
		facts_begin(&facts[i]);
	problem = tools_begin(&crowd.tools, run, speaks_tls(plans, count));
	if (problem == NULL) {
		begin_more(&crowd);
		loop_run(crowd.tools.loop);
		revocation_share(crowd.tools.revocation);
	}
	if (!tools_end(&crowd.tools) && problem == NULL)
		return "--pcap takes a file that can be written to the end";
	return problem;
}

void
crowd_exit(int status)
{
	if (resolve_stuck())
		_exit(status);
	exit(status);
}

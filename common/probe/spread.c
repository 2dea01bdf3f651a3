#include "probe/spread.h"

#include "probe/crowd.h"

const char *
spread_resolve(const struct plan_run *run, const struct plan *plan, struct facts *facts)
{
	struct plan lookup = *plan;
	const char *problem;

	lookup.level = FACTS_RESOLVE;
	problem = crowd_run(run, &lookup, facts, 1, 1);
	facts->level = plan->level;
	return problem;
}

void
spread_credit(const struct facts *lookup, struct facts *facts)
{
	int64_t taken = lookup->steps[FACTS_RESOLVE].nanoseconds;

	facts->steps[FACTS_RESOLVE].nanoseconds += taken;
	facts->total += taken;
}

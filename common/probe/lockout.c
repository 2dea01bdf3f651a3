#include "probe/lockout.h"

/* Of several the one that holds longest. */
static void
keep(struct lockout *lockout, const struct facts *facts)
{
	if (lockout->refused && facts->backoff.until <= lockout->until)
		return;
	lockout->refused = true;
	lockout->until = facts->backoff.until;
	lockout->refusal = backoff_refusal_of(facts);
}

void
lockout_look(struct lockout *lockout, const struct plan *plan, int64_t date)
{
	struct facts facts;

	facts_begin(&facts);
	if (backoff_holds(plan, date, &facts) && facts.backoff.held)
		keep(lockout, &facts);
	facts_free(&facts);
}

bool
lockout_holds(
    const struct lockout *lockout, const struct plan *plan, int64_t date, struct facts *facts)
{
	if (backoff_holds(plan, date, facts))
		return true;
	if (!lockout->refused)
		return false;
	backoff_bear(&lockout->refusal, lockout->until, facts);
	facts->backoff.elsewhere = true;
	return true;
}

void
lockout_settle(struct lockout *lockout, const struct plan *plan, struct facts *facts)
{
	backoff_settle(plan, facts);
	if (backoff_counts(facts))
		keep(lockout, facts);
}

/*
 * lockout - one refused logon is enough for a run: it holds for all its targets, if it counts
 * (backoff.h).
 *
 * They log on as the same user, and behind them mostly is one directory: a refusal at each of them
 * would count as often towards the lockout of the account. So would a refusal that is kept for one
 * of them (backoff.h) and none of the others.
 */
#ifndef PROBE_LOCKOUT_H
#define PROBE_LOCKOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"
#include "probe/backoff.h"
#include "probe/plan.h"

/* Zero it at the begin of a run. */
struct lockout {
	bool refused; /* a target of this run, now or not long ago */
	struct backoff_refusal refusal;
	int64_t until; /* from then on it is tried again; 0: in the next run */
};

/* Before anything is tried, at DATE: find out whether a refusal is kept for PLAN's target. */
void lockout_look(struct lockout *lockout, const struct plan *plan, int64_t date);

/* When it is PLAN's turn, as backoff_holds(): its own refusal, or another's. */
bool lockout_holds(
    const struct lockout *lockout, const struct plan *plan, int64_t date, struct facts *facts);

/* After the probe, as backoff_settle(). */
void lockout_settle(struct lockout *lockout, const struct plan *plan, struct facts *facts);

#endif

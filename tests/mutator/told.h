/*
 * told - what a plugin printed, read strictly; a test fails where its parts do not agree.
 *
 * The exit code, the first line, performance data, the JSON and the metrics say the same. Of a pool
 * they agree on each member, on how many are healthy, and on what comes of that.
 */
#ifndef MUTATOR_TOLD_H
#define MUTATOR_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "runs.h"

/* The members of a pool are to be labelled a, b, c and d, in the order of their lanes. What stands
 * behind them, where there is a lane left, is a balancer. */
#define TOLD_VIP "VIP"

struct told {
	bool healthy[RUNS_LANES_MAX];  /* each member, or of other plugins the whole */
	bool spotless[RUNS_LANES_MAX]; /* nothing is known against it either */
	bool warned[RUNS_LANES_MAX];   /* it is healthy, but not without a WARNING */
	/* The SHA-256 of the certificate that a lane is told to have shown, where the format tells;
	 * else "". */
	char shown[RUNS_LANES_MAX][65];
};

/* Whether the plugin says of somebody that this host had too little time for it. */
bool told_is_late(const struct runs_one *one);

void told_read(const struct runs_one *one, struct told *told);

/* Whether ONE is of a pool, and whether lane NUMBER of it is the balancer's. */
bool told_is_pool(const struct runs_one *one);
bool told_is_vip(const struct runs_one *one, size_t number);

#endif

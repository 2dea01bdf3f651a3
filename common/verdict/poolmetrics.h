/*
 * poolmetrics - the numbers of a pool for graphs.
 */
#ifndef VERDICT_POOLMETRICS_H
#define VERDICT_POOLMETRICS_H

#include "verdict/poolwords.h"

/* What the policy amounts to as ranges on the number of healthy members. */
struct poolmetrics_ranges {
	struct range warning, critical;
};

/* The counts, the slowest and the median time of healthy members, that of the VIP, and those of
 * single members up to the policy's number. Labels and their order depend on the members alone. */
void poolmetrics_add(const struct poolwords *words, const struct poolmetrics_ranges *ranges);

#endif

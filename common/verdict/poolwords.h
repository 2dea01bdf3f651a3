/*
 * poolwords - what the judges of a pool share: the pool, the policies, and the way to a finding.
 */
#ifndef VERDICT_POOLWORDS_H
#define VERDICT_POOLWORDS_H

#include "verdict/groups.h"
#include "verdict/pool.h"

struct poolwords {
	struct pool *pool;
	const struct policy *policy;
	const struct pool_policy *wants;
	struct verdict *verdict;
};

/* Add a finding about the pool for CAUSE, in the state the policy gives it. Words follow as pairs
 * of name and value, closed by NULL; {name}, {healthy} and {total} are known. A "remedy" among
 * them stands for the cause's own. */
void poolwords_find(const struct poolwords *words, enum cause cause, ...) __attribute__((sentinel));

/* The members that count: all but those that are down as expected. */
size_t poolwords_total(const struct pool *pool);

/* Whether the climb came to its end: one that did not may be taken as OK all the same. */
bool poolwords_climbed(const struct facts *facts);

/* The worst finding about MEMBER, or NULL. */
const struct finding *poolwords_worst(
    const struct verdict *verdict, const struct pool_member *member);

/*
 * Who fails and why, up to HEALTH: "rras3: TLS reset ..", or for several causes "tcp.refused:
 * rras1, rras2; tls.reset: rras3", or always so when REMEDY is NULL. REMEDY receives what to do,
 * when one cause is all there is.
 */
void poolwords_trouble(const struct poolwords *words, struct text *who, struct text *remedy);

#endif

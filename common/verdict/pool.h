/*
 * pool - the judge of check_sstp_pool: from the facts of many members to one verdict.
 *
 * Each member is judged as check_sstp judges a server. What is wrong with single members becomes
 * details of the verdict; its findings are about the pool.
 */
#ifndef VERDICT_POOL_H
#define VERDICT_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/range.h"
#include "base/thumbprint.h"
#include "facts/facts.h"
#include "verdict/policy.h"
#include "verdict/verdict.h"

/* Where the members come from. */
enum pool_source {
	POOL_LISTED,
	POOL_OF_NAME,    /* they are what DNS has for a name */
	POOL_OF_ADDRESS, /* it is the address that clients dial, of which DNS was not asked */
};

/* What the operator wants of a pool. Without thresholds and minimum any member down is WARNING,
 * fewer than half healthy CRITICAL. */
struct pool_policy {
	struct range warning; /* on the number of healthy members */
	struct range critical;
	bool has_minimum;
	double minimum; /* of healthy members, or */
	bool percent;   /* a share of those that are not down as expected */
	bool same_certificate;
	bool has_thumbprint; /* of the certificate that clients are to see */
	struct thumbprint thumbprint;
	size_t reconnects;  /* how often the VIP is come back to with each TLS session; 0: not */
	size_t metrics_max; /* members with a metric of their own */
	enum pool_source source;
	const char *asked; /* the one name, or address, whose addresses they are */
};

enum pool_health {
	POOL_HEALTHY,
	POOL_FAILED,
	POOL_UNKNOWN,       /* for a reason of our own side nothing is known of it */
	POOL_EXPECTED_DOWN, /* it fails, as --expect-down says */
};

struct pool_member {
	const struct facts *facts;
	bool expect_down;
	/* Filled in by the judge. */
	enum pool_health health;
	size_t details, details_count; /* its findings among the verdict's details */
};

struct pool {
	const char *name; /* that clients dial */
	struct pool_member *members;
	size_t count;
	size_t no_route;        /* addresses of names that are no members: no way there from here */
	struct pool_member vip; /* the balancer in front of them; without one its FACTS are NULL */
	/* Filled in by the judge. */
	size_t healthy, failed, unknown, expected_down;
};

/* Judge POOL into an empty VERDICT, which is closed on return. */
void pool_judge(struct pool *pool, const struct policy *policy,
    const struct pool_policy *pool_policy, struct verdict *verdict);

/* "healthy", "failed", "unknown", "expected-down". */
const char *pool_health_name(enum pool_health health);

#endif

/*
 * policy - what the operator wants: thresholds, expectations and changed states.
 */
#ifndef VERDICT_POLICY_H
#define VERDICT_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ipv4.h"
#include "base/range.h"
#include "base/thumbprint.h"
#include "facts/facts.h"
#include "verdict/causes.h"
#include "verdict/lifetime.h"
#include "verdict/state.h"

#define POLICY_STATUSES_MAX    32
#define POLICY_THUMBPRINTS_MAX 64

/* Which certificates must have time left. */
enum policy_scope {
	POLICY_SCOPE_VERIFIED, /* the path to a trust anchor; where there is none, what was sent */
	POLICY_SCOPE_SENT,
	POLICY_SCOPE_LEAF,
};

/* What the certificate shall be like. */
struct policy_certificate {
	struct thumbprint thumbprints[POLICY_THUMBPRINTS_MAX]; /* one of these, if there are any */
	size_t thumbprints_count;
	const char *issuer;  /* must be in the issuer's name, or NULL */
	int key_min;         /* bits of RSA and DSA keys */
	double lifetime_max; /* seconds from its first moment to its last; 0: no limit */
	enum policy_scope scope;
	struct lifetime warning; /* what must be left */
	struct lifetime critical;
	bool warning_given, critical_given;
	bool same; /* on all addresses */
};

struct policy {
	struct range warning; /* on the total, in seconds */
	struct range critical;
	struct range stage_warning[FACTS_STAGES];
	struct range stage_critical[FACTS_STAGES];
	int statuses[POLICY_STATUSES_MAX]; /* HTTP statuses that are well */
	size_t statuses_count;
	bool statuses_given;   /* by --expect; else 401 is well */
	bool methods_expected; /* by --expect-auth; else any that is not weak will do */
	bool methods[FACTS_METHODS];
	bool expect_reject; /* a logon that is refused for its user name or password is well */
	bool subnet_expected;
	struct ipv4_subnet subnet; /* of the address in the tunnel */
	struct policy_certificate certificate;
	bool timeout_result_set; /* by --timeout-result; else the cause's own state holds */
	enum state timeout_result;
	bool overridden[CAUSES]; /* by --state */
	enum state states[CAUSES];
};

/* The defaults: status 401, RSA keys of 2048 bits, 30 days or 15 % and 14 days or 10 % of lifetime
 * left, the states of the cause table, no other threshold. */
void policy_begin(struct policy *policy);

/* Take one "CAUSE=STATE" or "LAYER=STATE"; NULL, or what is wrong with it. */
const char *policy_override(struct policy *policy, const char *chars);

/* Take a list of statuses, "401,404"; NULL, or what is wrong with it. */
const char *policy_statuses(struct policy *policy, const char *chars);

/* Take a list of methods, "eap,mschapv2"; NULL, or what is wrong with it. */
const char *policy_methods(struct policy *policy, const char *chars);

/* Take one more thumbprint that is well, in LENGTH bytes; NULL, or what is wrong with it. */
const char *policy_thumbprint(struct policy *policy, const char *chars, size_t length);

/* Whether STATUS, of HTTP, is one of --expect. */
bool policy_expects(const struct policy *policy, int status);

/* The state of a cause under this policy. */
enum state policy_state(const struct policy *policy, enum cause cause);

#endif

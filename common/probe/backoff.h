/*
 * backoff - a logon that was refused is not tried again for a while, lest this check locks the
 * account out.
 *
 * What is kept from one run to the next is one small file for each target and user, named by a
 * digest of both, the user without the case of its letters, in a folder that is this user's: when
 * the logon was refused, by which method, with which code, and what is told of it besides. It holds
 * no secret, and no word of the server's. What root writes there belongs to the owner of the folder
 * too.
 */
#ifndef PROBE_BACKOFF_H
#define PROBE_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"
#include "probe/plan.h"

struct backoff_refusal {
	int64_t date;
	long code;
	enum facts_method method;
	enum facts_eap_method eap; /* when that is FACTS_EAP */
	bool proven;               /* the server has proved that it knows the password */
	bool ras, unsaid;          /* as in facts_auth */
};

/*
 * Before anything is tried, at DATE (seconds since 1970-01-01 UTC): whether a refusal is so recent
 * that nothing may be. Then FACTS says so, and bears the refusal as if it had just come. A refusal
 * of the future, left by a clock that was set back, counts for nothing. A folder that does not
 * serve is a fact too, and no reason not to try. Without memory to look, which FACTS then says,
 * nothing may be tried.
 */
bool backoff_holds(const struct plan *plan, int64_t date, struct facts *facts);

/* The refusal that FACTS bears. */
struct backoff_refusal backoff_refusal_of(const struct facts *facts);

/* Have FACTS bear a refusal that holds until then, so that nothing is tried. */
void backoff_bear(const struct backoff_refusal *refusal, int64_t until, struct facts *facts);

/* Whether FACTS bear a refusal that may count towards a lockout: one of a credential that left, in
 * this probe. Who refuses a user name alone has seen nothing wrong. */
bool backoff_counts(const struct facts *facts);

/* After the probe: keep the refusal that FACTS bear, if it counts, or forget an earlier one once
 * the logon was accepted. What cannot be done is a fact too. */
void backoff_settle(const struct plan *plan, struct facts *facts);

#endif

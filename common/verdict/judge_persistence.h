/*
 * judge_persistence - whether the balancer brings clients back to the member that knows them.
 *
 * It is proved that it does not where a session was refused and then taken up after all, for it was
 * there all the time at the member that gave it; and where full handshakes showed two certificates.
 * A session that is never taken up proves nothing: a member may keep none, or there are many. Nor
 * does anything where the balancer ends TLS, whose own sessions these are then.
 */
#ifndef VERDICT_JUDGE_PERSISTENCE_H
#define VERDICT_JUDGE_PERSISTENCE_H

#include "facts/persistence.h"
#include "verdict/poolwords.h"

enum judge_persistence {
	JUDGE_PERSISTENCE_UNKNOWN,
	JUDGE_PERSISTENCE_HELD,   /* each session was taken up each time */
	JUDGE_PERSISTENCE_BROKEN, /* proved */
};

/* What the sessions of the kind OFFER prove, and in WHY the reason, to be appended to "cannot
 * tell: ". A pool whose balancer was not come back to gives UNKNOWN. */
enum judge_persistence judge_persistence_of(
    const struct pool *pool, enum facts_offer offer, struct text *why);

/* "session id" and so on. */
const char *judge_persistence_name(enum facts_offer offer);

/* A finding where it is proved that clients are not brought back, and one where some of those that
 * come back are not let in. */
void judge_persistence_members(const struct poolwords *words);

/* When all is well: append to ", VIP is up" what is known. */
void judge_persistence_praise(const struct pool *pool, struct text *text);

#endif

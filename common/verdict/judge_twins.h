/*
 * judge_twins - members of a pool, or its VIP, that are one and the same server.
 */
#ifndef VERDICT_JUDGE_TWINS_H
#define VERDICT_JUDGE_TWINS_H

#include "verdict/poolwords.h"

/* By address and port: what a server has several of is not known. A member that is down as
 * expected does not count, not even twice. */
void judge_twins_members(const struct poolwords *words);

#endif

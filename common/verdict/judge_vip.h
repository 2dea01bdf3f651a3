/*
 * judge_vip - the balancer in front of a pool against its members.
 */
#ifndef VERDICT_JUDGE_VIP_H
#define VERDICT_JUDGE_VIP_H

#include "verdict/poolwords.h"

/* Nothing without a VIP. */
void judge_vip_against_members(const struct poolwords *words);

/* Whether there is a VIP that answers. */
bool judge_vip_is_up(const struct pool *pool);

#endif

/*
 * judge_vip - the balancer in front of a pool against its members.
 */
#ifndef VERDICT_JUDGE_VIP_H
#define VERDICT_JUDGE_VIP_H

#include "verdict/poolwords.h"

/* Nothing without a VIP. */
void judge_vip_against_members(const struct poolwords *words);

/* Whether there is a VIP that answers, and whether there is one that fails. One whose silence is
 * taken as OK does neither. */
bool judge_vip_is_up(const struct pool *pool);
bool judge_vip_is_down(const struct pool *pool);

/* How it fares, to be put behind a number: ", VIP up", or nothing without one. */
const char *judge_vip_word(const struct pool *pool);

/* Whether a member that is in service shows the certificate with this SHA-256. */
bool judge_vip_is_of_member(const struct pool *pool, const uint8_t sha256[32]);

#endif

/*
 * judge_tunnel - from what the crypto binding, IPCP and the ping brought to their causes.
 */
#ifndef VERDICT_JUDGE_TUNNEL_H
#define VERDICT_JUDGE_TUNNEL_H

#include "verdict/words.h"

/* Stage tunnel ended with SYMPTOM. */
void judge_tunnel_failure(const struct words *words, enum facts_symptom symptom);

/* What to think of the address that was assigned, when one was. */
void judge_tunnel_address(const struct words *words);

/* Stage ping ended with SYMPTOM. */
void judge_tunnel_ping_failure(const struct words *words, enum facts_symptom symptom);

/* Of a ping that was answered at all: more than the first echo was lost. */
void judge_tunnel_ping(const struct words *words);

#endif

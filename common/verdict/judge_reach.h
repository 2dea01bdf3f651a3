/*
 * judge_reach - from what kept a probe from TLS, or from going on at all, to its cause.
 */
#ifndef VERDICT_JUDGE_REACH_H
#define VERDICT_JUDGE_REACH_H

#include <stdbool.h>

#include "verdict/words.h"

/* STAGE failed. False when its symptom is not told here: a stage above tls, and a failure that is
 * not this poller's own. */
bool judge_reach_failure(const struct words *words, enum facts_stage stage);

/* Addresses that failed although another one answered: the dead members of a round robin. */
void judge_reach_dead_members(const struct words *words);

#endif

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

/* Whether the address of FACTS does not answer: not, where this poller could not try it. */
bool judge_reach_is_dead(const struct facts *facts);

/* Addresses that failed although another one answered: the dead members of a round robin. */
void judge_reach_dead_members(const struct words *words);

/* The same for a target whose address is one of COUNT that are dialled apart, of which DEAD do not
 * answer and OTHER does. False when it failed for a reason of this poller. */
bool judge_reach_dead(const struct words *words, size_t dead, size_t count, const char *other);

#endif

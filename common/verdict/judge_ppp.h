/*
 * judge_ppp - from what LCP brought to its cause, and what to think of the methods that the server
 * offers.
 */
#ifndef VERDICT_JUDGE_PPP_H
#define VERDICT_JUDGE_PPP_H

#include "verdict/words.h"

/* Stage ppp ended with SYMPTOM. */
void judge_ppp_failure(const struct words *words, enum facts_symptom symptom);

/* The methods of authentication that were offered, when there were any. */
void judge_ppp_offer(const struct words *words);

#endif

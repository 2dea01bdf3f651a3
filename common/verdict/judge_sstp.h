/*
 * judge_sstp - from what the SSTP call brought to its cause (MS-SSTP 3.2.5.3).
 */
#ifndef VERDICT_JUDGE_SSTP_H
#define VERDICT_JUDGE_SSTP_H

#include "verdict/words.h"

/* Stage sstp ended with SYMPTOM. */
void judge_sstp_failure(const struct words *words, enum facts_symptom symptom);

/* What the Call Connect Ack offers, when there was one. */
void judge_sstp_offer(const struct words *words);

#endif

/*
 * judge_eap - from a logon by EAP that failed to its cause.
 */
#ifndef VERDICT_JUDGE_EAP_H
#define VERDICT_JUDGE_EAP_H

#include <stdbool.h>

#include "verdict/words.h"

/* Stage auth ended with SYMPTOM; true when EAP explains it. */
bool judge_eap_failure(const struct words *words, enum facts_symptom symptom);

#endif

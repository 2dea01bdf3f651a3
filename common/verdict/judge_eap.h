/*
 * judge_eap - from a logon by EAP that failed to its cause, and how long the certificate inside
 * will let it succeed.
 */
#ifndef VERDICT_JUDGE_EAP_H
#define VERDICT_JUDGE_EAP_H

#include <stdbool.h>

#include "verdict/words.h"

/* Stage auth ended with SYMPTOM; true when EAP explains it. */
bool judge_eap_failure(const struct words *words, enum facts_symptom symptom);

/* A logon by EAP has begun or not: whether the time of the certificate inside is short. */
void judge_eap_expiry(const struct words *words);

/* What must be left of it, for perfdata: of CERTIFICATE, or for NULL what holds at the most. */
struct range judge_eap_limit(
    const struct policy *policy, const struct facts_certificate *certificate);

#endif

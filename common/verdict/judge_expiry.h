/*
 * judge_expiry - how much time the certificates have left, and how long they live in all.
 */
#ifndef VERDICT_JUDGE_EXPIRY_H
#define VERDICT_JUDGE_EXPIRY_H

#include <stdbool.h>
#include <stdint.h>

#include "verdict/words.h"

/* A certificate was seen. */
void judge_expiry_presented(const struct words *words);

/* The certificate of the policy's scope that expires first; NULL when none was seen. */
const struct facts_certificate *judge_expiry_first(
    const struct facts *facts, const struct policy *policy);

/*
 * Perfdata LABEL: the seconds that CERTIFICATE has left at DATE, negative when it has expired, with
 * the thresholds that hold for it. For NULL it was not measured, and the thresholds are what holds
 * at the most.
 */
void judge_expiry_measure(struct verdict *verdict, const char *label,
    const struct facts_certificate *certificate, int64_t date, const struct policy *policy);

#endif

/*
 * judge_auth - from what the logon brought to its cause.
 */
#ifndef VERDICT_JUDGE_AUTH_H
#define VERDICT_JUDGE_AUTH_H

#include <stdbool.h>

#include "verdict/words.h"

/* True when nothing was tried, for a logon was refused not long ago: that refusal still holds. */
bool judge_auth_backoff(const struct words *words);

/* ", no retry until 14:30 UTC", or what keeps it from that, or where it came from when that was
 * another target, or nothing: behind a refusal. */
void judge_auth_describe_backoff(const struct facts *facts, char *chars, size_t size);

/* Stage auth ended with SYMPTOM. */
void judge_auth_failure(const struct words *words, enum facts_symptom symptom);

/* What to think of a logon that was accepted, or not even asked for. */
void judge_auth_acceptance(const struct words *words);

/* Whether the logon was refused as --expect-reject wants it: the account or the password is wrong,
 * and somebody knows that. */
bool judge_auth_is_expected(const struct policy *policy, const struct facts *facts);

#endif

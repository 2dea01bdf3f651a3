/*
 * judge_agreement - whether the healthy members of a pool are alike.
 */
#ifndef VERDICT_JUDGE_AGREEMENT_H
#define VERDICT_JUDGE_AGREEMENT_H

#include "verdict/poolwords.h"

/* Certificates, where the policy wants the same one, and what clients meet besides. */
void judge_agreement_members(const struct poolwords *words);

#endif

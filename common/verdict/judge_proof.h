/*
 * judge_proof - nothing is wrong with the entries of HTTP.sys, but is anything proven?
 */
#ifndef VERDICT_JUDGE_PROOF_H
#define VERDICT_JUDGE_PROOF_H

#include "verdict/bound.h"
#include "verdict/words.h"

/* Tell what is lacking to compare them. To be called where none of them was blamed. */
void judge_proof_entries(const struct words *words, const struct bound *bound);

#endif

/*
 * judge_identity - is it the certificate, and the issuer, that the operator means?
 */
#ifndef VERDICT_JUDGE_IDENTITY_H
#define VERDICT_JUDGE_IDENTITY_H

#include "verdict/words.h"

/* A certificate was seen. */
void judge_identity_presented(const struct words *words);

#endif

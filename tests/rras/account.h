/*
 * account - the one account that a member knows, by the knobs user= and password=.
 */
#ifndef RRAS_ACCOUNT_H
#define RRAS_ACCOUNT_H

#include "authenticator.h"
#include "line.h"

/* What MS-CHAPv2 says of a name or a password that is wrong. */
enum { ACCOUNT_WRONG = 691 };

/* VERDICT is empty before. */
void account_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict);

#endif

/*
 * praise - what the first line says when all is well, and what that leaves unproven.
 */
#ifndef VERDICT_PRAISE_H
#define VERDICT_PRAISE_H

#include <stddef.h>

#include "base/text.h"
#include "facts/facts.h"
#include "verdict/policy.h"

/* Append it for the COUNT addresses of one server, none of which has a finding. */
void praise_add(
    struct text *text, const struct facts *facts, size_t count, const struct policy *policy);

/* The option that takes the failure of FACTS as OK: --timeout-result what is a matter of time, and
 * --state the others. */
const char *praise_taker(const struct policy *policy, const struct facts *facts);

#endif

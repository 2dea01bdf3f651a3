/*
 * sstp - the judge of check_sstp: from the facts of one target to findings and metrics.
 *
 * A pure function: no socket, no clock (the date is a fact), no output.
 */
#ifndef VERDICT_SSTP_H
#define VERDICT_SSTP_H

#include <stddef.h>

#include "facts/facts.h"
#include "verdict/policy.h"
#include "verdict/verdict.h"

/* Judge the COUNT targets of a run (several addresses of one server) under POLICY into an empty
 * VERDICT, which is closed on return. */
void sstp_judge(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict);

#endif

/*
 * cert - what check_sstp_cert thinks of what all the addresses of a server show.
 */
#ifndef VERDICT_CERT_H
#define VERDICT_CERT_H

#include <stddef.h>

#include "facts/facts.h"
#include "verdict/policy.h"
#include "verdict/verdict.h"

/*
 * Judge COUNT targets, at least one, of one server. Perfdata are `leaf`, the seconds that the first
 * of the servers' own certificates has left, `chain`, those of the first of all in the policy's
 * scope, and `total`, the time of the slowest probe, which a certificate out of a file has not.
 */
void cert_judge(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict);

#endif

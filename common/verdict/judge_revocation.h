/*
 * judge_revocation - what a Windows SSTP client will find when it looks up whether the certificates
 * are revoked.
 *
 * A client takes the first source that gives a sound answer in date, so one such answer is enough;
 * what other sources lack is told in the long output alone. A CRL that names a delta is sound with
 * it alone: where the delta cannot be had, or adds to a newer CRL, that is a WARNING. "Revoked"
 * from any source counts, also when its list is out of date, unless that is a hold and a newer
 * answer knows that it ended. A certificate that only a directory (ldap) knows about is judged even
 * when revocation is not asked for: no client outside the domain can look it up.
 */
#ifndef VERDICT_JUDGE_REVOCATION_H
#define VERDICT_JUDGE_REVOCATION_H

#include "facts/revocation.h"
#include "verdict/words.h"

/* An answer is near its end when less than this part of its time is left: less than what
 * authorities let their lists overlap by (Windows: a tenth, 12 hours at the most). */
#define JUDGE_REVOCATION_NEAR 0.05

/* Seconds by which clocks may differ, and by which an answer may be younger than the check. */
#define JUDGE_REVOCATION_SKEW 300

/* An answer without a next update says that a newer one is to be had at any time (RFC 6960
 * 4.2.2.1), so it counts no longer than the rules of public authorities let one be in force: of the
 * server's certificate, and of an issuer (CA/Browser Forum baseline requirements 4.9.7, 4.9.10). */
#define JUDGE_REVOCATION_AGE_OWN    (INT64_C(10) * 86400)
#define JUDGE_REVOCATION_AGE_ISSUER (INT64_C(366) * 86400)

/* Nothing for a target whose certificates were not looked up. */
void judge_revocation_sources(const struct words *words);

/* The source by which the certificate is revoked, and the one by which a client takes it for not
 * revoked, where nobody revokes it; or NULL. */
const struct facts_source *judge_revocation_revoking(
    const struct facts_revocation *revocation, int64_t date);
const struct facts_source *judge_revocation_clearing(
    const struct facts_revocation *revocation, int64_t date);

/* Whether a source gave a sound answer, and whether that is in date. */
bool judge_revocation_answered(const struct facts_source *source);
bool judge_revocation_current(
    const struct facts_revocation *revocation, const struct facts_source *source, int64_t date);

#endif

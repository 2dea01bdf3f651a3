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

#include "verdict/words.h"

/* An answer is near its end when less than this part of its time is left: less than what
 * authorities let their lists overlap by (Windows: a tenth, 12 hours at the most). */
#define JUDGE_REVOCATION_NEAR 0.05

/* Nothing for a target whose certificates were not looked up. */
void judge_revocation_sources(const struct words *words);

#endif

/*
 * answers - which of the answers that sources gave about one certificate's revocation count.
 */
#ifndef VERDICT_ANSWERS_H
#define VERDICT_ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/revocation.h"

/* Seconds by which clocks may differ, and by which an answer may be younger than the check. */
#define ANSWERS_SKEW 300

/* An answer without a next update says that a newer one is to be had at any time (RFC 6960
 * 4.2.2.1), so it counts no longer than the rules of public authorities let one be in force: of the
 * server's certificate, and of an issuer (CA/Browser Forum baseline requirements 4.9.7, 4.9.10). */
#define ANSWERS_AGE_OWN    (INT64_C(10) * 86400)
#define ANSWERS_AGE_ISSUER (INT64_C(366) * 86400)

/* Whether a source of REVOCATION gave a sound answer; whether that is in date. */
bool answers_is_sound(const struct facts_source *source);
bool answers_is_current(
    const struct facts_revocation *revocation, const struct facts_source *source, int64_t date);

/* Whether DELTA tells what has changed since CRL, and not since a newer one: what was revoked
 * between the two is on neither (RFC 5280 5.2.4). */
bool answers_adds_to(const struct facts_source *delta, const struct facts_source *crl);

/* The source by which the certificate is revoked; NULL. That counts also when its list is out of
 * date, unless it is a hold and a newer answer knows that it ended. */
const struct facts_source *answers_revoking(
    const struct facts_revocation *revocation, int64_t date);

/* The source by which a client takes it for not revoked, where nobody revokes it; NULL. */
const struct facts_source *answers_clearing(
    const struct facts_revocation *revocation, int64_t date);

#endif

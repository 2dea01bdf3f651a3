/*
 * lifetime - how much time a certificate must have left, as operators write it.
 *
 *   30        30d        days, decimals allowed
 *   72h                  hours
 *   25%                  a share of the certificate's whole lifetime
 *   30d,15%              two of them: the shorter one holds
 *   never                no limit
 *
 * A share is known only once there is a certificate: limits are compared when that has been seen.
 */
#ifndef VERDICT_LIFETIME_H
#define VERDICT_LIFETIME_H

#include <stdbool.h>
#include <stdint.h>

struct lifetime {
	bool has_seconds, has_share;
	double seconds;
	double share; /* 0.25 for 25% */
};

#define LIFETIME_UNKNOWN (-1)

/* What is read, for error messages. */
extern const char lifetime_takes[];

/* False, and *LIFETIME untouched, for anything else. */
bool lifetime_read(const char *chars, struct lifetime *lifetime);

/* The limit in seconds for a certificate that is valid for WHOLE seconds in all; for WHOLE
 * LIFETIME_UNKNOWN what holds at the most. False when there is no limit. */
bool lifetime_limit(const struct lifetime *lifetime, int64_t whole, double *seconds);

/* Whether SHORT is shorter than LONG whatever the certificate, which --warning must not be. */
bool lifetime_is_below(const struct lifetime *one, const struct lifetime *other);

#endif

/*
 * deadline - points in time on the monotonic clock, in nanoseconds.
 *
 * A run has one absolute deadline; every wait is computed from it, so a slow stage cannot
 * lengthen the whole. The wall clock is never used for waiting.
 */
#ifndef BASE_DEADLINE_H
#define BASE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#define DEADLINE_SECOND INT64_C(1000000000)
#define DEADLINE_NEVER  INT64_MAX

/* Now, in nanoseconds since an arbitrary point. */
int64_t deadline_now(void);

/* The point NANOSECONDS after NOW; DEADLINE_NEVER when that cannot be represented. */
int64_t deadline_after(int64_t now, int64_t nanoseconds);

/* Nanoseconds from NOW until the deadline, never negative. */
int64_t deadline_left(int64_t deadline, int64_t now);

int64_t deadline_sooner(int64_t one, int64_t other);

/* Seconds (decimals allowed) to nanoseconds, saturating; negative gives 0. */
int64_t deadline_from_seconds(double seconds);
double deadline_to_seconds(int64_t nanoseconds);

#endif

#include <time.h>

#include "base/deadline.h"

int64_t
deadline_now(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * DEADLINE_SECOND + now.tv_nsec;
}

int64_t
deadline_after(int64_t now, int64_t nanoseconds)
{
	if (now > 0 && nanoseconds > INT64_MAX - now)
		return DEADLINE_NEVER;
	if (now < 0 && nanoseconds < INT64_MIN - now)
		return DEADLINE_NEVER;
	return now + nanoseconds;
}

int64_t
deadline_left(int64_t deadline, int64_t now)
{
	if (deadline <= now)
		return 0;
	if (deadline == DEADLINE_NEVER)
		return DEADLINE_NEVER;
	if (now < 0 && deadline > INT64_MAX + now)
		return INT64_MAX;
	return deadline - now;
}

int64_t
deadline_sooner(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

int64_t
deadline_from_seconds(double seconds)
{
	/* Written so that a NaN is 0, and compared as doubles, where INT64_MAX rounds up to 2^63.
	 */
	if (!(seconds > 0))
		return 0;
	double nanoseconds = seconds * (double)DEADLINE_SECOND;
	if (nanoseconds >= (double)DEADLINE_NEVER)
		return DEADLINE_NEVER;
	return (int64_t)nanoseconds;
}

double
deadline_to_seconds(int64_t nanoseconds)
{
	return (double)nanoseconds / (double)DEADLINE_SECOND;
}

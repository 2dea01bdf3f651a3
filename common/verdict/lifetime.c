#include "verdict/lifetime.h"

#include <string.h>

#include "base/number.h"

#define HOUR 3600.0
#define DAY  (24 * HOUR)

#define SECONDS_MAX (100000 * DAY) /* 270 years */
#define PART_MAX    24             /* longer than any sensible number */

const char lifetime_takes[] =
    "days, such as 30 or 30d, hours, such as 72h, a share up to 100%, two joined by a comma, or never";

/* One part, of LENGTH characters. */
static bool
read_part(const char *chars, size_t length, struct lifetime *lifetime)
{
	char digits[PART_MAX];
	char unit = 'd';
	double value;

	if (length == 0 || length >= sizeof digits)
		return false;
	memcpy(digits, chars, length);
	digits[length] = '\0';
	if (strchr("dh%", digits[length - 1]) != NULL) {
		unit = digits[length - 1];
		digits[length - 1] = '\0';
	}
	if (!number_decimal(digits, &value) || value < 0)
		return false;
	if (unit == '%') {
		if (value > 100 || lifetime->has_share)
			return false;
		lifetime->has_share = true;
		lifetime->share = value / 100;
		return true;
	}
	value *= unit == 'h' ? HOUR : DAY;
	if (value > SECONDS_MAX || lifetime->has_seconds)
		return false;
	lifetime->has_seconds = true;
	lifetime->seconds = value;
	return true;
}

bool
lifetime_read(const char *chars, struct lifetime *lifetime)
{
	struct lifetime read = {.has_seconds = false};
	size_t first = strcspn(chars, ",");

	if (strcmp(chars, "never") != 0) {
		if (!read_part(chars, first, &read))
			return false;
		if (chars[first] == ',' &&
		    !read_part(chars + first + 1, strlen(chars + first + 1), &read))
			return false;
	}
	*lifetime = read;
	return true;
}

bool
lifetime_limit(const struct lifetime *lifetime, int64_t whole, double *seconds)
{
	bool has_share = lifetime->has_share && whole != LIFETIME_UNKNOWN;
	double share = has_share && whole > 0 ? lifetime->share * (double)whole : 0;

	if (!lifetime->has_seconds && !has_share)
		return false;
	if (lifetime->has_seconds && (!has_share || lifetime->seconds < share))
		*seconds = lifetime->seconds;
	else
		*seconds = share;
	return true;
}

bool
lifetime_is_below(const struct lifetime *one, const struct lifetime *other)
{
	if (one->has_seconds != other->has_seconds || one->has_share != other->has_share)
		return false;
	if (!one->has_seconds && !one->has_share)
		return false;
	return (!one->has_seconds || one->seconds < other->seconds) &&
	       (!one->has_share || one->share < other->share);
}

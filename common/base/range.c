#include <float.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/range.h"

/* More than two doubles written out whole need. */
#define CHARS_MAX 1600

#define BLANKS " -="

const char range_takes[] =
    "a range such as 2, 1:5 or 5:, or in words above-2, below-1, outside-1-5, inside-1-5, never";

/* Cut the number off that begins at *CHARS and ends at the next blank or at the end. The first
 * character may be its sign. */
static bool
take_number(char **chars, double *value)
{
	char *start = *chars;
	if (*start == '\0')
		return false;
	char *end = start + 1 + strcspn(start + 1, BLANKS);
	*chars = end;
	if (*end != '\0') {
		*end = '\0';
		*chars = end + 1;
		if (**chars == '\0')
			return false;
	}
	return number_decimal(start, value);
}

/* The numbers that follow a word; a word that takes one gives it in both. */
static bool
take_numbers(char *chars, int count, double numbers[2])
{
	if (count == 0)
		return *chars == '\0';
	if (*chars == '\0' || strchr(BLANKS, *chars) == NULL)
		return false;
	chars++;
	for (int i = 0; i < count; i++)
		if (!take_number(&chars, &numbers[i]))
			return false;
	return *chars == '\0';
}

static bool
read_words(char *chars, struct range *range)
{
	enum meaning { ABOVE, BELOW, OUTSIDE, INSIDE, NEVER };
	static const struct {
		const char *word;
		enum meaning meaning;
		int numbers;
	} words[] = {
	    {"above", ABOVE, 1},
	    {"over", ABOVE, 1},
	    {"below", BELOW, 1},
	    {"under", BELOW, 1},
	    {"outside", OUTSIDE, 2},
	    {"inside", INSIDE, 2},
	    {"never", NEVER, 0},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t length = strlen(words[i].word);
		if (strncmp(chars, words[i].word, length) != 0)
			continue;
		double numbers[2] = {0, 0};
		if (!take_numbers(chars + length, words[i].numbers, numbers))
			return false;
		enum meaning meaning = words[i].meaning;
		bool two = meaning == OUTSIDE || meaning == INSIDE;
		range->inside = meaning == INSIDE;
		range->low = two || meaning == BELOW ? numbers[0] : -INFINITY;
		range->high = two ? numbers[1] : meaning == ABOVE ? numbers[0] : INFINITY;
		return true;
	}
	return false;
}

static bool
read_signs(char *chars, struct range *range)
{
	range->inside = *chars == '@';
	if (range->inside)
		chars++;
	char *colon = strchr(chars, ':');
	const char *high = colon != NULL ? colon + 1 : chars;
	if (colon != NULL)
		*colon = '\0';
	bool low_given = colon != NULL && *chars != '\0';
	range->low = 0;
	if (low_given && strcmp(chars, "~") == 0)
		range->low = -INFINITY;
	else if (low_given && !number_decimal(chars, &range->low))
		return false;
	range->high = INFINITY;
	if (*high == '\0')
		return low_given;
	return number_decimal(high, &range->high);
}

bool
range_read(const char *chars, struct range *range)
{
	char copy[CHARS_MAX];
	size_t length = strlen(chars);
	if (length >= sizeof copy)
		return false;
	memcpy(copy, chars, length + 1);
	struct range read = {.set = true};
	bool words = *copy >= 'a' && *copy <= 'z';
	if (!(words ? read_words(copy, &read) : read_signs(copy, &read)))
		return false;
	if (read.low > read.high)
		return false;
	*range = read;
	return true;
}

bool
range_alerts(const struct range *range, double value)
{
	if (!range->set)
		return false;
	bool within = value >= range->low && value <= range->high;
	return within == range->inside;
}

/* What the two say changes at their bounds alone: it is enough to look at each of them, and between
 * any two. */
bool
range_is_late(const struct range *warning, const struct range *critical)
{
	const double bounds[] = {
	    0, DBL_MAX, warning->low, warning->high, critical->low, critical->high};
	const size_t count = sizeof bounds / sizeof bounds[0];
	bool warns = false, more = false;

	if (!warning->set || !critical->set)
		return false;
	for (size_t i = 0; i < count * count; i++) {
		double value = bounds[i / count] / 2 + bounds[i % count] / 2;
		if (!(value >= 0) || value > DBL_MAX)
			continue;
		bool warning_alerts = range_alerts(warning, value);
		bool critical_alerts = range_alerts(critical, value);
		if (warning_alerts && !critical_alerts)
			return false;
		warns |= warning_alerts;
		more |= critical_alerts && !warning_alerts;
	}
	return warns && more;
}

void
range_add(struct text *text, const struct range *range)
{
	if (!range->set)
		return;
	if (range->inside)
		text_add_char(text, '@');
	if (range->low == -INFINITY) {
		text_add(text, "~:");
	} else if (range->low != 0 || range->high == INFINITY) {
		number_add_exact(text, range->low);
		text_add_char(text, ':');
	}
	if (range->high != INFINITY)
		number_add_exact(text, range->high);
}

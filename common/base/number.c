#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define DIGITS "0123456789"

/* A double written out whole: 309 digits before the point at most, and 341 behind it are enough to
 * name the smallest one. */
#define DECIMALS_MAX 341
#define CHARS_MAX    (1 + 309 + 1 + DECIMALS_MAX + 1)

/* From here on a double has no use for decimals. */
#define NO_DECIMALS_FROM 1e15

bool
number_wide(const char *chars, int64_t low, int64_t high, int64_t *value)
{
	size_t length = strspn(chars, DIGITS);
	if (length == 0 || chars[length] != '\0')
		return false;
	errno = 0;
	intmax_t number = strtoimax(chars, NULL, 10);
	if (errno != 0 || number < low || number > high)
		return false;
	*value = (int64_t)number;
	return true;
}

bool
number_whole(const char *chars, long low, long high, long *value)
{
	int64_t number;
	if (!number_wide(chars, low, high, &number))
		return false;
	*value = (long)number;
	return true;
}

/* The shape is checked here, because strtod() takes much more than decimals. */
bool
number_decimal(const char *chars, double *value)
{
	const char *at = chars;
	if (*at == '+' || *at == '-')
		at++;
	size_t whole = strspn(at, DIGITS);
	at += whole;
	size_t fraction = 0;
	if (*at == '.') {
		fraction = strspn(at + 1, DIGITS);
		if (fraction == 0)
			return false;
		at += 1 + fraction;
	}
	if (whole + fraction == 0 || *at != '\0')
		return false;
	double number = strtod(chars, NULL);
	if (!isfinite(number))
		return false;
	*value = number == 0 ? 0 : number; /* no -0 */
	return true;
}

/* Without trailing zeros, and without the sign of a zero that rounding left over. */
static void
shorten(char *chars)
{
	if (strchr(chars, '.') != NULL) {
		char *end = chars + strlen(chars);
		while (end[-1] == '0')
			end--;
		if (end[-1] == '.')
			end--;
		*end = '\0';
	}
	if (strcmp(chars, "-0") == 0)
		memcpy(chars, "0", sizeof "0");
}

void
number_add(struct text *text, double value, int decimals)
{
	char chars[CHARS_MAX];
	if (fabs(value) >= NO_DECIMALS_FROM)
		decimals = 0;
	snprintf(chars, sizeof chars, "%.*f", decimals, value);
	shorten(chars);
	text_add(text, chars);
}

void
number_add_exact(struct text *text, double value)
{
	char chars[CHARS_MAX];
	int decimals = 0;
	do
		snprintf(chars, sizeof chars, "%.*f", decimals, value);
	while (strtod(chars, NULL) != value && decimals++ < DECIMALS_MAX);
	shorten(chars);
	text_add(text, chars);
}

double
number_up(double value)
{
	double whole;

	/* Beyond that every number is whole, or none at all. */
	if (!(value > -1e15 && value < 1e15))
		return value;
	whole = (double)(int64_t)value;
	return whole < value ? whole + 1 : whole;
}

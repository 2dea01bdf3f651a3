/*
 * number - decimal numbers as users type them, whole or not at all.
 *
 * No blanks, no sign unless said, no exponent, no hexadecimal, no "nan" or "inf", nothing behind
 * the number.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

#include "base/text.h"

/* A whole number from LOW to HIGH; false, and *VALUE untouched, for anything else. */
bool number_whole(const char *chars, long low, long high, long *value);

/* Digits with an optional sign and fraction: 5, 0.25, .5, -3. False for anything else. */
bool number_decimal(const char *chars, double *value);

/* Append VALUE with at most DECIMALS decimals (up to 9), without trailing zeros, never with an
 * exponent. Values beyond 1e15 are written without decimals. */
void number_add(struct text *text, double value, int decimals);

#endif

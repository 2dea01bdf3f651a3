/*
 * number - decimal numbers as users type them, whole or not at all.
 *
 * No blanks, no sign unless said, no exponent, no hexadecimal, no "nan" or "inf", nothing behind
 * the number.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* A whole number from LOW to HIGH, digits only; false, and *VALUE untouched, for anything else. */
bool number_whole(const char *chars, long low, long high, long *value);

/* The same for dates, which do not end in 2038 where a long has 32 bits. */
bool number_wide(const char *chars, int64_t low, int64_t high, int64_t *value);

/* Digits with an optional sign and fraction: 5, 0.25, .5, -3. False, and *VALUE untouched, for
 * anything else. */
bool number_decimal(const char *chars, double *value);

/* Append VALUE, which is finite, with at most DECIMALS decimals (up to 9), without trailing zeros,
 * never with an exponent. Values from 1e15 on are written without decimals. */
void number_add(struct text *text, double value, int decimals);

/* The same with as few decimals as it takes for number_decimal() to give VALUE back. */
void number_add_exact(struct text *text, double value);

/* The least whole number that is not below VALUE. What libm has for this would be another library
 * to load. */
double number_up(double value);

#endif

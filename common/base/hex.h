/*
 * hex - bytes as hexadecimal digits and back.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Append LENGTH bytes as upper-case digits, two a byte, no separator. */
void hex_add(struct text *text, const uint8_t *bytes, size_t length);

/* Value of one digit of either case, or -1. */
int hex_digit(char c);

/* Read exactly 2 * LENGTH digits of either case from CHARS, which must end there. */
bool hex_read(const char *chars, uint8_t *bytes, size_t length);

#endif

/*
 * utf8 - one character at a time, strictly (RFC 3629).
 *
 * Overlong forms, surrogates, codes beyond U+10FFFF and characters cut short are not valid.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Read the character that begins at BYTES, within LENGTH bytes. Returns how many bytes it takes, 1
 * to 4, and sets *CODE; 0, and *CODE untouched, when there is no valid one. */
size_t utf8_read(const void *bytes, size_t length, uint32_t *code);

/* How many of BYTES a byte order mark takes, which editors on Windows put before the text: 3, or 0.
 */
size_t utf8_mark(const void *bytes, size_t length);

#endif

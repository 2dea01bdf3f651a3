/*
 * jsonwriter - JSON on one line, with the commas right by construction (RFC 8259).
 *
 * Values follow each other as they are written. KEY names a value inside an object and is NULL
 * inside an array and for the outermost value. What cannot be said is null.
 */
#ifndef REPORT_JSONWRITER_H
#define REPORT_JSONWRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct jsonwriter {
	struct text *text; /* where it goes; running out of memory is remembered there */
	bool comma;        /* the next value needs one before it */
};

void jsonwriter_begin_object(struct jsonwriter *writer, const char *key);
void jsonwriter_end_object(struct jsonwriter *writer);
void jsonwriter_begin_array(struct jsonwriter *writer, const char *key);
void jsonwriter_end_array(struct jsonwriter *writer);

void jsonwriter_null(struct jsonwriter *writer, const char *key);
void jsonwriter_bool(struct jsonwriter *writer, const char *key, bool value);
void jsonwriter_whole(struct jsonwriter *writer, const char *key, int64_t value);

/* At most DECIMALS decimals, never an exponent; null when VALUE is no finite number. */
void jsonwriter_number(struct jsonwriter *writer, const char *key, double value, int decimals);

/* The same of a value, and of a duration in seconds, that may not be KNOWN: null then. */
void jsonwriter_known_whole(struct jsonwriter *writer, const char *key, bool known, int64_t value);
void jsonwriter_known_seconds(
    struct jsonwriter *writer, const char *key, bool known, int64_t nanoseconds);

/* CHARS with quotes, backslashes and control characters escaped, and each byte that is not UTF-8
 * replaced by U+FFFD; null when CHARS is NULL. */
void jsonwriter_string(struct jsonwriter *writer, const char *key, const char *chars);

/* The same, for strings that are empty when they are not known: those are null too. */
void jsonwriter_known(struct jsonwriter *writer, const char *key, const char *chars);

#endif

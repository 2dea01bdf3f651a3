/*
 * clean - whether what a plugin prints can do no harm where it is shown, for tests.
 */
#ifndef SUPPORT_CLEAN_H
#define SUPPORT_CLEAN_H

#include "support/json.h"

/*
 * Text for people: whole lines of UTF-8, one '|' at the most and that on the first line, no '<' and
 * no '>', no control character but line feeds, none that hides or reorders others, and on the first
 * line up to the '|' nothing that Nagios strips from macros. NULL, or what is wrong.
 */
const char *clean_text(const char *out);

/* A string that came from a stranger, wherever it stands: as above, without line feeds and '|'. */
const char *clean_string(const char *chars);

/* All strings in JSON, keys included. NULL, or what is wrong with one of them. */
const char *clean_json(const struct json *json);

#endif

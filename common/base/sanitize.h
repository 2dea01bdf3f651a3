/*
 * sanitize - text from strangers, made safe to show.
 *
 * Certificates, headers and failure texts come from a server that may be hostile. Everything
 * that is kept of them passes here once, when it becomes a fact.
 */
#ifndef BASE_SANITIZE_H
#define BASE_SANITIZE_H

#include <stddef.h>

#include "base/text.h"

/*
 * Append LENGTH BYTES, as at most CAP bytes. Control characters (C0, C1, DEL), '|', '<' and '>',
 * each byte of invalid UTF-8 and the invisible characters that reorder or hide text (U+00AD,
 * U+061C, U+200B..U+200F, U+2028..U+202E, U+2060..U+2069, U+FEFF, U+E0000..U+E007F) become one '?';
 * escape sequences of terminals lose their ESC and so their power. UTF-8 is never cut inside a
 * character; text that was cut ends with "..", which CAP includes.
 */
void sanitize_add(struct text *text, const void *bytes, size_t length, size_t cap);

/*
 * Make CHARS, of LENGTH bytes, fit for the first line in place: the characters that Nagios strips
 * from macros (` ~ $ & | ' " < >) become a blank, apostrophe and quote included. Other bytes stay.
 */
void sanitize_first_line(char *chars, size_t length);

#endif

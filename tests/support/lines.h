/*
 * lines - compares outputs line by line, for tests.
 */
#ifndef SUPPORT_LINES_H
#define SUPPORT_LINES_H

#include <stdbool.h>

/* Whether MORE is LESS with whole lines added, none of them before the first. */
bool lines_only_added(const char *less, const char *more);

/* Make each word in CHARS that holds a digit, in place, one 'N': times, dates and identities, which
 * differ between two runs. Points, dashes and underscores are parts of words, but for points at the
 * end. */
void lines_mask_numbers(char *chars);

/* Drop the lines that begin with WORD from CHARS, in place. */
void lines_drop(char *chars, const char *word);

#endif

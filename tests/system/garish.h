/*
 * garish - texts as a hostile server or operator might choose them, from a seed.
 */
#ifndef SYSTEM_GARISH_H
#define SYSTEM_GARISH_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Append one of at most LENGTH bytes, with each byte as %XX for a knob of rras-sim. */
void garish_add_knob(struct text *text, uint64_t *state, size_t length);

/* The same as a word of a command line: without blanks and NUL. */
void garish_add_word(struct text *text, uint64_t *state, size_t length);

/* A number below LIMIT. */
size_t garish_below(uint64_t *state, size_t limit);

#endif

/*
 * template - the {words} of a summary or a remedy, replaced.
 */
#ifndef VERDICT_TEMPLATE_H
#define VERDICT_TEMPLATE_H

#include <stddef.h>

#include "base/text.h"

/* A value for a {word}. */
struct template_word {
	const char *word; /* without the braces */
	const char *value;
};

/* Append TEMPLATE with its {words} replaced; a word that is not in the list gives nothing. */
void template_fill(
    struct text *text, const char *template, const struct template_word *words, size_t count);

#endif

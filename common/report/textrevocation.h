/*
 * textrevocation - what was found out about revocation, as lines of text.
 */
#ifndef REPORT_TEXTREVOCATION_H
#define REPORT_TEXTREVOCATION_H

#include "base/text.h"
#include "facts/facts.h"

/* A line for each source of each certificate; one that says so when revocation was off; none when
 * nothing was read of it at all. */
void textrevocation_add(struct text *text, const struct facts *facts);

#endif

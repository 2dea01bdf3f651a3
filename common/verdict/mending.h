/*
 * mending - the lines to be done on the server where entries of HTTP.sys are wrong: which of them
 * go, and by what the right one is made.
 */
#ifndef VERDICT_MENDING_H
#define VERDICT_MENDING_H

#include <stdbool.h>

#include "base/text.h"
#include "verdict/bound.h"

/* The remedy where mending_is_renewed(). */
extern const char mending_renewal[];

/* Whether SSTP made BINDING, which may be NULL, for all addresses, and so makes it anew by itself.
 * Which of the two is right, it or the hash, nobody knows: a renewed certificate may be bound while
 * the hash is that of the old one. */
bool mending_is_renewed(const struct dump_binding *binding);

/* Have SSTP make its entries anew: nothing is deleted. */
void mending_add_renewal(struct text *steps);

/* Mend all that goes, of which WRONG, that may be NULL, is told. */
void mending_add_all(
    struct text *steps, const struct bound *bound, const struct dump_binding *wrong);

/* Remove one entry that wins over those for all addresses. */
void mending_add_removal(struct text *steps, const struct dump_binding *binding);

#endif

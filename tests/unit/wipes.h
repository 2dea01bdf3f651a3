/*
 * wipes - what is wiped, in a program that the linker has secret_wipe() and secret_wipe_chars() of
 * our own files wrapped for: see "watched" in unit.mk. A look at memory that is no longer in use
 * would find what chance has left there.
 */
#ifndef UNIT_WIPES_H
#define UNIT_WIPES_H

#include <stddef.h>

/* Watch from now on; what was seen before is forgotten. */
void wipes_begin(void);

/* How many pieces of memory that began with these bytes, 128 at most, have been wiped since. */
unsigned wipes_of(const void *bytes, size_t length);

#endif

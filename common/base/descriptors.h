/*
 * descriptors - whether this process can still open a file.
 *
 * Libraries hide a shortage of descriptors behind other errors: a name that does not resolve, a
 * trust anchor that is not there. Whoever is about to blame a server asks here first.
 */
#ifndef BASE_DESCRIPTORS_H
#define BASE_DESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether nothing more can be opened, because this process or the system has too much open. */
bool descriptors_exhausted(void);

/* How many are open, as the lowest that is free shows it; 0 when none is. */
size_t descriptors_used(void);

#endif

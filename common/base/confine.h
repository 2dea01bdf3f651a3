/*
 * confine - give up what a check does not need, where the system has pledge() and unveil().
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stddef.h>

/*
 * From now on files can be read, names resolved and hosts connected to, nothing else; and what is
 * at each of COUNT paths, of which any may be NULL, may be written and made. Elsewhere nothing
 * happens.
 */
void confine_to(const char *const writable[], size_t count);

#endif

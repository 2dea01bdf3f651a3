/*
 * memory - whether OpenSSL ran out of it, and what becomes of what it gives back.
 *
 * The library hides that behind other errors: a cipher that nobody has in common, a signature that
 * does not verify, an issuer that is not known. Whoever is about to blame a server asks here first.
 */
#ifndef NET_MEMORY_H
#define NET_MEMORY_H

#include <stdbool.h>

/* To be called before anything of OpenSSL is; again does no harm. WIPES: all that the library frees
 * is overwritten first, where the system knows how long that is. The library itself leaves copies
 * of passphrases behind. */
void memory_watch(bool wipes);

/* Since then, in any thread; or what it called did, such as fopen(), and the error is still queued
 * in this one. */
bool memory_ran_out(void);

#endif

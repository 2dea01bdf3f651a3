/*
 * secret - memory that must not be found afterwards.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

/* Overwrite with zeros, however sure the compiler is that nobody will look. */
void secret_wipe(void *bytes, size_t length);

/* Wipe a C string; nothing for NULL. */
void secret_wipe_chars(char *chars);

#endif

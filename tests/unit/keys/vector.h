/*
 * vector - what the tests of keys share.
 */
#ifndef UNIT_KEYS_VECTOR_H
#define UNIT_KEYS_VECTOR_H

#include <stddef.h>
#include <stdint.h>

/* LENGTH bytes from twice as many digits of either case. */
void vector_read(const char *digits, uint8_t *bytes, size_t length);

/* BYTES are those of DIGITS, in upper case. */
void vector_expect(const uint8_t *bytes, size_t length, const char *digits);

/* BYTES are zero, all of them. */
void vector_expect_zero(const void *bytes, size_t length);

/* As on a platform that lets nobody have MD5 or DES: from here to vector_allow() OpenSSL finds no
 * algorithm that is certified for FIPS, for there is no such provider. */
void vector_forbid(void);
/* And nothing was left in OpenSSL's queue of errors. */
void vector_allow(void);

#endif

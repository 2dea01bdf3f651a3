/*
 * md4 - the message digest MD4 (RFC 1320), for NT password hashes alone.
 *
 * It is broken as a digest and OpenSSL keeps it in a provider that is seldom there; MS-CHAPv2
 * cannot do without. It fails in no way; who must not use it is decided in mschap.
 */
#ifndef KEYS_MD4_H
#define KEYS_MD4_H

#include <stddef.h>
#include <stdint.h>

#define MD4_SIZE 16

void md4_digest(const void *bytes, size_t length, uint8_t digest[MD4_SIZE]);

#endif

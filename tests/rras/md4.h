/*
 * md4 - the digest under every Windows password (RFC 1320). OpenSSL has it in a provider that may
 * be missing.
 */
#ifndef RRAS_MD4_H
#define RRAS_MD4_H

#include <stddef.h>
#include <stdint.h>

enum { MD4_LENGTH = 16 };

void md4_digest(const void *bytes, size_t length, uint8_t digest[MD4_LENGTH]);

#endif

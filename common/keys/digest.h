/*
 * digest - digests over several pieces, by OpenSSL's default provider.
 */
#ifndef KEYS_DIGEST_H
#define KEYS_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "keys/keys.h"

#define DIGEST_MD5_SIZE    16
#define DIGEST_SHA1_SIZE   20
#define DIGEST_SHA256_SIZE 32

enum digest_name {
	DIGEST_MD5,
	DIGEST_SHA1,
	DIGEST_SHA256,
};

struct digest_piece {
	const void *bytes;
	size_t length;
};

/* The digest of PIECES one after the other; OUT takes the size of the algorithm. */
enum keys_result digest_pieces(
    enum digest_name name, const struct digest_piece *pieces, size_t count, uint8_t *out);

/* HMAC (RFC 2104) of one piece; OUT takes the size of the algorithm. */
enum keys_result digest_hmac(enum digest_name name, const void *key, size_t key_length,
    const void *bytes, size_t length, uint8_t *out);

#endif

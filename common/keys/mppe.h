/*
 * mppe - the master keys of MS-CHAPv2 for 128 bits (RFC 3079 section 3), as a client names them.
 *
 * SSTP binds itself to these, not to the session keys that MPPE would make of them
 * (MS-SSTP 3.2.5.2.2).
 */
#ifndef KEYS_MPPE_H
#define KEYS_MPPE_H

#include <stdint.h>

#include "keys/keys.h"

#define MPPE_KEY      16
#define MPPE_RESPONSE 24

struct mppe_keys {
	uint8_t master[MPPE_KEY];
	uint8_t send[MPPE_KEY]; /* the client's; the server calls it its receive key */
	uint8_t receive[MPPE_KEY];
};

/* HASH_HASH is the digest of the NT password hash, RESPONSE the NT-Response. */
enum keys_result mppe_derive(const uint8_t hash_hash[MPPE_KEY],
    const uint8_t response[MPPE_RESPONSE], struct mppe_keys *keys);

/* The HLAK of a client: send key, then receive key. */
void mppe_hlak(const struct mppe_keys *keys, uint8_t hlak[KEYS_HLAK]);

#endif

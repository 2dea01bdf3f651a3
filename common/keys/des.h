/*
 * des - one block of DES by a key of 7 bytes, as MS-CHAP uses it (RFC 2759 section 8.6).
 */
#ifndef KEYS_DES_H
#define KEYS_DES_H

#include <stdint.h>

#include "keys/keys.h"

#define DES_SECRET 7
#define DES_KEY    8
#define DES_BLOCK  8

/* Spread 56 bits over 8 bytes, 7 in the high bits of each, the lowest making the parity odd. */
void des_key(const uint8_t secret[DES_SECRET], uint8_t key[DES_KEY]);

enum keys_result des_encrypt(
    const uint8_t secret[DES_SECRET], const uint8_t clear[DES_BLOCK], uint8_t out[DES_BLOCK]);

#endif

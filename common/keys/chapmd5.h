/*
 * chapmd5 - the response of CHAP with MD5 (RFC 1994 section 4.1).
 *
 * The password goes in byte for byte. The method makes no keys: its HLAK is all zero
 * (MS-SSTP 3.2.5.2.2), as is that of PAP.
 */
#ifndef KEYS_CHAPMD5_H
#define KEYS_CHAPMD5_H

#include <stddef.h>
#include <stdint.h>

#include "keys/keys.h"

#define CHAPMD5_RESPONSE 16

/* The response to CHALLENGE, of any length, under the packet's IDENTIFIER. */
enum keys_result chapmd5_respond(uint8_t identifier, const char *password, const uint8_t *challenge,
    size_t length, uint8_t response[CHAPMD5_RESPONSE]);

#endif

/*
 * cryptobind - the compound MAC of Call Connected (MS-SSTP 3.2.5.2).
 *
 * It proves to the server that who logged on is who holds the other end of this TLS connection: the
 * logon's keys sign a packet with the hash of the certificate that the client saw.
 */
#ifndef KEYS_CRYPTOBIND_H
#define KEYS_CRYPTOBIND_H

#include <stdint.h>

#include "keys/keys.h"

#define CRYPTOBIND_PACKET 112 /* Call Connected */
#define CRYPTOBIND_MAC_AT 80  /* where the MAC stands in it, up to its end */
#define CRYPTOBIND_MAC    32

/* The values of the hash protocol (MS-SSTP 2.2.7). */
enum cryptobind_hash {
	CRYPTOBIND_SHA1 = 1,
	CRYPTOBIND_SHA256 = 2,
};

/* Compound MAC key, from the HLAK; behind the 20 bytes of SHA-1 are zeros. HLAK is 32 zeros after
 * PAP and CHAP-MD5, which make no keys. */
enum keys_result cryptobind_key(
    enum cryptobind_hash hash, const uint8_t hlak[KEYS_HLAK], uint8_t key[CRYPTOBIND_MAC]);

/* The MAC of PACKET, whatever its MAC field holds; behind the 20 bytes of SHA-1 are zeros, as in
 * the field. */
enum keys_result cryptobind_mac(enum cryptobind_hash hash, const uint8_t hlak[KEYS_HLAK],
    const uint8_t packet[CRYPTOBIND_PACKET], uint8_t mac[CRYPTOBIND_MAC]);

#endif

/*
 * compound - the Compound MAC that ties a Call Connected to the keys of its logon (MS-SSTP
 * 3.2.5.2).
 */
#ifndef RRAS_COMPOUND_H
#define RRAS_COMPOUND_H

#include <stddef.h>
#include <stdint.h>

/* A Call Connected as bytes, header and all, and what is where in it. */
enum {
	COMPOUND_HASH_AT = 15,
	COMPOUND_NONCE_AT = 16,
	COMPOUND_CERTIFICATE_AT = 48,
	COMPOUND_MAC_AT = 80,
	COMPOUND_PACKET = 112,
	COMPOUND_FIELD = 32, /* what each of the three is long, and the HLAK */
};

/* The bits of Hash Protocol. */
enum compound_hash { COMPOUND_SHA1 = 1, COMPOUND_SHA256 = 2 };

/* How long what HASH makes is; 0 when there is no such. */
size_t compound_size(unsigned hash);

/* The Compound MAC Key, zeros behind it. */
void compound_key(
    enum compound_hash hash, const uint8_t hlak[COMPOUND_FIELD], uint8_t key[COMPOUND_FIELD]);

/* The MAC that PACKET ought to have by the hash it names, zeros behind it. */
void compound_mac(const uint8_t packet[COMPOUND_PACKET], const uint8_t hlak[COMPOUND_FIELD],
    uint8_t mac[COMPOUND_FIELD]);

#endif

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

#include "compound.h"

size_t
compound_size(unsigned hash)
{
	switch (hash) {
	case COMPOUND_SHA1:
		return SHA_DIGEST_LENGTH;
	case COMPOUND_SHA256:
		return SHA256_DIGEST_LENGTH;
	}
	return 0;
}

static void
hmac(enum compound_hash hash, const uint8_t *key, size_t length, const void *bytes, size_t count,
    uint8_t mac[COMPOUND_FIELD])
{
	memset(mac, 0, COMPOUND_FIELD);
	HMAC(hash == COMPOUND_SHA1 ? EVP_sha1() : EVP_sha256(), key, (int)length, bytes, count, mac,
	    NULL);
}

/* The first and only round of PRF+: seed, wanted length with its little end first, and a one. */
void
compound_key(
    enum compound_hash hash, const uint8_t hlak[COMPOUND_FIELD], uint8_t key[COMPOUND_FIELD])
{
	static const char seed[] = "SSTP inner method derived CMK";
	uint8_t round[sizeof seed - 1 + 3] = {0};
	memcpy(round, seed, sizeof seed - 1);
	round[sizeof seed - 1] = (uint8_t)compound_size(hash);
	round[sizeof round - 1] = 1;
	hmac(hash, hlak, COMPOUND_FIELD, round, sizeof round, key);
}

void
compound_mac(const uint8_t packet[COMPOUND_PACKET], const uint8_t hlak[COMPOUND_FIELD],
    uint8_t mac[COMPOUND_FIELD])
{
	enum compound_hash hash = (enum compound_hash)packet[COMPOUND_HASH_AT];
	uint8_t key[COMPOUND_FIELD];
	uint8_t unsealed[COMPOUND_PACKET] = {0};
	memcpy(unsealed, packet, COMPOUND_MAC_AT);
	compound_key(hash, hlak, key);
	hmac(hash, key, compound_size(hash), unsealed, sizeof unsealed, mac);
}

#include "keys/cryptobind.h"

#include <string.h>

#include "base/secret.h"
#include "keys/digest.h"

#define SEED        "SSTP inner method derived CMK"
#define SEED_LENGTH (sizeof SEED - 1)

static enum digest_name
digest_of(enum cryptobind_hash hash)
{
	return hash == CRYPTOBIND_SHA1 ? DIGEST_SHA1 : DIGEST_SHA256;
}

static uint8_t
size_of(enum cryptobind_hash hash)
{
	return hash == CRYPTOBIND_SHA1 ? DIGEST_SHA1_SIZE : DIGEST_SHA256_SIZE;
}

enum keys_result
cryptobind_key(
    enum cryptobind_hash hash, const uint8_t hlak[KEYS_HLAK], uint8_t key[CRYPTOBIND_MAC])
{
	/* The first and only round of PRF+: the seed without a NUL, the length wanted as two bytes,
	 * the lower first, and the round's number. */
	uint8_t input[SEED_LENGTH + 3];
	memcpy(input, SEED, SEED_LENGTH);
	input[SEED_LENGTH] = size_of(hash);
	input[SEED_LENGTH + 1] = 0;
	input[SEED_LENGTH + 2] = 1;

	memset(key, 0, CRYPTOBIND_MAC);
	return digest_hmac(digest_of(hash), hlak, KEYS_HLAK, input, sizeof input, key);
}

enum keys_result
cryptobind_mac(enum cryptobind_hash hash, const uint8_t hlak[KEYS_HLAK],
    const uint8_t packet[CRYPTOBIND_PACKET], uint8_t mac[CRYPTOBIND_MAC])
{
	uint8_t key[CRYPTOBIND_MAC], bare[CRYPTOBIND_PACKET] = {0};

	memcpy(bare, packet, CRYPTOBIND_MAC_AT);
	memset(mac, 0, CRYPTOBIND_MAC);
	enum keys_result result = cryptobind_key(hash, hlak, key);
	if (result == KEYS_OK)
		result = digest_hmac(digest_of(hash), key, size_of(hash), bare, sizeof bare, mac);
	secret_wipe(key, sizeof key);
	return result;
}

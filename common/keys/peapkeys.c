#include "keys/peapkeys.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/secret.h"
#include "keys/digest.h"

#define EAP_PEAP 25 /* the type of PEAP, the last byte under the MAC */

#define SEED_MAX  64
#define ROUND_MAX (DIGEST_SHA1_SIZE + SEED_MAX + 3)

/* PRF+ of PEAPv0: T(n) = HMAC-SHA-1(key, T(n-1) | seed | n | 00 00). */
static enum keys_result
expand(const uint8_t *key, size_t key_length, const uint8_t *seed, size_t seed_length, uint8_t *out,
    size_t length)
{
	uint8_t round[ROUND_MAX], digest[DIGEST_SHA1_SIZE] = {0};
	enum keys_result result = KEYS_OK;
	size_t before = 0;

	for (uint8_t number = 1; length > 0 && result == KEYS_OK; number++) {
		size_t taken = length < sizeof digest ? length : sizeof digest;

		memcpy(round, digest, before);
		memcpy(round + before, seed, seed_length);
		memcpy(round + before + seed_length, (const uint8_t[]){number, 0, 0}, 3);
		result = digest_hmac(
		    DIGEST_SHA1, key, key_length, round, before + seed_length + 3, digest);
		memcpy(out, digest, taken);
		out += taken;
		length -= taken;
		before = sizeof digest;
	}
	secret_wipe(round, sizeof round);
	secret_wipe(digest, sizeof digest);
	return result;
}

enum keys_result
peapkeys_derive(const uint8_t tunnel[PEAPKEYS_TUNNEL], const uint8_t inner[PEAPKEYS_INNER],
    struct peapkeys *keys)
{
	static const char label[] = "Inner Methods Compound Keys";
	uint8_t seed[sizeof label - 1 + PEAPKEYS_INNER], both[PEAPKEYS_IPMK + PEAPKEYS_CMK];
	enum keys_result result;

	memcpy(seed, label, sizeof label - 1);
	memcpy(seed + sizeof label - 1, inner, PEAPKEYS_INNER);
	result = expand(tunnel, PEAPKEYS_TUNNEL, seed, sizeof seed, both, sizeof both);
	memset(keys, 0, sizeof *keys);
	if (result == KEYS_OK) {
		memcpy(keys->ipmk, both, PEAPKEYS_IPMK);
		memcpy(keys->cmk, both + PEAPKEYS_IPMK, PEAPKEYS_CMK);
	}
	secret_wipe(seed, sizeof seed);
	secret_wipe(both, sizeof both);
	return result;
}

enum keys_result
peapkeys_mac(
    const struct peapkeys *keys, const uint8_t tlv[PEAPKEYS_TLV], uint8_t mac[PEAPKEYS_MAC])
{
	uint8_t bytes[PEAPKEYS_TLV + 1];

	memcpy(bytes, tlv, PEAPKEYS_TLV);
	memset(bytes + PEAPKEYS_MAC_AT, 0, PEAPKEYS_MAC);
	bytes[PEAPKEYS_TLV] = EAP_PEAP;
	return digest_hmac(DIGEST_SHA1, keys->cmk, sizeof keys->cmk, bytes, sizeof bytes, mac);
}

bool
peapkeys_is_bound(const struct peapkeys *keys, const uint8_t tlv[PEAPKEYS_TLV])
{
	uint8_t mac[PEAPKEYS_MAC];

	return peapkeys_mac(keys, tlv, mac) == KEYS_OK &&
	       CRYPTO_memcmp(mac, tlv + PEAPKEYS_MAC_AT, sizeof mac) == 0;
}

/* The label's NUL belongs to the seed here. */
enum keys_result
peapkeys_session(const struct peapkeys *keys, uint8_t session[PEAPKEYS_SESSION])
{
	static const char label[] = "Session Key Generating Function";
	enum keys_result result = expand(keys->ipmk, sizeof keys->ipmk, (const uint8_t *)label,
	    sizeof label, session, PEAPKEYS_SESSION);

	if (result != KEYS_OK)
		memset(session, 0, PEAPKEYS_SESSION);
	return result;
}

#include "keys/mschap.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/secret.h"
#include "base/utf8.h"
#include "keys/des.h"
#include "keys/digest.h"
#include "keys/md4.h"
#include "keys/mppe.h"

#define UNIT 2 /* bytes of a unit of UTF-16 */

/* Texts are hashed without their NUL. */
#define PIECE(chars)                       \
	{                                  \
		(chars), sizeof(chars) - 1 \
	}

enum keys_result
mschap_challenge_hash(const uint8_t peer[MSCHAP_CHALLENGE],
    const uint8_t challenge[MSCHAP_CHALLENGE], const char *user,
    uint8_t hash[MSCHAP_CHALLENGE_HASH])
{
	const char *domain_end = strrchr(user, '\\');
	const char *name = domain_end != NULL ? domain_end + 1 : user;
	const struct digest_piece pieces[] = {
	    {peer, MSCHAP_CHALLENGE},
	    {challenge, MSCHAP_CHALLENGE},
	    {name, strlen(name)},
	};
	uint8_t whole[DIGEST_SHA1_SIZE];

	enum keys_result result =
	    digest_pieces(DIGEST_SHA1, pieces, sizeof pieces / sizeof pieces[0], whole);
	memcpy(hash, whole, MSCHAP_CHALLENGE_HASH);
	return result;
}

static void
write_unit(uint8_t bytes[UNIT], uint32_t unit)
{
	bytes[0] = (uint8_t)unit;
	bytes[1] = (uint8_t)(unit >> 8);
}

/* UTF-8 to UTF-16LE of at most KEYS_PASSWORD_UNITS units, *USED of them. */
static enum keys_result
widen(const char *password, uint8_t wide[KEYS_PASSWORD_UNITS * UNIT], size_t *used)
{
	size_t left = strlen(password), taken;
	uint32_t code = 0;

	for (*used = 0; left > 0; password += taken, left -= taken) {
		taken = utf8_read(password, left, &code);
		if (taken == 0)
			return KEYS_NOT_UTF8;
		size_t units = code > 0xFFFF ? 2 : 1;
		if (*used + units > KEYS_PASSWORD_UNITS)
			return KEYS_TOO_LONG;
		uint8_t *at = wide + *used * UNIT;
		if (units == 1) {
			write_unit(at, code);
		} else {
			write_unit(at, 0xD800 | (code - 0x10000) >> 10);
			write_unit(at + UNIT, 0xDC00 | ((code - 0x10000) & 0x3FF));
		}
		*used += units;
	}
	return KEYS_OK;
}

enum keys_result
mschap_password_hash(const char *password, uint8_t hash[MSCHAP_HASH])
{
	uint8_t wide[KEYS_PASSWORD_UNITS * UNIT];
	size_t used;

	memset(hash, 0, MSCHAP_HASH);
	/* Our own MD4 must not get round what the platform enforces. */
	if (EVP_default_properties_is_fips_enabled(NULL))
		return KEYS_NO_PROVIDER;
	enum keys_result result = widen(password, wide, &used);
	if (result == KEYS_OK)
		md4_digest(wide, used * UNIT, hash);
	secret_wipe(wide, sizeof wide);
	return result;
}

void
mschap_hash_hash(const uint8_t password_hash[MSCHAP_HASH], uint8_t hash[MSCHAP_HASH])
{
	md4_digest(password_hash, MSCHAP_HASH, hash);
}

enum keys_result
mschap_response(const uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH],
    const uint8_t password_hash[MSCHAP_HASH], uint8_t response[MSCHAP_RESPONSE])
{
	uint8_t secrets[3][DES_SECRET] = {0};
	enum keys_result result = KEYS_OK;

	memcpy(secrets, password_hash, MSCHAP_HASH);
	for (size_t i = 0; i < 3 && result == KEYS_OK; i++)
		result = des_encrypt(secrets[i], challenge_hash, response + i * DES_BLOCK);
	if (result != KEYS_OK)
		secret_wipe(response, MSCHAP_RESPONSE);
	secret_wipe(secrets, sizeof secrets);
	return result;
}

enum keys_result
mschap_proof(const uint8_t hash_hash[MSCHAP_HASH], const uint8_t response[MSCHAP_RESPONSE],
    const uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH], uint8_t proof[MSCHAP_PROOF])
{
	uint8_t inner[DIGEST_SHA1_SIZE];
	const struct digest_piece first[] = {
	    {hash_hash, MSCHAP_HASH},
	    {response, MSCHAP_RESPONSE},
	    PIECE("Magic server to client signing constant"),
	};
	const struct digest_piece second[] = {
	    {inner, sizeof inner},
	    {challenge_hash, MSCHAP_CHALLENGE_HASH},
	    PIECE("Pad to make it do more than one iteration"),
	};

	memset(proof, 0, MSCHAP_PROOF);
	enum keys_result result =
	    digest_pieces(DIGEST_SHA1, first, sizeof first / sizeof first[0], inner);
	if (result == KEYS_OK)
		result =
		    digest_pieces(DIGEST_SHA1, second, sizeof second / sizeof second[0], proof);
	secret_wipe(inner, sizeof inner);
	return result;
}

/* All that follows from the two hashes. */
static enum keys_result
answer_hashes(const uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH],
    const uint8_t password_hash[MSCHAP_HASH], struct mschap_answer *answer)
{
	uint8_t hash_hash[MSCHAP_HASH];
	struct mppe_keys keys;

	mschap_hash_hash(password_hash, hash_hash);
	enum keys_result result = mschap_response(challenge_hash, password_hash, answer->response);
	if (result == KEYS_OK)
		result = mschap_proof(hash_hash, answer->response, challenge_hash, answer->proof);
	if (result == KEYS_OK)
		result = mppe_derive(hash_hash, answer->response, &keys);
	if (result == KEYS_OK) {
		mppe_hlak(&keys, answer->hlak);
		secret_wipe(&keys, sizeof keys);
	}
	secret_wipe(hash_hash, sizeof hash_hash);
	return result;
}

enum keys_result
mschap_respond(const char *user, const char *password, const uint8_t challenge[MSCHAP_CHALLENGE],
    const uint8_t peer[MSCHAP_CHALLENGE], struct mschap_answer *answer)
{
	uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH], password_hash[MSCHAP_HASH];

	enum keys_result result = mschap_challenge_hash(peer, challenge, user, challenge_hash);
	if (result == KEYS_OK)
		result = mschap_password_hash(password, password_hash);
	if (result == KEYS_OK) {
		result = answer_hashes(challenge_hash, password_hash, answer);
		secret_wipe(password_hash, sizeof password_hash);
	}
	if (result != KEYS_OK)
		secret_wipe(answer, sizeof *answer);
	return result;
}

bool
mschap_is_proven(const struct mschap_answer *answer, const uint8_t proof[MSCHAP_PROOF])
{
	return CRYPTO_memcmp(answer->proof, proof, MSCHAP_PROOF) == 0;
}

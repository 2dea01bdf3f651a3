#include "keys/mppe.h"

#include <string.h>

#include "base/secret.h"
#include "keys/digest.h"

/* Texts are hashed without their NUL. */
#define PIECE(chars)                       \
	{                                  \
		(chars), sizeof(chars) - 1 \
	}

#define PAD 40

/* The first 16 bytes of a SHA-1. */
static enum keys_result
hash(const struct digest_piece *pieces, size_t count, uint8_t key[MPPE_KEY])
{
	uint8_t whole[DIGEST_SHA1_SIZE];
	enum keys_result result = digest_pieces(DIGEST_SHA1, pieces, count, whole);

	memcpy(key, whole, MPPE_KEY);
	secret_wipe(whole, sizeof whole);
	return result;
}

/* GetMasterKey, RFC 3079 section 3.4 */
static enum keys_result
derive_master(const uint8_t hash_hash[MPPE_KEY], const uint8_t response[MPPE_RESPONSE],
    uint8_t master[MPPE_KEY])
{
	const struct digest_piece pieces[] = {
	    {hash_hash, MPPE_KEY},
	    {response, MPPE_RESPONSE},
	    PIECE("This is the MPPE Master Key"),
	};

	return hash(pieces, sizeof pieces / sizeof pieces[0], master);
}

/* GetAsymmetricStartKey, with the text that names the direction */
static enum keys_result
derive_key(
    const uint8_t master[MPPE_KEY], const struct digest_piece *direction, uint8_t key[MPPE_KEY])
{
	static const uint8_t zeros[PAD];
	uint8_t more[PAD];
	const struct digest_piece pieces[] = {
	    {master, MPPE_KEY}, {zeros, PAD}, *direction, {more, PAD}};

	memset(more, 0xF2, sizeof more);
	return hash(pieces, sizeof pieces / sizeof pieces[0], key);
}

enum keys_result
mppe_derive(const uint8_t hash_hash[MPPE_KEY], const uint8_t response[MPPE_RESPONSE],
    struct mppe_keys *keys)
{
	static const struct digest_piece send = PIECE(
	    "On the client side, this is the send key; on the server side, it is the receive key.");
	static const struct digest_piece receive = PIECE(
	    "On the client side, this is the receive key; on the server side, it is the send key.");

	enum keys_result result = derive_master(hash_hash, response, keys->master);
	if (result == KEYS_OK)
		result = derive_key(keys->master, &send, keys->send);
	if (result == KEYS_OK)
		result = derive_key(keys->master, &receive, keys->receive);
	if (result != KEYS_OK)
		secret_wipe(keys, sizeof *keys);
	return result;
}

void
mppe_hlak(const struct mppe_keys *keys, uint8_t hlak[KEYS_HLAK])
{
	memcpy(hlak, keys->send, MPPE_KEY);
	memcpy(hlak + MPPE_KEY, keys->receive, MPPE_KEY);
}

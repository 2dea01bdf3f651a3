#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"
#include "md4.h"
#include "mschapv2.h"

enum { DES_KEY = 7, DES_BLOCK = 8, DES_KEYS = 3, MASTER_KEY = 16, SHA_PAD = 40 };

static void
digest_text(struct text *text, uint8_t digest[SHA_DIGEST_LENGTH])
{
	SHA1((const uint8_t *)text_chars(text), text->length, digest);
	text_free(text);
}

/* --- the password --- */

static void
add_unit(struct text *units, uint32_t unit)
{
	text_add_char(units, (char)(unit & 0xff));
	text_add_char(units, (char)(unit >> 8));
}

/* UTF-16, little end first. */
static bool
add_utf16(struct text *units, const char *password)
{
	size_t left = strlen(password);
	while (left > 0) {
		uint32_t code;
		size_t size = utf8_read(password, left, &code);
		if (size == 0)
			return false;
		if (code < 0x10000)
			add_unit(units, code);
		else {
			add_unit(units, 0xd800 + ((code - 0x10000) >> 10));
			add_unit(units, 0xdc00 + ((code - 0x10000) & 0x3ff));
		}
		password += size;
		left -= size;
	}
	return true;
}

static bool
hash_password(const char *password, uint8_t hash[MSCHAPV2_HASH])
{
	struct text units = TEXT_EMPTY;
	bool valid = add_utf16(&units, password);
	md4_digest(text_chars(&units), units.length, hash);
	text_free(&units);
	return valid;
}

/* --- what it is made of --- */

struct cursor
mschapv2_user(struct cursor name)
{
	for (size_t i = name.left; i > 0; i--)
		if (name.at[i - 1] == '\\')
			return cursor_over(name.at + i, name.left - i);
	return name;
}

static void
digest_challenges(struct cursor name, struct cursor challenge, const uint8_t *peer, uint8_t *digest)
{
	uint8_t sha[SHA_DIGEST_LENGTH];
	struct text all = TEXT_EMPTY;
	struct cursor user = mschapv2_user(name);
	text_add_bytes(&all, peer, MSCHAPV2_CHALLENGE);
	text_add_bytes(&all, challenge.at, challenge.left);
	text_add_bytes(&all, user.at, user.left);
	digest_text(&all, sha);
	memcpy(digest, sha, MSCHAPV2_DIGEST);
}

/* 56 bits become eight bytes of seven each, above a bit for the parity that nobody reads. */
static void
spread_key(const uint8_t *bits, uint8_t *key)
{
	uint64_t all = 0;
	for (int i = 0; i < DES_KEY; i++)
		all = all << 8 | bits[i];
	for (int i = 0; i < DES_BLOCK; i++)
		key[i] = (uint8_t)(all >> (7 * (7 - i)) << 1);
}

/* DES is triple DES with the same key three times. */
static bool
encrypt(const uint8_t *bits, const uint8_t *block, uint8_t *encrypted)
{
	uint8_t key[DES_KEYS * DES_BLOCK];
	int length = 0;
	for (int i = 0; i < DES_KEYS; i++)
		spread_key(bits, key + (ptrdiff_t)i * DES_BLOCK);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool done = context != NULL &&
	            EVP_EncryptInit_ex(context, EVP_des_ede3_ecb(), NULL, key, NULL) == 1 &&
	            EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
	            EVP_EncryptUpdate(context, encrypted, &length, block, DES_BLOCK) == 1 &&
	            length == DES_BLOCK;
	EVP_CIPHER_CTX_free(context);
	return done;
}

bool
mschapv2_calculate(struct mschapv2 *logon, const char *password, struct cursor name,
    struct cursor challenge, const uint8_t peer[MSCHAPV2_CHALLENGE])
{
	uint8_t keys[DES_KEYS * DES_KEY] = {0};
	bool done = hash_password(password, logon->hash);
	digest_challenges(name, challenge, peer, logon->digest);
	memcpy(keys, logon->hash, MSCHAPV2_HASH);
	for (ptrdiff_t i = 0; i < DES_KEYS && done; i++)
		done = encrypt(keys + i * DES_KEY, logon->digest, logon->response + i * DES_BLOCK);
	return done;
}

/* --- what comes of it --- */

/* The digest of the password's hash, hashed again, of the response, and of its PURPOSE. */
static void
digest_logon(const struct mschapv2 *logon, const char *purpose, uint8_t sha[SHA_DIGEST_LENGTH])
{
	uint8_t twice[MD4_LENGTH];
	struct text all = TEXT_EMPTY;
	md4_digest(logon->hash, sizeof logon->hash, twice);
	text_add_bytes(&all, twice, sizeof twice);
	text_add_bytes(&all, logon->response, sizeof logon->response);
	text_add(&all, purpose);
	digest_text(&all, sha);
}

void
mschapv2_add_proof(const struct mschapv2 *logon, struct text *text)
{
	uint8_t sha[SHA_DIGEST_LENGTH];
	struct text all = TEXT_EMPTY;
	digest_logon(logon, "Magic server to client signing constant", sha);
	text_add_bytes(&all, sha, sizeof sha);
	text_add_bytes(&all, logon->digest, sizeof logon->digest);
	text_add(&all, "Pad to make it do more than one iteration");
	digest_text(&all, sha);
	text_add(text, "S=");
	hex_add(text, sha, sizeof sha);
}

static void
derive_key(const uint8_t *master, const char *purpose, uint8_t *key)
{
	uint8_t sha[SHA_DIGEST_LENGTH];
	struct text all = TEXT_EMPTY;
	text_add_bytes(&all, master, MASTER_KEY);
	for (int i = 0; i < SHA_PAD; i++)
		text_add_char(&all, '\0');
	text_add(&all, purpose);
	for (int i = 0; i < SHA_PAD; i++)
		text_add_char(&all, (char)0xf2);
	digest_text(&all, sha);
	memcpy(key, sha, MASTER_KEY);
}

void
mschapv2_keys(const struct mschapv2 *logon, uint8_t keys[MSCHAPV2_KEYS])
{
	uint8_t master[SHA_DIGEST_LENGTH];
	digest_logon(logon, "This is the MPPE Master Key", master);
	derive_key(master,
	    "On the client side, this is the send key; on the server side, it is the receive key.",
	    keys);
	derive_key(master,
	    "On the client side, this is the receive key; on the server side, it is the send key.",
	    keys + MASTER_KEY);
}

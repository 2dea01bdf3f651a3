#include "keys/digest.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>

static const struct {
	const char *name;
	size_t size;
} digests[] = {
    [DIGEST_MD5] = {"MD5", DIGEST_MD5_SIZE},
    [DIGEST_SHA1] = {"SHA1", DIGEST_SHA1_SIZE},
    [DIGEST_SHA256] = {"SHA256", DIGEST_SHA256_SIZE},
};

static bool
digest(EVP_MD_CTX *context, const EVP_MD *md, const struct digest_piece *pieces, size_t count,
    uint8_t *out)
{
	if (EVP_DigestInit_ex2(context, md, NULL) != 1)
		return false;
	for (size_t i = 0; i < count; i++)
		if (EVP_DigestUpdate(context, pieces[i].bytes, pieces[i].length) != 1)
			return false;
	return EVP_DigestFinal_ex(context, out, NULL) == 1;
}

enum keys_result
digest_pieces(enum digest_name name, const struct digest_piece *pieces, size_t count, uint8_t *out)
{
	enum keys_result result = KEYS_OK;

	ERR_set_mark();
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_MD *md = EVP_MD_fetch(NULL, digests[name].name, NULL);
	if (context == NULL)
		result = KEYS_NO_MEMORY;
	else if (md == NULL || !digest(context, md, pieces, count, out))
		result = KEYS_NO_PROVIDER;
	if (result != KEYS_OK)
		memset(out, 0, digests[name].size);
	EVP_MD_free(md);
	EVP_MD_CTX_free(context);
	ERR_pop_to_mark();
	return result;
}

enum keys_result
digest_hmac(enum digest_name name, const void *key, size_t key_length, const void *bytes,
    size_t length, uint8_t *out)
{
	size_t size = digests[name].size;

	ERR_set_mark();
	bool done = EVP_Q_mac(NULL, "HMAC", NULL, digests[name].name, NULL, key, key_length, bytes,
	                length, out, size, NULL) != NULL;
	if (!done)
		memset(out, 0, size);
	ERR_pop_to_mark();
	return done ? KEYS_OK : KEYS_NO_PROVIDER;
}

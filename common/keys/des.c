#include "keys/des.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>

#include "base/secret.h"

void
des_key(const uint8_t secret[DES_SECRET], uint8_t key[DES_KEY])
{
	uint64_t bits = 0;

	for (int i = 0; i < DES_SECRET; i++)
		bits = bits << 8 | secret[i];
	for (int i = DES_KEY - 1; i >= 0; i--, bits >>= 7) {
		unsigned seven = bits & 0x7F;
		key[i] = (uint8_t)(seven << 1 | (__builtin_parity(seven) ^ 1));
	}
}

/* Single DES is not in the default provider; encrypting, decrypting and encrypting by one key is
 * the same. */
static bool
encrypt(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const uint8_t secret[DES_SECRET],
    const uint8_t *clear, uint8_t *out)
{
	uint8_t keys[3 * DES_KEY];
	int length = 0;

	for (size_t i = 0; i < 3; i++)
		des_key(secret, keys + i * DES_KEY);
	bool done = EVP_EncryptInit_ex2(context, cipher, keys, NULL, NULL) == 1 &&
	            EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
	            EVP_EncryptUpdate(context, out, &length, clear, DES_BLOCK) == 1 &&
	            length == DES_BLOCK;
	secret_wipe(keys, sizeof keys);
	return done;
}

enum keys_result
des_encrypt(
    const uint8_t secret[DES_SECRET], const uint8_t clear[DES_BLOCK], uint8_t out[DES_BLOCK])
{
	enum keys_result result = KEYS_OK;

	ERR_set_mark();
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "DES-EDE3-ECB", NULL);
	if (context == NULL)
		result = KEYS_NO_MEMORY;
	else if (cipher == NULL || !encrypt(context, cipher, secret, clear, out))
		result = KEYS_NO_PROVIDER;
	if (result != KEYS_OK)
		memset(out, 0, DES_BLOCK);
	EVP_CIPHER_free(cipher);
	EVP_CIPHER_CTX_free(context);
	ERR_pop_to_mark();
	return result;
}

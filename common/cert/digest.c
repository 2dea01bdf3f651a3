#include "config.h"

#include "cert/digest.h"

#include <openssl/evp.h>

bool
digest_both(const void *der, size_t length, uint8_t sha1[20], uint8_t sha256[32])
{
	return EVP_Digest(der, length, sha1, NULL, EVP_sha1(), NULL) == 1 &&
	       EVP_Digest(der, length, sha256, NULL, EVP_sha256(), NULL) == 1;
}

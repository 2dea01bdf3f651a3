#include "config.h"

#include "cert/certfile.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#define CERTIFICATES_MAX 1000

/* Encrypted keys in PEM are left alone: no certificate needs one. */
static int
no_passphrase(char *buffer, int size, int writing, void *data)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

static bool
push(STACK_OF(X509) * chain, X509 *x509)
{
	if (sk_X509_num(chain) < CERTIFICATES_MAX && sk_X509_push(chain, x509) > 0)
		return true;
	X509_free(x509);
	return false;
}

/* The certificate of KEY to the front. */
static void
put_first(STACK_OF(X509) * chain, const EVP_PKEY *key)
{
	for (int i = 1; i < sk_X509_num(chain); i++) {
		const EVP_PKEY *own = X509_get0_pubkey(sk_X509_value(chain, i));

		if (own != NULL && EVP_PKEY_eq(own, key) == 1) {
			sk_X509_unshift(chain, sk_X509_delete(chain, i));
			return;
		}
	}
}

static void
read_pem(const void *bytes, int length, STACK_OF(X509) * chain)
{
	BIO *bio = BIO_new_mem_buf(bytes, length);
	EVP_PKEY *key;
	X509 *x509;

	while (bio != NULL && (x509 = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL)) != NULL)
		if (!push(chain, x509))
			break;
	if (bio != NULL && BIO_reset(bio) == 1 &&
	    (key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL)) != NULL) {
		put_first(chain, key);
		EVP_PKEY_free(key);
	}
	BIO_free(bio);
}

static void
read_der(const unsigned char *bytes, int length, STACK_OF(X509) * chain)
{
	const unsigned char *at = bytes;
	X509 *x509 = d2i_X509(NULL, &at, length);

	if (x509 != NULL && at == bytes + length)
		push(chain, x509);
	else
		X509_free(x509);
}

/* Whether the library lacks an algorithm: Windows long exported with RC2 of 40 bits, which OpenSSL
 * 3 has in its legacy provider alone. Empties the queue of errors. */
static bool
lacks_algorithm(void)
{
	unsigned long error;
	bool lacks = false;

	while ((error = ERR_get_error()) != 0)
		lacks |= ERR_GET_REASON(error) == ERR_R_UNSUPPORTED;
	return lacks;
}

static const char *
what_is_wrong(const char *passphrase)
{
	if (lacks_algorithm())
		return "--cert-file takes no PKCS#12 in an old cipher, such as RC2-40, that OpenSSL "
		       "lacks here: export it with AES-256";
	return passphrase == NULL ? "--cert-file takes PKCS#12 with its --passphrase-file"
	                          : "--passphrase-file takes the passphrase of --cert-file";
}

/* A MAC may be missing (RFC 7292 4), which PKCS12_parse() refuses as it does a wrong passphrase: it
 * is given one that fits. */
static bool
has_mac(PKCS12 *pkcs12, const char *passphrase)
{
	return PKCS12_mac_present(pkcs12) == 1 ||
	       PKCS12_set_mac(pkcs12, passphrase, -1, NULL, 0, 1, EVP_sha256()) == 1;
}

static const char *
read_pkcs12(const unsigned char *bytes, int length, const char *passphrase, STACK_OF(X509) * chain)
{
	const unsigned char *at = bytes;
	PKCS12 *pkcs12 = d2i_PKCS12(NULL, &at, length);
	STACK_OF(X509) *others = NULL;
	EVP_PKEY *key = NULL;
	X509 *own = NULL, *x509;
	const char *problem = NULL;

	if (pkcs12 == NULL)
		return NULL;
	ERR_clear_error();
	if (!has_mac(pkcs12, passphrase) ||
	    PKCS12_parse(pkcs12, passphrase == NULL ? "" : passphrase, &key, &own, &others) != 1)
		problem = what_is_wrong(passphrase);
	if (own != NULL)
		push(chain, own);
	while ((x509 = sk_X509_shift(others)) != NULL)
		push(chain, x509);
	sk_X509_free(others);
	EVP_PKEY_free(key);
	PKCS12_free(pkcs12);
	return problem;
}

STACK_OF(X509) *
    certfile_read(const void *bytes, size_t length, const char *passphrase, const char **problem)
{
	STACK_OF(X509) *chain = sk_X509_new_null();

	*problem = NULL;
	if (chain == NULL)
		return NULL;
	ERR_clear_error();
	if (length <= INT_MAX) {
		read_pem(bytes, (int)length, chain);
		if (sk_X509_num(chain) == 0)
			read_der(bytes, (int)length, chain);
		if (sk_X509_num(chain) == 0)
			*problem = read_pkcs12(bytes, (int)length, passphrase, chain);
	}
	ERR_clear_error();
	if (sk_X509_num(chain) > 0)
		return chain;
	if (*problem == NULL)
		*problem = "--cert-file takes a file with a certificate in PEM, DER or PKCS#12";
	sk_X509_free(chain);
	return NULL;
}

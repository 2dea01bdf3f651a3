/*
 * authority - for the targets that read signed objects: an issuer and a certificate of it.
 *
 * The key is the same in each run, so that what the corpus holds is signed by it: a fuzzer cannot
 * sign, and what is behind the signature would never be reached.
 */
#ifndef FUZZ_AUTHORITY_H
#define FUZZ_AUTHORITY_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509v3.h>

#include "fuzz/fuzz.h"

#define AUTHORITY_SERIAL 255
#define AUTHORITY_DATE   1800000000 /* a moment in their life */

struct authority {
	EVP_PKEY *key;
	X509 *issuer;
	X509 *own; /* signed by ISSUER, with the same key */
};

/* The private key 1, whose public key is the curve's generator. */
static inline EVP_PKEY *
authority_key(void)
{
	static const unsigned char generator[] = {4, 0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47,
	    0xF8, 0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2, 0x77, 0x03, 0x7D, 0x81, 0x2D, 0xEB,
	    0x33, 0xA0, 0xF4, 0xA1, 0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96, 0x4F, 0xE3, 0x42, 0xE2,
	    0xFE, 0x1A, 0x7F, 0x9B, 0x8E, 0xE7, 0xEB, 0x4A, 0x7C, 0x0F, 0x9E, 0x16, 0x2B, 0xCE,
	    0x33, 0x57, 0x6B, 0x31, 0x5E, 0xCE, 0xCB, 0xB6, 0x40, 0x68, 0x37, 0xBF, 0x51, 0xF5};
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *one = BN_new();
	OSSL_PARAM *params;
	EVP_PKEY *key = NULL;

	BN_one(one);
	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
	OSSL_PARAM_BLD_push_octet_string(
	    build, OSSL_PKEY_PARAM_PUB_KEY, generator, sizeof generator);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, one);
	params = OSSL_PARAM_BLD_to_param(build);
	FUZZ_CLAIM(EVP_PKEY_fromdata_init(ctx) == 1 &&
	           EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params) == 1);
	OSSL_PARAM_free(params);
	BN_free(one);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static inline void
authority_extend(X509 *x509, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	FUZZ_CLAIM(extension != NULL && X509_add_ext(x509, extension, -1) == 1);
	X509_EXTENSION_free(extension);
}

static inline X509 *
authority_certificate(EVP_PKEY *key, const char *cn, long serial)
{
	X509 *x509 = X509_new();
	X509_NAME *issuer = X509_get_issuer_name(x509), *subject = X509_get_subject_name(x509);

	X509_set_version(x509, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x509), serial);
	X509_NAME_add_entry_by_txt(
	    issuer, "CN", MBSTRING_ASC, (const unsigned char *)"CA", -1, -1, 0);
	X509_NAME_add_entry_by_txt(
	    subject, "CN", MBSTRING_ASC, (const unsigned char *)cn, -1, -1, 0);
	ASN1_TIME_set(X509_getm_notBefore(x509), AUTHORITY_DATE - 86400);
	ASN1_TIME_set(X509_getm_notAfter(x509), AUTHORITY_DATE + 86400);
	X509_set_pubkey(x509, key);
	authority_extend(x509, NID_crl_distribution_points, "URI:http://crl.example.com/ca.crl");
	if (serial != AUTHORITY_SERIAL)
		authority_extend(x509, NID_basic_constraints, "critical,CA:TRUE");
	FUZZ_CLAIM(X509_sign(x509, key, EVP_sha256()) > 0);
	return x509;
}

static inline const struct authority *
authority(void)
{
	static struct authority authority;

	if (authority.key == NULL) {
		authority.key = authority_key();
		authority.issuer = authority_certificate(authority.key, "CA", 1);
		authority.own =
		    authority_certificate(authority.key, "vpn.example.com", AUTHORITY_SERIAL);
	}
	return &authority;
}

#endif

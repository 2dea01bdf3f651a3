/*
 * pki - authorities, certificates, CRLs and OCSP responses, made when a test needs them.
 *
 * All dates are given, so nothing can expire. Extensions are lines of an openssl configuration's
 * section, "name = value"; further sections may follow. What cannot be made aborts the program.
 */
#ifndef SUPPORT_PKI_H
#define SUPPORT_PKI_H

#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PKI_DAY INT64_C(86400)

/* Someone with a certificate and its key. */
struct pki_party {
	EVP_PKEY *key;
	X509 *x509;
};

struct pki_wish {
	const char *cn;
	const char *serial;     /* hexadecimal, "-" first when negative */
	const char *extensions; /* or NULL */
	int64_t from, until;    /* dates */
	EVP_PKEY *key;          /* NULL: a new one for P-256; else it stays the caller's */
};

/* A party with a key, signed by ISSUER; NULL: by itself. */
void pki_make(struct pki_party *party, const struct pki_wish *wish, const struct pki_party *issuer);

void pki_free(struct pki_party *party);

#define PKI_CA "basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign,cRLSign\n"

struct pki_revoked {
	const char *serial;
	int reason; /* -1: none */
	int64_t on;
	const char *critical; /* the OID of an extension that is critical, or NULL */
};

struct pki_list {
	int64_t this_update, next_update; /* 0: none */
	const char *extensions;           /* or NULL */
	const struct pki_revoked *revoked;
	size_t revoked_count;
};

/* A CRL in DER, *LENGTH bytes to be freed by OPENSSL_free(). ISSUER's name stands in it, KEY signs
 * it. */
unsigned char *pki_crl(
    const struct pki_list *list, const struct pki_party *issuer, EVP_PKEY *key, size_t *length);

struct pki_status {
	int status; /* V_OCSP_CERTSTATUS_.. */
	int reason;
	int64_t revoked_on;
	int64_t this_update, next_update; /* 0: none */
	const EVP_MD *digest;             /* of the CertID */
	/* An extension that nobody knows and everybody must: of the whole, or of the part about it.
	 */
	bool critical_whole, critical_part;
};

/* An OCSP response in DER about X509, of ISSUER, signed by SIGNER whose certificate goes along. */
unsigned char *pki_ocsp(const struct pki_status *status, X509 *x509, X509 *issuer,
    const struct pki_party *signer, size_t *length);

#endif

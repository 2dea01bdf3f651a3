/*
 * certs - certificates made at the start, so none can expire in the tree.
 *
 *   Test Root -> Test Issuing CA -> the member's own       (and the same under an untrusted root)
 *
 * Members that ask for the same certificate get the same one. What cannot be made ends the program
 * with a line on stderr.
 */
#ifndef RRAS_CERTS_H
#define RRAS_CERTS_H

#include <openssl/types.h>
#include <openssl/x509.h>
#include <stdbool.h>

#include "member.h"

/* What a server shows of itself. */
struct certs_identity {
	EVP_PKEY *key;
	X509 *own;
	X509 *stranger;        /* with the same key, for sni=stranger; else NULL */
	STACK_OF(X509) * sent; /* what follows it */
};

struct certs;

/* Make the two roots and what hangs below them, with RSA keys or else P-256. */
struct certs *certs_create(bool rsa);
void certs_free(struct certs *certs);

/* The identity of MEMBER, owned by CERTS as all in it; MEMBER must stay where it is. */
const struct certs_identity *certs_for(struct certs *certs, const struct member *member);

/* Write the root as PEM, whole or not at all. */
void certs_write_root(const struct certs *certs, const char *file);
void certs_write_untrusted_root(const struct certs *certs, const char *file);

#endif

/*
 * sorts - certificates of every kind, made when a test needs them.
 */
#ifndef SYSTEM_SORTS_H
#define SYSTEM_SORTS_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum sort_key {
	SORT_EC, /* P-256 */
	SORT_P384,
	SORT_P521,
	SORT_P224,
	SORT_RSA, /* of BITS: a number that nobody can factor, so not even we have the private key
	           */
	SORT_ED25519,
	SORT_ED448,
};

enum sort_issuer {
	SORT_BY_ISSUING, /* the CA below the root */
	SORT_BY_ROOT,
	SORT_BY_ITSELF,
	SORT_BY_NOBODY,  /* a CA that is neither sent nor known */
	SORT_BY_EXPIRED, /* a CA below the root that has expired */
	SORT_BY_NO_CA,   /* a certificate below the root that may not sign */
	SORT_BY_FORGER,  /* in the name of the CA below the root, with another key */
};

struct sort {
	const char *name;
	enum sort_key key;
	int bits;
	const char *cn;         /* bytes; NULL: vpn.example.com */
	const char *extensions; /* as lines of a section; NULL: the usual ones */
	double from, until;     /* days from now; both 0: 30 days ago and in 60 */
	const char *from_text;  /* instead: a date in ASN.1's form, such as 19500101000000Z */
	const char *until_text;
	const char *serial; /* hexadecimal; NULL: 4711 */
	enum sort_issuer issuer;
	bool sha1;
};

extern const struct sort sorts[];
extern const size_t sorts_count;

struct sorts_authorities;

/* What cannot be made ends the program. */
struct sorts_authorities *sorts_begin(void);
void sorts_end(struct sorts_authorities *authorities);

X509 *sorts_make(struct sorts_authorities *authorities, const struct sort *sort);

/* Write a certificate of SORT, behind it DEPTH authorities up to below the root, as PEM. */
void sorts_write_deep(
    struct sorts_authorities *authorities, const struct sort *sort, int depth, FILE *file);

/* The root, and what is sent along with a certificate of SORT; NULL for nothing. Borrowed. */
X509 *sorts_root(const struct sorts_authorities *authorities);
X509 *sorts_issuer(const struct sorts_authorities *authorities, const struct sort *sort);

#endif

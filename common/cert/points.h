/*
 * points - where a certificate says that its revocation can be looked up.
 */
#ifndef CERT_POINTS_H
#define CERT_POINTS_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>

#define POINTS_MAX 6 /* of each kind; no client would try more */

/* In the order in which they are named. */
struct points_list {
	char *urls[POINTS_MAX]; /* as they stand in the certificate, or the CRL, "" for one that
	                           holds a NUL; not sanitised, owned */
	size_t count;
	size_t left_out; /* more than there is room for */
};

struct points {
	struct points_list crl;  /* of the CRL distribution points (RFC 5280 4.2.1.13) */
	struct points_list ocsp; /* of the authority information access (4.2.2.1) */
};

/* Fill *POINTS, which points_free() releases. False when memory ran out. */
bool points_read(X509 *x509, struct points *points);
void points_free(struct points *points);

/* The same for the delta CRLs that a CRL names (RFC 5280 5.2.6); points_list_free() releases them.
 */
bool points_read_freshest(const X509_CRL *crl, struct points_list *list);
void points_list_free(struct points_list *list);

#endif

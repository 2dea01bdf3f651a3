/*
 * certfile - certificates out of a file, in whatever form it holds them: PEM, DER or PKCS#12.
 */
#ifndef CERT_CERTFILE_H
#define CERT_CERTFILE_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The certificates in the LENGTH BYTES of a file, the server's own first: in PEM and PKCS#12 the
 * one that a private key belongs to, where there is one, else the first. PASSPHRASE opens PKCS#12,
 * may be NULL, and is of no use for the other forms. To be freed by sk_X509_pop_free(). NULL when
 * that fails; *PROBLEM then completes "--cert-file .." or "--passphrase-file ..", or is NULL when
 * memory ran out.
 */
STACK_OF(X509) *
    certfile_read(const void *bytes, size_t length, const char *passphrase, const char **problem);

#endif

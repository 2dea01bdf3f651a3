/*
 * ocsp - asking for one certificate's status, and what the answer says (RFC 6960, RFC 5019).
 *
 * As Windows clients do it: the request names the certificate by SHA-1 digests and carries no
 * nonce, so that answers may be made in advance; one in an answer does no harm. An answer counts
 * when the issuer signed it, or a responder whom the issuer authorised, and it holds this very
 * certificate.
 */
#ifndef CERT_OCSP_H
#define CERT_OCSP_H

#include <openssl/x509.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/revocation.h"

#define OCSP_REQUEST_TYPE "application/ocsp-request"

/* Append a request in DER; TEXT fails when memory ran out. */
void ocsp_add_request(struct text *text, X509 *x509, X509 *issuer);

/* Append REQUEST in the form that follows the responder's URL in a GET (RFC 6960 A.1). */
void ocsp_add_path(struct text *text, const struct text *request);

/* Read LENGTH BYTES of DER as of DATE and fill what FACTS says of the answer. CHAIN are further
 * certificates that may be needed to verify a responder. */
void ocsp_read(const void *bytes, size_t length, X509 *x509, X509 *issuer, STACK_OF(X509) * chain,
    int64_t date, struct facts_source *facts);

#endif

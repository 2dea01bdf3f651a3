/*
 * crl - what a certificate revocation list says of one certificate (RFC 5280 5 and 6.3).
 *
 * A list counts when the certificate's issuer signed it and its scope holds the certificate. Delta
 * and indirect lists, lists for some reasons only and those with a critical extension that is not
 * known are reported as not judged.
 */
#ifndef CERT_CRL_H
#define CERT_CRL_H

#include <openssl/x509.h>
#include <stddef.h>

#include "facts/revocation.h"

/* Read LENGTH BYTES of DER and fill what FACTS says of the answer: SAID, WORDS, the dates, REASON.
 * Dates are filled also where the list is of no use. */
void crl_read(
    const void *bytes, size_t length, X509 *x509, X509 *issuer, struct facts_source *facts);

#endif

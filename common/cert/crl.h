/*
 * crl - what a certificate revocation list says of one certificate (RFC 5280 5 and 6.3).
 *
 * A list counts when the certificate's issuer signed it and its scope holds the certificate. A
 * delta list counts only where one was asked for, beside the list that named it. Elsewhere it is
 * reported as not judged; so are indirect lists, lists for some reasons only and those with a
 * critical extension that is not known.
 */
#ifndef CERT_CRL_H
#define CERT_CRL_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>

#include "cert/points.h"
#include "facts/revocation.h"

/* Read LENGTH BYTES of DER and fill what FACTS, whose KIND and, of a delta, URL are known, says of
 * the answer: SAID, WORDS, the dates, REASON, NUMBER. Dates are filled also where the list is of no
 * use. */
void crl_read(
    const void *bytes, size_t length, X509 *x509, X509 *issuer, struct facts_source *facts);

/* Where the delta of the list in LENGTH BYTES of DER is, which points_list_free() releases. False
 * when memory ran out. */
bool crl_read_freshest(const void *bytes, size_t length, struct points_list *list);

#endif

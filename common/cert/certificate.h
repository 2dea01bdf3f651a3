/*
 * certificate - from an X509 to plain values.
 */
#ifndef CERT_CERTIFICATE_H
#define CERT_CERTIFICATE_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"

/* Fill *CERTIFICATE, which facts_certificate_free() releases. False when memory ran out. */
bool certificate_read(X509 *x509, struct facts_certificate *certificate);

/* Seconds since 1970-01-01 UTC, 0 for what is no date, NULL included. */
int64_t certificate_date(const ASN1_TIME *time);

/* The common name, or the whole name where there is none, sanitised; "no name" for an empty one:
 * the names may be in subjectAltName alone (RFC 5280 4.1.2.6). To be freed. NULL when memory ran
 * out. */
char *certificate_name(const X509_NAME *name);

/* That of its subject. */
char *certificate_about(X509 *x509);

#endif

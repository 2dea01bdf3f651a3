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

/* The common name, or the whole subject where there is none, sanitised; to be freed. NULL when
 * memory ran out. */
char *certificate_about(X509 *x509);

#endif

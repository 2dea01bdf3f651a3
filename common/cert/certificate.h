/*
 * certificate - from an X509 to plain values.
 */
#ifndef CERT_CERTIFICATE_H
#define CERT_CERTIFICATE_H

#include <openssl/x509.h>
#include <stdbool.h>

#include "facts/facts.h"

/* Fill *CERTIFICATE, which facts_certificate_free() releases. False when memory ran out. */
bool certificate_read(X509 *x509, struct facts_certificate *certificate);

#endif

/*
 * names - does a certificate belong to the name that clients dial? (RFC 6125, RFC 2818)
 */
#ifndef CERT_NAMES_H
#define CERT_NAMES_H

#include <openssl/x509.h>

#include "facts/facts.h"

/* Compare with the alternative names; with the common name only where there are no alternative DNS
 * names. A wildcard stands for one whole leftmost label. An address matches addresses alone. */
enum facts_name_match names_match(X509 *x509, const char *name);

#endif

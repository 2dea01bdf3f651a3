/*
 * trust - the anchors of this poller, and whether a chain leads to one of them.
 *
 * The system's anchors are looked up in its hashed directory, which costs a few file look-ups; the
 * bundle, two hundred times dearer, is read only where the directory holds no hash links, or once
 * before a chain is called untrusted. SSL_CERT_DIR and SSL_CERT_FILE are honoured.
 */
#ifndef CERT_TRUST_H
#define CERT_TRUST_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"

struct trust;

/* Anchors from FILE (PEM) and the hashed directory DIRECTORY, either may be NULL; both NULL: the
 * system's. NULL when they cannot be used; *PROBLEM then completes "--ca-file .." or is NULL when
 * memory ran out. */
struct trust *trust_create(const char *file, const char *directory, const char **problem);
void trust_destroy(struct trust *trust);

/* Build and verify a path for CHAIN at DATE as a TLS client does for a server, recording every
 * error instead of stopping at the first, and the path when it leads to an anchor. Of several paths
 * the best counts, as with Windows: an expired certificate does no harm where another one of that
 * authority was sent. The name is not looked at: names.h. */
void trust_check(
    struct trust *trust, STACK_OF(X509) * chain, int64_t date, struct facts_trust *facts);

/* Who issued X509: LIKELY, unless NULL, an anchor, or one of CHAIN, whose key verifies its
 * signature. NULL when it is not at hand; else to be freed by X509_free(). What trust_check() read
 * before is not read again. */
X509 *trust_issuer(struct trust *trust, STACK_OF(X509) * chain, X509 *likely, X509 *x509);

#endif

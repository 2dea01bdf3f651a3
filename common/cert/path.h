/*
 * path - the certificates whose revocation matters, and who issued them.
 *
 * From the server's own up to below the root, as Windows clients check a chain: the root is trusted
 * for itself.
 */
#ifndef CERT_PATH_H
#define CERT_PATH_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cert/trust.h"

#define PATH_LINKS_MAX 8

struct path_link {
	X509 *x509;
	X509 *issuer; /* NULL: neither sent nor known, or not asked for */
	uint8_t sha256[32];
	char *about; /* its common name, or its whole subject */
};

struct path {
	STACK_OF(X509) * chain; /* as it was sent */
	struct path_link links[PATH_LINKS_MAX];
	size_t count; /* 0 for a certificate that has signed itself */
	bool cut;     /* it goes on above the last of the links, and there is no room for more */
};

/*
 * Begin with the first of CHAIN and go from issuer to issuer, or no further when LEAF_ALONE, along
 * the path that trust_check() put down in VERIFIED for CHAIN; VERIFIED may be NULL. Where there is
 * none, issuers are those of trust_issuer(); without TRUST whoever of CHAIN bears the name is
 * followed, nobody twice. Without TRUST no issuer is put down. False when memory ran out;
 * path_free() is due in any case.
 */
bool path_build(struct path *path, struct trust *trust, STACK_OF(X509) * chain,
    const struct facts_trust *verified, bool leaf_alone);

void path_free(struct path *path);

#endif

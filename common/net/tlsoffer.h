/*
 * tlsoffer - what a TLS client offers: versions, ciphers, how strong they must be.
 *
 * Made once per run from settings, as an SSL_CTX for tls_create(); any number of connections may
 * use it. Versions are as on the wire (0x0303: TLS 1.2), as TLS1_2_VERSION and so on.
 */
#ifndef NET_TLSOFFER_H
#define NET_TLSOFFER_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "net/tls.h"

struct tlsoffer_settings {
	int version_min;    /* 0: the limit of the library and of openssl.cnf */
	int version_max;    /* likewise */
	int security_level; /* -1: the library's own */
	bool legacy_renegotiation;
	bool staple;     /* ask for an OCSP response beside the certificate (RFC 6066 8) */
	bool no_tickets; /* take none up to TLS 1.2: a session is then known by its id alone */
	bool wide_open; /* every version and cipher there is, to find out what a server would accept
	                 */
};

/* NULL when the library cannot do what is asked; REASON (SIZE bytes) then says why. */
SSL_CTX *tlsoffer_create(const struct tlsoffer_settings *settings, char *reason, size_t size);
/* NULL is allowed. */
void tlsoffer_destroy(SSL_CTX *offer);

/* The lowest and highest version in it. */
void tlsoffer_range(SSL_CTX *offer, int *low, int *high);

/* Whether what a completed handshake agreed on is in OFFER as well: version and cipher, a key
 * exchange of its security level, and no signature by MD5 or SHA-1, which few offers still hold. */
bool tlsoffer_covers(SSL_CTX *offer, const struct tls *tls);

#endif

/*
 * tls - the server's side of TLS, in health and with every fault of a handshake.
 */
#ifndef RRAS_TLS_H
#define RRAS_TLS_H

#include <openssl/types.h>
#include <stdbool.h>

#include "certs.h"
#include "line.h"
#include "member.h"

/* What all connections to MEMBER share. NULL, with a line on stderr, when its knobs ask OpenSSL for
 * something that it does not have. */
SSL_CTX *tls_context(const struct member *member, const struct certs_identity *identity);

/* Read the client's first record, the ClientHello, and make nothing of it. */
bool tls_swallow_hello(struct line *line);

/* Send a fatal alert, unprotected. */
bool tls_write_alert(struct line *line, long description);

/* A real handshake; line->ssl is there when it went well. */
bool tls_accept(struct line *line);

#endif

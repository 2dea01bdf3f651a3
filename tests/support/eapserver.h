/*
 * eapserver - the server's side of TLS in EAP-TLS and PEAP: OpenSSL in memory, and its own
 * fragments.
 *
 * It is as honest as the test that uses it: what is said inside, and when, comes from there. What
 * cannot be made aborts the program.
 */
#ifndef SUPPORT_EAPSERVER_H
#define SUPPORT_EAPSERVER_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "support/pki.h"

struct eapserver_wish {
	uint8_t type;    /* 13 or 25 */
	int version;     /* of TLS, as TLS1_2_VERSION: this one alone */
	size_t fragment; /* so many bytes of TLS in a Request at the most */
	X509 *client_ca; /* who may have signed the client's certificate; NULL: none is asked for */
};

struct eapserver {
	struct eapserver_wish wish;
	SSL_CTX *ssl_ctx;
	SSL *ssl;
	uint8_t identifier;
	bool started;
	bool awaits_more; /* the client's last fragment was not its last */
	struct text out;  /* what is being sent */
	size_t sent;
	struct text plain; /* what the client has said inside */
};

/* Begin with the certificate of PARTY, which is used up to the end. */
void eapserver_begin(
    struct eapserver *server, const struct eapserver_wish *wish, const struct pki_party *party);
void eapserver_end(struct eapserver *server);

/* Append the next Request: that TLS shall start, a fragment, or an empty one. */
void eapserver_ask(struct eapserver *server, struct text *request);

/* Take a Response of the type; false when TLS is broken, or it was none. */
bool eapserver_take(struct eapserver *server, const void *bytes, size_t length);

/* Say something inside, once the handshake is complete; eapserver_ask() then carries it. */
void eapserver_say(struct eapserver *server, const void *bytes, size_t length);

/* Whether a fragment is still to be sent, or to come. */
bool eapserver_is_busy(const struct eapserver *server);

/* The 128 bytes that the handshake gives both sides. */
void eapserver_export(struct eapserver *server, uint8_t keys[128]);

#endif

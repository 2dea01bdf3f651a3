/*
 * tlspeer - the TLS client inside EAP-TLS and PEAP (RFC 5216, RFC 9190, MS-PEAP).
 *
 * Over memory: what the server sends goes in, what is to be sent to it comes out. The outer TLS
 * completes whatever certificate it meets, for a report; this one ends when the server's does not
 * verify or does not bear the name, for a credential would follow.
 */
#ifndef PROBE_TLSPEER_H
#define PROBE_TLSPEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"

/* Strings are borrowed for the call alone. */
struct tlspeer_settings {
	const char *ca_file;     /* PEM: who may have signed the server's certificate */
	const char *server_name; /* that it must bear */
	const char *certificate; /* of the client: PEM with its chain, or PKCS#12; NULL: none */
	const char *key;         /* PEM; NULL: in the file of the certificate */
	const char *passphrase;  /* of the key or of the PKCS#12; NULL: none */
	int version_max;         /* as on the wire, 0x0303 is TLS 1.2 */
};

/* What is the same for all connections of a run. */
struct tlspeer_context;

/* NULL when the settings cannot be used; *PROBLEM then says which option and what it takes, or that
 * memory ran out. */
struct tlspeer_context *tlspeer_context_create(
    const struct tlspeer_settings *settings, const char **problem);
void tlspeer_context_destroy(struct tlspeer_context *context);

/* The client's own certificate, or NULL when there is none. */
const struct facts_certificate *tlspeer_certificate(const struct tlspeer_context *context);

struct tlspeer;

/* A client whose server's certificate is judged as of DATE; what it finds goes to FACTS, which must
 * outlive it. NULL when memory ran out. */
struct tlspeer *tlspeer_create(
    struct tlspeer_context *context, struct facts_tls *facts, int64_t date);
void tlspeer_destroy(struct tlspeer *tlspeer);

enum tlspeer_state {
	TLSPEER_GOING,  /* it is the server's turn */
	TLSPEER_UP,     /* the handshake is complete, and the server is who it should be */
	TLSPEER_FAILED, /* facts_tls says why; an alert may be in OUT */
};

/* Take LENGTH bytes of the server, none to begin; what is to be sent is appended to OUT. */
enum tlspeer_state tlspeer_feed(
    struct tlspeer *tlspeer, const void *bytes, size_t length, struct text *out);

/* Append what the server has said inside the tunnel; false when TLS failed, with an alert for the
 * server appended to OUT. */
bool tlspeer_read(struct tlspeer *tlspeer, struct text *plain, struct text *out);

/* Say LENGTH bytes inside the tunnel: the records are appended to OUT. What TLS itself had to
 * answer since the handshake, such as a key update, goes first. */
bool tlspeer_write(struct tlspeer *tlspeer, const void *bytes, size_t length, struct text *out);

#define TLSPEER_KEYS 128 /* bytes: the MSK, then the EMSK */

/* The keys that the handshake gives to the EAP method TYPE (13 or 25); to be wiped. */
bool tlspeer_export(struct tlspeer *tlspeer, uint8_t type, uint8_t keys[TLSPEER_KEYS]);

#endif

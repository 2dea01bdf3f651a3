/*
 * tls - TLS client connections over OpenSSL 3, never blocking.
 *
 * What is the same for all connections, and what they offer, is an SSL_CTX: see tlsoffer.h. A
 * connection belongs to one socket. Certificates are recorded, not judged: the handshake completes
 * whatever the chain looks like, and the chain is kept even when the handshake fails later. No
 * client certificate is ever sent, and no ALPN: with "h2" HTTP.sys would choose HTTP/2, where SSTP
 * does not exist.
 */
#ifndef NET_TLS_H
#define NET_TLS_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

enum tls_result {
	TLS_DONE,       /* the step is complete */
	TLS_WANT_READ,  /* call again when the socket can be read */
	TLS_WANT_WRITE, /* call again when the socket can be written */
	TLS_EOF,        /* the stream ended, with or without close_notify */
	TLS_RESET,      /* the connection was reset */
	TLS_ALERT,      /* the server sent a fatal alert */
	TLS_NOT_TLS,    /* what came back is no TLS record: tls_first_bytes() */
	TLS_REFUSED,    /* our library refused what the server sent: tls_reason() */
	TLS_OURS,       /* our library cannot do what we asked of it: tls_reason() */
	TLS_NO_MEMORY,
	TLS_SYSTEM, /* any other errno */
};

struct tls;

/* An SSL_CTX for tls_create(), with what the library offers by itself. NULL when it cannot be made:
 * tls_describe_error(). First of all OpenSSL's callers it decides what of the library is set up. */
SSL_CTX *tls_prepare(void);

/* What OpenSSL's queue of errors begins with, as far as it has words; they may be taken from it. */
void tls_describe_error(char *reason, size_t size);

/* A client on a connected socket, which it uses but does not own; CONTEXT comes of tls_prepare().
 * SNI is the server name to send, or NULL. NULL when memory ran out. */
struct tls *tls_create(SSL_CTX *context, int descriptor, const char *sni);
void tls_destroy(struct tls *tls);

/*
 * Told of each message of the handshake (CONTENT 22), alert (21) and change of ciphers (20), with
 * its bytes without the record around it.
 */
typedef void tls_watcher(
    void *owner, bool sent, int content, const unsigned char *bytes, size_t length);

/* Let WATCHER know from now on, for as long as the connection lives. */
void tls_watch(struct tls *tls, tls_watcher *watcher, void *owner);

enum tls_result tls_handshake(struct tls *tls);

/* TLS_DONE with *TAKEN bytes, at least one. */
enum tls_result tls_read(struct tls *tls, void *bytes, size_t room, size_t *taken);
enum tls_result tls_write(struct tls *tls, const void *bytes, size_t length, size_t *taken);

/*
 * A session: what a later connection offers to be spared a full handshake. It outlives the
 * connection and the context that it comes from.
 */
struct tls_session;

/* The session of a connection whose handshake is done, to be freed by the caller; NULL where the
 * server gave none, or for want of memory. TLS 1.3 sends it behind the handshake: it is there once
 * an answer was read. */
struct tls_session *tls_session_take(const struct tls *tls);
void tls_session_free(struct tls_session *session);

/* Whether it is a ticket, which only the server can read, and not an id that the server keeps
 * (RFC 5077). All sessions of TLS 1.3 are tickets. */
bool tls_session_is_ticket(const struct tls_session *session);

/* Offer SESSION in the handshake that is still to come; it may be offered as often as one likes.
 * False when memory ran out. */
bool tls_offer(struct tls *tls, const struct tls_session *session);

/* Whether the server took up the session that was offered: there is no chain then, for it showed
 * none. */
bool tls_resumed(const struct tls *tls);

/* Send close_notify if that is possible at once; never waits for the peer's. */
void tls_close(struct tls *tls);

/* The chain as the server sent it, its own certificate first; NULL before it came. Borrowed. */
STACK_OF(X509) * tls_chain(const struct tls *tls);

/* The OCSP response that was stapled to it; NULL, *LENGTH 0, without one. Borrowed. */
const unsigned char *tls_stapled(const struct tls *tls, size_t *length);

int tls_alert(const struct tls *tls);           /* description of a fatal alert received, or -1 */
const char *tls_reason(const struct tls *tls);  /* OpenSSL's words for the last failure, or "" */
int tls_errno(const struct tls *tls);           /* errno of the last failure */
const char *tls_version(const struct tls *tls); /* "TLSv1.3" */
const char *tls_cipher(const struct tls *tls);
bool tls_certificate_requested(const struct tls *tls);

/* The chain came but there was no memory to keep it. */
bool tls_no_memory(const struct tls *tls);

/* For what else was agreed; borrowed, to be read alone. */
SSL *tls_ssl(const struct tls *tls);

/* Whether the server has sent anything at all. */
bool tls_heard(const struct tls *tls);

/* The first bytes that came from the server, up to 16; none when they begin a TLS record. */
const unsigned char *tls_first_bytes(const struct tls *tls, size_t *length);

#endif

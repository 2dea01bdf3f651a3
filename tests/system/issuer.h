/*
 * issuer - a server of CRLs and OCSP answers on loopback, and a TLS server beside it that shows
 * the certificate in question.
 *
 * Both ports are open, and known, before the certificates are made that name them. It runs in
 * processes of its own and speaks no code of ours but that which makes certificates.
 */
#ifndef SYSTEM_ISSUER_H
#define SYSTEM_ISSUER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/pki.h"

#define ISSUER_PAGES_MAX 4
#define ISSUER_FLOOD     ((size_t)200 << 20) /* bytes */

enum issuer_way {
	ISSUER_WHOLE,   /* with its length */
	ISSUER_CHUNKED, /* in chunks of 100 bytes */
	ISSUER_CLOSED,  /* its end is the end of the connection */
	ISSUER_POST,    /* as a whole, and 405 for a GET */
	ISSUER_MISSING, /* 404 */
	ISSUER_MOVED,   /* 302 to TO */
	ISSUER_SILENT,  /* no answer */
	ISSUER_DRIP,    /* a byte now and then */
	ISSUER_CUT,     /* closed in the middle */
	ISSUER_FLOODED, /* ISSUER_FLOOD bytes, without a length */
	ISSUER_HUGE,    /* ISSUER_FLOOD bytes, announced */
};

struct issuer_page {
	const char *path; /* what it begins with */
	enum issuer_way way;
	const char *to;
	unsigned char *bytes; /* to be freed by OPENSSL_free(); may be NULL */
	size_t length;
};

struct issuer {
	int http, tls; /* listening sockets */
	unsigned http_port, tls_port;
	struct issuer_page pages[ISSUER_PAGES_MAX];
	size_t pages_count;
	struct pki_party own; /* what the TLS server shows */
	X509 *above;          /* and sends with it */
	unsigned char *staple;
	size_t staple_length;
	pid_t process;
	int requests; /* a pipe: a line for each request */
};

/* Open both ports. */
void issuer_open(struct issuer *issuer);

/* Begin to serve, once all is filled in. */
void issuer_serve(struct issuer *issuer);

/* Stop, and free pages, certificates and staple. How many requests asked for what begins with PATH
 * goes to *COUNT, where that is not NULL. */
void issuer_close(struct issuer *issuer, const char *path, size_t *count);

#endif

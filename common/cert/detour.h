/*
 * detour - another path than the one that failed.
 *
 * An authority may have several certificates with the same key: its own as a root, and one from
 * each authority that certifies it as well. OpenSSL follows the first that it meets, prefers those
 * that are known here, and does not come back; Windows weighs all paths and takes the best.
 */
#ifndef CERT_DETOUR_H
#define CERT_DETOUR_H

#include <openssl/x509.h>
#include <stdbool.h>

#define DETOURS_MAX 8 /* no more paths are tried; a server may send any number of certificates */

struct detour {
	STACK_OF(X509) * left; /* of the chain that was sent, for the next path; owned */
	bool sent_first;       /* before what is known here */
};

/* All of CHAIN, which stays the caller's and must outlive it. False when memory ran out. */
bool detour_begin(struct detour *detour, STACK_OF(X509) * chain);
void detour_end(struct detour *detour);

/* PATH failed, the server's own certificate first; it may be NULL. Prepare for the next one: what
 * is highest in PATH and can be replaced is left out. False when there is nothing of that kind. */
bool detour_take(struct detour *detour, STACK_OF(X509) * path);

#endif

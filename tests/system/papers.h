/*
 * papers - the files of a client that logs on with a certificate, good ones and bad ones.
 */
#ifndef SYSTEM_PAPERS_H
#define SYSTEM_PAPERS_H

#include <stdbool.h>

/*
 * Write to FOLDER:
 *
 *   nps-ca.pem      the authority of all
 *   client.pem      certificate and key
 *   client.crt      the certificate alone
 *   client.key      the key alone
 *   locked.key      the same, which PAPERS_PASSPHRASE opens
 *   locked.p12      certificate and key, likewise
 *   no-mac.p12      the same without what proves the passphrase
 *   passphrase      that
 *   other.key       another's
 *   past.pem        a certificate that has expired, and its key
 *   future.pem      one that is not valid yet
 *   server.pem      one for servers
 */
bool papers_write(const char *folder);

#define PAPERS_PASSPHRASE "open sesame"

#endif

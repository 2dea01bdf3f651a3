/*
 * witness - what rras-sim saw of the clients of a row, and no output shows.
 */
#ifndef SYSTEM_WITNESS_H
#define SYSTEM_WITNESS_H

#include "rows.h"

/*
 * A test fails where SAID, the journal of rras-sim (rras/journal.h), tells of
 *
 *   a breach of a protocol, or a call that was left without a good-bye, or with another than an
 *   Abort where the server aborts it
 *   an offer of ALPN: with h2 HTTP.sys would choose HTTP/2, which has no SSTP
 *   another name in TLS or in the Host header than the one that clients dial
 *   two calls with one correlation id, or with one that is none
 */
void witness_hear(const struct row *row, const char *said);

#endif

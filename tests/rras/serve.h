/*
 * serve - one client, from the accept to the end, in the order of the protocol.
 */
#ifndef RRAS_SERVE_H
#define RRAS_SERVE_H

#include <stdbool.h>

#include "member.h"

/* Serve the client on DESCRIPTOR in a thread of its own, as the member at whose address it arrived.
 * NUMBER counts the connections since the start. DESCRIPTOR is closed in the end. */
void serve(int descriptor, const struct members *members, unsigned number);

/* Wait until no client is served any more, but at most SECONDS. False: some still are. */
bool serve_wait(double seconds);

#endif

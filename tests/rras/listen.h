/*
 * listen - the sockets at which clients arrive.
 *
 * One listener on 0.0.0.0 serves all of 127/8, and the address a client came to says which member
 * it wants. IPv6 members have a listener each. Where an address must not answer (tcp=refuse,
 * tcp=blackhole) the wildcard would answer for it; so then each named member and 127.0.0.1 has a
 * listener of its own instead, and no other address exists.
 */
#ifndef RRAS_LISTEN_H
#define RRAS_LISTEN_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "member.h"

struct listen {
	struct pollfd *sockets; /* one for stdin, then those that listen or keep others from it */
	size_t count;
	uint16_t port; /* the same for all */
};

/* Listen on PORT, or with 0 on one that is free everywhere. False, with a line on stderr, when that
 * cannot be. */
bool listen_begin(struct listen *listen, const struct members *members, uint16_t port);

/* Serve clients, for ever or until stdin ends. */
void listen_run(const struct listen *listen, const struct members *members, bool watch_stdin);

#endif

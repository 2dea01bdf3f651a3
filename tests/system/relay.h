/*
 * relay - a way to a server that is as long as wanted: what either end sends arrives later, in
 * order, and nothing is lost. Connections themselves are taken at once.
 */
#ifndef SYSTEM_RELAY_H
#define SYSTEM_RELAY_H

#include <sys/types.h>

struct relay {
	pid_t pid;
	int port; /* of 127.0.0.1, on which it listens */
};

/* Begin a process that relays to PORT of ADDRESS, DELAY seconds later in each direction. A test
 * fails if that cannot be. */
void relay_start(const char *address, int port, double delay, struct relay *relay);

void relay_stop(struct relay *relay);

#endif

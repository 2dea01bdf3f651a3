/*
 * resolve - names to addresses without blocking the loop.
 *
 * getaddrinfo() blocks and cannot be cancelled, so it runs in at most RESOLVE_THREADS detached
 * threads that are started when a name needs one; numeric hosts need none. A thread that is still
 * stuck at the deadline is abandoned: resolve_stuck() says so, and the program must then leave by
 * _exit().
 */
#ifndef NET_RESOLVE_H
#define NET_RESOLVE_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "net/loop.h"

#define RESOLVE_THREADS 32 /* fewer where descriptors are few: each needs one or two */

struct resolve_address {
	struct sockaddr_storage address;
	socklen_t length;
};

struct resolve_answer {
	int error;      /* 0, or EAI_.. */
	int system;     /* errno behind EAI_SYSTEM */
	bool timed_out; /* the deadline came first */
	bool interrupted;
	struct resolve_address *addresses; /* in the resolver's order, duplicates left out; owned by
	                                      the request until resolve_end() */
	size_t count;
	size_t left_out; /* of a name: 0.0.0.0 and ::, to which connect() takes this very host */
	const char *nowhere; /* the first of those in figures, or NULL */
};

struct resolve;
typedef void resolve_done(void *owner, const struct resolve_answer *answer);

/*
 * Ask for the addresses of HOST, with FAMILY AF_UNSPEC, AF_INET or AF_INET6. DONE is called once,
 * from the loop. NULL when memory, a thread or a descriptor is not to be had (errno says which);
 * DONE is then not called.
 */
struct resolve *resolve_begin(struct loop *loop, const char *host, uint16_t port, int family,
    int64_t deadline, resolve_done *done, void *owner);

/* Forget a request, finished or not, and free it. DONE is not called any more. */
void resolve_end(struct resolve *resolve);

/* Whether ERROR, of an answer, says that there is no such name or no such address of it. */
bool resolve_is_absence(int error);

/* Whether a thread is still inside getaddrinfo(). */
bool resolve_stuck(void);

/* Read an address in figures; false for anything else, names included. */
bool resolve_figures(const char *chars, struct resolve_address *address);

/* The numeric form of an address, with the zone of a link-local one. CHARS has room for SIZE. */
void resolve_numeric(const struct sockaddr *address, socklen_t length, char *chars, size_t size);

#endif

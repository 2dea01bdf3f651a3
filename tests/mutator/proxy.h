/*
 * proxy - one connection through a network that mutates it.
 *
 * It never blocks: its owner polls. Each side's bytes are also kept as they were sent, for who has
 * to judge what the mutation hit.
 */
#ifndef MUTATOR_PROXY_H
#define MUTATOR_PROXY_H

#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "mutation.h"

/* From one side to the other. */
struct proxy_way {
	struct text said;  /* by the one, as it was */
	struct text heard; /* what the other gets, with what it has got already */
	size_t sent;       /* of HEARD */
	struct text kept;  /* see mutation_apply() */
	int64_t release;   /* end of the pause; 0 before it begins */
	bool ended;        /* the one says no more */
	bool shut;         /* and the other knows */
};

struct proxy {
	struct mutation mutation;
	struct mutation_exchange exchange; /* as it was said */
	int descriptors[MUTATION_SIDES];   /* -1 when all is over */
	struct proxy_way ways[MUTATION_SIDES];
};

/* Accept a client of LISTENER and connect it to SERVER. False when that cannot be. */
bool proxy_open(struct proxy *proxy, int listener, const struct sockaddr_in *server,
    const struct mutation *mutation);

/* What to poll for, and until when at the latest (base/deadline.h). */
int64_t proxy_prepare(const struct proxy *proxy, struct pollfd polls[MUTATION_SIDES]);

/* Go on after the poll. */
void proxy_go_on(struct proxy *proxy, const struct pollfd polls[MUTATION_SIDES]);

bool proxy_is_over(const struct proxy *proxy);

/* Close what is open and free all. */
void proxy_free(struct proxy *proxy);

#endif

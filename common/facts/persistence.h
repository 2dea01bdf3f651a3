/*
 * persistence - whether clients that come back to a balancer find the server that knows them, as
 * far as TLS shows.
 *
 * For each kind of session a first connection takes one, and those that follow, one after the
 * other, offer it again: always that of the first.
 */
#ifndef FACTS_PERSISTENCE_H
#define FACTS_PERSISTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"

enum facts_offer {
	FACTS_OFFER_ID,     /* up to TLS 1.2: an id, under which the server keeps the session */
	FACTS_OFFER_TICKET, /* up to TLS 1.2: a ticket, which holds the session (RFC 5077) */
	FACTS_OFFER_TLS13,  /* a ticket of TLS 1.3 */
	FACTS_OFFERS,
};

enum facts_return {
	FACTS_RETURN_FAILED,  /* no handshake was completed */
	FACTS_RETURN_FULL,    /* the session was not taken up */
	FACTS_RETURN_RESUMED, /* it was */
};

/* What came of one kind of session. */
struct facts_returns {
	bool excluded;              /* the limits to TLS leave no room for it */
	bool tried;                 /* the first connection was begun */
	enum facts_symptom symptom; /* of its handshake */
	bool first_dropped;         /* the far end refused, reset or closed it, and had served
	                               another before that came as this one did */
	bool given;                 /* it brought a session of the kind */
	enum facts_return *list;    /* of those that followed, in their order; owned */
	size_t count;
	size_t dropped; /* how many of them the far end refused, reset or closed */
	/* Of full handshakes alone, for a server that takes up a session shows none. */
	uint8_t first[32]; /* the SHA-256 of the certificate of the first connection */
	bool others;       /* another one was seen after that */
};

struct facts_persistence {
	size_t wanted; /* how often each session was to be offered */
	struct facts_returns by[FACTS_OFFERS];
};

/* NULL when memory ran out. */
struct facts_persistence *facts_persistence_create(size_t wanted);
void facts_persistence_free(struct facts_persistence *persistence);

/* How many of RETURNS ended as OUTCOME. */
size_t facts_persistence_count(const struct facts_returns *returns, enum facts_return outcome);

/* "tls12-id", "tls12-ticket", "tls13". */
const char *facts_persistence_name(enum facts_offer offer);

#endif

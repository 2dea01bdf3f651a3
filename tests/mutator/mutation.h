/*
 * mutation - what a network between client and server does to their bytes, chosen by a seed.
 *
 * Pure: no socket, no clock. Positions count the bytes that one side has sent, whatever became of
 * them.
 */
#ifndef MUTATOR_MUTATION_H
#define MUTATOR_MUTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum mutation_kind {
	MUTATION_NONE,
	MUTATION_SPLIT,     /* no more than PIECE bytes at a time */
	MUTATION_DELAY,     /* a pause of DELAY before the byte at OFFSET */
	MUTATION_FLIP,      /* the byte at OFFSET gets the bits of MASK flipped */
	MUTATION_DUPLICATE, /* LENGTH bytes from OFFSET on are sent twice */
	MUTATION_DROP,      /* and here not at all */
	MUTATION_CUT,       /* FIN instead of the byte at OFFSET */
	MUTATION_RESET,     /* RST, to both sides */
	MUTATION_SILENCE,   /* nothing any more */
	MUTATION_KINDS
};

enum mutation_side { MUTATION_CLIENT, MUTATION_SERVER, MUTATION_SIDES };

struct mutation {
	enum mutation_kind kind;
	enum mutation_side side; /* whose bytes */
	size_t offset, length, piece;
	unsigned char mask;
	int64_t delay; /* nanoseconds */
};

#define MUTATION_FLIGHTS_MAX 64

/* What a side says before it is the other's turn again. */
struct mutation_flight {
	enum mutation_side side;
	size_t begins[MUTATION_SIDES]; /* how many bytes of each side came before it */
};

/* An exchange, flight by flight. */
struct mutation_exchange {
	struct mutation_flight flights[MUTATION_FLIGHTS_MAX];
	size_t count;
	size_t totals[MUTATION_SIDES];
};

/* Note that LENGTH more bytes of SIDE have come. False: it has more flights than fit. */
bool mutation_note(struct mutation_exchange *exchange, enum mutation_side side, size_t length);

/* What SEED stands for in an exchange like this one: long flights and short ones are hit alike. */
void mutation_choose(
    struct mutation *mutation, uint64_t seed, const struct mutation_exchange *exchange);

/* Whether SEED leaves this exchange alone where it is one of several. */
bool mutation_spares(uint64_t seed);

/* Whether it leaves all bytes as they are, in their order. */
bool mutation_is_harmless(const struct mutation *mutation);

/* The first byte of its side that does not come where and as it should. */
size_t mutation_begins(const struct mutation *mutation);

/* Append what becomes of LENGTH bytes of its side, AT bytes after the begin. KEPT is empty at the
 * begin of a stream and lives as long. */
void mutation_apply(const struct mutation *mutation, size_t at, const unsigned char *bytes,
    size_t length, struct text *kept, struct text *out);

/* "flip server 1234 mask 10" */
void mutation_tell(const struct mutation *mutation, struct text *text);

#endif

/*
 * judge - what must hold of a check whose bytes were mutated.
 *
 * Bytes that were only split or delayed change nothing: it is OK.
 *
 * Else it may be OK only where the exchange was made all the same: rras-sim, which knows nothing of
 * our code, saw all that it sees of a clean one up to the client's good-bye, and
 *
 *   below TLS   the byte that was hit came behind all that the verdict needed, or is one that TLS
 *               does not protect: the version of a record that is not encrypted (RFC 8446 5.1)
 *   above TLS   the stream was not ended before that, and no bit was flipped that says how the
 *               server answered: the status, the Call Connect Ack, the proof of the password
 *
 * It is never UNKNOWN, which is for what this host lacks. The exit code, the text and the JSON say
 * the same.
 */
#ifndef MUTATOR_JUDGE_H
#define MUTATOR_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "mutation.h"
#include "runs.h"

struct judge {
	bool above_tls;
	struct mutation_exchange exchange; /* of a clean run */
	size_t needed[MUTATION_SIDES];     /* how much was said before the verdict was made */
	struct text events;                /* that rras-sim sees up to the good-bye */
	size_t runs, mutated, green;
};

/* Take what a clean run shows. ANSWERED: the server answers the client's good-bye. What rras-sim
 * sees from the event UNTIL on comes of words that went with that; NULL: none does. */
void judge_learn(struct judge *judge, const struct runs_one *one, bool answered, const char *until);

/* A test fails where something does not hold. */
void judge_decide(struct judge *judge, const struct runs_one *one);

void judge_free(struct judge *judge);

#endif

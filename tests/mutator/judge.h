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
 * Where several addresses are looked at for one verdict, that holds for each of them. A member of a
 * pool is healthy only where it holds for its own exchange; those that nothing happens to are
 * healthy, and nothing is known against them, whatever happens to the others.
 *
 * What is OK or healthy has shown the certificate that an OpenSSL of the test's own is shown.
 *
 * It is never UNKNOWN, which is for what this host lacks. The exit code, the text, the JSON and the
 * metrics say the same (told.h).
 */
#ifndef MUTATOR_JUDGE_H
#define MUTATOR_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "mutation.h"
#include "runs.h"

/* How the client leaves. */
enum judge_goodbye {
	JUDGE_LAST,     /* with its last word, or its FIN */
	JUDGE_ANSWERED, /* and the server answers it */
	JUDGE_AT_ONCE,  /* with its second word: TLS 1.3 has told it all by then */
};

struct judge {
	bool above_tls;
	char shown[65];                    /* SHA-256 of the certificate, or "" */
	struct mutation_exchange exchange; /* of a clean run */
	size_t needed[MUTATION_SIDES];     /* how much was said before the verdict was made */
	struct text events;                /* that rras-sim sees up to the good-bye */
	size_t runs, lanes, mutated, well; /* WELL all the same */
};

/* Take what a clean run shows. What rras-sim sees from the event UNTIL on comes of words that went
 * with the good-bye; NULL: none does. */
void judge_learn(
    struct judge *judge, const struct runs_one *one, enum judge_goodbye goodbye, const char *until);

/* A test fails where something does not hold. False: nothing can be said, for there was too little
 * time, on a busy machine, for the plugin itself or for a member that nothing happens to. It is to
 * be run again with more of it. */
bool judge_decide(struct judge *judge, const struct runs_one *one);

void judge_free(struct judge *judge);

#endif

/*
 * secure - stage tls: the handshake on a connected stream.
 *
 * Offers what the run and the plan say, a session of an earlier connection included, and puts down
 * what came of it: what was agreed, the chain and what verification says of it, what is known of
 * its revocation. Where the climb ends with this stage it waits a moment for the refusal of our
 * empty client certificate, which TLS 1.3 brings behind the handshake (RFC 8446 4.4.2.4).
 */
#ifndef PROBE_SECURE_H
#define PROBE_SECURE_H

#include <stdint.h>

#include "facts/facts.h"
#include "net/loop.h"
#include "net/stream.h"
#include "probe/plan.h"
#include "probe/tools.h"

/* The stage has ended, before the chain is verified: that is no time of the server's. ERROR is an
 * errno. It may be told once more, when the server takes back what went well; and it is not told
 * where there was no memory to wait for the server, of which FACTS tells. */
typedef void secure_staged(void *owner, enum facts_symptom symptom, int error);

/* All is put down, and nothing is waited for any more. FACTS->tls.done says whether the handshake
 * completed. */
typedef void secure_done(void *owner);

/* A member of its owner's struct, zero before secure_begin(). */
struct secure {
	struct tools *tools;
	const struct plan *plan;
	struct facts *facts;
	struct stream *stream;
	int64_t deadline;
	struct loop_watch watch;
	secure_staged *staged;
	secure_done *done;
	void *owner;
};

/* Bring up TLS on STREAM, until DEADLINE; the connection is STREAM's, whatever becomes of it.
 * STAGED and DONE may be called before this returns, DONE once. */
void secure_begin(struct secure *secure, struct tools *tools, const struct plan *plan,
    struct facts *facts, struct stream *stream, int64_t deadline, secure_staged *staged,
    secure_done *done, void *owner);

#endif

/*
 * call - carries a session over a stream: the sockets and the clock that session.h does without.
 */
#ifndef PROBE_CALL_H
#define PROBE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "net/loop.h"
#include "net/stream.h"
#include "probe/session.h"
#include "probe/tools.h"

/* A stage has ended, one from FACTS_SSTP on; told before the good-byes. ERROR is an errno. That of
 * the tunnel may be told once more, when the server takes back what it let pass: then there were no
 * pings either. */
typedef void call_staged(
    void *owner, enum facts_stage stage, enum facts_symptom symptom, int error);

/* All is said; the stream can be ended. */
typedef void call_done(void *owner);

/* A member of its owner's struct, zero before call_begin(). */
struct call {
	struct loop *loop;
	struct stream *stream;
	struct loop_watch watch;
	struct session session;
	enum facts_stage stage; /* under way */
	int64_t deadline;       /* of the stages */
	int64_t leave_by;       /* of the good-byes, once they have begun */
	int64_t patience;       /* how long those may take */
	bool held;              /* what is to be written waits for something to be read */
	bool plugged;           /* what is to be read waits for TLS to write an answer of its own */
	call_staged *staged;
	call_done *done;
	void *owner;
};

/*
 * Call the server on STREAM, on which the 200 came; REST is what came behind its head, FACTS and
 * LOGON are as for session_begin(). Stages end by DEADLINE; then the good-byes may take PATIENCE.
 * STAGED and DONE may be called before this returns.
 */
void call_begin(struct call *call, const struct tools *tools, struct stream *stream,
    struct facts *facts, const struct plan_logon *logon, const void *rest, size_t length,
    int64_t deadline, int64_t patience, call_staged *staged, call_done *done, void *owner);

/* Stop and free what the call owns; it may be all zero. */
void call_end(struct call *call);

#endif

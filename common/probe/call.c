#include "config.h"

#include "probe/call.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/secret.h"
#include "probe/handshake.h"

/* Answers that wait for the peer to take them; beyond that nothing more is read from it. */
#define BACKLOG_MAX 65536

/* A TLS record at the longest (RFC 8446 5.1): what is left of one poll() does not see. */
#define RECORD_MAX 16384

static void on_watch(struct loop_watch *watch, enum loop_event event);

static void
stage_over(struct call *call, enum facts_symptom symptom, int error)
{
	enum facts_stage stage = call->stage;

	if (stage == FACTS_STAGES)
		return;
	if (symptom != FACTS_WELL || stage == call->session.level)
		call->stage = FACTS_STAGES;
	else
		call->stage++;
	call->staged(call->owner, stage, symptom, error);
}

static void
over(struct call *call)
{
	loop_remove(call->loop, &call->watch);
	call->done(call->owner);
}

/* Once: what comes while we leave, a signal say, gives no more time for it. */
static void
leave(struct call *call)
{
	if (call->session.state == SESSION_LEAVING)
		return;
	session_leave(&call->session);
	call->leave_by = deadline_after(deadline_now(), call->patience);
}

/* Tell of stages that the session has left behind, and begin to leave at the last. */
static void
heed_session(struct call *call)
{
	struct session *session = &call->session;

	while (call->stage < session->stage)
		stage_over(call, FACTS_WELL, 0);
	if (session->recanted) {
		bool logon = session->stage == FACTS_AUTH;

		session->recanted = false;
		call->stage = FACTS_STAGES;
		call->staged(call->owner, logon ? FACTS_AUTH : FACTS_TUNNEL,
		    logon ? FACTS_LOGON_REFUSED : FACTS_ABORT, 0);
	}
	if (session->state != SESSION_REACHED && session->state != SESSION_FAILED)
		return;
	stage_over(call, session->state == SESSION_REACHED ? FACTS_WELL : session->symptom, 0);
	leave(call);
}

/* Write what is due, or as much of it as the stream takes now. TLS_DONE, or why it takes no more.
 */
static enum tls_result
flush(struct call *call)
{
	struct text *out = &call->session.out;
	enum tls_result result = TLS_DONE;
	size_t sent = 0, taken;

	while (sent < out->length && (result = stream_write(call->stream, out->bytes + sent,
	                                  out->length - sent, &taken)) == TLS_DONE)
		sent += taken;
	if (sent > 0) {
		memmove(out->bytes, out->bytes + sent, out->length - sent);
		text_cut(out, out->length - sent);
	}
	call->held = result == TLS_WANT_READ;
	return call->held || result == TLS_WANT_WRITE ? TLS_DONE : result;
}

static void
await(struct call *call)
{
	struct session *session = &call->session;

	call->watch.events = session->out.length < BACKLOG_MAX && !call->plugged ? POLLIN : 0;
	if (call->plugged || (session->out.length > 0 && !call->held))
		call->watch.events |= POLLOUT;
	call->watch.deadline = session->state == SESSION_LEAVING
	                           ? call->leave_by
	                           : deadline_sooner(call->deadline, session_timer(session));
	if (!loop_add(call->loop, &call->watch)) {
		stage_over(call, FACTS_NO_MEMORY, ENOMEM);
		over(call);
	}
}

/* The far end has closed or reset the connection. */
static void
lost(struct call *call, enum tls_result result)
{
	int error = errno;

	if (call->session.state == SESSION_LEAVING)
		call->session.facts->sstp.left = result == TLS_EOF;
	stage_over(call, handshake_symptom(call->stream->tls, result), error);
	over(call);
}

/* Have the session take what was read. A server that knows the password may repeat it. */
static void
take(struct call *call, uint8_t *bytes, size_t length)
{
	session_receive(&call->session, bytes, length, deadline_now());
	secret_wipe(bytes, length);
}

/* The far end takes no more. What it said before is worth more than that. */
static void
unheard(struct call *call, enum tls_result result)
{
	int error = errno;
	uint8_t bytes[4096];
	size_t taken;

	while (call->session.state < SESSION_LEAVING && deadline_now() < call->deadline &&
	       stream_read(call->stream, bytes, sizeof bytes, &taken) == TLS_DONE) {
		take(call, bytes, taken);
		heed_session(call);
	}
	errno = error;
	lost(call, result);
}

/* After anything that may have changed the session. */
static void
go_on(struct call *call)
{
	enum tls_result result;

	heed_session(call);
	if (text_failed(&call->session.out)) {
		stage_over(call, FACTS_NO_MEMORY, ENOMEM);
		over(call);
	} else if ((result = flush(call)) != TLS_DONE)
		unheard(call, result);
	else if (call->session.state == SESSION_OVER)
		over(call);
	else
		await(call);
}

/* A record a turn: a peer that floods keeps nobody else in the loop waiting. */
static enum tls_result
take_record(struct call *call)
{
	uint8_t bytes[RECORD_MAX];
	enum tls_result result;
	size_t taken;

	errno = 0;
	result = stream_read(call->stream, bytes, sizeof bytes, &taken);
	call->plugged = result == TLS_WANT_WRITE;
	if (result == TLS_DONE)
		take(call, bytes, taken);
	return result;
}

static void
receive(struct call *call)
{
	enum tls_result result = take_record(call);

	if (result == TLS_DONE || result == TLS_WANT_READ || result == TLS_WANT_WRITE)
		go_on(call);
	else
		lost(call, result);
}

static void
on_time(struct call *call)
{
	if (call->session.state == SESSION_LEAVING) {
		over(call);
		return;
	}
	if (deadline_now() >= call->deadline) {
		stage_over(call, FACTS_TIMEOUT, 0);
		leave(call);
	} else
		session_tick(&call->session, deadline_now());
	go_on(call);
}

static void
on_watch(struct loop_watch *watch, enum loop_event event)
{
	struct call *call = watch->owner;

	switch (event) {
	case LOOP_READY:
		receive(call);
		break;
	case LOOP_TIMEOUT:
		on_time(call);
		break;
	case LOOP_INTERRUPTED:
		stage_over(call, FACTS_INTERRUPTED, 0);
		leave(call);
		go_on(call);
		break;
	}
}

/* Without true randomness a server could answer for one that knows the password. */
static bool
make_random(struct session_random *random)
{
	bool made = getentropy(random, sizeof *random) == 0;

	if (!made || random->magic == 0)
		random->magic = (uint32_t)deadline_now() | 1;
	return made;
}

void
call_begin(struct call *call, const struct tools *tools, struct stream *stream, struct facts *facts,
    const struct plan_logon *logon, const void *rest, size_t length, int64_t deadline,
    int64_t patience, call_staged *staged, call_done *done, void *owner)
{
	struct session_random random = {0};
	bool made = make_random(&random);

	call->loop = tools->loop;
	call->stream = stream;
	call->stage = FACTS_SSTP;
	call->deadline = deadline;
	call->patience = patience;
	call->staged = staged;
	call->done = done;
	call->owner = owner;
	call->watch.descriptor = stream->descriptor;
	call->watch.handler = on_watch;
	call->watch.owner = call;
	session_begin(&call->session, facts, logon, &random);
	call->session.pcap = tools->pcap;
	call->session.eap = tools->eap;
	if (!made && facts->level >= FACTS_AUTH)
		session_fail(&call->session, FACTS_NO_PROVIDER);
	session_receive(&call->session, rest, length, deadline_now());
	/* Of the record that brought the 200 there may be more than was read with it. */
	if (stream_holds(stream))
		(void)take_record(call);
	go_on(call);
}

void
call_end(struct call *call)
{
	if (call->loop == NULL)
		return;
	loop_remove(call->loop, &call->watch);
	session_end(&call->session);
}

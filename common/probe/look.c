#include "config.h"

#include "probe/look.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/deadline.h"
#include "net/dial.h"
#include "net/stream.h"
#include "probe/handshake.h"
#include "probe/request.h"
#include "probe/tracing.h"
#include "wire/http.h"

#define WORTH_IT    (DEADLINE_SECOND / 10) /* less time than this brings no answer */
#define SILENCE_MIN (DEADLINE_SECOND / 5)
#define SILENCE_MAX (5 * DEADLINE_SECOND)

struct look {
	struct tools *tools;
	const struct plan *plan;
	struct facts *facts;
	enum look_kind kind;
	struct loop_watch watch;
	struct dial *dial;
	struct stream stream;
	struct request request;
	look_done *done;
	void *owner;
};

static void
over(struct look *look)
{
	loop_remove(look->tools->loop, &look->watch);
	look->done(look->owner);
}

static void
await(struct look *look, loop_handler *handler, short events, int64_t deadline)
{
	look->watch.handler = handler;
	look->watch.descriptor = look->stream.descriptor;
	look->watch.events = events;
	look->watch.deadline = deadline_sooner(deadline, look->plan->deadline);
	if (!loop_add(look->tools->loop, &look->watch))
		over(look);
}

static void
on_answer(void *owner, enum facts_symptom symptom, int error)
{
	struct look *look = owner;

	(void)error;
	request_record(&look->request, symptom, &look->facts->look.http);
	over(look);
}

static void
ask(struct look *look)
{
	const struct plan *plan = look->plan;

	/* The stream is the request's from now on. */
	loop_remove(look->tools->loop, &look->watch);
	http_add_request(&look->request.bytes, "HEAD", plan->uri, plan->host);
	look->request.trace = look->facts->trace;
	request_begin(
	    &look->request, look->tools->loop, &look->stream, plan->deadline, on_answer, look);
}

static void
shake(struct loop_watch *watch, enum loop_event event)
{
	struct look *look = watch->owner;
	enum tls_result result;

	if (event != LOOP_READY) {
		over(look);
		return;
	}
	result = tls_handshake(look->stream.tls);
	if (result == TLS_WANT_READ || result == TLS_WANT_WRITE) {
		await(look, shake, handshake_events(result), DEADLINE_NEVER);
		return;
	}
	handshake_record(look->stream.tls, &look->facts->look.tls, result == TLS_DONE);
	if (look->kind == LOOK_WIDE_OPEN && result == TLS_DONE)
		look->facts->look.within_offer =
		    tlsoffer_covers(look->tools->tls, look->stream.tls);
	if (look->kind == LOOK_HEAD && result == TLS_DONE)
		ask(look);
	else
		over(look);
}

static void
begin_tls(struct look *look, SSL_CTX *context)
{
	if (context != NULL)
		look->stream.tls = tls_create(context, look->stream.descriptor, look->plan->sni);
	tracing_tls(look->facts->trace, look->stream.tls);
	if (look->stream.tls == NULL)
		over(look);
	else
		shake(&look->watch, LOOP_READY);
}

static void
open_wide(struct look *look)
{
	begin_tls(look, tools_wide_open(look->tools));
}

static void
end_silence(struct loop_watch *watch, enum loop_event event)
{
	struct look *look = watch->owner;
	char byte;

	if (event == LOOP_TIMEOUT) {
		open_wide(look);
		return;
	}
	if (event == LOOP_READY &&
	    recv(look->stream.descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
		look->facts->look.closed_at_once = true;
	over(look);
}

/* Keep still for longer than the far end took to close on us. */
static void
be_silent(struct look *look)
{
	int64_t now = deadline_now();
	int64_t pause = 2 * look->facts->steps[FACTS_TLS].nanoseconds;
	int64_t most = deadline_left(look->plan->deadline, now) / 2;

	if (pause < SILENCE_MIN)
		pause = SILENCE_MIN;
	if (pause > SILENCE_MAX)
		pause = SILENCE_MAX;
	await(look, end_silence, POLLIN, deadline_after(now, pause < most ? pause : most));
}

static void
on_dialled(void *owner, const struct dial_attempt *attempt, int descriptor, bool last)
{
	struct look *look = owner;
	enum facts_symptom symptom = look->facts->steps[FACTS_TLS].symptom;

	(void)last;
	look->stream.descriptor = descriptor;
	look->facts->look.connected = attempt->result == DIAL_CONNECTED;
	look->facts->look.closed_at_once = attempt->result == DIAL_RESET;
	if (attempt->result != DIAL_CONNECTED)
		over(look);
	else if (look->kind == LOOK_HEAD && look->plan->plain)
		ask(look);
	else if (look->kind == LOOK_HEAD)
		begin_tls(look, look->tools->tls);
	else if (symptom == FACTS_RESET || symptom == FACTS_CLOSED)
		be_silent(look);
	else
		open_wide(look);
}

/* More than one cause looks like this, and there is time. */
static bool
is_worth_it(const struct plan *plan, const struct facts *facts, enum look_kind kind)
{
	enum facts_symptom symptom = facts->steps[FACTS_TLS].symptom;

	if (deadline_left(plan->deadline, deadline_now()) < WORTH_IT || loop_interrupted())
		return false;
	return kind == LOOK_HEAD || symptom == FACTS_RESET || symptom == FACTS_CLOSED ||
	       symptom == FACTS_ALERT || symptom == FACTS_TLS_REFUSED;
}

struct look *
look_begin(struct tools *tools, const struct plan *plan, const struct resolve_address *address,
    struct facts *facts, enum look_kind kind, look_done *done, void *owner)
{
	struct look *look;

	if (!is_worth_it(plan, facts, kind) || (look = calloc(1, sizeof *look)) == NULL)
		return NULL;
	look->tools = tools;
	look->plan = plan;
	look->facts = facts;
	look->kind = kind;
	look->done = done;
	look->owner = owner;
	look->stream.descriptor = -1;
	look->watch.owner = look;
	look->dial =
	    dial_begin(tools->loop, address, 1, tools->source, plan->deadline, on_dialled, look);
	if (look->dial == NULL) {
		free(look);
		return NULL;
	}
	facts->look.tried = true;
	trace_add(facts->trace, TRACE_NOTE, "second look: another connection is made");
	return look;
}

void
look_end(struct look *look)
{
	if (look == NULL)
		return;
	loop_remove(look->tools->loop, &look->watch);
	dial_end(look->dial);
	request_end(&look->request);
	stream_end(&look->stream);
	free(look);
}

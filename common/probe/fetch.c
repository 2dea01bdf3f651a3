#include "config.h"

#include "probe/fetch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/deadline.h"
#include "net/dial.h"
#include "net/stream.h"
#include "probe/handshake.h"
#include "probe/request.h"
#include "probe/symptom.h"
#include "wire/body.h"

#define PIECE 16384 /* read at a time, so that a flood does not keep others waiting */

/* A Location that long may have been cut. */
#define LOCATION_MAX (HTTP_VALUE_MAX - 4)

struct fetch {
	struct tools *tools;
	struct url url;
	bool redirected;
	const struct text *post;
	const char *type;
	size_t max;
	int64_t begun;
	int64_t deadline;
	struct resolve *resolve;
	struct dial *dial;
	enum facts_symptom dial_failure; /* the last that was not for want of a route */
	struct stream stream;
	struct request request;
	struct loop_watch watch; /* on the body */
	struct body body;
	int status;
	fetch_done *done;
	void *owner;
};

/* Give back all of an attempt but its body. */
static void
hang_up(struct fetch *fetch)
{
	loop_remove(fetch->tools->loop, &fetch->watch);
	request_end(&fetch->request);
	memset(&fetch->request, 0, sizeof fetch->request);
	stream_end(&fetch->stream);
	dial_end(fetch->dial);
	fetch->dial = NULL;
	resolve_end(fetch->resolve);
	fetch->resolve = NULL;
}

/* The owner may have freed the fetch when this returns. */
static void
over(struct fetch *fetch, enum facts_said said, enum facts_symptom symptom)
{
	struct fetch_answer answer = {
	    .said = said,
	    .symptom = symptom,
	    .status = fetch->status,
	    .nanoseconds = deadline_now() - fetch->begun,
	    .body = &fetch->body.bytes,
	};

	hang_up(fetch);
	fetch->done(fetch->owner, &answer);
}

static void
fail(struct fetch *fetch, enum facts_symptom symptom)
{
	over(fetch, FACTS_SAID_UNREACHABLE, symptom);
}

/* ---- body ---- */

static void
end_body(struct fetch *fetch, enum facts_symptom cut)
{
	switch (fetch->body.progress) {
	case BODY_COMPLETE:
		over(fetch, FACTS_SAID_NOTHING, FACTS_WELL);
		break;
	case BODY_TOO_LONG:
		over(fetch, FACTS_SAID_TOO_LONG, FACTS_WELL);
		break;
	case BODY_GARBAGE:
		fail(fetch, FACTS_GARBAGE);
		break;
	case BODY_NO_MEMORY:
		fail(fetch, FACTS_NO_MEMORY);
		break;
	case BODY_CUT:
	case BODY_MORE:
		fail(fetch, cut);
		break;
	}
}

static void
read_body(struct loop_watch *watch, enum loop_event event)
{
	struct fetch *fetch = watch->owner;
	enum tls_result result;
	char bytes[PIECE];
	size_t taken;

	if (event != LOOP_READY) {
		fail(fetch, event == LOOP_TIMEOUT ? FACTS_TIMEOUT : FACTS_INTERRUPTED);
		return;
	}
	result = stream_read(&fetch->stream, bytes, sizeof bytes, &taken);
	if (result == TLS_WANT_READ)
		return;
	if (result == TLS_DONE && body_feed(&fetch->body, bytes, taken) == BODY_MORE)
		return;
	/* A body that only the end of the connection ends is not whole after a reset. */
	if (result == TLS_EOF)
		body_close(&fetch->body);
	end_body(fetch, result == TLS_EOF ? FACTS_CLOSED : handshake_symptom(NULL, result));
}

static void
begin_body(struct fetch *fetch)
{
	const struct request *request = &fetch->request;

	body_begin(&fetch->body, &request->parser.head, fetch->max);
	if (body_feed(&fetch->body, request->rest, request->rest_length) != BODY_MORE) {
		end_body(fetch, FACTS_CLOSED);
		return;
	}
	fetch->watch = (struct loop_watch){
	    .descriptor = fetch->stream.descriptor,
	    .events = POLLIN,
	    .deadline = fetch->deadline,
	    .handler = read_body,
	    .owner = fetch,
	};
	if (!loop_add(fetch->tools->loop, &fetch->watch))
		fail(fetch, FACTS_NO_MEMORY);
}

/* ---- head ---- */

static bool begin_resolve(struct fetch *fetch);

static bool
is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
redirect(struct fetch *fetch)
{
	const char *location = fetch->request.parser.head.location;
	struct url to;

	if (fetch->redirected || strlen(location) >= LOCATION_MAX ||
	    !url_follow(&fetch->url, location, &to)) {
		over(fetch, FACTS_SAID_REDIRECT, FACTS_WELL);
		return;
	}
	fetch->redirected = true;
	fetch->url = to;
	hang_up(fetch);
	if (!begin_resolve(fetch))
		fail(fetch, symptom_of_shortage(errno));
}

static void
on_head(void *owner, enum facts_symptom symptom, int error)
{
	struct fetch *fetch = owner;

	(void)error;
	if (symptom != FACTS_WELL) {
		fail(fetch, symptom);
		return;
	}
	fetch->status = fetch->request.parser.head.status;
	if (fetch->status == 200)
		begin_body(fetch);
	else if (is_redirect(fetch->status))
		redirect(fetch);
	else
		over(fetch, FACTS_SAID_STATUS, FACTS_WELL);
}

static void
ask(struct fetch *fetch)
{
	struct text *bytes = &fetch->request.bytes;
	const struct url *url = &fetch->url;

	if (fetch->post == NULL)
		http_add_request(bytes, "GET", url->path, url->authority);
	else
		http_add_post(bytes, url->path, url->authority, fetch->type, fetch->post->bytes,
		    fetch->post->length);
	request_begin(
	    &fetch->request, fetch->tools->loop, &fetch->stream, fetch->deadline, on_head, fetch);
}

/* ---- connect ---- */

static void
on_dialled(void *owner, const struct dial_attempt *attempt, int descriptor, bool last)
{
	struct fetch *fetch = owner;

	if (attempt->result == DIAL_CONNECTED) {
		fetch->stream.descriptor = descriptor;
		ask(fetch);
		return;
	}
	if (attempt->result != DIAL_NO_ROUTE)
		fetch->dial_failure = symptom_of_dial(attempt->result);
	if (last)
		fail(fetch,
		    fetch->dial_failure == FACTS_WELL ? FACTS_NO_ROUTE : fetch->dial_failure);
}

static void
on_resolved(void *owner, const struct resolve_answer *answer)
{
	struct fetch *fetch = owner;
	enum facts_symptom symptom = symptom_of_answer(answer);

	if (symptom != FACTS_WELL) {
		fail(fetch, symptom);
		return;
	}
	fetch->dial_failure = FACTS_WELL;
	fetch->dial = dial_begin(fetch->tools->loop, answer->addresses, answer->count,
	    fetch->tools->source, fetch->deadline, on_dialled, fetch);
	if (fetch->dial == NULL)
		fail(fetch, FACTS_NO_MEMORY);
}

static bool
begin_resolve(struct fetch *fetch)
{
	const struct endpoint *host = &fetch->url.host;

	fetch->resolve = resolve_begin(fetch->tools->loop, host->host, host->port, AF_UNSPEC,
	    fetch->deadline, on_resolved, fetch);
	return fetch->resolve != NULL;
}

struct fetch *
fetch_begin(struct tools *tools, const struct url *url, const struct text *post, const char *type,
    size_t max, int64_t deadline, fetch_done *done, void *owner)
{
	struct fetch *fetch = calloc(1, sizeof *fetch);
	int error;

	if (fetch == NULL)
		return NULL;
	fetch->tools = tools;
	fetch->url = *url;
	fetch->post = post;
	fetch->type = type;
	fetch->max = max;
	fetch->begun = deadline_now();
	fetch->deadline = deadline;
	fetch->stream.descriptor = -1;
	fetch->done = done;
	fetch->owner = owner;
	if (begin_resolve(fetch))
		return fetch;
	error = errno;
	free(fetch);
	errno = error;
	return NULL;
}

void
fetch_give_up(struct fetch *fetch)
{
	fail(fetch, FACTS_TIMEOUT);
}

void
fetch_end(struct fetch *fetch)
{
	if (fetch == NULL)
		return;
	hang_up(fetch);
	body_free(&fetch->body);
	free(fetch);
}

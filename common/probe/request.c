#include "config.h"

#include "probe/request.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "base/sanitize.h"
#include "probe/handshake.h"
#include "probe/tracing.h"

static void
over(struct request *request, enum facts_symptom symptom, int error)
{
	loop_remove(request->loop, &request->watch);
	tracing_head(request->trace, TRACE_RECEIVED, request->heard.bytes, request->heard.length);
	request->done(request->owner, symptom, error);
}

static void
await(struct request *request, loop_handler *handler, enum tls_result result)
{
	request->watch.handler = handler;
	request->watch.events = handshake_events(result);
	if (!loop_add(request->loop, &request->watch))
		over(request, FACTS_NO_MEMORY, ENOMEM);
}

static void
remember_first(struct request *request, const char *bytes, size_t length)
{
	size_t room = sizeof request->first - request->first_length;

	if (length > room)
		length = room;
	memcpy(request->first + request->first_length, bytes, length);
	request->first_length += length;
}

/* What the head parser's progress means; FACTS_TIMEOUT stands for "not yet". */
static enum facts_symptom
feed(struct request *request, const char *bytes, size_t length)
{
	size_t used;
	enum http_progress progress = http_feed(&request->parser, bytes, length, &used);

	remember_first(request, bytes, length);
	if (request->trace != NULL)
		text_add_bytes(&request->heard, bytes, used);
	switch (progress) {
	case HTTP_MORE:
		return FACTS_TIMEOUT;
	case HTTP_COMPLETE:
		request->rest_length = length - used;
		memcpy(request->rest, bytes + used, request->rest_length);
		return request->parser.head.no_memory ? FACTS_NO_MEMORY : FACTS_WELL;
	case HTTP_TOO_LONG:
		return FACTS_TOO_LONG;
	case HTTP_GARBAGE:
		break;
	}
	return FACTS_GARBAGE;
}

/* The far end has gone. A reset that met our request is told once: what is read behind it is but an
 * end. One that answers what came after the end is no more than that: EPIPE. */
static void
lose(struct request *request, enum tls_result result, int error)
{
	if (result == TLS_EOF && request->unsent != TLS_DONE && request->error != EPIPE) {
		result = request->unsent;
		error = request->error;
	}
	over(request, handshake_symptom(request->stream->tls, result), error);
}

/* TLS may hold back bytes that poll() does not see, so read until it wants more. The head's caps
 * bound what a flood can do here. */
static void
receive(struct loop_watch *watch, enum loop_event event)
{
	struct request *request = watch->owner;
	enum facts_symptom symptom = FACTS_TIMEOUT;
	enum tls_result result = TLS_DONE;
	char bytes[REQUEST_CHUNK];
	size_t taken;

	if (event != LOOP_READY) {
		over(request, event == LOOP_TIMEOUT ? FACTS_TIMEOUT : FACTS_INTERRUPTED, 0);
		return;
	}
	errno = 0;
	while (symptom == FACTS_TIMEOUT &&
	       (result = stream_read(request->stream, bytes, sizeof bytes, &taken)) == TLS_DONE)
		symptom = feed(request, bytes, taken);
	if (result == TLS_DONE)
		over(request, symptom, 0);
	else if (result == TLS_WANT_READ || result == TLS_WANT_WRITE)
		await(request, receive, result);
	else
		lose(request, result, errno);
}

static void
transmit(struct loop_watch *watch, enum loop_event event)
{
	struct request *request = watch->owner;
	const char *bytes = text_chars(&request->bytes);
	enum tls_result result = TLS_DONE;
	size_t taken;

	if (event != LOOP_READY) {
		over(request, event == LOOP_TIMEOUT ? FACTS_TIMEOUT : FACTS_INTERRUPTED, 0);
		return;
	}
	while (result == TLS_DONE && request->sent < request->bytes.length) {
		result = stream_write(request->stream, bytes + request->sent,
		    request->bytes.length - request->sent, &taken);
		if (result == TLS_DONE)
			request->sent += taken;
	}
	if (result == TLS_DONE)
		await(request, receive, TLS_WANT_READ);
	else if (result == TLS_WANT_READ || result == TLS_WANT_WRITE)
		await(request, transmit, result);
	else {
		/* What the far end said before it closed is worth more than our failure. */
		request->unsent = result;
		request->error = errno;
		receive(watch, LOOP_READY);
	}
}

void
request_begin(struct request *request, struct loop *loop, struct stream *stream, int64_t deadline,
    request_done *done, void *owner)
{
	request->loop = loop;
	request->stream = stream;
	request->done = done;
	request->owner = owner;
	request->watch.descriptor = stream->descriptor;
	request->watch.deadline = deadline;
	request->watch.owner = request;
	http_begin(&request->parser);
	tracing_head(request->trace, TRACE_SENT, request->bytes.bytes, request->bytes.length);
	if (text_failed(&request->bytes))
		over(request, FACTS_NO_MEMORY, ENOMEM);
	else
		transmit(&request->watch, LOOP_READY);
}

/* How much of what came is its first line: a line of text says who speaks, what follows does not.
 */
static size_t
first_line(const struct request *request)
{
	size_t length = 0;

	while (length < request->first_length && request->first[length] != '\r' &&
	       request->first[length] != '\n')
		length++;
	return length > 0 ? length : request->first_length;
}

void
request_record(const struct request *request, enum facts_symptom symptom, struct facts_http *http)
{
	const struct http_head *head = &request->parser.head;
	struct text first = TEXT_EMPTY;

	http->any_bytes = request->first_length > 0;
	if (symptom == FACTS_WELL) {
		http->answered = true;
		http->version_minor = head->version_minor;
		http->status = head->status;
		memcpy(http->reason, head->reason, sizeof http->reason);
		memcpy(http->server, head->server, sizeof http->server);
		memcpy(http->via, head->via, sizeof http->via);
		memcpy(http->location, head->location, sizeof http->location);
		memcpy(
		    http->www_authenticate, head->www_authenticate, sizeof http->www_authenticate);
		return;
	}
	sanitize_add(&first, request->first, first_line(request), REQUEST_FIRST_BYTES);
	snprintf(http->first_bytes, sizeof http->first_bytes, "%s", text_chars(&first));
	text_free(&first);
}

void
request_end(struct request *request)
{
	if (request->loop != NULL)
		loop_remove(request->loop, &request->watch);
	text_free(&request->bytes);
	text_free(&request->heard);
}

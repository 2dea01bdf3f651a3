/*
 * request - one HTTP request on a stream, and the head of its answer.
 */
#ifndef PROBE_REQUEST_H
#define PROBE_REQUEST_H

#include "base/text.h"
#include "facts/facts.h"
#include "net/loop.h"
#include "net/stream.h"
#include "probe/plan.h"
#include "wire/http.h"

#define REQUEST_FIRST_BYTES 40 /* kept of an answer that is no HTTP */

/* The outcome: FACTS_WELL with PARSER.HEAD filled, or what went wrong. ERROR is an errno. */
typedef void request_done(void *owner, enum facts_symptom symptom, int error);

/* A member of its owner's struct, zero before request_begin(). */
struct request {
	struct loop *loop;
	struct stream *stream;
	struct loop_watch watch;
	struct text bytes; /* the request */
	size_t sent;
	struct http_parser parser;
	char first[REQUEST_FIRST_BYTES];
	size_t first_length;
	request_done *done;
	void *owner;
};

/* Ask for PLAN's uri with its method and Host. DONE is called once, perhaps before this returns. */
void request_begin(struct request *request, struct loop *loop, struct stream *stream,
    const struct plan *plan, request_done *done, void *owner);

/* Put down what came back as facts. */
void request_record(
    const struct request *request, enum facts_symptom symptom, struct facts_http *http);

/* Stop and free what the request owns; it may be all zero. */
void request_end(struct request *request);

#endif

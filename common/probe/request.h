/*
 * request - one HTTP request on a stream, and the head of its answer.
 */
#ifndef PROBE_REQUEST_H
#define PROBE_REQUEST_H

#include "base/text.h"
#include "facts/facts.h"
#include "net/loop.h"
#include "net/stream.h"
#include "wire/http.h"

#define REQUEST_FIRST_BYTES 40   /* kept of an answer that is no HTTP */
#define REQUEST_CHUNK       4096 /* read at a time */

/* The outcome: FACTS_WELL with PARSER.HEAD filled, or what went wrong. ERROR is an errno. */
typedef void request_done(void *owner, enum facts_symptom symptom, int error);

/* A member of its owner's struct, zero before request_begin(). */
struct request {
	struct loop *loop;
	struct stream *stream;
	struct loop_watch watch;
	struct text bytes;   /* the request, filled in by the owner */
	struct trace *trace; /* set by the owner; NULL: not wanted */
	struct text heard;   /* of the answer, for it */
	size_t sent;
	enum tls_result unsent; /* why the rest could not be sent, or TLS_DONE */
	int error;              /* errno of that */
	struct http_parser parser;
	char first[REQUEST_FIRST_BYTES];
	size_t first_length;
	char rest[REQUEST_CHUNK]; /* what came behind the head */
	size_t rest_length;
	request_done *done;
	void *owner;
};

/* Send REQUEST->bytes and read the head of the answer, until DEADLINE. DONE is called once, perhaps
 * before this returns. */
void request_begin(struct request *request, struct loop *loop, struct stream *stream,
    int64_t deadline, request_done *done, void *owner);

/* Put down what came back as facts. */
void request_record(
    const struct request *request, enum facts_symptom symptom, struct facts_http *http);

/* Stop and free what the request owns; it may be all zero. */
void request_end(struct request *request);

#endif

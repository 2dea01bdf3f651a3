/*
 * trace - what was said to a target and what came back, a line each, in the order of time.
 *
 * For whoever wants to see where a probe went wrong. It is kept for people alone: nothing is judged
 * by it. Lines hold what kind of message it was, never a credential nor what was made of one.
 */
#ifndef FACTS_TRACE_H
#define FACTS_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_LINES 400 /* that are kept; later ones are counted */
#define TRACE_WORDS 161 /* bytes of a line, its NUL included */

enum trace_way {
	TRACE_NOTE, /* what happened here */
	TRACE_SENT,
	TRACE_RECEIVED,
};

struct trace_line {
	int64_t at; /* nanoseconds since the trace began */
	enum trace_way way;
	char words[TRACE_WORDS]; /* sanitised */
};

struct trace {
	int64_t begun; /* monotonic */
	struct trace_line *lines;
	size_t count;
	size_t room;
	size_t left_out; /* for want of room, or of memory */
};

/* An empty one that begins NOW; NULL when memory ran out. */
struct trace *trace_create(int64_t now);
void trace_free(struct trace *trace);

/* Put down a line, cut where it is too long. NULL TRACE: nothing is done. */
void trace_add(struct trace *trace, enum trace_way way, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of LENGTH foreign BYTES behind the words BEFORE. */
void trace_add_bytes(
    struct trace *trace, enum trace_way way, const char *before, const void *bytes, size_t length);

#endif

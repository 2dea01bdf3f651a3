/*
 * loop - waits for descriptors and points in time, and calls who waits.
 *
 * One loop serves one target or a thousand. A watch is a member of its owner's struct: the loop
 * allocates nothing for it and never frees it. Single-threaded; handlers may add, change and remove
 * any watch, their own included.
 */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop_watch;

enum loop_event {
	LOOP_READY,       /* the descriptor can be read or written as asked, or has failed */
	LOOP_TIMEOUT,     /* the watch's deadline has passed */
	LOOP_INTERRUPTED, /* a signal asks us to end: finish up */
};

typedef void loop_handler(struct loop_watch *watch, enum loop_event event);

struct loop_watch {
	int descriptor;   /* -1: the deadline alone */
	short events;     /* POLLIN, POLLOUT or both */
	int64_t deadline; /* monotonic; DEADLINE_NEVER: none */
	loop_handler *handler;
	void *owner;
	size_t slot; /* the loop's own */
	bool added;  /* the loop's own */
	bool ready;  /* the loop's own: poll() said so */
	bool told;   /* the loop's own: knows of the interruption */
};

struct loop;

/* NULL when memory ran out. SIGTERM, SIGINT and SIGHUP are caught from here on, and SIGPIPE
 * ignored. */
struct loop *loop_create(void);
/* Signals are as they were before loop_create(). */
void loop_destroy(struct loop *loop);

/* Begin to watch; false when memory ran out. A watch that is already added is updated. */
bool loop_add(struct loop *loop, struct loop_watch *watch);

/* Stop watching; harmless when it is not added. */
void loop_remove(struct loop *loop, struct loop_watch *watch);

/* Run until no watch is left. After a signal every watch that is there is called once with
 * LOOP_INTERRUPTED; the loop goes on for those that need time to end. */
void loop_run(struct loop *loop);

/* Whether a signal came. Nothing new should be begun then. */
bool loop_interrupted(void);

/* The time at which the handler that runs was called, or a little before. */
int64_t loop_now(const struct loop *loop);

#endif

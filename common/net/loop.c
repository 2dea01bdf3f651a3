#include "config.h"

#include "net/loop.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/deadline.h"

enum { CAUGHT = 3 };
static const int caught[CAUGHT] = {SIGTERM, SIGINT, SIGHUP};

/* The watches, and beside them what poll() wants of those that have a descriptor. A removed entry
 * is replaced by the last. */
struct loop {
	struct loop_watch **watches;
	struct pollfd *polls;
	size_t count;
	size_t room;
	int64_t now;
	sigset_t waiting;  /* the mask to wait with: ours are let in only there */
	sigset_t original; /* what was before us, to be put back */
	struct sigaction actions[CAUGHT];
};

static volatile sig_atomic_t interrupted;

static void
on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static void
catch_signals(struct loop *loop)
{
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t blocked;

	sigemptyset(&action.sa_mask);
	sigemptyset(&blocked);
	for (int i = 0; i < CAUGHT; i++)
		sigaddset(&blocked, caught[i]);
	sigprocmask(SIG_BLOCK, &blocked, &loop->original);
	loop->waiting = loop->original;
	for (int i = 0; i < CAUGHT; i++) {
		sigdelset(&loop->waiting, caught[i]);
		sigaction(caught[i], &action, &loop->actions[i]);
	}
	signal(SIGPIPE, SIG_IGN);
}

static void
release_signals(const struct loop *loop)
{
	for (int i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &loop->actions[i], NULL);
	sigprocmask(SIG_SETMASK, &loop->original, NULL);
}

struct loop *
loop_create(void)
{
	struct loop *loop = calloc(1, sizeof *loop);

	if (loop == NULL)
		return NULL;
	catch_signals(loop);
	loop->now = deadline_now();
	return loop;
}

void
loop_destroy(struct loop *loop)
{
	if (loop == NULL)
		return;
	release_signals(loop);
	free(loop->watches);
	free(loop->polls);
	free(loop);
}

static bool
grow(struct loop *loop)
{
	size_t room = loop->room == 0 ? 8 : loop->room * 2;
	struct loop_watch **watches = realloc(loop->watches, room * sizeof(*watches));
	struct pollfd *polls;

	if (watches == NULL)
		return false;
	loop->watches = watches;
	polls = realloc(loop->polls, room * sizeof *polls);
	if (polls == NULL)
		return false;
	loop->polls = polls;
	loop->room = room;
	return true;
}

bool
loop_add(struct loop *loop, struct loop_watch *watch)
{
	if (!watch->added) {
		if (loop->count == loop->room && !grow(loop))
			return false;
		watch->slot = loop->count++;
		watch->added = true;
		watch->told = interrupted;
		loop->watches[watch->slot] = watch;
	}
	watch->ready = false;
	return true;
}

void
loop_remove(struct loop *loop, struct loop_watch *watch)
{
	size_t last;

	if (!watch->added)
		return;
	watch->added = false;
	last = --loop->count;
	if (watch->slot == last)
		return;
	loop->watches[watch->slot] = loop->watches[last];
	loop->watches[watch->slot]->slot = watch->slot;
}

/* Those without a descriptor are left out: poll() counts them against the limit of descriptors. */
static size_t
fill_polls(struct loop *loop)
{
	size_t count = 0;

	for (size_t i = 0; i < loop->count; i++)
		if (loop->watches[i]->descriptor >= 0)
			loop->polls[count++] = (struct pollfd){
			    .fd = loop->watches[i]->descriptor,
			    .events = loop->watches[i]->events,
			};
	return count;
}

static void
note_ready(struct loop *loop, bool any)
{
	size_t next = 0;

	for (size_t i = 0; i < loop->count; i++)
		loop->watches[i]->ready =
		    loop->watches[i]->descriptor >= 0 && loop->polls[next++].revents != 0 && any;
}

/* ppoll() lets no signal in where there is something to serve, which a peer can see to for ever. */
static void
let_signals_in(const struct loop *loop)
{
	sigset_t blocked;

	sigprocmask(SIG_SETMASK, &loop->waiting, &blocked);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
}

static void
wait_for_events(struct loop *loop)
{
	int64_t deadline = DEADLINE_NEVER, left;
	size_t count = fill_polls(loop);
	struct timespec pause;
	int ready;

	for (size_t i = 0; i < loop->count; i++)
		deadline = deadline_sooner(deadline, loop->watches[i]->deadline);
	left = deadline_left(deadline, deadline_now());
	pause.tv_sec = (time_t)(left / DEADLINE_SECOND);
	pause.tv_nsec = (long)(left % DEADLINE_SECOND);
	ready = ppoll(
	    loop->polls, (nfds_t)count, deadline == DEADLINE_NEVER ? NULL : &pause, &loop->waiting);
	if (ready > 0)
		let_signals_in(loop);
	note_ready(loop, ready > 0);
	loop->now = deadline_now();
}

/* True when WATCH's handler was called. */
static bool
serve_one(const struct loop *loop, struct loop_watch *watch)
{
	bool ready = watch->ready;

	watch->ready = false;
	if (interrupted && !watch->told) {
		watch->told = true;
		watch->handler(watch, LOOP_INTERRUPTED);
	}
	/* A peer that always has something to say must not outlive the deadline. */
	else if (watch->deadline <= loop->now)
		watch->handler(watch, LOOP_TIMEOUT);
	else if (ready)
		watch->handler(watch, LOOP_READY);
	else
		return false;
	return true;
}

/* From the last to the first: what a handler removes is replaced by an entry that was already
 * served, and what it adds comes after all of them. The time is read again after each that was
 * called: those before it in a round of hundreds may have taken what was left. */
static void
serve(struct loop *loop)
{
	for (size_t i = loop->count; i-- > 0;)
		if (i < loop->count && serve_one(loop, loop->watches[i]))
			loop->now = deadline_now();
}

void
loop_run(struct loop *loop)
{
	while (loop->count > 0) {
		wait_for_events(loop);
		serve(loop);
	}
}

bool
loop_interrupted(void)
{
	return interrupted;
}

int64_t
loop_now(const struct loop *loop)
{
	return loop->now;
}

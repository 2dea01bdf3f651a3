#include "config.h"

#include "net/loop.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/deadline.h"

/* Two arrays side by side, because poll() wants its own; a removed entry is replaced by the last.
 */
struct loop {
	struct loop_watch **watches;
	struct pollfd *polls;
	size_t count;
	size_t room;
	int64_t now;
	sigset_t signals; /* the mask to wait with: ours are let in only there */
};

static volatile sig_atomic_t interrupted;

static void
on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static void
catch_signals(sigset_t *waiting)
{
	static const int ours[] = {SIGTERM, SIGINT, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t blocked;

	sigemptyset(&action.sa_mask);
	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		sigaddset(&blocked, ours[i]);
		sigaction(ours[i], &action, NULL);
	}
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	sigprocmask(SIG_BLOCK, &blocked, waiting);
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
		sigdelset(waiting, ours[i]);
}

struct loop *
loop_create(void)
{
	struct loop *loop = calloc(1, sizeof *loop);

	if (loop == NULL)
		return NULL;
	catch_signals(&loop->signals);
	loop->now = deadline_now();
	return loop;
}

void
loop_destroy(struct loop *loop)
{
	if (loop == NULL)
		return;
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
	loop->polls[watch->slot] = (struct pollfd){
	    .fd = watch->descriptor,
	    .events = watch->events,
	};
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
	loop->polls[watch->slot] = loop->polls[last];
	loop->watches[watch->slot]->slot = watch->slot;
}

static void
wait_for_events(struct loop *loop)
{
	int64_t deadline = DEADLINE_NEVER, left;
	struct timespec pause;

	for (size_t i = 0; i < loop->count; i++)
		deadline = deadline_sooner(deadline, loop->watches[i]->deadline);
	left = deadline_left(deadline, deadline_now());
	pause.tv_sec = (time_t)(left / DEADLINE_SECOND);
	pause.tv_nsec = (long)(left % DEADLINE_SECOND);
	if (ppoll(loop->polls, (nfds_t)loop->count, deadline == DEADLINE_NEVER ? NULL : &pause,
	        &loop->signals) < 0)
		for (size_t i = 0; i < loop->count; i++)
			loop->polls[i].revents = 0;
	loop->now = deadline_now();
}

/* From the last to the first: what a handler removes is replaced by an entry that was already
 * served, and what it adds comes after all of them. */
static void
serve(struct loop *loop)
{
	for (size_t i = loop->count; i-- > 0;) {
		struct loop_watch *watch;
		bool ready;

		if (i >= loop->count)
			continue;
		watch = loop->watches[i];
		ready = loop->polls[i].revents != 0;
		loop->polls[i].revents = 0;
		if (interrupted && !watch->told) {
			watch->told = true;
			watch->handler(watch, LOOP_INTERRUPTED);
		}
		/* A peer that always has something to say must not outlive the deadline. */
		else if (watch->deadline <= loop->now)
			watch->handler(watch, LOOP_TIMEOUT);
		else if (ready)
			watch->handler(watch, LOOP_READY);
	}
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

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/deadline.h"
#include "net/loop.h"
#include "unit/unit.h"

/* Who waits, and what became of it. */
struct waiter {
	struct loop_watch watch;
	struct loop *loop;
	int64_t until; /* the handler takes the time until then; 0: none */
	int ready, late;
};

static void
on_event(struct loop_watch *watch, enum loop_event event)
{
	struct waiter *waiter = watch->owner;

	waiter->ready += event == LOOP_READY;
	waiter->late += event == LOOP_TIMEOUT;
	while (deadline_now() < waiter->until)
		;
	loop_remove(waiter->loop, watch);
}

/* Both are ready at once, and the one that is served first takes the time that the other had. */
START_TEST(time_runs_out_within_a_round)
{
	int64_t deadline = deadline_after(deadline_now(), DEADLINE_SECOND / 5);
	struct waiter waiters[2] = {{.until = 0}, {.until = deadline}};
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	for (int i = 0; i < 2; i++) {
		waiters[i].loop = i == 0 ? loop_create() : waiters[0].loop;
		ck_assert_ptr_nonnull(waiters[i].loop);
		waiters[i].watch = (struct loop_watch){
		    .descriptor = ends[0],
		    .events = POLLIN,
		    .deadline = i == 0 ? deadline : DEADLINE_NEVER,
		    .handler = on_event,
		    .owner = &waiters[i],
		};
		ck_assert(loop_add(waiters[i].loop, &waiters[i].watch));
	}
	loop_run(waiters[0].loop);
	ck_assert_int_eq(waiters[1].ready, 1);
	ck_assert_int_eq(waiters[0].ready, 0);
	ck_assert_int_eq(waiters[0].late, 1);
	loop_destroy(waiters[0].loop);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

/* Who always has something to read, and how often it was told so. */
struct flooded {
	struct loop_watch watch;
	struct loop *loop;
	int rounds;
	bool interrupted;
};

static void
read_on(struct loop_watch *watch, enum loop_event event)
{
	struct flooded *flooded = watch->owner;

	if (flooded->rounds++ == 0)
		raise(SIGTERM);
	flooded->interrupted = event == LOOP_INTERRUPTED;
	if (flooded->interrupted || flooded->rounds == 10)
		loop_remove(flooded->loop, watch);
}

/* A peer that is never silent keeps no signal away from us. */
START_TEST(a_signal_in_a_flood)
{
	struct flooded flooded = {.loop = loop_create()};
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	flooded.watch = (struct loop_watch){
	    .descriptor = ends[0],
	    .events = POLLIN,
	    .deadline = DEADLINE_NEVER,
	    .handler = read_on,
	    .owner = &flooded,
	};
	ck_assert(loop_add(flooded.loop, &flooded.watch));
	loop_run(flooded.loop);
	ck_assert(flooded.interrupted);
	ck_assert_int_eq(flooded.rounds, 2);
	loop_destroy(flooded.loop);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, time_runs_out_within_a_round);
	tcase_add_test(tests, a_signal_in_a_flood);
}

int
main(void)
{
	return unit_run("net/loop", list);
}

#include <poll.h>
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

static void
list(TCase *tests)
{
	tcase_add_test(tests, time_runs_out_within_a_round);
}

int
main(void)
{
	return unit_run("net/loop", list);
}

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/call.h"
#include "unit/unit.h"

#define TENTH (DEADLINE_SECOND / 10)

/* The nonce is of zeros. */
static const uint8_t ack[48] = {0x10, 1, 0, 48, 0, 2, 0, 1, 0, 4, 0, 40, 0, 0, 0, 2};
static const uint8_t terminated[] = {
    0x10, 1, 0, 20, 0, 5, 0, 1, 0, 2, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4};

static struct tools tools;
static struct stream stream;
static struct facts facts;
static struct call call;
static int far; /* the server's end of the stream */
static bool done;
static enum facts_stage stage;
static enum facts_symptom symptom; /* of STAGE; FACTS_SYMPTOMS: nothing was told */

static void
set_up(enum facts_stage level)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	stream = (struct stream){.descriptor = ends[0]};
	far = ends[1];
	tools.loop = loop_create();
	facts_begin(&facts);
	facts.level = level;
	symptom = FACTS_SYMPTOMS;
}

static void
tear_down(void)
{
	call_end(&call);
	stream_end(&stream);
	loop_destroy(tools.loop);
	facts_free(&facts);
}

static void
on_staged(void *owner, enum facts_stage which, enum facts_symptom told, int error)
{
	(void)owner;
	(void)error;
	stage = which;
	symptom = told;
}

static void
on_done(void *owner)
{
	(void)owner;
	done = true;
}

static void
begin(int64_t patience)
{
	call_begin(&call, &tools, &stream, &facts, NULL, NULL, 0,
	    deadline_after(deadline_now(), 5 * DEADLINE_SECOND), patience, on_staged, on_done,
	    NULL);
}

/* A server that resets the connection behind its 200, before anything can be written to it. */
START_TEST(nobody_to_write_to)
{
	set_up(FACTS_SSTP);
	close(far);
	begin(TENTH);
	ck_assert(done);
	ck_assert_int_eq(stage, FACTS_SSTP);
	ck_assert_int_eq(symptom, FACTS_RESET);
	tear_down();
}
END_TEST

static const struct {
	const uint8_t *bytes;
	size_t length;
	enum facts_symptom symptom;
} last_words[] = {
    {terminated, sizeof terminated, FACTS_ABORT},
    {ack, sizeof ack, FACTS_WELL},
    {ack, sizeof ack - 1, FACTS_RESET},
};

/* What it said before is worth more. */
START_TEST(last_words_of_a_server)
{
	set_up(FACTS_SSTP);
	ck_assert_int_eq(send(far, last_words[_i].bytes, last_words[_i].length, 0),
	    (ssize_t)last_words[_i].length);
	close(far);
	begin(TENTH);
	ck_assert(done);
	ck_assert_int_eq(stage, FACTS_SSTP);
	ck_assert_int_eq(symptom, last_words[_i].symptom);
	tear_down();
}
END_TEST

static void
terminate_us(struct loop_watch *watch, enum loop_event event)
{
	(void)event;
	loop_remove(tools.loop, watch);
	raise(SIGTERM);
}

/* A signal while we leave gives us no second time for that. */
START_TEST(a_signal_while_we_leave)
{
	struct loop_watch watch = {.descriptor = -1, .handler = terminate_us};
	int64_t begun = deadline_now(), took;

	set_up(FACTS_SSTP);
	watch.deadline = begun + 4 * TENTH;
	ck_assert(loop_add(tools.loop, &watch));
	ck_assert_int_eq(send(far, ack, sizeof ack, 0), (ssize_t)sizeof ack);
	begin(5 * TENTH);
	loop_run(tools.loop);
	took = deadline_now() - begun;
	ck_assert(done);
	ck_assert_int_eq(symptom, FACTS_WELL);
	ck_assert_msg(took < 8 * TENTH, "%g s", deadline_to_seconds(took));
	close(far);
	tear_down();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, nobody_to_write_to);
	unit_add_rows(tests, last_words_of_a_server, last_words);
	tcase_add_test(tests, a_signal_while_we_leave);
}

int
main(void)
{
	return unit_run("probe/call", list);
}

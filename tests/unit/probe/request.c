#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/request.h"
#include "unit/unit.h"

static struct loop *loop;
static struct stream stream;
static struct request request;
static int far; /* the server's end of the stream */
static bool done;
static enum facts_symptom symptom;

/* Both ends of a connection over TCP: no other has a reset. */
static void
set_up(void)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, length), 0);
	ck_assert_int_eq(listen(listener, 1), 0);
	ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
	stream.descriptor = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(stream.descriptor, (struct sockaddr *)&address, length), 0);
	far = accept(listener, NULL, NULL);
	ck_assert_int_ge(far, 0);
	close(listener);
	loop = loop_create();
	ck_assert_ptr_nonnull(loop);
	memset(&request, 0, sizeof request);
	done = false;
}

static void
tear_down(void)
{
	request_end(&request);
	stream_end(&stream);
	loop_destroy(loop);
}

static void
on_done(void *owner, enum facts_symptom told, int error)
{
	(void)owner;
	(void)error;
	ck_assert(!done);
	done = true;
	symptom = told;
}

/* Close the far end as RESET has it, and wait until a reset has arrived. To what was on its way
 * there comes one too. */
static void
hang_up(bool reset, bool spoken_to)
{
	const struct linger linger = {.l_onoff = reset};
	struct pollfd arrival = {.fd = stream.descriptor};

	ck_assert_int_eq(setsockopt(far, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), 0);
	close(far);
	if (spoken_to)
		ck_assert_int_eq(send(stream.descriptor, "x", 1, MSG_NOSIGNAL), 1);
	if (reset || spoken_to)
		ck_assert_int_eq(poll(&arrival, 1, -1), 1);
}

static void
ask(void)
{
	text_add(&request.bytes, "HEAD / HTTP/1.1\r\n\r\n");
	request_begin(&request, loop, &stream, deadline_after(deadline_now(), 5 * DEADLINE_SECOND),
	    on_done, NULL);
	loop_run(loop);
	ck_assert(done);
}

static const struct {
	const char *said; /* before that */
	bool reset, spoken_to;
	enum facts_symptom symptom;
} ends[] = {
    {"", true, false, FACTS_RESET},
    {"HTTP/1.1 401 Unauthorized\r\n", true, false, FACTS_RESET},
    {"HTTP/1.1 401 Unauthorized\r\n\r\n", true, false, FACTS_WELL},
    {"HTTP/1.1 401 Unauthorized\r\n\r\n", false, false, FACTS_WELL},
    {"", false, false, FACTS_CLOSED},
    {"", false, true, FACTS_CLOSED},
    {"HTTP/1.1 401 Unauthorized\r\n\r\n", false, true, FACTS_WELL},
};

/* Whether a reset comes before the request or after it is chance, and it is the same. */
START_TEST(an_end_before_the_request)
{
	set_up();
	ck_assert_int_eq(
	    send(far, ends[_i].said, strlen(ends[_i].said), 0), (ssize_t)strlen(ends[_i].said));
	hang_up(ends[_i].reset, ends[_i].spoken_to);
	ask();
	ck_assert_str_eq(facts_symptom_name(symptom), facts_symptom_name(ends[_i].symptom));
	tear_down();
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, an_end_before_the_request, ends);
}

int
main(void)
{
	return unit_run("probe/request", list);
}

/*
 * straits - check_sstp in need: no descriptors, no stdout, a signal in the middle, a deadline.
 */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"

#define PLUGIN "plugins/check_sstp"
#define SIM    "tests/rras/rras-sim"
#define LIMIT  30

/* What an answer may take beyond the deadline. */
#define SLACK (0.2 * PROCESS_SLOWNESS)

/* The leak checker needs descriptors of its own. */
#define NO_LEAK_CHECK "ASAN_OPTIONS=detect_leaks=0"

static struct process_result result; /* large */
static struct process_sim sim;
static rlim_t descriptors;
static char folder[] = "/tmp/sstp-straits-XXXXXX";
static char path[128], line[512];

static void
begin_sim(const char *knobs)
{
	snprintf(line, sizeof line, "--ca-out %s/ca.pem --log %s/log %s", folder, folder, knobs);
	process_start_sim(SIM, line, &sim);
	snprintf(line, sizeof line, "-H vpn.example.com -I 127.0.0.2 -p %d --ca-file %s/ca.pem",
	    sim.port, folder);
}

static void
set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
tear_down(void)
{
	snprintf(line, sizeof line, "rm -rf %s", folder);
	ck_assert_int_eq(system(line), 0);
}

static void
limit_descriptors(void)
{
	struct rlimit limit = {descriptors, descriptors};

	/* The test frame has files of its own open, which the plugin would inherit. */
	for (int descriptor = STDERR_FILENO + 1; descriptor < 256; descriptor++)
		close(descriptor);
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* From one descriptor more than the standard ones, which the loader of shared libraries needs, to
 * enough: never a word against the server. */
START_TEST(few_descriptors)
{
	struct process process;

	begin_sim("tcp=ok");
	for (descriptors = 4; descriptors <= 12; descriptors++) {
		process_begin(&process, PLUGIN, line, NO_LEAK_CHECK, limit_descriptors);
		process_end(&process, LIMIT, &result);
		ck_assert_int_eq(result.signal, 0);
		if (descriptors > 8)
			ck_assert_msg(result.exit == 0, "%d: %s", (int)descriptors, result.out);
		else if (result.exit != 0) {
			ck_assert_msg(result.exit == 3, "%d: %s", (int)descriptors, result.out);
			ck_assert_ptr_nonnull(strstr(result.out, "SSTP UNKNOWN - "));
		}
	}
	process_stop_sim(&sim);
}
END_TEST

START_TEST(four_descriptors)
{
	struct process process;

	descriptors = 4;
	begin_sim("tcp=ok");
	snprintf(line, sizeof line, "-H vpn.example.com -I 127.0.0.2 -p %d", sim.port);
	snprintf(path, sizeof path, NO_LEAK_CHECK " SSL_CERT_DIR=%s", folder);
	process_begin(&process, PLUGIN, line, path, limit_descriptors);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 3, "%d %d: %s", result.exit, result.signal, result.out);
	ck_assert_msg(strstr(result.out, "[local.") != NULL, "%s", result.out);
	process_stop_sim(&sim);
}
END_TEST

/* A name needs a pipe and the resolver's own files. */
START_TEST(no_descriptors_for_the_resolver)
{
	struct process process;

	for (descriptors = 4; descriptors <= 5; descriptors++) {
		process_begin(&process, PLUGIN, "-H vpn.example.com --plain -t 3", NO_LEAK_CHECK,
		    limit_descriptors);
		process_end(&process, LIMIT, &result);
		ck_assert_msg(
		    result.exit == 3, "%d %d: %s", result.exit, result.signal, result.out);
		ck_assert_msg(
		    strstr(result.out, "[local.no-descriptors]") != NULL, "%s", result.out);
	}
}
END_TEST

/* A whole VPN connection in a process. */
START_TEST(a_connection_takes_little_memory)
{
	struct process process;
	char options[sizeof line + 64];

	begin_sim("auth=mschapv2");
	snprintf(options, sizeof options, "%s -l User --ping 192.168.77.1", line);
	process_begin(&process, PLUGIN, options, "SSTP_PASSWORD=clientPass", NULL);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 0, "%s", result.out);
	if (PROCESS_SLOWNESS == 1)
		ck_assert_int_lt(result.peak, 16L << 10);
	process_stop_sim(&sim);
}
END_TEST

static void
close_stdout(void)
{
	close(STDOUT_FILENO);
}

static void
close_all(void)
{
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
}

static void
fill_disk(void)
{
	dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
}

START_TEST(no_stdout)
{
	static void (*const ways[])(void) = {close_stdout, close_all, fill_disk};
	struct process process;

	begin_sim("tcp=ok");
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		process_begin(&process, PLUGIN, line, NULL, ways[i]);
		process_end(&process, LIMIT, &result);
		ck_assert_int_eq(result.exit, 3);
		ck_assert_str_eq(result.out, "");
		ck_assert_str_eq(result.err, "");
	}
	process_begin(&process, PLUGIN, "--help", NULL, close_stdout);
	process_end(&process, LIMIT, &result);
	ck_assert_int_eq(result.exit, 3);
	process_stop_sim(&sim);
}
END_TEST

/* Wait until the sim's journal, a fifo, tells of EVENT, and give what it said since the last time.
 */
static const char *
await_event(int journal, const char *event)
{
	static char said[4096];
	size_t length = 0;

	said[0] = '\0';
	while (strstr(said, event) == NULL) {
		ssize_t count = read(journal, said + length, sizeof said - 1 - length);

		ck_assert_int_gt(count, 0);
		length += (size_t)count;
		said[length] = '\0';
	}
	return said;
}

/* One row a stage in which the signal comes: the fault that holds it there, what the sim sees then,
 * and what it must see in the end. */
static const struct {
	const char *knobs, *event, *stage;
	int signal;
	const char *level, *end;
} moments[] = {
    {"http=hang", "http HEAD", "stage http", SIGTERM, "http", "end"},
    {"http=hang", "http HEAD", "stage http", SIGINT, "http", "end"},
    {"tls=hang", "tls hello", "stage tls", SIGTERM, "http", "end"},
    {"ppp=silent", "connect request", "stage ", SIGTERM, "ppp", "left politely"},
};
#define MOMENTS ((int)(sizeof moments / sizeof moments[0]))

START_TEST(a_signal_in_the_middle)
{
	struct process process;
	size_t end;
	int journal;

	snprintf(path, sizeof path, "%s/log", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	journal = open(path, O_RDWR);
	ck_assert_int_ge(journal, 0);
	begin_sim(moments[_i].knobs);
	end = strlen(line);
	snprintf(line + end, sizeof line - end, " --level %s", moments[_i].level);
	process_begin(&process, PLUGIN, line, NULL, NULL);
	await_event(journal, moments[_i].event);
	kill(process.pid, moments[_i].signal);
	await_event(journal, moments[_i].end);
	process_end(&process, LIMIT, &result);
	ck_assert_int_eq(result.exit, 3);
	ck_assert_msg(strstr(result.out, moments[_i].stage) != NULL, "%s", result.out);
	ck_assert_ptr_nonnull(strstr(result.out, "[local.interrupted] | total="));
	ck_assert(result.seconds < 5);
	process_stop_sim(&sim);
	close(journal);
}
END_TEST

/* Nor is time that is up. */
START_TEST(a_timeout_is_no_excuse)
{
	size_t end;
	int journal;

	snprintf(path, sizeof path, "%s/log", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	journal = open(path, O_RDWR);
	ck_assert_int_ge(journal, 0);
	begin_sim("ppp=silent");
	end = strlen(line);
	snprintf(line + end, sizeof line - end, " --level ppp -t 1");
	process_run(PLUGIN, line, NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 2);
	ck_assert_ptr_nonnull(strstr(await_event(journal, " left "), " left politely"));
	process_stop_sim(&sim);
	close(journal);
}
END_TEST

/* A server that says nothing costs nothing: one wait a frame, and a few more. */
START_TEST(no_busy_waiting)
{
	size_t end;

	begin_sim("ppp=silent");
	end = strlen(line);
	snprintf(line + end, sizeof line - end, " --level ppp -t 4");
	process_run(PLUGIN, line, NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 2);
	ck_assert_msg(result.switches < 60, "%ld waits", result.switches);
	ck_assert_msg(result.busy < 0.5 * PROCESS_SLOWNESS, "%g s", result.busy);
	process_stop_sim(&sim);
}
END_TEST

/* Whatever a server does with our time: the answer comes within 0.2 s after it is up. */
static const struct {
	const char *knobs, *level;
} sluggards[] = {
    {"tls=hang", "http"},
    {"tls=stall", "http"},
    {"tls=drip,drip=0.01", "http"},
    {"http=hang", "http"},
    {"http=drip,drip=0.01", "http"},
    {"delay=5", "http"},
    {"duplex=hang", "sstp"},
    {"sstp=hang", "sstp"},
    {"sstp-split=drip,drip=0.1", "ppp"},
    {"ppp=silent", "ppp"},
    {"ppp=flood", "ppp"},
};
#define SLUGGARDS ((int)(sizeof sluggards / sizeof sluggards[0]))

START_TEST(the_deadline_holds)
{
	size_t end;

	begin_sim(sluggards[_i].knobs);
	end = strlen(line);
	snprintf(line + end, sizeof line - end, " --level %s -t 0.7", sluggards[_i].level);
	process_run(PLUGIN, line, NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 2);
	/* From level sstp on a fifth of the time is kept for leaving. */
	ck_assert_msg(result.seconds >= 0.7 * 0.8, "%g s: %s", result.seconds, result.out);
	ck_assert_msg(result.seconds < 0.7 + SLACK, "%g s", result.seconds);
	process_stop_sim(&sim);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("straits");
	TCase *tests = tcase_create("check_sstp");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tests, 2 * LIMIT);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, few_descriptors);
	tcase_add_test(tests, four_descriptors);
	tcase_add_test(tests, no_descriptors_for_the_resolver);
	tcase_add_test(tests, a_connection_takes_little_memory);
	tcase_add_test(tests, no_stdout);
	tcase_add_loop_test(tests, a_signal_in_the_middle, 0, MOMENTS);
	tcase_add_test(tests, a_timeout_is_no_excuse);
	tcase_add_test(tests, no_busy_waiting);
	tcase_add_loop_test(tests, the_deadline_holds, 0, SLUGGARDS);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

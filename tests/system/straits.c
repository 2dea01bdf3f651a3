/*
 * straits - the plugins in need: no descriptors, no stdout, a signal in the middle.
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
#include "support/json.h"
#include "support/prometheus.h"
#include "support/scratch.h"
#include "support/suite.h"

#define PLUGIN "plugins/check_sstp"
#define SIM    "tests/rras/rras-sim"
#define LIMIT  30

/* The leak checker needs descriptors of its own. */
#define NO_LEAK_CHECK "ASAN_OPTIONS=detect_leaks=0"

static struct process_result result; /* large */
static struct process_sim sim;
static rlim_t descriptors;
static const char *folder;
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
	folder = scratch_make();
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
	if (SLOWNESS == 1)
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

/* The one who reads has gone. */
static void
break_pipe(void)
{
	int ends[2];

	signal(SIGPIPE, SIG_DFL);
	if (pipe(ends) == 0)
		dup2(ends[1], STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
}

static void
close_stderr(void)
{
	close(STDERR_FILENO);
}

/* Each plugin, with what it takes to be well at {port}. */
static const struct {
	const char *program, *options;
} plugins[] = {
    {PLUGIN, "-I 127.0.0.2"},
    {"plugins/check_sstp_cert", "-I 127.0.0.2"},
    {"plugins/check_sstp_pool", "-B 127.0.0.2 -B 127.0.0.3"},
};
#define PLUGINS ((int)(sizeof plugins / sizeof plugins[0]))

/* Run one of them, set up by PREPARE, with MORE options. */
static void
run_prepared(int plugin, const char *more, void (*prepare)(void))
{
	struct process process;
	char options[sizeof line];

	snprintf(options, sizeof options, "-H vpn.example.com -p %d --ca-file %s/ca.pem %s%s",
	    sim.port, folder, plugins[plugin].options, more);
	process_begin(&process, plugins[plugin].program, options, NULL, prepare);
	process_end(&process, LIMIT, &result);
	ck_assert_int_eq(result.signal, 0);
	ck_assert_str_eq(result.err, "");
}

/* What cannot be said is not well, but for a balancer, which reads the exit code alone. */
START_TEST(no_stdout)
{
	static void (*const ways[])(void) = {close_stdout, close_all, fill_disk, break_pipe};
	static const char *const more[] = {
	    "", " -vvv", " -o json", " -o prometheus", " --help", " --level nonsense"};

	begin_sim("tcp=ok");
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		for (size_t j = 0; j < sizeof more / sizeof more[0]; j++) {
			run_prepared(_i, more[j], ways[i]);
			ck_assert_int_eq(result.exit, 3);
			ck_assert_str_eq(result.out, "");
		}
		run_prepared(_i, " -o lb", ways[i]);
		ck_assert_int_eq(result.exit, 0);
	}
	process_stop_sim(&sim);
}
END_TEST

/* In a build that counts lines, what this process has counted would be written by exec, without
 * room. It is libgcov's own name. NOLINTNEXTLINE(bugprone-reserved-identifier) */
void __gcov_dump(void) __attribute__((weak));

static void
forbid_growth(void)
{
	const struct rlimit none = {0, 0};

	if (__gcov_dump != NULL)
		__gcov_dump();
	setrlimit(RLIMIT_FSIZE, &none);
}

static void
forbid_growth_of_stdout(void)
{
	forbid_growth();
	dup2(open(path, O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
}

/* A limit on the size of files is a failed write as well: a refusal that cannot be kept is told, a
 * capture that cannot be written is refused, and nothing is left behind. */
START_TEST(no_room_in_files)
{
	struct process process;
	char options[sizeof line + sizeof path + 64];

	begin_sim("auth=mschapv2,refuse=691");
	snprintf(path, sizeof path, "%s/state", folder);
	snprintf(options, sizeof options, "%s -l User --level auth --state-dir %s", line, path);
	process_begin(&process, PLUGIN, options, "SSTP_PASSWORD=clientPass", forbid_growth);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 2, "signal %d: %s", result.signal, result.out);
	ck_assert_ptr_nonnull(strstr(result.out, ", no back-off (see --state-dir)"));
	ck_assert_msg(rmdir(path) == 0, "something is left in the folder");

	snprintf(path, sizeof path, "%s/capture", folder);
	snprintf(options, sizeof options, "%s --level ppp --pcap %s", line, path);
	process_begin(&process, PLUGIN, options, NULL, forbid_growth);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 3, "signal %d: %s", result.signal, result.out);
	ck_assert_ptr_nonnull(strstr(result.out, "SSTP UNKNOWN - --pcap takes a file "));

	snprintf(path, sizeof path, "%s/stdout", folder);
	process_begin(&process, PLUGIN, line, NULL, forbid_growth_of_stdout);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 3, "signal %d", result.signal);
	process_stop_sim(&sim);
}
END_TEST

START_TEST(no_stderr)
{
	begin_sim("tcp=ok");
	run_prepared(_i, "", close_stderr);
	ck_assert_msg(result.exit == 0, "%s", result.out);
	ck_assert_ptr_nonnull(strstr(result.out, " OK - "));
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
#define LOGON "-l User --backoff 0 "
static const struct {
	const char *knobs, *event, *stage;
	int signal;
	const char *options, *end;
} moments[] = {
    {"http=hang", "http HEAD", "stage http", SIGTERM, "--level http", "end"},
    {"http=hang", "http HEAD", "stage http", SIGINT, "--level http", "end"},
    {"http=hang", "http HEAD", "stage http", SIGHUP, "--level http", "end"},
    {"tls=hang", "tls hello", "stage tls", SIGTERM, "--level http", "end"},
    {"tls=hang", "tls hello", "stage tls", SIGINT, "--level http", "end"},
    {"duplex=hang", "duplex ", "stage http", SIGTERM, "--level sstp", "end"},
    {"sstp=hang", "connect request", "stage sstp", SIGTERM, "--level sstp", "left politely"},
    {"sstp=hang", "connect request", "stage sstp", SIGINT, "--level sstp", "left politely"},
    {"ppp=silent", "connect request", "stage ", SIGTERM, "--level ppp", "left politely"},
    {"auth=mschapv2,logon=silent", "logon not answered", "stage auth", SIGTERM,
        LOGON "--level auth", "left politely"},
    {"auth=mschapv2,logon=silent", "logon not answered", "stage auth", SIGINT, LOGON "--level auth",
        "left politely"},
    {"auth=mschapv2,ipcp=silent", "binding verified", "stage tunnel", SIGTERM,
        LOGON "--level tunnel", "left politely"},
    {"auth=mschapv2,ping=loses-all", "ping sequence", "stage ping", SIGTERM,
        LOGON "--ping 192.168.77.1", "left politely"},
};
#define MOMENTS ((int)(sizeof moments / sizeof moments[0]))

/* The journal of the sim as a fifo, so that it can be waited for. */
static int
open_journal(void)
{
	int journal;

	snprintf(path, sizeof path, "%s/log", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	journal = open(path, O_RDWR);
	ck_assert_int_ge(journal, 0);
	return journal;
}

START_TEST(a_signal_in_the_middle)
{
	struct process process;
	size_t end;
	int journal = open_journal();

	begin_sim(moments[_i].knobs);
	end = strlen(line);
	snprintf(line + end, sizeof line - end, " %s", moments[_i].options);
	process_begin(&process, PLUGIN, line, "SSTP_PASSWORD=clientPass", NULL);
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

/* The other plugins too, in the format that was asked for. */
static const char *const formats[] = {"", " -o json", " -o prometheus", " -o lb"};
#define FORMATS ((int)(sizeof formats / sizeof formats[0]))

START_TEST(a_signal_to_each_plugin)
{
	const char *format = formats[_i % FORMATS];
	int plugin = _i / FORMATS, journal = open_journal();
	struct process process;

	begin_sim("tls=hang");
	snprintf(line, sizeof line, "-H vpn.example.com -p %d %s%s", sim.port,
	    plugins[plugin].options, format);
	process_begin(&process, plugins[plugin].program, line, NULL, NULL);
	await_event(journal, "tls hello");
	kill(process.pid, SIGTERM);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == (strcmp(format, " -o lb") == 0 ? 1 : 3), "exit %d: %s",
	    result.exit, result.out);
	ck_assert_msg(strstr(result.out, "local.interrupted") != NULL, "%s", result.out);
	ck_assert_str_eq(result.err, "");
	ck_assert(result.seconds < 5);
	process_stop_sim(&sim);
	close(journal);
}
END_TEST

static void
block_signals(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

/* Before there are options, too, and whatever the one who began it has blocked. */
START_TEST(a_signal_while_options_are_awaited)
{
	struct process process;
	int writer;

	snprintf(path, sizeof path, "%s/options", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	snprintf(line, sizeof line, "--extra-opts=@%s", path);
	process_begin(&process, plugins[_i].program, line, NULL, block_signals);
	writer = open(path, O_WRONLY | O_CLOEXEC);
	kill(process.pid, SIGTERM);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 3, "signal %d", result.signal);
	ck_assert_ptr_nonnull(strstr(result.out, "[local.interrupted]"));
	close(writer);
}
END_TEST

/* Where the loop does not wait, but a file: that no signal is lost there is up to the seat belt.
 * What it says is in the format that was asked for all the same. */
static const char *const last_words[] = {"text", "json", "prometheus", "zabbix-lld", "lb"};
#define LAST_WORDS ((int)(sizeof last_words / sizeof last_words[0]))

static void
read_last_words(const char *format, const char *text)
{
	static struct prometheus samples;
	const char *problem;
	size_t where;

	if (strcmp(format, "json") == 0) {
		struct json *json = json_parse(text, strlen(text), &where);

		ck_assert_msg(json != NULL, "byte %zu: %s", where, text);
		ck_assert_uint_eq(json_count(json), 10);
		ck_assert_str_eq(json_string(json, "cause"), "local.interrupted");
		ck_assert(json_is_number(json, "exit", 3));
		json_free(json);
	} else if (strcmp(format, "prometheus") == 0) {
		problem = prometheus_parse(text, &samples, &where);
		ck_assert_msg(problem == NULL, "line %zu: %s: %s", where, problem, text);
		ck_assert(
		    prometheus_find(&samples, "sstp_probe_success", "vpn.example.com", NULL, NULL)
		        ->value == 0);
		ck_assert_ptr_nonnull(prometheus_find(&samples, "sstp_probe_failure",
		    "vpn.example.com", "cause", "local.interrupted"));
	} else {
		/* To Zabbix an empty list would say that there are no targets any more. */
		ck_assert_msg(strstr(text, " UNKNOWN - stopped by a signal ") != NULL, "%s", text);
		ck_assert_ptr_nonnull(strstr(text, " [local.interrupted]\n"));
	}
}

START_TEST(a_signal_while_a_file_is_awaited)
{
	const char *format = last_words[_i % LAST_WORDS];
	struct process process;
	int writer;

	snprintf(path, sizeof path, "%s/ca.pem", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	snprintf(
	    line, sizeof line, "-H vpn.example.com -I 127.0.0.2 --ca-file %s -o %s", path, format);
	process_begin(&process, plugins[_i / LAST_WORDS].program, line, NULL, NULL);
	writer = open(path, O_WRONLY | O_CLOEXEC);
	kill(process.pid, SIGALRM);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == (strcmp(format, "lb") == 0 ? 1 : 3), "exit %d: %s",
	    result.exit, result.out);
	read_last_words(format, result.out);
	ck_assert_str_eq(result.err, "");
	close(writer);
}
END_TEST

/* A stray one is no reason to end. */
START_TEST(a_broken_pipe_elsewhere)
{
	struct process process;
	int journal = open_journal();

	begin_sim("delay=0.1");
	process_begin(&process, PLUGIN, line, NULL, NULL);
	await_event(journal, "tcp accepted");
	kill(process.pid, SIGPIPE);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 0, "signal %d: %s", result.signal, result.out);
	process_stop_sim(&sim);
	close(journal);
}
END_TEST

/* Nor is time that is up. */
START_TEST(a_timeout_is_no_excuse)
{
	size_t end;
	int journal = open_journal();

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

/* Nor may a limit on the processor's time end it without a word. */
START_TEST(no_processor_time)
{
	struct process process;
	int journal = open_journal();

	begin_sim("tls=hang");
	process_begin(&process, PLUGIN, line, NULL, NULL);
	await_event(journal, "tls hello");
	kill(process.pid, SIGXCPU);
	process_end(&process, LIMIT, &result);
	ck_assert_msg(result.exit == 3, "signal %d: %s", result.signal, result.out);
	ck_assert_ptr_nonnull(strstr(result.out, "[local.interrupted]"));
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
	ck_assert_msg(result.busy < 0.5 * SLOWNESS, "%g s", result.busy);
	process_stop_sim(&sim);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("straits");
	TCase *tests = tcase_create("check_sstp");

	tcase_set_timeout(tests, 2 * LIMIT);
	tcase_add_checked_fixture(tests, set_up, scratch_remove);
	tcase_add_test(tests, few_descriptors);
	tcase_add_test(tests, four_descriptors);
	tcase_add_test(tests, no_descriptors_for_the_resolver);
	tcase_add_test(tests, a_connection_takes_little_memory);
	tcase_add_loop_test(tests, no_stdout, 0, PLUGINS);
	tcase_add_test(tests, no_room_in_files);
	tcase_add_loop_test(tests, no_stderr, 0, PLUGINS);
	tcase_add_loop_test(tests, a_signal_in_the_middle, 0, MOMENTS);
	tcase_add_loop_test(tests, a_signal_to_each_plugin, 0, PLUGINS * FORMATS);
	tcase_add_loop_test(tests, a_signal_while_options_are_awaited, 0, PLUGINS);
	tcase_add_loop_test(tests, a_signal_while_a_file_is_awaited, 0, PLUGINS * LAST_WORDS);
	tcase_add_test(tests, a_broken_pipe_elsewhere);
	tcase_add_test(tests, a_timeout_is_no_excuse);
	tcase_add_test(tests, no_processor_time);
	tcase_add_test(tests, no_busy_waiting);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

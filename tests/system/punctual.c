/*
 * punctual - whatever a server does with our time, and in whichever stage: the answer comes within
 * 0.2 s after -t.
 *
 *   PUNCTUAL_RUNS=200 tests/system/punctual
 *
 * Each row is run so many times, eight side by side. Beside them a bare process waits as long:
 * where it is late itself, the machine was busy with something else, and the eight are run again.
 */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/deadline.h"
#include "process.h"
#include "sources.h"
#include "support/scratch.h"
#include "support/suite.h"

#define SIM       "tests/rras/rras-sim"
#define RUNS      8
#define RUNS_MAX  1000
#define SIDE      8
#define LIMIT     30
#define TIME      1.0
#define SLACK     (0.2 * SLOWNESS)
#define BUSY      0.05 /* seconds that the bare process may be late */
#define AGAIN_MAX 40
#define LEAVING   0.2 /* share of the time that may be kept for that */

#define OF    "-H vpn.example.com -I 127.0.0.2 --level "
#define LOGON "-H vpn.example.com -I 127.0.0.2 -l User --backoff 0 --level "
#define DNS   "LD_PRELOAD=tests/system/fakenet.so ASAN_OPTIONS=verify_asan_link_order=0 FAKE_DNS="

/* Whose answers are late where it is asked after revocation. */
static const struct sources_row silent = {.crl = SOURCES_GOOD, .crl_way = ISSUER_SILENT};
static const struct sources_row dripping = {.ocsp = SOURCES_GOOD, .ocsp_way = ISSUER_DRIP};

static const struct row {
	const char *name, *knobs, *plugin, *options;
	int exit;
	const char *environment;
	const struct sources_row *sources; /* instead of rras-sim */
} rows[] = {
    {"resolve: no answer", "tcp=ok", "check_sstp", "-H vpn.example.com", 3,
        DNS "vpn.example.com=!hang"},
    {"connect: no answer", "127.0.0.2,tcp=blackhole", "check_sstp", OF "http", 2, NULL},
    {"tls: no answer", "tls=hang", "check_sstp", OF "http", 2, NULL},
    {"tls: half an answer", "tls=stall", "check_sstp", OF "http", 2, NULL},
    {"tls: a byte at a time", "tls=drip,drip=0.01", "check_sstp", OF "http", 2, NULL},
    {"tls: too late", "delay=0.6", "check_sstp", OF "http", 2, NULL},
    {"http: no answer", "http=hang", "check_sstp", OF "http", 2, NULL},
    {"http: a byte at a time", "http=drip,drip=0.05", "check_sstp", OF "http", 2, NULL},
    {"http: too late", "delay=0.36", "check_sstp", OF "http", 2, NULL},
    {"duplex: no answer", "duplex=hang", "check_sstp", OF "sstp", 2, NULL},
    {"sstp: no answer", "sstp=hang", "check_sstp", OF "sstp", 2, NULL},
    {"sstp: a byte at a time", "sstp-split=drip,drip=0.05", "check_sstp", OF "sstp", 2, NULL},
    {"sstp: too late", "delay=0.22", "check_sstp", OF "sstp", 2, NULL},
    {"ppp: no answer", "ppp=silent", "check_sstp", OF "ppp", 2, NULL},
    {"ppp: a byte at a time", "sstp-split=drip,drip=0.01", "check_sstp", OF "ppp", 2, NULL},
    {"ppp: no end of it", "ppp=flood", "check_sstp", OF "ppp", 2, NULL},
    {"auth: no challenge", "auth=mschapv2,logon=mute", "check_sstp", LOGON "auth", 2, NULL},
    {"auth: no answer", "auth=mschapv2,logon=silent", "check_sstp", LOGON "auth", 2, NULL},
    {"auth: too late", "auth=mschapv2,logon-delay=0.9", "check_sstp", LOGON "auth", 2, NULL},
    {"auth: no answer inside EAP", "auth=eap", "check_sstp",
        LOGON "auth --auth-method eap-mschapv2", 2, NULL},
    {"tunnel: no answer", "auth=mschapv2,ipcp=silent", "check_sstp", LOGON "tunnel", 2, NULL},
    {"tunnel: silence", "auth=mschapv2,end-at=connected,end-by=silence", "check_sstp",
        LOGON "tunnel", 2, NULL},
    {"ping: no answer", "auth=mschapv2,ping=loses-all", "check_sstp",
        LOGON "ping --ping 192.168.77.1", 2, NULL},
    {"ping: too late", "auth=mschapv2,ping-delay=3", "check_sstp", LOGON "ping --ping 192.168.77.1",
        2, NULL},
    {"certificate: no answer", "tls=hang", "check_sstp_cert", "-H vpn.example.com -I 127.0.0.2", 2,
        NULL},
    {"certificate: a byte at a time", "tls=drip,drip=0.01", "check_sstp_cert",
        "-H vpn.example.com -I 127.0.0.2", 2, NULL},
    {"certificate: no list of it", "tcp=ok", "check_sstp_cert",
        "-H vpn.example.com -I 127.0.0.2 --binding {fifo}", 3, NULL},
    {"revocation: no answer", NULL, "check_sstp_cert",
        "-H vpn.example.com -I 127.0.0.1 --revocation crl", 2, NULL, &silent},
    {"revocation: a byte at a time", NULL, "check_sstp_cert",
        "-H vpn.example.com -I 127.0.0.1 --revocation ocsp", 2, NULL, &dripping},
    {"pool: all hang", "http=hang", "check_sstp_pool",
        "-H vpn.example.com -B 127.0.0.2 -B 127.0.0.3 -B 127.0.0.4", 2, NULL},
};
#define ROWS ((int)(sizeof rows / sizeof rows[0]))

static struct process_result result; /* large */
static double late[RUNS_MAX];
static char line[512], fifo[64];

/* Append what to trust, the port and the time, where they belong. {fifo}, at the end, is one into
 * which nobody writes. */
static void
fill_line(const struct row *row, int port)
{
	bool has_server = row->environment == NULL;
	size_t length = strcspn(row->options, "{");
	const char *path = row->options[length] == '{' ? fifo : "";

	snprintf(line, sizeof line, "%.*s%s -t %g -p %d%s%s", (int)length, row->options, path, TIME,
	    port, has_server ? " --ca-file " : "", has_server ? scratch_path("ca.pem") : "");
}

static struct process_sim sim;

static void
begin_server(const struct row *row)
{
	if (row->sources != NULL) {
		sources_set(row->sources);
		fill_line(row, (int)sources_scene.issuer.tls_port);
		return;
	}
	snprintf(line, sizeof line, "--ca-out %s %s", scratch_path("ca.pem"), row->knobs);
	process_start_sim(SIM, line, &sim);
	fill_line(row, sim.port);
}

static void
end_server(const struct row *row)
{
	if (row->sources != NULL)
		sources_strike("/", NULL);
	else
		process_stop_sim(&sim);
}

/* Sources do not live for ever. */
static void
renew_server(const struct row *row)
{
	if (row->sources == NULL)
		return;
	end_server(row);
	begin_server(row);
}

/* A process that does nothing but wait. Its pipe is closed when it ends. */
static void
begin_bare(struct process *bare)
{
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	bare->begun = deadline_now();
	bare->out = ends[0];
	bare->pid = fork();
	ck_assert_int_ge(bare->pid, 0);
	if (bare->pid == 0) {
		poll(NULL, 0, (int)(TIME * 1000));
		_exit(0);
	}
	close(ends[1]);
}

static void
end_bare(struct process *bare)
{
	int status;

	ck_assert_int_eq(waitpid(bare->pid, &status, 0), bare->pid);
	close(bare->out);
}

/* Wait for whichever of those that are not DONE ends next. */
static size_t
next_end(const struct process *processes, const bool *done)
{
	struct pollfd polls[SIDE + 1];
	size_t next = 0;

	for (size_t i = 0; i < SIDE + 1; i++)
		polls[i] = (struct pollfd){done[i] ? -1 : processes[i].out, POLLIN, 0};
	ck_assert_int_gt(poll(polls, SIDE + 1, LIMIT * 1000), 0);
	while (polls[next].revents == 0)
		next++;
	return next;
}

/* How long it was ready and no processor was free, which is no fault of its own; 0 where that is
 * not known. It lives, or is not waited for yet. */
static double
kept_waiting(const struct process *process)
{
	unsigned long long ran, waited = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)process->pid);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	if (fscanf(file, "%llu %llu", &ran, &waited) != 2)
		waited = 0;
	fclose(file);
	return (double)waited / 1e9;
}

/* Too early would be wrong too: what comes in time counts. */
static double
judge(const struct row *row, double waited)
{
	double after = result.seconds - TIME;

	ck_assert_msg(result.exit == row->exit, "exit %d: %s", result.exit, result.out);
	ck_assert_msg(after > -LEAVING * TIME, "%g s early: %s", -after, result.out);
	return after - waited;
}

/* Run eight of them, and leave how late they were in AFTER. False: the machine was busy. */
static bool
run_eight(const struct row *row, double *after)
{
	struct process processes[SIDE + 1];
	bool done[SIDE + 1] = {false};
	char program[64];
	double bare = 0, waited[SIDE] = {0};

	snprintf(program, sizeof program, "plugins/%s", row->plugin);
	begin_bare(&processes[SIDE]);
	for (size_t i = 0; i < SIDE; i++)
		process_begin(&processes[i], program, line,
		    row->environment != NULL ? row->environment : "SSTP_PASSWORD=clientPass", NULL);
	for (size_t i = 0; i < SIDE + 1; i++) {
		size_t next = next_end(processes, done);

		done[next] = true;
		if (next == SIDE) {
			bare = deadline_to_seconds(deadline_now() - processes[SIDE].begun) - TIME;
			end_bare(&processes[SIDE]);
			for (size_t j = 0; j < SIDE; j++)
				waited[j] = done[j] ? 0 : kept_waiting(&processes[j]);
			continue;
		}
		if (done[SIDE])
			waited[next] = kept_waiting(&processes[next]) - waited[next];
		process_end(&processes[next], LIMIT, &result);
		after[next] = judge(row, waited[next]);
	}
	return bare < BUSY;
}

static int
compare(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return (a > b) - (a < b);
}

START_TEST(each_stage)
{
	const struct row *row = &rows[_i];
	const char *given = getenv("PUNCTUAL_RUNS");
	size_t wanted = given == NULL ? RUNS : strtoul(given, NULL, 10), count = 0, again = 0;

	ck_assert(wanted > 0 && wanted <= RUNS_MAX - SIDE);
	begin_server(row);
	while (count < wanted) {
		if (run_eight(row, late + count))
			count += SIDE;
		else
			ck_assert_msg(
			    again++ < AGAIN_MAX, "this machine is too busy to measure time");
		if (count < wanted)
			renew_server(row);
	}
	end_server(row);
	qsort(late, count, sizeof *late, compare);
	printf("%-32s %4zu runs, after -t: median %4.0f, 95 %% %4.0f, last %4.0f ms\n", row->name,
	    count, late[count / 2] * 1000, late[count * 95 / 100] * 1000, late[count - 1] * 1000);
	ck_assert_msg(late[count - 1] < SLACK, "%g s after -t", late[count - 1]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("punctual");
	TCase *tests = tcase_create("stages");
	int status;

	scratch_make();
	snprintf(fifo, sizeof fifo, "%s", scratch_path("fifo"));
	if (mkfifo(fifo, 0600) != 0)
		return EXIT_FAILURE;
	tcase_set_timeout(tests, 600);
	tcase_add_loop_test(tests, each_stage, 0, ROWS);
	suite_add_tcase(suite, tests);
	status = suite_run(suite);
	scratch_remove();
	return status;
}

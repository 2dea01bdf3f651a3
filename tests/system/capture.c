/*
 * capture - what --pcap writes of a call can be read: by a strict reader, and by tshark where it is
 * installed.
 */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "process.h"
#include "support/capture.h"
#include "support/scratch.h"
#include "support/suite.h"

#define PLUGIN   "plugins/check_sstp"
#define SIM      "tests/rras/rras-sim"
#define LIMIT    30
#define FILE_MAX (1 << 20)
#define SECRET   "SSTP_PASSWORD=clientPass"

/* What the server is like, what is asked of it, and what must be in the file then. */
static const struct {
	const char *name, *knobs, *options;
	bool logon, data;
} rows[] = {
    {"no call", "tcp=ok", "--level http", false, false},
    {"LCP", "auth=mschapv2", "--level ppp", false, false},
    {"methods that are declined", "auth=pap+chap-md5+mschapv2", "--level ppp", false, false},
    {"mschapv2", "auth=mschapv2", "--level auth", true, false},
    {"chap-md5", "auth=chap-md5", "--level auth", true, false},
    {"pap", "auth=pap", "--level auth --allow-pap", true, false},
    {"a refusal", "auth=mschapv2,refuse=691", "--level auth", true, false},
    {"a tunnel", "auth=mschapv2", "--level tunnel", true, false},
    {"a tunnel after pap", "auth=pap", "--level tunnel --allow-pap", true, false},
    {"echoes", "auth=mschapv2", "--ping 192.168.77.1", true, true},
    {"padded frames", "auth=mschapv2,ppp=padding", "--level tunnel", true, false},
    {"frames without FF03", "auth=mschapv2,ppp=no-acfc", "--level tunnel", true, false},
    {"each byte in a record of its own", "auth=mschapv2,sstp-split=bytes", "--level tunnel", true,
        false},
    {"other network protocols", "auth=mschapv2,ncp=both", "--level tunnel", true, false},
    {"other traffic", "auth=mschapv2,noise=others", "--ping 192.168.77.1", true, true},
    {"the server ends it", "auth=mschapv2,end-at=connected,end-by=terminate", "--level tunnel",
        true, false},
};

static struct process_result result; /* large */

static void
set_up(void)
{
	scratch_make();
}

static void
tear_down(void)
{
	scratch_remove();
}

/* One check of a server with KNOBS, whose frames go to PATH. */
static void
call(const char *knobs, const char *options, const char *path)
{
	struct process_sim sim;
	char line[640];

	snprintf(line, sizeof line, "--ca-out %s %s", scratch_path("ca.pem"), knobs);
	process_start_sim(SIM, line, &sim);
	snprintf(line, sizeof line,
	    "-H vpn.example.com -I 127.0.0.2 -p %d --ca-file %s -t 10 -l User --backoff 0 "
	    "--pcap %s %s",
	    sim.port, scratch_path("ca.pem"), path, options);
	process_run(PLUGIN, line, SECRET, LIMIT, &result);
	process_stop_sim(&sim);
	ck_assert_msg(result.exit >= 0 && result.exit < 3, "exit %d: %s", result.exit, result.out);
	ck_assert_str_eq(result.err, "");
}

/* Nothing that tshark takes for malformed. */
static void
ask_tshark(const char *path)
{
	char line[256];

	if (system("command -v tshark >/dev/null 2>&1") != 0)
		return;
	snprintf(line, sizeof line,
	    "out=$(tshark -r %s -Y _ws.malformed 2>/dev/null) && [ -z \"$out\" ]", path);
	ck_assert_int_eq(system(line), 0);
}

START_TEST(a_call)
{
	const char *path = scratch_path("calls");
	struct text bytes = TEXT_EMPTY;
	struct capture capture;
	struct stat status;
	const char *problem;
	int descriptor;

	call(rows[_i].knobs, rows[_i].options, path);
	descriptor = open(path, O_RDONLY);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(fstat(descriptor, &status), 0);
	ck_assert_uint_eq(status.st_mode & 07777, 0600);
	ck_assert(file_read(descriptor, FILE_MAX, &bytes));
	close(descriptor);
	problem = capture_read((const uint8_t *)bytes.bytes, bytes.length, &capture);
	ck_assert_msg(problem == NULL, "%s: %s", rows[_i].name, problem);
	text_free(&bytes);
	ck_assert((capture.sent > 0) == (_i > 0));
	ck_assert((capture.received > 0) == (_i > 0));
	ck_assert((capture.logon > 0) == rows[_i].logon);
	ck_assert((capture.data > 0) == rows[_i].data);
	ask_tshark(path);
}
END_TEST

/* What is not a file of this user's is refused at once, before anything is sent. */
START_TEST(a_pipe)
{
	const char *path = scratch_path("pipe");
	char line[256];

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	snprintf(line, sizeof line, "-H vpn.example.com -I 127.0.0.2 --level tcp --pcap %s", path);
	process_run(PLUGIN, line, NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 3);
	ck_assert_ptr_nonnull(strstr(result.out, "SSTP UNKNOWN - --pcap takes a file"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("capture");
	TCase *tests = tcase_create("capture");

	suite_add_tcase(suite, tests);
	tcase_set_timeout(tests, LIMIT * SLOWNESS);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, a_call, 0, (int)(sizeof rows / sizeof rows[0]));
	tcase_add_test(tests, a_pipe);
	return suite_run(suite);
}

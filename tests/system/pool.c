/*
 * pool - check_sstp_pool with many members: all of them well, all of them sick, few descriptors,
 * some that hang.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "process.h"
#include "support/scratch.h"
#include "support/suite.h"

#define PLUGIN     "plugins/check_sstp_pool"
#define SIM        "tests/rras/rras-sim"
#define OUTPUT_MAX 8192            /* bytes of -v, whatever the number of members */
#define MEMORY_MAX (64L << 10)     /* KiB */
#define ZABBIX_MAX (512L << 10)    /* bytes that it takes from a check */
#define PATIENCE   (20 * SLOWNESS) /* seconds for a thousand on a busy machine */

static struct process_result result; /* large */
static struct process_sim sim;
static const char *folder;
static char path[128], line[1024];

static void
set_up(void)
{
	folder = scratch_make();
}

static void
tear_down(void)
{
	scratch_remove();
}

static void
begin_sim(const char *knobs)
{
	struct text arguments = TEXT_EMPTY;

	text_format(&arguments, "--ca-out %s/ca.pem %s", folder, knobs);
	process_start_sim(SIM, text_chars(&arguments), &sim);
	text_free(&arguments);
}

/* The address of member NUMBER, from 0. */
static void
add_address(struct text *text, int number)
{
	text_format(text, "127.0.%d.%d", 10 + number / 200, 1 + number % 200);
}

/* A file with COUNT members. */
static void
list_members(int count)
{
	struct text text = TEXT_EMPTY;
	FILE *file;

	for (int i = 0; i < count; i++) {
		text_format(&text, "rras%d=", i);
		add_address(&text, i);
		text_add_char(&text, '\n');
	}
	snprintf(path, sizeof path, "%s/members", folder);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text_chars(&text), 1, text.length, file), text.length);
	ck_assert_int_eq(fclose(file), 0);
	text_free(&text);
}

static rlim_t descriptors;

static void
limit_descriptors(void)
{
	struct rlimit limit = {descriptors, descriptors};

	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		_exit(99);
}

/* With so many descriptors and seconds, and MORE options. */
static void
run(rlim_t limit, int seconds, const char *more)
{
	struct process process;

	descriptors = limit;
	snprintf(line, sizeof line,
	    "-H vpn.example.com -p %d --ca-file %s/ca.pem --backends-file %s -t %d %s", sim.port,
	    folder, path, seconds, more);
	/* The leak checker needs descriptors of its own. */
	process_begin(&process, PLUGIN, line, "ASAN_OPTIONS=detect_leaks=0", limit_descriptors);
	process_end(&process, seconds + 10, &result);
	ck_assert_str_eq(result.err, "");
	ck_assert_int_eq(result.signal, 0);
}

static void
expect(int status, const char *begin)
{
	ck_assert_msg(result.exit == status, "exit %d: %.400s", result.exit, result.out);
	ck_assert_msg(
	    strncmp(result.out, begin, strlen(begin)) == 0, "%.400s\nwanted %s", result.out, begin);
}

static const int sizes[] = {50, 1000};

START_TEST(all_are_well)
{
	char begin[64];
	struct rusage usage;

	begin_sim("tcp=ok");
	list_members(sizes[_i]);
	run(1024, PATIENCE, "-v");
	snprintf(begin, sizeof begin, "SSTP_POOL OK - %d of %d healthy in ", sizes[_i], sizes[_i]);
	expect(0, begin);
	ck_assert_uint_lt(strlen(result.out), OUTPUT_MAX);
	ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &usage), 0);
	if (SLOWNESS == 1)
		ck_assert_int_lt(usage.ru_maxrss, MEMORY_MAX);
	process_stop_sim(&sim);
}
END_TEST

START_TEST(all_are_sick)
{
	char begin[64];

	begin_sim("status=404");
	list_members(sizes[_i]);
	run(1024, PATIENCE, "-v");
	snprintf(begin, sizeof begin,
	    "SSTP_POOL CRITICAL - 0 of %d healthy; rras0, rras1, rras2, +", sizes[_i]);
	expect(2, begin);
	ck_assert_uint_lt(strlen(result.out), OUTPUT_MAX);
	ck_assert_ptr_nonnull(strstr(result.out, "\nfailed: rras0 ("));
	if (sizes[_i] == 1000)
		ck_assert_ptr_nonnull(strstr(result.out, " http.sstp-not-registered\n"));
	process_stop_sim(&sim);
}
END_TEST

#define VIP "--vip 127.0.9.9 -v"

/* What the first line begins with, and that the rest fits, in which WANTED stands. */
static void
expect_all(int status, const char *begin, const char *wanted)
{
	expect(status, begin);
	ck_assert_uint_lt(strlen(result.out), OUTPUT_MAX);
	ck_assert_msg(strstr(result.out, wanted) != NULL, "%.1000s\nlacks %s", result.out, wanted);
}

START_TEST(one_is_sick_behind_a_vip)
{
	char begin[128];

	begin_sim("127.0.10.7,status=404");
	list_members(sizes[_i]);
	run(1024, PATIENCE, VIP);
	snprintf(begin, sizeof begin,
	    "SSTP_POOL WARNING - %d of %d healthy, VIP up; rras6: HTTP.sys answers but SSTP is not ",
	    sizes[_i] - 1, sizes[_i]);
	expect_all(1, begin, "\nVIP healthy: VIP (127.0.9.9:");
	ck_assert_ptr_nonnull(strstr(result.out, "\nfailed: rras6 (127.0.10.7:"));
	process_stop_sim(&sim);
}
END_TEST

START_TEST(the_vip_is_sick)
{
	char begin[128];

	begin_sim("127.0.9.9,tls=reset");
	list_members(sizes[_i]);
	run(1024, PATIENCE, VIP);
	snprintf(begin, sizeof begin,
	    "SSTP_POOL CRITICAL - VIP 127.0.9.9 fails (tls.reset), %d of %d members are healthy; ",
	    sizes[_i], sizes[_i]);
	expect_all(2, begin, "\nVIP failed: VIP (127.0.9.9:");
	process_stop_sim(&sim);
}
END_TEST

START_TEST(one_is_down_as_expected)
{
	char begin[128];

	begin_sim("127.0.10.7,status=404");
	list_members(sizes[_i]);
	run(1024, PATIENCE, VIP " --expect-down rras6");
	snprintf(begin, sizeof begin, "SSTP_POOL OK - %d of %d healthy in ", sizes[_i] - 1,
	    sizes[_i] - 1);
	expect_all(0, begin, "VIP is up; 1 down as expected; ");
	ck_assert_ptr_nonnull(strstr(result.out, "\nexpected-down: rras6 (127.0.10.7:"));
	process_stop_sim(&sim);
}
END_TEST

/* What is expected of one is so of no other. */
START_TEST(another_is_down_than_expected)
{
	char begin[128];

	begin_sim("127.0.10.7,status=404");
	list_members(sizes[_i]);
	run(1024, PATIENCE, VIP " --expect-down rras7");
	snprintf(begin, sizeof begin,
	    "SSTP_POOL WARNING - %d of %d healthy, VIP up; rras6: ", sizes[_i] - 1, sizes[_i]);
	expect_all(1, begin, " s (expected down)");
	process_stop_sim(&sim);
}
END_TEST

/* All take their time, and there is so little of it that none of them is to blame. The VIP, which
 * comes first, does answer. */
START_TEST(too_little_time_for_each)
{
	char more[64];

	begin_sim("tls=hang 127.0.9.9,tls=ok");
	list_members(200);
	snprintf(more, sizeof more, VIP " --concurrency %d", 20 / SLOWNESS);
	run(1024, 3 * SLOWNESS, more);
	expect_all(3,
	    "SSTP_POOL UNKNOWN - rras0, rras1, rras2, +197 more: the check ended before stage tls; give it more time with -t [local.not-reached]",
	    "\nVIP healthy: VIP (127.0.9.9:");
	process_stop_sim(&sim);
}
END_TEST

/* Those that are refused come at once, between others that take their time. */
START_TEST(half_are_sick)
{
	struct text knobs = TEXT_EMPTY;

	for (int i = 0; i < 50; i += 2) {
		add_address(&knobs, i);
		text_add(&knobs, i % 4 == 0 ? ",tls=garbage " : ",tls=alert:40 ");
	}
	begin_sim(text_chars(&knobs));
	list_members(50);
	run(1024, PATIENCE, "-v");
	/* Half is not fewer than half; and nobody's error of OpenSSL shows at another. */
	expect(1, "SSTP_POOL WARNING - 25 of 50 healthy; ");
	for (int i = 0; i < 20; i += 2) {
		struct text member = TEXT_EMPTY;
		const char *at;

		text_format(&member, "\nfailed: rras%d (", i);
		at = strstr(result.out, text_chars(&member));
		ck_assert_ptr_nonnull(at);
		ck_assert_msg(strncmp(strchr(at + 1, '[') + 1,
		                  i % 4 == 0 ? "tls.not-tls]" : "tls.alert]", 9) == 0,
		    "%.200s", at + 1);
		text_free(&member);
	}
	text_free(&knobs);
	process_stop_sim(&sim);
}
END_TEST

/* A shortage is our own: it takes longer, and no server is blamed. */
START_TEST(few_descriptors)
{
	begin_sim("tcp=ok");
	list_members(200);
	run(64, PATIENCE, "");
	expect(0, "SSTP_POOL OK - 200 of 200 healthy in ");
	process_stop_sim(&sim);
}
END_TEST

/* They take all the places at first, and leave time for the others. */
START_TEST(those_that_hang_are_waited_for_beside_the_others)
{
	struct text knobs = TEXT_EMPTY;

	for (int i = 0; i < 20; i++) {
		add_address(&knobs, i);
		text_add(&knobs, i % 2 == 0 ? ",tls=hang " : ",http=drip ");
	}
	begin_sim(text_chars(&knobs));
	list_members(100);
	run(1024, 6 * SLOWNESS, "--concurrency 20");
	expect(1, "SSTP_POOL WARNING - 80 of 100 healthy; ");
	text_free(&knobs);
	process_stop_sim(&sim);
}
END_TEST

/* For Zabbix: all members, whatever their state, and the exit status of any other format. */
START_TEST(members_for_discovery)
{
	char wanted[512];

	begin_sim("status=404");
	list_members(2);
	run(1024, 5, "-o zabbix-lld");
	snprintf(wanted, sizeof wanted,
	    "[{\"{#NAME}\":\"rras0\",\"{#HOST}\":\"127.0.10.1\",\"{#ADDRESS}\":\"127.0.10.1\",\"{#PORT}\":\"%d\"},"
	    "{\"{#NAME}\":\"rras1\",\"{#HOST}\":\"127.0.10.2\",\"{#ADDRESS}\":\"127.0.10.2\",\"{#PORT}\":\"%d\"}]\n",
	    sim.port, sim.port);
	expect(2, wanted);
	process_stop_sim(&sim);
}
END_TEST

/* The README of contrib/zabbix says for how many what it takes is enough. */
START_TEST(members_for_zabbix)
{
	enum { COUNT = 20, ENOUGH_FOR = 200 };

	begin_sim("tcp=ok");
	list_members(COUNT);
	run(1024, PATIENCE, "-o json");
	ck_assert_int_eq(result.exit, 0);
	ck_assert_int_le(strlen(result.out), ZABBIX_MAX / ENOUGH_FOR * COUNT);
	process_stop_sim(&sim);
}
END_TEST

START_TEST(a_hundred_thousand_lines)
{
	snprintf(path, sizeof path, "%s/none", folder);
	begin_sim("tcp=ok");
	list_members(100000);
	run(1024, 5, "");
	expect(3, "SSTP_POOL UNKNOWN - --backends-file line 4097 takes no more than 4096 backends");
	process_stop_sim(&sim);
}
END_TEST

/* The exit status alone: for people the members that nothing but a certificate is wrong with fail.
 */
static const struct {
	const char *knobs;
	int members;
	const char *more, *begin;
	int status;
} for_balancers[] = {
    {"cert=expired", 2, "", "SSTP_POOL CRITICAL - 0 of 2 healthy; ", 0},
    {"cert=expired", 2, "--vip 127.0.9.9", "SSTP_POOL CRITICAL - 0 of 2 healthy, VIP down; ", 0},
    {"cert=expired,status=404", 2, "", "SSTP_POOL CRITICAL - 0 of 2 healthy; ", 1},
    {"127.0.10.1,status=404 127.0.10.2,cert=expired", 2, "",
        "SSTP_POOL CRITICAL - 0 of 2 healthy; ", 0},
    {"127.0.10.1,status=404 127.0.10.2,status=404 127.0.10.3,cert=expired", 3, "",
        "SSTP_POOL CRITICAL - 0 of 3 healthy; ", 1},
};

START_TEST(for_a_balancer)
{
	char more[64];

	begin_sim(for_balancers[_i].knobs);
	list_members(for_balancers[_i].members);
	snprintf(more, sizeof more, "-o lb %s", for_balancers[_i].more);
	run(1024, 5, more);
	expect(for_balancers[_i].status, for_balancers[_i].begin);
	process_stop_sim(&sim);
}
END_TEST

/* Nobody ever writes what is to be read. */
START_TEST(a_list_that_never_comes)
{
	begin_sim("tcp=ok");
	snprintf(path, sizeof path, "%s/pipe", folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	run(1024, 1, "");
	expect(3, "SSTP_POOL UNKNOWN - stopped by a signal before the answer; ");
	process_stop_sim(&sim);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pool");
	TCase *tests = tcase_create("many members");

	tcase_set_timeout(tests, 2 * PATIENCE);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, all_are_well, 0, 2);
	tcase_add_loop_test(tests, all_are_sick, 0, 2);
	tcase_add_loop_test(tests, one_is_sick_behind_a_vip, 0, 2);
	tcase_add_loop_test(tests, the_vip_is_sick, 0, 2);
	tcase_add_loop_test(tests, one_is_down_as_expected, 0, 2);
	tcase_add_loop_test(tests, another_is_down_than_expected, 0, 2);
	tcase_add_test(tests, too_little_time_for_each);
	tcase_add_test(tests, half_are_sick);
	tcase_add_test(tests, few_descriptors);
	tcase_add_test(tests, those_that_hang_are_waited_for_beside_the_others);
	tcase_add_test(tests, members_for_discovery);
	tcase_add_test(tests, members_for_zabbix);
	tcase_add_test(tests, a_hundred_thousand_lines);
	tcase_add_loop_test(
	    tests, for_a_balancer, 0, sizeof for_balancers / sizeof for_balancers[0]);
	tcase_add_test(tests, a_list_that_never_comes);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

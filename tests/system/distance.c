/*
 * distance - check_sstp over a long way: it waits for no more answers than the protocols make it
 * wait for, and asks for none of them twice.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"
#include "relay.h"
#include "support/scratch.h"
#include "support/suite.h"

#define PLUGIN     "plugins/check_sstp"
#define SIM        "tests/rras/rras-sim"
#define LIMIT      30
#define ROUND_TRIP 0.1 /* seconds */

static struct process_result result; /* large */

/*
 * The answers of a level that have to be awaited one after the other. Not the TCP connection, which
 * the relay does not delay; from level sstp on the answer to our goodbye.
 */
static const struct {
	const char *knobs, *options;
	int answers;
} levels[] = {
    /* ServerHello to Finished, 401 */
    {"tls-max=1.3", "", 2},
    /* ServerHello, Finished, 401 */
    {"tls-max=1.2", "", 3},
    /* Finished, 200, Call Connect Ack, Call Disconnect Ack */
    {"tls-max=1.3", "--level sstp", 4},
    /* the same and the Ack and Request of LCP, Challenge, Success */
    {"auth=mschapv2", "-l User --level auth", 7},
    /* the same and the Reject, Nak and Ack of IPCP */
    {"auth=mschapv2", "-l User --level tunnel", 10},
};
#define LEVELS ((int)(sizeof levels / sizeof levels[0]))

static void
set_up(void)
{
	scratch_make();
}

START_TEST(no_answer_is_awaited_needlessly)
{
	struct process_sim sim;
	struct relay relay;
	char line[512];
	double needed = levels[_i].answers * ROUND_TRIP;

	snprintf(line, sizeof line, "--ca-out %s 127.0.0.2,%s", scratch_path("ca.pem"),
	    levels[_i].knobs);
	process_start_sim(SIM, line, &sim);
	relay_start("127.0.0.2", sim.port, ROUND_TRIP / 2, &relay);
	snprintf(line, sizeof line, "-H vpn.example.com -I 127.0.0.1 -p %d --ca-file %s %s",
	    relay.port, scratch_path("ca.pem"), levels[_i].options);
	process_run(PLUGIN, line, "SSTP_PASSWORD=clientPass", LIMIT, &result);
	ck_assert_msg(result.exit == 0, "%s", result.out);
	ck_assert_msg(result.seconds >= needed, "%g s: %s", result.seconds, result.out);
	ck_assert_msg(
	    result.seconds <= 1.5 * needed * SLOWNESS, "%g s: %s", result.seconds, result.out);
	relay_stop(&relay);
	process_stop_sim(&sim);
}
END_TEST

/* How often WORDS stand in what was printed. */
static int
count(const char *words)
{
	int times = 0;

	for (const char *at = result.out; (at = strstr(at, words)) != NULL; at += strlen(words))
		times++;
	return times;
}

/* Tickets of TLS 1.3 come before the answer to a second look: no reason to ask again. */
START_TEST(a_second_look_asks_once)
{
	static const char *const addresses[] = {"-I 127.0.0.2", "-I 127.0.0.2 -I 127.0.0.3"};
	struct process_sim sim;
	char line[512];

	snprintf(line, sizeof line, "--ca-out %s duplex=refuse:404", scratch_path("ca.pem"));
	process_start_sim(SIM, line, &sim);
	snprintf(line, sizeof line,
	    "-H vpn.example.com %s -p %d --ca-file %s --level sstp -t 5 -vvv", addresses[_i],
	    sim.port, scratch_path("ca.pem"));
	process_run(PLUGIN, line, NULL, LIMIT, &result);
	ck_assert_msg(result.exit == 2, "%s", result.out);
	ck_assert_int_eq(count("sent: HTTP HEAD"), _i + 1);
	ck_assert_int_eq(count("second look: HEAD gets 401"), _i + 1);
	process_stop_sim(&sim);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("distance");
	TCase *tests = tcase_create("check_sstp");

	tcase_set_timeout(tests, 2 * LIMIT);
	tcase_add_checked_fixture(tests, set_up, scratch_remove);
	tcase_add_loop_test(tests, no_answer_is_awaited_needlessly, 0, LEVELS);
	tcase_add_loop_test(tests, a_second_look_asks_once, 0, 2);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

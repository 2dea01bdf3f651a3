/*
 * crowd - many ladders in one loop: who hangs or drips costs the others nothing.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/crowd.h"
#include "process.h"

#define SIM     "tests/rras/rras-sim"
#define COUNT   200
#define DRIPPER 17
#define HANGER  101
#define LIMIT   (8 * PROCESS_SLOWNESS)   /* seconds for each ladder */
#define SWIFT   (5LL * PROCESS_SLOWNESS) /* seconds in which the others must be done */

static char folder[] = "/tmp/sstp-crowd-XXXXXX";
static struct plan plans[COUNT];
static struct facts facts[COUNT];
static char addresses[COUNT][16];

static void
make_plans(int port, double seconds)
{
	int64_t timeout = deadline_from_seconds(seconds);

	for (int i = 0; i < COUNT; i++) {
		snprintf(addresses[i], sizeof addresses[i], "127.0.1.%d", i + 1);
		plans[i] = (struct plan){
		    .label = addresses[i],
		    .name = "vpn.example.com",
		    .address = addresses[i],
		    .port = (uint16_t)port,
		    .sni = "vpn.example.com",
		    .host = "vpn.example.com",
		    .uri = "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/",
		    .method = "HEAD",
		    .level = FACTS_HTTP,
		    .timeout = timeout,
		    .deadline = deadline_after(deadline_now(), timeout),
		};
	}
}

static void
check_facts(int i)
{
	enum facts_stage failed = facts_failed_stage(&facts[i]);

	ck_assert_str_eq(facts[i].target, addresses[i]);
	if (i + 1 == DRIPPER || i + 1 == HANGER) {
		ck_assert_int_eq(failed, i + 1 == DRIPPER ? FACTS_HTTP : FACTS_TLS);
		ck_assert_int_eq(facts[i].steps[failed].symptom, FACTS_TIMEOUT);
		return;
	}
	ck_assert_msg(failed == FACTS_STAGES, "%s fails in stage %d", addresses[i], failed);
	ck_assert_int_eq(facts[i].http.status, 401);
	ck_assert_msg(facts[i].total < SWIFT * DEADLINE_SECOND, "%s took %g s", addresses[i],
	    deadline_to_seconds(facts[i].total));
	ck_assert_uint_eq(facts[i].tls.trust.errors_count, 0);
}

START_TEST(two_hundred)
{
	struct plan_run run = {.security_level = -1};
	struct process_sim sim;
	char line[256], ca[64];
	int64_t begun;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(ca, sizeof ca, "%s/ca.pem", folder);
	snprintf(line, sizeof line, "--ca-out %s 127.0.1.%d,http=drip 127.0.1.%d,tls=hang", ca,
	    DRIPPER, HANGER);
	process_start_sim(SIM, line, &sim);
	run.ca_file = ca;
	make_plans(sim.port, LIMIT);
	begun = deadline_now();
	ck_assert_ptr_null(crowd_run(&run, plans, facts, COUNT, (size_t)_i));
	ck_assert_int_lt(deadline_now() - begun, (LIMIT + 1) * DEADLINE_SECOND);
	for (int i = 0; i < COUNT; i++) {
		check_facts(i);
		facts_free(&facts[i]);
	}
	process_stop_sim(&sim);
	unlink(ca);
	rmdir(folder);
}
END_TEST

int
main(void)
{
	static const int places[] = {COUNT, 20};
	Suite *suite = suite_create("crowd");
	TCase *tests = tcase_create("200 ladders");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tests, 60);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		tcase_add_loop_test(tests, two_hundred, places[i], places[i] + 1);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

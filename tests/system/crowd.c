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
#include "support/scratch.h"
#include "support/suite.h"

#define SIM     "tests/rras/rras-sim"
#define COUNT   200
#define DRIPPER 17
#define HANGER  101
#define LIMIT   (8 * SLOWNESS)   /* seconds for each ladder */
#define SWIFT   (5LL * SLOWNESS) /* seconds in which the others must be done */

#define ROUND_LIMIT (2LL * SLOWNESS) /* seconds for four rounds */

static struct plan plans[COUNT];
static struct facts facts[COUNT];
static char addresses[COUNT][16];

static struct process_sim sim;
static char ca[64];

static void
set_up(void)
{
	snprintf(ca, sizeof ca, "%s/ca.pem", scratch_make());
}

static void
tear_down(void)
{
	process_stop_sim(&sim);
	scratch_remove();
}

static void
start_sim(const char *members)
{
	char line[256];

	snprintf(line, sizeof line, "--ca-out %s %s", ca, members);
	process_start_sim(SIM, line, &sim);
}

static void
climb(size_t count, size_t places)
{
	const struct plan_run run = {.security_level = -1, .ca_file = ca};

	ck_assert_ptr_null(crowd_run(&run, plans, facts, count, places));
}

static void
free_facts(size_t count)
{
	for (size_t i = 0; i < count; i++)
		facts_free(&facts[i]);
}

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
	char members[128];
	int64_t begun;

	snprintf(
	    members, sizeof members, "127.0.1.%d,http=drip 127.0.1.%d,tls=hang", DRIPPER, HANGER);
	start_sim(members);
	make_plans(sim.port, LIMIT);
	begun = deadline_now();
	climb(COUNT, (size_t)_i);
	ck_assert_int_lt(deadline_now() - begun, (LIMIT + 1) * DEADLINE_SECOND);
	for (int i = 0; i < COUNT; i++)
		check_facts(i);
	free_facts(COUNT);
}
END_TEST

/* Four rounds of ten that all hang: the last have as much time as the first. */
START_TEST(shares_are_equal)
{
	int64_t share = DEADLINE_SECOND * ROUND_LIMIT / 4;

	start_sim("tls=hang");
	make_plans(sim.port, ROUND_LIMIT);
	climb(40, 10);
	for (int i = 0; i < 40; i++) {
		ck_assert_int_eq(facts_failed_stage(&facts[i]), FACTS_TLS);
		ck_assert_int_eq(facts[i].steps[FACTS_TLS].symptom, FACTS_TIMEOUT);
		ck_assert_msg(facts[i].total > share * 3 / 4 && facts[i].total < share * 5 / 4,
		    "%s had %g s", addresses[i], deadline_to_seconds(facts[i].total));
	}
	free_facts(40);
}
END_TEST

/* One that needs more than its share has it once the others are done. */
START_TEST(a_slow_one_is_waited_for)
{
	double share = (double)ROUND_LIMIT / 4;
	char members[128];

	snprintf(members, sizeof members, "127.0.1.1,delay=%.3f", share * 0.7);
	start_sim(members);
	make_plans(sim.port, ROUND_LIMIT);
	climb(40, 10);
	for (int i = 0; i < 40; i++) {
		ck_assert_int_eq(facts_failed_stage(&facts[i]), FACTS_STAGES);
		ck_assert_int_eq(facts[i].http.status, 401);
	}
	ck_assert_int_gt(facts[0].total, deadline_from_seconds(share));
	free_facts(40);
}
END_TEST

/* Nothing is said of a chain that was seen by the first of two climbs alone. Of six connections,
 * one at a time, the server closes the last: the second of who was slow. */
START_TEST(what_the_first_climb_saw_is_forgotten)
{
	const struct plan_run run = {
	    .security_level = -1, .ca_file = ca, .revocation = FACTS_REVOCATION_OFF};

	start_sim("127.0.1.1,tcp=alternate-late,http=hang");
	make_plans(sim.port, ROUND_LIMIT);
	ck_assert_ptr_null(crowd_run(&run, plans, facts, 5, 1));
	ck_assert_int_eq(facts_failed_stage(&facts[0]), FACTS_TLS);
	ck_assert_uint_eq(facts[0].tls.chain_count, 0);
	ck_assert_uint_eq(facts[0].revocations_count, 0);
	for (int i = 1; i < 5; i++)
		ck_assert_uint_eq(facts[i].revocations_count, facts[i].tls.chain_count);
	free_facts(5);
}
END_TEST

/* Where all have a place at once each has all the time, in whatever order they come. */
START_TEST(a_place_for_everybody)
{
	char members[128];

	/* three times: behind the accept, and before ServerHello and the answer */
	snprintf(members, sizeof members, "127.0.1.1,delay=%.3f", ROUND_LIMIT * 0.25);
	start_sim(members);
	make_plans(sim.port, ROUND_LIMIT);
	climb((size_t)_i, (size_t)_i);
	for (int i = 0; i < _i; i++)
		ck_assert_int_eq(facts_failed_stage(&facts[i]), FACTS_STAGES);
	free_facts((size_t)_i);
}
END_TEST

int
main(void)
{
	static const int places[] = {COUNT, 20};
	Suite *suite = suite_create("crowd");
	TCase *tests = tcase_create("many ladders");

	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		tcase_add_loop_test(tests, two_hundred, places[i], places[i] + 1);
	tcase_add_test(tests, shares_are_equal);
	tcase_add_test(tests, a_slow_one_is_waited_for);
	tcase_add_test(tests, what_the_first_climb_saw_is_forgotten);
	tcase_add_loop_test(tests, a_place_for_everybody, 2, 5);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

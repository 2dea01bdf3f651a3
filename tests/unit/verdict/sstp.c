#include "verdict/sstp.h"

#include <string.h>

#include "base/deadline.h"
#include "unit/unit.h"

static struct facts facts;
static struct policy policy;
static struct verdict verdict;

static void
set_up(void)
{
	facts_begin(&facts);
	facts.target = strdup("vpn.example.com");
	facts.name = strdup("vpn.example.com");
	facts.host = strdup("vpn.example.com");
	facts.port = 443;
	facts.level = FACTS_HTTP;
	facts.date = 1800000000;
	facts.timeout = 10 * DEADLINE_SECOND;
	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
}

static void
climb_to(enum facts_stage last)
{
	for (int stage = 0; stage <= (int)last; stage++) {
		facts.steps[stage].begun = true;
		facts.steps[stage].ended = true;
		facts.steps[stage].nanoseconds = 1000000;
	}
}

static void
expect(enum cause cause)
{
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(causes_row(verdict.findings[0].cause)->name, causes_row(cause)->name);
	ck_assert_int_eq(verdict.state, causes_row(cause)->state);
	verdict_free(&verdict);
	facts_free(&facts);
}

START_TEST(nothing_begun_is_not_green)
{
	set_up();
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(half_way_is_not_green)
{
	set_up();
	climb_to(FACTS_TLS);
	facts.steps[FACTS_HTTP].begun = true;
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(an_ended_stage_without_an_answer_is_not_green)
{
	set_up();
	climb_to(FACTS_HTTP);
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(missing_facts_are_not_green)
{
	set_up();
	climb_to(FACTS_HTTP);
	facts.http.answered = true;
	facts.http.status = 401;
	facts.http.version_minor = 1;
	facts.no_memory = true;
	expect(CAUSE_LOCAL_NO_MEMORY);
}
END_TEST

/* The same for the deep levels. */
START_TEST(an_ended_call_without_an_ack_is_not_green)
{
	for (int level = FACTS_SSTP; level <= FACTS_PPP; level++) {
		set_up();
		facts.level = level;
		climb_to(level);
		facts.http.duplex = true;
		facts.http.answered = true;
		facts.http.status = 200;
		facts.http.version_minor = 1;
		facts.sstp.acknowledged = level > FACTS_SSTP;
		facts.sstp.hash_bits = 2;
		expect(CAUSE_LOCAL_NOT_REACHED);
	}
}
END_TEST

/* SHA-256 has to be among the hashes; which others are does not matter. */
START_TEST(hashes)
{
	for (unsigned bits = 1; bits <= 3; bits++) {
		set_up();
		facts.level = FACTS_SSTP;
		climb_to(FACTS_SSTP);
		facts.http.duplex = true;
		facts.http.answered = true;
		facts.http.status = 200;
		facts.http.version_minor = 1;
		facts.sstp.acknowledged = true;
		facts.sstp.hash_bits = (uint8_t)bits;
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_int_eq(verdict.state, bits == 1 ? STATE_WARNING : STATE_OK);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* Every symptom in every stage is somebody's fault. */
START_TEST(no_symptom_is_green)
{
	for (int stage = 0; stage < FACTS_STAGES; stage++)
		for (int symptom = FACTS_WELL + 1; symptom < FACTS_SYMPTOMS; symptom++) {
			set_up();
			if (stage > 0)
				climb_to(stage - 1);
			facts.steps[stage].begun = true;
			facts.steps[stage].ended = true;
			facts.steps[stage].symptom = symptom;
			sstp_judge(&facts, 1, &policy, &verdict);
			ck_assert_msg(
			    verdict.state != STATE_OK, "stage %d, symptom %d", stage, symptom);
			verdict_free(&verdict);
			facts_free(&facts);
		}
}
END_TEST

/* The status alone decides between OK and not; 401 from HTTP.sys is the only good one. */
START_TEST(one_status_is_green)
{
	for (int status = 100; status < 600; status++) {
		set_up();
		climb_to(FACTS_HTTP);
		facts.http.answered = true;
		facts.http.status = status;
		facts.http.version_minor = 1;
		strcpy(facts.http.server, "Microsoft-HTTPAPI/2.0");
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_msg((verdict.state == STATE_OK) == (status == 401), "%d", status);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* Labels depend on the arguments, not on what happened. */
START_TEST(metrics_are_the_same_in_every_state)
{
	static const char *const labels[] = {
	    "total", "resolve", "connect", "tls", "http", "certificate"};

	for (int reached = -1; reached < FACTS_STAGES; reached++) {
		set_up();
		climb_to(reached);
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_uint_eq(verdict.metrics_count, UNIT_COUNT(labels));
		for (size_t i = 0; i < UNIT_COUNT(labels); i++) {
			ck_assert_str_eq(verdict.metrics[i].label, labels[i]);
			if (i >= 1 && i <= 4)
				ck_assert(verdict.metrics[i].measured == ((int)i - 1 <= reached));
		}
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, nothing_begun_is_not_green);
	tcase_add_test(tests, half_way_is_not_green);
	tcase_add_test(tests, an_ended_stage_without_an_answer_is_not_green);
	tcase_add_test(tests, missing_facts_are_not_green);
	tcase_add_test(tests, an_ended_call_without_an_ack_is_not_green);
	tcase_add_test(tests, hashes);
	tcase_add_test(tests, no_symptom_is_green);
	tcase_add_test(tests, one_status_is_green);
	tcase_add_test(tests, metrics_are_the_same_in_every_state);
}

int
main(void)
{
	return unit_run("verdict/sstp", list);
}

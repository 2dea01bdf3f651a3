/*
 * mutator - check_sstp is never green when its exchange with the server was not what the server
 * and it have said.
 *
 *   MUTATOR_SEEDS=10000 MUTATOR_FIRST=0 tests/mutator/mutator
 *
 * Each seed is a level, TLS or not, and a mutation (mutation.h) of the bytes on the wire; without
 * TLS they are those that TLS would carry. It is run twice, for text and for JSON. What must hold
 * is in judge.h.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "runs.h"
#include "support/suite.h"

#define SEEDS  1000
#define PLACES 16

/* RSA signatures have all the same length. The server has no word to say that its client does not
 * wait for, so whatever it says before the good-bye was needed. */
#define TLS   "key=rsa2048,close-notify=no,"
#define PLAIN "plain=yes,"
#define HASH  "1111111111111111111111111111111111111111111111111111111111111111"
/* The client wants all methods there are, until the server terminates. */
#define ENDED "terminate ack"
#define USER  " -l User --backoff 0"

static const struct scenario {
	const char *name, *knobs, *options;
	bool answered;     /* the client's good-bye is */
	const char *until; /* see judge_learn() */
} scenarios[] = {
    {"http below TLS", TLS "keep-open=yes", "", false},
    {"http above TLS", PLAIN "keep-open=yes", "--plain", false},
    {"sstp below TLS", TLS "ppp=late", "--level sstp", true},
    {"sstp above TLS", PLAIN "ppp=late", "--plain --level sstp", true},
    {"ppp below TLS", TLS "ppp=late,auth=eap+mschapv2", "--level ppp", true, ENDED},
    {"ppp above TLS", PLAIN "ppp=late,auth=eap+mschapv2", "--plain --level ppp", true, ENDED},
    {"auth below TLS", TLS "auth=mschapv2,ipcp=silent", "--level auth" USER, true},
    {"auth above TLS", PLAIN "auth=mschapv2,ipcp=silent", "--plain --insecure --level auth" USER,
        true},
    {"ping below TLS", TLS "auth=mschapv2", "--ping 192.168.77.1" USER, true},
    {"ping above TLS", PLAIN "auth=mschapv2,stored=" HASH,
        "--plain --insecure --ping 192.168.77.1 --thumbprint " HASH USER, true},
};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

static const struct scenario *scenario;
static struct judge judge;
static uint64_t next_seed, seeds_end;
static bool next_is_json;
static char hasty[256], patient[256];

static uint64_t
number_of(const char *variable, uint64_t otherwise)
{
	const char *given = getenv(variable);

	return given == NULL ? otherwise : strtoull(given, NULL, 10);
}

/* Runs that nothing happens to. */
static bool
next_clean(struct runs_one *one)
{
	if (next_seed == seeds_end)
		return false;
	one->seed = next_seed++;
	one->options = patient;
	return true;
}

static void
learn(struct runs_one *one)
{
	judge_learn(&judge, one, scenario->answered, scenario->until);
}

static bool
next_mutated(struct runs_one *one)
{
	if (next_seed >= seeds_end)
		return false;
	one->seed = next_seed;
	one->json = next_is_json;
	mutation_choose(&one->mutation, one->seed, &judge.exchange);
	/* Whose bytes go astray is not waited for. */
	one->options = mutation_is_harmless(&one->mutation) ? patient : hasty;
	if (next_is_json)
		next_seed += SCENARIOS;
	next_is_json = !next_is_json;
	return true;
}

static void
decide(struct runs_one *one)
{
	judge_decide(&judge, one);
}

START_TEST(seeds)
{
	uint64_t first = number_of("MUTATOR_FIRST", 0);

	scenario = &scenarios[_i];
	snprintf(hasty, sizeof hasty, "%s -t %d", scenario->options, SLOWNESS);
	snprintf(patient, sizeof patient, "%s -t 20", scenario->options);
	runs_begin(scenario->knobs);
	memset(&judge, 0, sizeof judge);
	judge.above_tls = strstr(scenario->options, "--plain") != NULL;
	next_seed = 0;
	seeds_end = 3;
	runs_all(1, next_clean, learn);
	seeds_end = first + number_of("MUTATOR_SEEDS", SEEDS / SLOWNESS);
	next_seed = first + (SCENARIOS + (uint64_t)_i - first % SCENARIOS) % SCENARIOS;
	runs_all(PLACES, next_mutated, decide);
	printf("%s: %zu runs, %zu of them mutated, %zu green all the same\n", scenario->name,
	    judge.runs, judge.mutated, judge.green);
	judge_free(&judge);
	runs_end();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mutator");
	TCase *tests = tcase_create("check_sstp");

	tcase_set_timeout(tests, 1200);
	tcase_add_loop_test(tests, seeds, 0, (int)SCENARIOS);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

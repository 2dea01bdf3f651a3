/*
 * mutator - a plugin is never green when its exchange with a server was not what the server and it
 * have said.
 *
 *   MUTATOR_SEEDS=10000 MUTATOR_FIRST=0 tests/mutator/mutator
 *
 * Each seed is a plugin with a level, TLS or not, and a mutation (mutation.h) of the bytes on the
 * wire; without TLS they are those that TLS would carry. Where there are several servers one of
 * them is hit, and of the others some. It is run twice, for text and for JSON, or of a pool every
 * second time for metrics. What must hold is in judge.h.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "runs.h"
#include "support/scratch.h"
#include "support/suite.h"
#include "system/scenes.h"
#include "told.h"

#define SEEDS  1000
#define PLACES 24

/* RSA signatures have all the same length. The server has no word to say that its client does not
 * wait for, so whatever it says before the good-bye was needed. */
#define TLS   "key=rsa2048,close-notify=no,"
#define PLAIN "plain=yes,"
#define HASH  "1111111111111111111111111111111111111111111111111111111111111111"
/* The client wants all methods there are, until the server terminates. */
#define ENDED "terminate ack"
#define USER  " -l User --backoff 0"

#define SSTP "plugins/check_sstp"
#define CERT "plugins/check_sstp_cert"
#define POOL "plugins/check_sstp_pool"

#define ONE   "-I 127.0.0.1 "
#define TWO   "-I 127.0.0.1 -I 127.0.0.2 "
#define THREE "-B a=127.0.0.1 -B b=127.0.0.2 -B c=127.0.0.3 "
#define VIP   "--vip 127.0.0.4 "

/* {shown} in options is the SHA-256 of the certificate, {dump} what a healthy server says of it. */
static const struct scenario {
	const char *name, *plugin, *knobs, *options;
	size_t lanes;
	enum judge_goodbye goodbye;
	const char *until; /* see judge_learn() */
} scenarios[] = {
    {"http below TLS", SSTP, TLS "keep-open=yes", ONE, 1, JUDGE_LAST},
    {"http above TLS", SSTP, PLAIN "keep-open=yes", ONE "--plain", 1, JUDGE_LAST},
    {"sstp below TLS", SSTP, TLS "ppp=late", ONE "--level sstp", 1, JUDGE_ANSWERED},
    {"sstp above TLS", SSTP, PLAIN "ppp=late", ONE "--plain --level sstp", 1, JUDGE_ANSWERED},
    {"ppp below TLS", SSTP, TLS "ppp=late,auth=eap+mschapv2", ONE "--level ppp", 1, JUDGE_ANSWERED,
        ENDED},
    {"ppp above TLS", SSTP, PLAIN "ppp=late,auth=eap+mschapv2", ONE "--plain --level ppp", 1,
        JUDGE_ANSWERED, ENDED},
    {"auth below TLS", SSTP, TLS "auth=mschapv2,ipcp=silent", ONE "--level auth" USER, 1,
        JUDGE_ANSWERED},
    {"auth above TLS", SSTP, PLAIN "auth=mschapv2,ipcp=silent",
        ONE "--plain --insecure --level auth" USER, 1, JUDGE_ANSWERED},
    {"ping below TLS", SSTP, TLS "auth=mschapv2", ONE "--ping 192.168.77.1" USER, 1,
        JUDGE_ANSWERED},
    {"ping above TLS", SSTP, PLAIN "auth=mschapv2,stored=" HASH,
        ONE "--plain --insecure --ping 192.168.77.1 --thumbprint " HASH USER, 1, JUDGE_ANSWERED},
    {"certificate, TLS 1.3", CERT, TLS "keep-open=yes", ONE "--thumbprint {shown}", 1,
        JUDGE_AT_ONCE},
    {"certificate, TLS 1.2, and what the server says of it", CERT, TLS "tls-max=1.2",
        ONE "--binding {dump}", 1, JUDGE_LAST},
    {"certificate of two addresses", CERT, TLS "keep-open=yes", TWO "--same-cert", 2,
        JUDGE_AT_ONCE},
    {"pool, tls", POOL, TLS "keep-open=yes", THREE "--level tls --same-cert", 3, JUDGE_AT_ONCE},
    {"pool and balancer, http below TLS", POOL, TLS "keep-open=yes",
        THREE VIP "--thumbprint {shown}", 4, JUDGE_LAST},
    {"pool, http above TLS", POOL, PLAIN "keep-open=yes", THREE "--plain", 3, JUDGE_LAST},
    {"pool, sstp below TLS", POOL, TLS "ppp=late", THREE "--level sstp", 3, JUDGE_ANSWERED},
    {"pool, ppp above TLS", POOL, PLAIN "ppp=late,auth=eap+mschapv2", THREE "--plain --level ppp",
        3, JUDGE_ANSWERED, ENDED},
};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

static const struct scenario *scenario;
static struct judge judge;
static uint64_t next_seed, seeds_end;
static bool next_is_second; /* of the two runs of a seed */
/* Whose bytes go astray is not waited for, unless others need the time. */
static const int seconds[] = {SLOWNESS, 5 * SLOWNESS, 40};
#define TRIES (sizeof seconds / sizeof seconds[0])
static char lines[TRIES][512]; /* of options, with so many seconds */

/* Those that had too little time. */
static struct again {
	uint64_t seed;
	enum runs_format format;
	size_t tries;
} * again;
static size_t again_count, again_begun;

static uint64_t
number_of(const char *variable, uint64_t otherwise)
{
	const char *given = getenv(variable);

	return given == NULL ? otherwise : strtoull(given, NULL, 10);
}

static void
describe(struct runs_one *one, uint64_t seed, enum runs_format format, size_t tries)
{
	one->seed = seed;
	one->format = format;
	one->plugin = scenario->plugin;
	one->tries = tries;
	one->hasty = tries + 1 < TRIES;
	one->options = lines[tries];
	one->lanes_count = scenario->lanes;
}

/* Runs that nothing happens to. */
static bool
next_clean(struct runs_one *one)
{
	if (next_seed == seeds_end)
		return false;
	describe(one, next_seed++, RUNS_TEXT, TRIES - 1);
	return true;
}

static void
learn(struct runs_one *one)
{
	judge_learn(&judge, one, scenario->goodbye, scenario->until);
}

/* How many seeds of this scenario were before this one: for what is to be had in turn. */
static uint64_t
turn_of(uint64_t seed)
{
	return seed / SCENARIOS;
}

static bool
is_pool(void)
{
	return strcmp(scenario->plugin, POOL) == 0;
}

static enum runs_format
format_of(uint64_t seed, bool second)
{
	if (!second)
		return RUNS_TEXT;
	return is_pool() && turn_of(seed) % 2 == 1 ? RUNS_METRICS : RUNS_JSON;
}

/* Each lane has a fate of its own. */
static void
mutate(struct runs_one *one)
{
	uint64_t hit = turn_of(one->seed) / 2 % one->lanes_count;
	bool harmless = true;

	for (uint64_t i = 0; i < one->lanes_count; i++) {
		struct mutation *mutation = &one->lanes[i].mutation;
		uint64_t seed = one->seed ^ i << 32;

		if (i == hit || !mutation_spares(seed))
			mutation_choose(mutation, seed, &judge.exchange);
		harmless &= mutation_is_harmless(mutation);
	}
	if (harmless)
		describe(one, one->seed, one->format, TRIES - 1);
}

static bool
next_mutated(struct runs_one *one)
{
	if (again_begun < again_count) {
		const struct again *old = &again[again_begun++];

		describe(one, old->seed, old->format, old->tries);
		mutate(one);
		return true;
	}
	if (next_seed >= seeds_end)
		return false;
	describe(one, next_seed, format_of(next_seed, next_is_second), 0);
	mutate(one);
	if (next_is_second)
		next_seed += SCENARIOS;
	next_is_second = !next_is_second;
	return true;
}

static void
decide(struct runs_one *one)
{
	struct again *more;

	if (judge_decide(&judge, one))
		return;
	more = realloc(again, (again_count + 1) * sizeof *again);
	ck_assert_ptr_nonnull(more);
	again = more;
	again[again_count++] = (struct again){one->seed, one->format, one->tries + 1};
}

/* The scenario's options with its figures, and the time of try NUMBER. */
static void
fill(size_t number, const char *shown, const char *dump)
{
	struct text text = TEXT_EMPTY;

	for (const char *c = scenario->options; *c != '\0'; c++)
		if (strncmp(c, "{shown}", 7) == 0) {
			text_add(&text, shown);
			c += 6;
		} else if (strncmp(c, "{dump}", 6) == 0) {
			text_add(&text, dump);
			c += 5;
		} else
			text_add_char(&text, *c);
	/* Of a pool every member is told. */
	text_format(&text, " -t %d%s", seconds[number], is_pool() ? " -v" : "");
	ck_assert_uint_lt(text.length, sizeof lines[number]);
	strcpy(lines[number], text_chars(&text));
	text_free(&text);
}

/* What the server shows, by eyes of our own. */
static void
look(void)
{
	struct text shown = TEXT_EMPTY, dump = TEXT_EMPTY;

	if (!judge.above_tls) {
		scenes_add_shown(&shown, runs_port());
		scenes_add_path(
		    &dump, "healthy", strlen("healthy"), runs_port(), scratch_path("."));
		ck_assert_uint_eq(shown.length, sizeof judge.shown - 1);
		strcpy(judge.shown, text_chars(&shown));
	}
	for (size_t i = 0; i < TRIES; i++)
		fill(i, text_chars(&shown), text_chars(&dump));
	text_free(&shown);
	text_free(&dump);
}

START_TEST(seeds)
{
	uint64_t first = number_of("MUTATOR_FIRST", 0);

	scenario = &scenarios[_i];
	runs_begin(scenario->knobs);
	memset(&judge, 0, sizeof judge);
	judge.above_tls = strstr(scenario->options, "--plain") != NULL;
	look();
	next_seed = 0;
	seeds_end = 3;
	runs_all(1, next_clean, learn);
	seeds_end = first + number_of("MUTATOR_SEEDS", SEEDS / SLOWNESS);
	next_seed = first + (SCENARIOS + (uint64_t)_i - first % SCENARIOS) % SCENARIOS;
	runs_all(PLACES, next_mutated, decide);
	printf(
	    "%s: %zu runs, %zu of %zu exchanges mutated, %zu well all the same, %zu runs again\n",
	    scenario->name, judge.runs, judge.mutated, judge.lanes, judge.well, again_count);
	free(again);
	again = NULL;
	again_begun = again_count = 0;
	judge_free(&judge);
	runs_end();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mutator");
	TCase *tests = tcase_create("plugins");

	tcase_set_timeout(tests, 1200);
	tcase_add_loop_test(tests, seeds, 0, (int)SCENARIOS);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

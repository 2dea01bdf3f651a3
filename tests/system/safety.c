/*
 * safety - whatever strangers say and operators call their servers, what the plugins print is clean
 * and well formed in every format.
 *
 *   SAFETY_SEEDS=200 tests/system/safety
 *
 * Each seed is a server whose certificate, headers, reasons and messages are garish.h's, sick in
 * every way in which a plugin repeats what it heard.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "garish.h"
#include "process.h"
#include "support/clean.h"
#include "support/json.h"
#include "support/perfdata.h"
#include "support/prometheus.h"
#include "support/schema.h"
#include "support/scratch.h"
#include "support/suite.h"

#define SIM       "tests/rras/rras-sim"
#define SEEDS     (20 / SLOWNESS)
#define LIMIT     30
#define ITEMS_MAX 64
#define NAME_MAX  60
#define WORDS_MAX 250
#define PASSWORD  "clientPass"

enum format { TEXT, JSON, METRICS, LB, FORMATS };
static const char *const formats[FORMATS] = {" -vvv", " -o json", " -o prometheus", " -o lb -vv"};

/* How the members of the sim differ. '$' stands for a text. */
#define HEAD "server=$,reason=$,header=Via:$,header=Location:$,header=WWW-Authenticate:$,header=$"
static const char *const members[] = {
    "127.0.0.2," HEAD,
    "127.0.0.3,status=302," HEAD,
    "127.0.0.4,http-line=$",
    "127.0.0.5,auth=mschapv2,refuse=691,failure=$",
    "127.0.0.6,tls=garbage",
    "127.0.0.7,duplex=refuse:403," HEAD,
    "127.0.0.8,cert=untrusted",
    "127.0.0.9,auth=pap,refuse=691,failure=$",
    "127.0.0.10,status=404," HEAD,
    "127.0.0.11,auth=mschapv2,failure=E=691%20R=0%20M=$,refuse=691",
    "127.0.0.12,auth=mschapv2,greeting=$",
};

/* {port}, {ca} and '$' are filled in. */
#define VPN   "-H vpn.example.com -p {port} --ca-file {ca} -t 5 "
#define LOGON "-l User --insecure --backoff 0 --level auth "
static const struct {
	const char *plugin, *arguments;
} checks[] = {
    {"check_sstp", VPN "-I 127.0.0.2"},
    {"check_sstp", VPN "-I 127.0.0.3"},
    {"check_sstp", VPN "-I 127.0.0.4"},
    {"check_sstp", VPN "-I 127.0.0.6"},
    {"check_sstp", VPN "-I 127.0.0.10"},
    {"check_sstp", VPN "-I 127.0.0.7 --level sstp"},
    {"check_sstp", VPN "-I 127.0.0.12 " LOGON},
    {"check_sstp", VPN "-I 127.0.0.5 " LOGON},
    {"check_sstp", VPN "-I 127.0.0.11 " LOGON},
    {"check_sstp", VPN "-I 127.0.0.9 --allow-pap " LOGON},
    {"check_sstp_cert", VPN "-I 127.0.0.2 -I 127.0.0.8 --same-cert"},
    {"check_sstp_cert", VPN "-I 127.0.0.2 --name $ --expect-issuer $"},
    {"check_sstp_pool",
        VPN "-B a=127.0.0.2 -B b=127.0.0.3 -B c=127.0.0.4 -B 127.0.0.8 --same-cert"},
    {"check_sstp_pool",
        VPN "-B %a]=127.0.0.2 -B b=127.0.0.3 -B c=127.0.0.4 -B d.=127.0.0.8 --vip 127.0.0.10"},
    {"check_sstp_pool", VPN "-B %[a]=127.0.0.2 -B -:=127.0.0.3 -B c=127.0.0.4 -B 127.0.0.6"},
    {"check_sstp_pool", VPN "-B $=127.0.0.2 -B b=127.0.0.3"},
    {"check_sstp", VPN "-I 127.0.0.2 --sni $"},
    {"check_sstp", VPN "-I 127.0.0.2 -H $"},
    {"check_sstp", VPN "-I 127.0.0.2 --host-header $"},
    {"check_sstp", VPN "-I 127.0.0.2 --uri $"},
    {"check_sstp", VPN "-I 127.0.0.2 --level $"},
    {"check_sstp", VPN "-I $"},
    {"check_sstp", "--$"},
};

static struct process_sim sim;
static struct process_result result; /* large */
static struct prometheus metrics;    /* large */
static uint64_t state;

static void
fill(struct text *text, const char *template, bool is_knob)
{
	for (const char *c = template; *c != '\0'; c++)
		if (*c == '$')
			(is_knob ? garish_add_knob : garish_add_word)(text, &state, WORDS_MAX);
		else if (!is_knob && strncmp(c, "{port}", 6) == 0) {
			text_format(text, "%d", sim.port);
			c += 5;
		} else if (!is_knob && strncmp(c, "{ca}", 4) == 0) {
			text_add(text, scratch_path("ca.pem"));
			c += 3;
		} else
			text_add_char(text, *c);
}

/* What X.509 has room for is less than what HTTP has. */
static void
begin_sim(void)
{
	static const char *const names[] = {"subject=", ",cn=", ",names=vpn.example.com+"};
	struct text line = TEXT_EMPTY;

	text_format(&line, "--ca-out %s ", scratch_path("ca.pem"));
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		text_add(&line, names[i]);
		garish_add_knob(&line, &state, NAME_MAX);
	}
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		text_add_char(&line, ' ');
		fill(&line, members[i], true);
	}
	process_start_sim(SIM, text_chars(&line), &sim);
	text_free(&line);
}

/* Arguments that are wrong are told in words, whatever the format; whatever has a cause is not. */
static bool
is_usage(void)
{
	return result.exit == 3 && strncmp(result.out, "SSTP", 4) == 0 &&
	       strstr(result.out, " [local.") == NULL;
}

static void
check_text(void)
{
	struct perfdata_item items[ITEMS_MAX];
	const char *problem = clean_text(result.out), *bar = strchr(result.out, '|');
	size_t count;

	ck_assert_msg(problem == NULL, "%s: %.2000s", problem, result.out);
	ck_assert_msg(strncmp(result.out, "SSTP", 4) == 0, "%.2000s", result.out);
	if (bar == NULL)
		return;
	result.out[strcspn(result.out, "\n")] = '\0';
	problem = perfdata_parse(bar + 2, items, ITEMS_MAX, &count);
	ck_assert_msg(problem == NULL, "%s: %.2000s", problem, bar);
}

static void
check_json(void)
{
	size_t where;
	struct json *json = json_parse(result.out, strlen(result.out), &where);
	struct text path = TEXT_EMPTY;
	const char *problem;

	ck_assert_msg(json != NULL, "no JSON at %zu: %.2000s", where, result.out);
	problem = schema_check(json, &path);
	ck_assert_msg(problem == NULL, "%s: %s: %.2000s", text_chars(&path), problem, result.out);
	problem = clean_json(json);
	ck_assert_msg(problem == NULL, "%s: %.2000s", problem, result.out);
	ck_assert(json_is_number(json, "exit", result.exit));
	text_free(&path);
	json_free(json);
}

static void
check_metrics(void)
{
	size_t line;
	const char *problem = prometheus_parse(result.out, &metrics, &line);

	ck_assert_msg(problem == NULL, "line %zu: %s: %.2000s", line, problem, result.out);
	for (size_t i = 0; i < metrics.count; i++)
		for (size_t j = 0; j < metrics.samples[i].labels_count; j++) {
			problem = clean_string(metrics.samples[i].labels[j].value);
			ck_assert_msg(problem == NULL, "%s: %.2000s", problem, result.out);
		}
}

static void
check(enum format format)
{
	static void (*const checkers[FORMATS])(void) = {
	    check_text, check_json, check_metrics, check_text};

	ck_assert_msg(
	    result.signal == 0 && *result.err == '\0', "signal %d: %s", result.signal, result.err);
	ck_assert_msg(strstr(result.out, PASSWORD) == NULL, "the password in: %.2000s", result.out);
	(is_usage() ? check_text : checkers[format])();
}

/* The same check in each format, side by side. */
static void
run(const char *plugin, const char *arguments)
{
	struct process processes[FORMATS];
	char program[64];
	int exits[FORMATS];

	snprintf(program, sizeof program, "plugins/%s", plugin);
	for (int format = 0; format < FORMATS; format++) {
		struct text line = TEXT_EMPTY;

		text_format(&line, "%s%s", arguments, formats[format]);
		process_begin(&processes[format], program, text_chars(&line),
		    "SSTP_PASSWORD=" PASSWORD, NULL);
		text_free(&line);
	}
	for (int format = 0; format < FORMATS; format++) {
		process_end(&processes[format], LIMIT, &result);
		exits[format] = result.exit;
		check((enum format)format);
		ck_assert_msg(format == LB || exits[format] == exits[TEXT], "%s: exit %d, %s",
		    formats[format], exits[format], arguments);
	}
}

/* Its discovery knows no verbosity, and no other plugin has it. */
static void
discover(void)
{
	struct text line = TEXT_EMPTY;
	struct json *json;
	size_t where;

	fill(&line, VPN "-B %:a=127.0.0.2 -B [%b]=127.0.0.3 -B c=vpn.example.com -o zabbix-lld",
	    false);
	process_run("plugins/check_sstp_pool", text_chars(&line), NULL, LIMIT, &result);
	json = json_parse(result.out, strlen(result.out), &where);
	ck_assert_msg(json != NULL || is_usage(), "no JSON at %zu: %.2000s", where, result.out);
	ck_assert_ptr_null(json != NULL ? clean_json(json) : clean_text(result.out));
	json_free(json);
	text_free(&line);
}

START_TEST(garish)
{
	state = (uint64_t)_i;
	begin_sim();
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		struct text arguments = TEXT_EMPTY;

		fill(&arguments, checks[i].arguments, false);
		run(checks[i].plugin, text_chars(&arguments));
		text_free(&arguments);
	}
	discover();
	process_stop_sim(&sim);
}
END_TEST

int
main(void)
{
	const char *given = getenv("SAFETY_SEEDS");
	Suite *suite = suite_create("safety");
	TCase *tests = tcase_create("output");
	int status;

	scratch_make();
	tcase_set_timeout(tests, 8 * LIMIT);
	tcase_add_loop_test(tests, garish, 0, given != NULL ? atoi(given) : SEEDS);
	suite_add_tcase(suite, tests);
	status = suite_run(suite);
	scratch_remove();
	return status;
}

/*
 * Memory runs out at every possible point: the report then says so, once, and nothing is lost.
 */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"
#include "support/json.h"
#include "support/prometheus.h"
#include "unit/report/sample.h"
#include "unit/shortage.h"
#include "unit/unit.h"

#define NEVER (-1)

static bool failed;
static bool recovers; /* only one allocation fails */

/* Make a verdict and print it while allocation AT fails; the output goes to OUTPUT. */
static int
print(enum report_format format, long at, char *output, size_t size)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct facts facts;
	struct metric *metric;
	int saved = dup(STDOUT_FILENO);
	FILE *file = tmpfile();
	int code;

	sample_facts(&facts);
	dup2(fileno(file), STDOUT_FILENO);
	if (at != NEVER)
		shortage_begin(at, recovers);
	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts.target, "reset", "bind one");
	sample_find(&verdict, CAUSE_HTTP_OPEN, STATE_CRITICAL, facts.target, "open", "");
	metric = verdict_metric(&verdict, "total", "s");
	if (metric != NULL)
		range_read("1", &metric->warning);
	verdict_close(&verdict);
	struct report report = sample_report(&verdict, &facts, 1);
	report.format = format;
	report.verbosity = 2;
	code = report_print(&report);
	failed = shortage_end();
	dup2(saved, STDOUT_FILENO);
	close(saved);
	ssize_t length = pread(fileno(file), output, size - 1, 0);
	ck_assert_int_ge(length, 0);
	output[length] = '\0';
	fclose(file);
	verdict_free(&verdict);
	facts_free(&facts);
	return code;
}

START_TEST(text_is_whole_or_says_so)
{
	static char whole[16384], output[16384];
	long at = 0;

	ck_assert_int_eq(print(REPORT_TEXT, NEVER, whole, sizeof whole), 2);
	recovers = _i;
	do {
		int code = print(REPORT_TEXT, at++, output, sizeof output);

		ck_assert_int_eq(code, strcmp(output, whole) == 0 ? 2 : 3);
		if (code == 3)
			ck_assert_str_eq(
			    output, "SSTP UNKNOWN - out of memory [local.no-memory]\n");
	} while (failed);
	ck_assert_str_eq(output, whole);
	ck_assert_int_gt(at, 10);
}
END_TEST

START_TEST(json_is_whole_or_says_so)
{
	static char whole[16384], output[16384];
	long at = 0;

	ck_assert_int_eq(print(REPORT_JSON, NEVER, whole, sizeof whole), 2);
	recovers = _i;
	do {
		int code = print(REPORT_JSON, at++, output, sizeof output);
		size_t where;
		struct json *json = json_parse(output, strlen(output), &where);

		ck_assert_ptr_nonnull(json);
		ck_assert_int_eq(code, strcmp(output, whole) == 0 ? 2 : 3);
		if (code == 3)
			ck_assert_str_eq(json_string(json, "cause"), "local.no-memory");
		json_free(json);
	} while (failed);
	ck_assert_str_eq(output, whole);
	ck_assert_int_gt(at, 10);
}
END_TEST

START_TEST(prometheus_is_whole_or_says_so)
{
	static char whole[16384], output[16384];
	static struct prometheus samples;
	long at = 0;

	ck_assert_int_eq(print(REPORT_PROMETHEUS, NEVER, whole, sizeof whole), 2);
	recovers = _i;
	do {
		int code = print(REPORT_PROMETHEUS, at++, output, sizeof output);
		size_t line;

		ck_assert_ptr_null(prometheus_parse(output, &samples, &line));
		ck_assert_int_eq(code, strcmp(output, whole) == 0 ? 2 : 3);
		if (code == 3)
			ck_assert_ptr_nonnull(prometheus_find(&samples, "sstp_probe_failure",
			    "vpn.example.com", "cause", "local.no-memory"));
	} while (failed);
	ck_assert_str_eq(output, whole);
	ck_assert_int_gt(at, 10);
}
END_TEST

static const char *
store(void *config, const char *value, int detail)
{
	(void)config;
	(void)value;
	(void)detail;
	return "a number";
}

static const struct options_row rows[] = {{'p', "port", "N", "which", store, 0, false}};
static const struct options_group group = {"Options", rows, 1};
static const struct options_program program = {
    "check_it", "Checks it.", "[options]", &group, 1, "Notes.\n\n  more"};
static const char *const arguments[] = {"--port=1", "--nothing", "--help", "--version",
    "--extra-opts=bad", "--extra-opts=empty", "--extra-opts=none"};

static const char section[] = "[empty]\n[bad]\nport=1\n";

START_TEST(options_say_all_or_nothing)
{
	char *copies[] = {strdup("check_it"), strdup(arguments[_i]), NULL};
	struct text whole = TEXT_EMPTY;
	struct extra_opts *files;
	char path[] = "/tmp/sstp-memory-XXXXXX";
	int descriptor = mkstemp(path);
	enum options_result wanted;
	long at = 0;

	ck_assert_int_eq(write(descriptor, section, sizeof section - 1), sizeof section - 1);
	close(descriptor);
	setenv("MP_CONFIG_FILE", path, 1);
	wanted = options_read(&program, 2, copies, NULL, &files, &whole);
	extra_opts_free(files);
	do {
		struct text text = TEXT_EMPTY;
		enum options_result result;

		shortage_begin(at++, false);
		result = options_read(&program, 2, copies, NULL, &files, &text);
		failed = shortage_end();
		extra_opts_free(files);
		ck_assert_str_eq(text_chars(&text), failed ? "" : text_chars(&whole));
		ck_assert_int_eq(result, failed ? OPTIONS_ERROR : wanted);
		ck_assert(!text_failed(&text));
		text_free(&text);
	} while (failed);
	ck_assert_int_gt(at, 3);
	text_free(&whole);
	free(copies[0]);
	free(copies[1]);
	unlink(path);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, text_is_whole_or_says_so, false, true + 1);
	tcase_add_loop_test(tests, json_is_whole_or_says_so, false, true + 1);
	tcase_add_loop_test(tests, prometheus_is_whole_or_says_so, false, true + 1);
	unit_add_rows(tests, options_say_all_or_nothing, arguments);
}

int
main(void)
{
	return unit_run("report/memory", list);
}

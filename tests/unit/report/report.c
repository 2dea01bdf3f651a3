#include "config.h"

#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/json.h"
#include "support/prometheus.h"
#include "unit/report/sample.h"
#include "unit/unit.h"

static struct verdict verdict;
static struct facts facts;
static struct report report;
static char output[16384];
static int saved; /* the real stdout */

static void
setup(void)
{
	verdict = (struct verdict)VERDICT_EMPTY;
	sample_facts(&facts);
	report = sample_report(&verdict, &facts, 1);
	saved = dup(STDOUT_FILENO);
	ck_assert_int_ge(saved, 0);
}

static void
teardown(void)
{
	verdict_free(&verdict);
	facts_free(&facts);
}

/* A file without a name in place of stdout. */
static FILE *
catch_output(void)
{
	FILE *file = tmpfile();

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(dup2(fileno(file), STDOUT_FILENO), STDOUT_FILENO);
	return file;
}

static void
release_output(FILE *file)
{
	ssize_t length = pread(fileno(file), output, sizeof output - 1, 0);

	fclose(file);
	ck_assert_int_ge(length, 0);
	output[length] = '\0';
	ck_assert_int_eq(dup2(saved, STDOUT_FILENO), STDOUT_FILENO);
}

static int
print(void)
{
	FILE *file = catch_output();
	int code = report_print(&report);

	release_output(file);
	return code;
}

static void
find(enum cause cause, enum state state)
{
	sample_find(&verdict, cause, state, facts.target, "x", "y");
	verdict_close(&verdict);
}

START_TEST(words_of_formats)
{
	enum report_format format = REPORT_TEXT;

	ck_assert(report_read_format("json", &format));
	ck_assert_int_eq(format, REPORT_JSON);
	ck_assert(report_read_format("prometheus", &format));
	ck_assert_int_eq(format, REPORT_PROMETHEUS);
	ck_assert(report_read_format("lb", &format));
	ck_assert_int_eq(format, REPORT_LB);
	ck_assert(!report_read_format("JSON", &format));
	ck_assert(!report_read_format("", &format));
	ck_assert(!report_read_format("textual", &format));
	ck_assert_int_eq(format, REPORT_LB);
	ck_assert(report_read_format("text", &format));
	ck_assert_int_eq(format, REPORT_TEXT);
}
END_TEST

static const enum state states[] = {STATE_OK, STATE_WARNING, STATE_CRITICAL, STATE_UNKNOWN};

START_TEST(the_exit_code_does_not_depend_on_the_format)
{
	find(CAUSE_HTTP_OPEN, states[_i]);
	ck_assert_int_eq(print(), _i);
	report.format = REPORT_JSON;
	ck_assert_int_eq(print(), _i);
	report.format = REPORT_PROMETHEUS;
	ck_assert_int_eq(print(), _i);
}
END_TEST

static const struct {
	enum cause cause;
	enum state state;
	int alone, with_expired, with_warning; /* exit code */
} balancer[] = {
    {CAUSE_CERT_EXPIRED, STATE_CRITICAL, 0, 0, 0},
    {CAUSE_CERT_UNTRUSTED_ROOT, STATE_UNKNOWN, 0, 0, 0},
    {CAUSE_TIME_SLOW, STATE_WARNING, 0, 0, 0},
    {CAUSE_LOCAL_NO_ROUTE, STATE_UNKNOWN, 1, 1, 0},
    {CAUSE_HTTP_OPEN, STATE_CRITICAL, 1, 1, 1},
};

START_TEST(the_exit_code_for_a_balancer)
{
	report.format = REPORT_LB;
	ck_assert_int_eq(print(), 0);
	find(balancer[_i].cause, balancer[_i].state);
	ck_assert_int_eq(print(), balancer[_i].alone);
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL);
	ck_assert_int_eq(print(), balancer[_i].with_expired);
	find(CAUSE_HTTP_IMPOSTOR, STATE_WARNING);
	ck_assert_int_eq(print(), balancer[_i].with_warning);
}
END_TEST

START_TEST(a_balancer_is_told_in_text)
{
	report.format = REPORT_LB;
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL);
	ck_assert_int_eq(print(), 1);
	ck_assert_str_eq(output, "SSTP CRITICAL - vpn.example.com: x; y [http.open]\n");
}
END_TEST

START_TEST(memory_that_ran_out_is_said)
{
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL);
	verdict.failed = true;
	ck_assert_int_eq(print(), 3);
	ck_assert_str_eq(output, "SSTP UNKNOWN - out of memory [local.no-memory]\n");
	/* To some balancers 2 and more is a weight. */
	report.format = REPORT_LB;
	ck_assert_int_eq(print(), 1);
	ck_assert_str_eq(output, "SSTP UNKNOWN - out of memory [local.no-memory]\n");
}
END_TEST

START_TEST(memory_that_ran_out_is_said_in_json)
{
	struct json *json;
	size_t where;

	verdict.failed = true;
	report.format = REPORT_JSON;
	ck_assert_int_eq(print(), 3);
	json = json_parse(output, strlen(output), &where);
	ck_assert_ptr_nonnull(json);
	ck_assert_uint_eq(json_count(json), 10);
	ck_assert_str_eq(json_string(json, "plugin"), "check_sstp");
	ck_assert_str_eq(json_string(json, "version"), "1.2.3");
	ck_assert_str_eq(json_string(json, "state"), "UNKNOWN");
	ck_assert(json_is_number(json, "exit", 3));
	ck_assert_str_eq(json_string(json, "cause"), "local.no-memory");
	json_free(json);
}
END_TEST

/* A label needs no escape, or it is the name of the plugin. */
static const char *const labels[][2] = {
    {"vpn.example.com", "vpn.example.com"},
    {"\"", "check_sstp"},
    {"a\\b", "check_sstp"},
    {"a\nb", "check_sstp"},
    {NULL, "check_sstp"},
};

START_TEST(memory_that_ran_out_is_said_for_prometheus)
{
	struct prometheus *samples = malloc(sizeof *samples);
	const char *target = labels[_i][1], *problem;
	size_t line;

	verdict.failed = true;
	report.format = REPORT_PROMETHEUS;
	report.target = labels[_i][0];
	ck_assert_int_eq(print(), 3);
	problem = prometheus_parse(output, samples, &line);
	ck_assert_msg(problem == NULL, "line %zu: %s: %s", line, problem, output);
	ck_assert_uint_eq(samples->count, 3);
	ck_assert(prometheus_find(samples, "sstp_probe_success", target, NULL, NULL)->value == 0);
	ck_assert(prometheus_find(samples, "sstp_probe_state", target, NULL, NULL)->value == 3);
	ck_assert_ptr_nonnull(
	    prometheus_find(samples, "sstp_probe_failure", target, "cause", "local.no-memory"));
	free(samples);
}
END_TEST

/* Print where nothing can be written, and give the code; stderr must stay silent too. */
static int
print_to(int descriptor)
{
	FILE *file = catch_output();
	int code;

	ck_assert_int_eq(dup2(fileno(file), STDERR_FILENO), STDERR_FILENO);
	if (descriptor < 0)
		close(STDOUT_FILENO);
	else
		dup2(descriptor, STDOUT_FILENO);
	code = report_print(&report);
	release_output(file);
	ck_assert_str_eq(output, "");
	return code;
}

START_TEST(a_closed_stdout)
{
	ck_assert_int_eq(print_to(-1), 3);
}
END_TEST

START_TEST(a_reader_that_has_gone)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(print_to(ends[1]), 3);
	close(ends[1]);
}
END_TEST

START_TEST(a_full_disk)
{
	int full = open("/dev/full", O_WRONLY);

	/* Not every system has this device. */
	if (full >= 0)
		ck_assert_int_eq(print_to(full), 3);
}
END_TEST

/* A pipe that is full and does not block: the rest is written once somebody reads. */
START_TEST(a_full_pipe)
{
	char blanks[4096];
	int ends[2];
	size_t filled = 0;
	ssize_t some;

	memset(blanks, ' ', sizeof blanks);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	while ((some = write(ends[1], blanks, sizeof blanks)) > 0)
		filled += (size_t)some;
	ck_assert_int_eq(errno, EAGAIN);
	pid_t reader = fork();
	ck_assert_int_ge(reader, 0);
	if (reader == 0) {
		size_t seen = 0;
		close(ends[1]);
		dup2(saved, STDOUT_FILENO);
		while ((some = read(ends[0], blanks, sizeof blanks)) > 0)
			seen += (size_t)some;
		_exit(seen > filled && blanks[0] != '\0' ? 0 : 1);
	}
	ck_assert_int_eq(dup2(ends[1], STDOUT_FILENO), STDOUT_FILENO);
	close(ends[1]);
	ck_assert_int_eq(report_print(&report), 0);
	ck_assert_int_eq(dup2(saved, STDOUT_FILENO), STDOUT_FILENO);
	int status;
	ck_assert_int_eq(waitpid(reader, &status, 0), reader);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(usage_errors)
{
	FILE *file = catch_output();

	ck_assert_int_eq(report_usage_error("SSTP", "--port takes a number from 1 to 65535"), 3);
	ck_assert_int_eq(report_usage_error("SSTP_CERT", "a|b\n<c> it's"), 3);
	ck_assert_int_eq(report_usage_error("SSTP", ""), 3);
	release_output(file);
	ck_assert_str_eq(output, "SSTP UNKNOWN - --port takes a number from 1 to 65535\n"
	                         "SSTP_CERT UNKNOWN - a?b??c? it s\n"
	                         "SSTP UNKNOWN - out of memory [local.no-memory]\n");
}
END_TEST

START_TEST(help_is_written_as_it_is)
{
	FILE *file = catch_output();

	ck_assert_int_eq(report_help("Usage: <it>\n\n  --x\n"), 3);
	release_output(file);
	ck_assert_str_eq(output, "Usage: <it>\n\n  --x\n");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, words_of_formats);
	unit_add_rows(tests, the_exit_code_does_not_depend_on_the_format, states);
	unit_add_rows(tests, the_exit_code_for_a_balancer, balancer);
	tcase_add_test(tests, a_balancer_is_told_in_text);
	tcase_add_test(tests, memory_that_ran_out_is_said);
	tcase_add_test(tests, memory_that_ran_out_is_said_in_json);
	unit_add_rows(tests, memory_that_ran_out_is_said_for_prometheus, labels);
	tcase_add_test(tests, a_closed_stdout);
	tcase_add_test(tests, a_reader_that_has_gone);
	tcase_add_test(tests, a_full_disk);
	tcase_add_test(tests, a_full_pipe);
	tcase_add_test(tests, usage_errors);
	tcase_add_test(tests, help_is_written_as_it_is);
}

int
main(void)
{
	return unit_run("report/report", list);
}

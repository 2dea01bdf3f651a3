#include "support/prometheus.h"

#include <string.h>

#include "unit/unit.h"

#define A "# HELP sstp_a Text.\n# TYPE sstp_a gauge\n"
#define B "# HELP sstp_b_info Text.\n# TYPE sstp_b_info gauge\n"

static struct prometheus samples; /* large */
static size_t line;

static const char *const good[] = {
    A "sstp_a{target=\"x\"} 1\n",
    A "sstp_a{target=\"x\"} -0.25\nsstp_a{target=\"y\"} 0\n" B "sstp_b_info{target=\"x\"} 1\n",
    A "sstp_a{target=\"x\",b=\"\\\"\\\\\\n{},=#\"} 253402300799\nsstp_a{target=\"x\"} 1\n",
    A "sstp_a{target=\"\xC3\xA9\"} 1\n",
};

START_TEST(samples_are_read)
{
	const char *problem = prometheus_parse(good[_i], &samples, &line);

	ck_assert_msg(problem == NULL, "line %zu: %s", line, problem);
}
END_TEST

/* What is wrong, in which line. */
static const struct {
	const char *chars, *problem;
	size_t line;
} bad[] = {
    {"", "nothing at all", 1},
    {"\n", "neither HELP nor TYPE nor a sample", 1},
    {A, "the family before has no sample", 3},
    {A "sstp_a{target=\"x\"} 1", "the last line does not end", 3},
    {A "sstp_a{target=\"x\"} 1\n\n", "neither HELP nor TYPE nor a sample", 4},
    {A "sstp_a{target=\"x\"} 1\n# EOF\n", "neither HELP nor TYPE nor a sample", 4},
    {A "sstp_a{target=\"x\"} 1\r\n", "something behind the end", 3},
    {A "sstp_a{target=\"x\"} 1 1700000000\n", "something behind the end", 3},
    {A "sstp_a{target=\"x\"} 1e3\n", "something behind the end", 3},
    {A "sstp_a{target=\"x\"} NaN\n", "a value is no decimal number", 3},
    {A "sstp_a{target=\"x\"} +Inf\n", "a value is no decimal number", 3},
    {A "sstp_a{target=\"x\"} 01\n", "a value is no decimal number", 3},
    {A "sstp_a{target=\"x\"} 0,5\n", "something behind the end", 3},
    {A "sstp_a{target=\"x\"} 0.50\n", "a fraction is not written as short as it can be", 3},
    {A "sstp_a{target=\"x\"} 1.\n", "a fraction is not written as short as it can be", 3},
    {A "sstp_a{target=\"x\"}1\n", "the labels do not end with } and a blank", 3},
    {A "sstp_a{target=\"x\",} 1\n", "a label is not written as name=\"value\"", 3},
    {A "sstp_a{target=x} 1\n", "a label is not written as name=\"value\"", 3},
    {A "sstp_a{} 1\n", "a label is not written as name=\"value\"", 3},
    {A "sstp_a 1\n", "a sample does not begin with name{", 3},
    {A "sstp_a{b=\"x\"} 1\n", "the first label is not target", 3},
    {A "sstp_a{b=\"x\",target=\"x\"} 1\n", "the first label is not target", 3},
    {A "sstp_a{target=\"x\",target=\"y\"} 1\n", "a label is there twice", 3},
    {A "sstp_a{target=\"\"} 1\n", "a label is empty", 3},
    {A "sstp_a{target=\"x\n\"} 1\n", "a label does not end", 3},
    {A "sstp_a{target=\"x", "a label does not end", 3},
    {A "sstp_a{target=\"x\t\"} 1\n", "a label holds a control character", 3},
    {A "sstp_a{target=\"\\t\"} 1\n", "an escape is unknown", 3},
    {A "sstp_a{target=\"\xC3\"} 1\n", "no UTF-8", 1},
    {A "sstp_a{target=\"x\"} 1\nsstp_a{target=\"x\"} 2\n", "a series is there twice", 4},
    {A "sstp_a{target=\"x\",b=\"1\",c=\"2\"} 1\nsstp_a{target=\"x\",c=\"2\",b=\"1\"} 2\n",
        "a series is there twice", 4},
    {A "sstp_c{target=\"x\"} 1\n", "a sample does not follow the TYPE of its family", 3},
    {"sstp_a{target=\"x\"} 1\n", "a sample does not follow the TYPE of its family", 1},
    {"# HELP sstp_a Text.\nsstp_a{target=\"x\"} 1\n",
        "a sample does not follow the TYPE of its family", 2},
    {"# TYPE sstp_a gauge\nsstp_a{target=\"x\"} 1\n", "TYPE does not follow the HELP of its family",
        1},
    {A "sstp_a{target=\"x\"} 1\n# TYPE sstp_a gauge\n",
        "TYPE does not follow the HELP of its family", 4},
    {A "sstp_a{target=\"x\"} 1\n" A "sstp_a{target=\"y\"} 1\n", "a family is in two places", 4},
    {A "sstp_a{target=\"x\"} 1\n" B "sstp_b_info{target=\"x\"} 1\nsstp_a{target=\"y\"} 1\n",
        "a sample does not follow the TYPE of its family", 7},
    {B "sstp_b_info{target=\"x\"} 0\n", "an info is not 1", 3},
    {"# HELP sstp_a\n# TYPE sstp_a gauge\nsstp_a{target=\"x\"} 1\n", "HELP has no text", 1},
    {"# HELP sstp_a A\\b.\n", "HELP has an escape", 1},
    {"# HELP sstp_a Text.\n# TYPE sstp_a counter\n", "the type is not gauge", 2},
    {"# HELP probe_a Text.\n", "a name does not begin with sstp_", 1},
    {"# HELP sstp_a_total Text.\n", "a name ends as no gauge may", 1},
    {"# HELP sstp_a_ms Text.\n", "a unit is no base unit", 1},
    {"# HELP sstp-a Text.\n", "HELP has no text", 1},
    {"# HELP Sstp_a Text.\n", "HELP has no name", 1},
};

START_TEST(all_else_is_refused)
{
	const char *problem = prometheus_parse(bad[_i].chars, &samples, &line);

	ck_assert_msg(problem != NULL, "%s was read", bad[_i].chars);
	ck_assert_str_eq(problem, bad[_i].problem);
	ck_assert_uint_eq(line, bad[_i].line);
}
END_TEST

START_TEST(samples_are_found)
{
	static const char chars[] = A "sstp_a{target=\"x\",b=\"\\\"\\\\\\n\"} 0.5\n"
	                              "sstp_a{target=\"x\"} 1\nsstp_a{target=\"y\"} 2\n";

	ck_assert_ptr_null(prometheus_parse(chars, &samples, &line));
	ck_assert_uint_eq(samples.count, 3);
	ck_assert_str_eq(prometheus_label(&samples.samples[0], "b"), "\"\\\n");
	ck_assert_ptr_null(prometheus_label(&samples.samples[0], "c"));
	ck_assert_ptr_eq(
	    prometheus_find(&samples, "sstp_a", "x", "b", "\"\\\n"), &samples.samples[0]);
	ck_assert(samples.samples[0].value == 0.5);
	ck_assert_ptr_eq(prometheus_find(&samples, "sstp_a", "y", NULL, NULL), &samples.samples[2]);
	ck_assert_ptr_null(prometheus_find(&samples, "sstp_a", "z", NULL, NULL));
	ck_assert_ptr_null(prometheus_find(&samples, "sstp_a", "x", "b", "c"));
	ck_assert_ptr_null(prometheus_find(&samples, "sstp_a", "y", "b", "c"));
	ck_assert_ptr_null(prometheus_find(&samples, "sstp_b", "x", NULL, NULL));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, samples_are_read, good);
	unit_add_rows(tests, all_else_is_refused, bad);
	tcase_add_test(tests, samples_are_found);
}

int
main(void)
{
	return unit_run("support/prometheus", list);
}

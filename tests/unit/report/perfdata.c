#include <math.h>

#include "report/report.h"
#include "support/perfdata.h"
#include "unit/unit.h"

static struct verdict verdict;

static void
setup(void)
{
	verdict = (struct verdict)VERDICT_EMPTY;
}

static void
teardown(void)
{
	verdict_free(&verdict);
}

static struct metric *
add(const char *label, const char *unit, double value, int decimals)
{
	struct metric *metric = verdict_metric(&verdict, label, unit);

	ck_assert_ptr_nonnull(metric);
	metric->measured = true;
	metric->value = value;
	metric->decimals = decimals;
	return metric;
}

/* Exactly this, and accepted by the strict reader. */
static void
expect(const char *wanted)
{
	struct perfdata_item items[8];
	struct text text = TEXT_EMPTY;
	const char *problem;
	size_t count;

	report_perfdata(&verdict, &text);
	ck_assert_str_eq(text_chars(&text), wanted);
	problem = perfdata_parse(text_chars(&text), items, 8, &count);
	ck_assert_msg(problem == NULL, "%s", problem);
	ck_assert_uint_eq(count, verdict.metrics_count);
	text_free(&text);
}

START_TEST(no_metric_gives_nothing)
{
	expect("");
}
END_TEST

START_TEST(empty_fields_at_the_end_are_left_out)
{
	struct metric *metric;

	add("bare", "s", 0.25, 6);
	metric = add("low", "s", 1, 6);
	metric->has_low = true;
	metric = add("high", "", 2, 0);
	metric->has_high = true;
	metric->high = 10;
	expect("bare=0.25s low=1s;;;0 high=2;;;;10");
}
END_TEST

START_TEST(thresholds_are_ranges)
{
	struct metric *metric = add("total", "s", 0.048123, 6);

	ck_assert(range_read("below 0.5", &metric->warning));
	ck_assert(range_read("above 2.5", &metric->critical));
	metric = add("connect", "s", 12, 6);
	ck_assert(range_read("@10:20", &metric->critical));
	metric = add("certificate", "s", -86400, 0);
	ck_assert(range_read("2592000:", &metric->warning));
	metric = add("reply", "%", 99.5, 1);
	ck_assert(range_read("never", &metric->warning));
	expect("total=0.048123s;0.5:;~:2.5 connect=12s;;@10:20 certificate=-86400s;2592000: "
	       "reply=99.5%;~:");
}
END_TEST

START_TEST(unmeasured_is_u_with_its_thresholds)
{
	struct metric *metric = add("tls", "s", 3, 6);

	metric->measured = false;
	metric->has_low = true;
	ck_assert(range_read("0.5", &metric->warning));
	ck_assert(range_read("1", &metric->critical));
	add("http", "s", NAN, 6);
	add("sstp", "s", INFINITY, 6);
	expect("tls=U;0.5;1;0 http=U sstp=U");
}
END_TEST

START_TEST(numbers_have_no_exponent)
{
	add("large", "s", 1e20, 6);
	add("small", "s", 1e-9, 6);
	add("century", "s", 3153600000.0, 0);
	add("negative", "s", -0.0000001, 6);
	expect("large=100000000000000000000s small=0s century=3153600000s negative=0s");
}
END_TEST

static const char *const bad[] = {"a", "a=", "=1", "A=1", "'a'=1", "a=1 ", " a=1", "a=1  b=2",
    "a=1;", "a=1;;", "a=1;5;", "a=1e5", "a=+1", "a=01", "a=1.0", "a=.5", "a=1.", "a=1x", "a=Us",
    "a=1;x", "a=1;~", "a=1;5:4:3", "a=1;;;x", "a=1;;;1:2", "a=1;1;1;1;1;1", "a=1 a=2", "a=nan",
    "a=inf", "a234567890123456789_one=1 a234567890123456789_two=1"};

START_TEST(the_strict_reader_is_strict)
{
	struct perfdata_item items[8];
	size_t count;

	ck_assert_msg(perfdata_parse(bad[_i], items, 8, &count) != NULL, "\"%s\" passed", bad[_i]);
}
END_TEST

START_TEST(the_strict_reader_finds_values)
{
	struct perfdata_item items[8];
	const struct perfdata_item *item;
	size_t count;

	ck_assert_ptr_null(perfdata_parse("a=U b=-1.5s;@1:2;~:3;-4;5", items, 8, &count));
	ck_assert_uint_eq(count, 2);
	item = perfdata_find(items, count, "a");
	ck_assert_ptr_nonnull(item);
	ck_assert(!item->measured);
	item = perfdata_find(items, count, "b");
	ck_assert_ptr_nonnull(item);
	ck_assert(item->measured);
	ck_assert_double_eq(item->value, -1.5);
	ck_assert_str_eq(item->unit, "s");
	ck_assert_str_eq(item->warning, "@1:2");
	ck_assert_str_eq(item->critical, "~:3");
	ck_assert_str_eq(item->low, "-4");
	ck_assert_str_eq(item->high, "5");
	ck_assert_ptr_null(perfdata_find(items, count, "c"));
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, no_metric_gives_nothing);
	tcase_add_test(tests, empty_fields_at_the_end_are_left_out);
	tcase_add_test(tests, thresholds_are_ranges);
	tcase_add_test(tests, unmeasured_is_u_with_its_thresholds);
	tcase_add_test(tests, numbers_have_no_exponent);
	unit_add_rows(tests, the_strict_reader_is_strict, bad);
	tcase_add_test(tests, the_strict_reader_finds_values);
}

int
main(void)
{
	return unit_run("report/perfdata", list);
}

#include <math.h>
#include <string.h>

#include "base/range.h"
#include "unit/unit.h"

#define INF INFINITY

static const struct {
	const char *chars;
	bool inside;
	double low, high;
	const char *written;
} ranges[] = {
    {"10", false, 0, 10, "10"},
    {"10:", false, 10, INF, "10:"},
    {"~:10", false, -INF, 10, "~:10"},
    {"10:20", false, 10, 20, "10:20"},
    {"@10:20", true, 10, 20, "@10:20"},
    {"@10", true, 0, 10, "@10"},
    {"~:", false, -INF, INF, "~:"},
    {":10", false, 0, 10, "10"},
    {"0:10", false, 0, 10, "10"},
    {"0", false, 0, 0, "0"},
    {"0:", false, 0, INF, "0:"},
    {"0:0", false, 0, 0, "0"},
    {"-0:10", false, 0, 10, "10"},
    {"5:5", false, 5, 5, "5:5"},
    {"-20:-10", false, -20, -10, "-20:-10"},
    {"-5:", false, -5, INF, "-5:"},
    {"~:-5", false, -INF, -5, "~:-5"},
    {"~:0", false, -INF, 0, "~:0"},
    {"0.250:.5", false, 0.25, 0.5, "0.25:0.5"},
    {"@~:10", true, -INF, 10, "@~:10"},
    {"@10:", true, 10, INF, "@10:"},
    {"@~:", true, -INF, INF, "@~:"},
    {"@:10", true, 0, 10, "@10"},
    {"above 5", false, -INF, 5, "~:5"},
    {"over 5", false, -INF, 5, "~:5"},
    {"below 5", false, 5, INF, "5:"},
    {"under 5", false, 5, INF, "5:"},
    {"outside 1 2", false, 1, 2, "1:2"},
    {"inside 1 2", true, 1, 2, "@1:2"},
    {"never", false, -INF, INF, "~:"},
    {"below-5", false, 5, INF, "5:"},
    {"below=5", false, 5, INF, "5:"},
    {"below--5", false, -5, INF, "-5:"},
    {"below=-5", false, -5, INF, "-5:"},
    {"below -5", false, -5, INF, "-5:"},
    {"outside=1-2", false, 1, 2, "1:2"},
    {"outside-1=2", false, 1, 2, "1:2"},
    {"outside-0.5-2.5", false, 0.5, 2.5, "0.5:2.5"},
    {"outside=-2=-1", false, -2, -1, "-2:-1"},
    {"inside--2--1", true, -2, -1, "@-2:-1"},
};

START_TEST(reads)
{
	struct range range = {0};
	ck_assert_msg(range_read(ranges[_i].chars, &range), "%s was refused", ranges[_i].chars);
	ck_assert(range.set);
	ck_assert_int_eq(range.inside, ranges[_i].inside);
	ck_assert(range.low == ranges[_i].low);
	ck_assert(range.high == ranges[_i].high);
}
END_TEST

START_TEST(writes)
{
	struct range range = {.set = true,
	    .inside = ranges[_i].inside,
	    .low = ranges[_i].low,
	    .high = ranges[_i].high};
	struct text text = TEXT_EMPTY;
	range_add(&text, &range);
	ck_assert_str_eq(text_chars(&text), ranges[_i].written);
	text_free(&text);
}
END_TEST

static const char *const refused[] = {"", " ", ":", "@", "@:", "~", "@~", "20:10", "10:20:30",
    "10:~", "~10", "~~:10", "@@10", "10@", "10 ", " 10", "10: ", "1 : 2", "1,5", "10s", "10%",
    "10x", "x10", "nan", "inf", "~:inf", "nan:", "-inf:", "1e3", "0x10", "5.", ".", "-", "-5",
    "10:-", "--", ":-1", "::", "10::", "above", "above ", "above-", "above5", "above x",
    "above 1 2", "above  5", "above 5 ", "above-5-", "below 1e3", "below:5", "below ~", "outside",
    "outside 1", "outside 1 ", "outside 2 1", "outside 1 2 3", "outside 1:2", "inside=1",
    "inside-1-", "never ", "never 5", "nevermore", "Above 5", "ab", "alert", "between 1 2"};

START_TEST(refuses)
{
	struct range range = {.set = true, .inside = true, .low = 41, .high = 42};
	ck_assert_msg(!range_read(refused[_i], &range), "\"%s\" was read", refused[_i]);
	ck_assert(range.set && range.inside && range.low == 41 && range.high == 42);
}
END_TEST

START_TEST(refuses_overlong)
{
	char chars[10000];
	struct range range;
	memset(chars, '1', sizeof chars);
	chars[sizeof chars - 1] = '\0';
	ck_assert(!range_read(chars, &range));
	memset(chars, '0', sizeof chars - 2);
	ck_assert(!range_read(chars, &range));
}
END_TEST

static const struct {
	const char *chars;
	double quiet[3], alert[3];
} judged[] = {
    {"10", {0, 5, 10}, {-0.1, 10.1, INF}},
    {"10:", {10, 11, INF}, {9.9, 0, -INF}},
    {"~:10", {10, 0, -INF}, {10.1, 11, INF}},
    {"10:20", {10, 15, 20}, {9.9, 20.1, -15}},
    {"@10:20", {9.9, 20.1, -15}, {10, 15, 20}},
    {"@10", {-0.1, 10.1, 11}, {0, 5, 10}},
    {"~:", {0, INF, -INF}, {NAN, NAN, NAN}},
    {"above 5", {5, 4, -1}, {5.1, 6, INF}},
    {"below 5", {5, 6, INF}, {4.9, 0, -1}},
    {"outside 1 2", {1, 1.5, 2}, {0.9, 2.1, 3}},
    {"inside 1 2", {0.9, 2.1, 3}, {1, 1.5, 2}},
};

START_TEST(alerts)
{
	struct range range;
	ck_assert(range_read(judged[_i].chars, &range));
	for (size_t i = 0; i < 3; i++) {
		ck_assert(!range_alerts(&range, judged[_i].quiet[i]));
		ck_assert(range_alerts(&range, judged[_i].alert[i]));
	}
}
END_TEST

START_TEST(not_set_is_silent)
{
	struct range range = {0};
	struct text text = TEXT_EMPTY;
	ck_assert(!range_alerts(&range, 5));
	ck_assert(!range_alerts(&range, INF));
	range_add(&text, &range);
	ck_assert_str_eq(text_chars(&text), "");
}
END_TEST

/* WARNING, CRITICAL, and whether the one is late for the other. */
static const struct {
	const char *warning, *critical;
	bool late;
} pairs[] = {
    {"2", "5", false},
    {"5", "5", false},
    {"9", "5", true},
    {"9.5", "9.25", true},
    {"above-9", "5", true},
    {"above-5", "5", false},
    {"3:", "2:", false},
    {"2:", "3:", true},
    {"2:8", "1:9", false},
    {"2:8", "3:9", false},
    {"1:9", "2:8", true},
    {"1:9", "2:9", true},
    {"3:4", "2:", false},
    {"1:4", "2:", false},
    {"1:", "2:4", true},
    {"@5:9", "@6:8", false},
    {"@6:8", "@5:9", true},
    {"@6:8", "5", true},
    {"@1:3", "5", false},
    {"5", "@5:9", false},
    {"@5:5", "@5:9", true},
    {"@5:5", "@5:5", false},
    {"never", "5", false},
    {"5", "never", false},
    {"never", "never", false},
    {"inside-0-100", "inside-0-100", false},
    {"@~:", "5", false},
    {"5", "@~:", true},
    {"-5:9", "9", false},
    {"-5:9", "8", true},
    {"~:-5", "5", false},
    {"5", "~:-5", true},
};

START_TEST(comes_late)
{
	struct range warning, critical;

	ck_assert(range_read(pairs[_i].warning, &warning));
	ck_assert(range_read(pairs[_i].critical, &critical));
	ck_assert(range_is_late(&warning, &critical) == pairs[_i].late);
	ck_assert(!range_is_late(&warning, &(struct range){0}));
	ck_assert(!range_is_late(&(struct range){0}, &critical));
}
END_TEST

static double
random_bound(void)
{
	static const double scale[] = {1, 10, 1000, 1e9, 1e-3, 1e-12};
	double value = (double)unit_random_below(100000) / scale[unit_random_below(6)];
	return unit_random_below(2) == 0 ? value : -value;
}

START_TEST(what_was_written_reads_back)
{
	for (int i = 0; i < 5000; i++) {
		struct range range = {.set = true, .inside = unit_random_below(2) == 0};
		double one = random_bound(), other = random_bound();
		range.low = unit_random_below(4) == 0 ? -INF : fmin(one, other);
		range.high = unit_random_below(4) == 0 ? INF : fmax(one, other);
		struct text text = TEXT_EMPTY;
		range_add(&text, &range);
		struct range back;
		ck_assert_msg(range_read(text_chars(&text), &back), "%s", text_chars(&text));
		ck_assert(back.set);
		ck_assert_msg(
		    back.inside == range.inside && back.low == range.low && back.high == range.high,
		    "%s came back changed", text_chars(&text));
		text_free(&text);
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, ranges);
	unit_add_rows(tests, writes, ranges);
	unit_add_rows(tests, refuses, refused);
	tcase_add_test(tests, refuses_overlong);
	unit_add_rows(tests, alerts, judged);
	unit_add_rows(tests, comes_late, pairs);
	tcase_add_test(tests, not_set_is_silent);
	tcase_add_test(tests, what_was_written_reads_back);
}

int
main(void)
{
	return unit_run("base/range", list);
}

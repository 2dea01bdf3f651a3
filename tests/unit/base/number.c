#include <float.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "unit/unit.h"

START_TEST(whole)
{
	long value = -1;
	ck_assert(number_whole("0", 0, 10, &value));
	ck_assert_int_eq(value, 0);
	ck_assert(number_whole("10", 0, 10, &value));
	ck_assert_int_eq(value, 10);
	ck_assert(number_whole("0007", 0, 10, &value));
	ck_assert_int_eq(value, 7);
	ck_assert(
	    number_whole("9223372036854775807", 0, LONG_MAX, &value) == (LONG_MAX > INT32_MAX));
}
END_TEST

START_TEST(wide)
{
	int64_t value = -1;
	ck_assert(number_wide("4102444800", 0, INT64_MAX, &value));
	ck_assert_int_eq(value, INT64_C(4102444800));
	ck_assert(number_wide("9223372036854775807", 0, INT64_MAX, &value));
	ck_assert(value == INT64_MAX);
	ck_assert(!number_wide("9223372036854775808", 0, INT64_MAX, &value));
	ck_assert(!number_wide("11", 0, 10, &value));
	ck_assert(value == INT64_MAX);
}
END_TEST

static const char *const not_whole[] = {"", " ", "11", "+1", "-1", " 1", "1 ", "1.0", "1e0", "0x1",
    "1\n", "one", "9223372036854775808", "99999999999999999999999999999999999999"};

START_TEST(refuses_not_whole)
{
	long value = 42;
	ck_assert_msg(
	    !number_whole(not_whole[_i], 0, 10, &value), "\"%s\" was read", not_whole[_i]);
	ck_assert_int_eq(value, 42);
}
END_TEST

START_TEST(refuses_below)
{
	long value;
	ck_assert(!number_whole("0", 1, 65535, &value));
	ck_assert(number_whole("65535", 1, 65535, &value));
	ck_assert(!number_whole("65536", 1, 65535, &value));
	ck_assert(!number_whole("99999999999999999999", 1, LONG_MAX, &value));
}
END_TEST

static const struct {
	const char *chars;
	double value;
} decimals[] = {
    {"5", 5},
    {"0.25", 0.25},
    {".5", 0.5},
    {"-3", -3},
    {"+3", 3},
    {"-.5", -0.5},
    {"007.50", 7.5},
    {"-0", 0},
    {"123456789012345678901234567890", 123456789012345678901234567890.0},
    {"0.000000000000000000000000000001", 1e-30},
};

START_TEST(decimal)
{
	double value = 42;
	ck_assert(number_decimal(decimals[_i].chars, &value));
	ck_assert_double_eq(value, decimals[_i].value);
}
END_TEST

static const char *const not_decimal[] = {"", " ", ".", "-", "+", "-.", "--1", "+-1", "5.", "1.2.3",
    "1..2", "1,5", "1e3", "1E3", "0x10", "0x1p3", "nan", "inf", "-inf", "infinity", " 1", "1 ",
    "1s", "1%", "1\n", "\xD9\xA1"};

START_TEST(refuses_not_decimal)
{
	double value = 42;
	ck_assert_msg(!number_decimal(not_decimal[_i], &value), "\"%s\" was read", not_decimal[_i]);
	ck_assert_double_eq(value, 42);
}
END_TEST

START_TEST(refuses_beyond_a_double)
{
	char chars[400];
	double value = 42;
	memset(chars, '9', sizeof chars);
	chars[308] = '\0';
	ck_assert(number_decimal(chars, &value));
	chars[308] = '9';
	chars[309] = '\0';
	value = 42;
	ck_assert(!number_decimal(chars, &value));
	ck_assert_double_eq(value, 42);
}
END_TEST

static const struct {
	double value;
	int decimals;
	const char *chars;
} written[] = {
    {0, 0, "0"},
    {0, 9, "0"},
    {-0.0, 3, "0"},
    {-0.0001, 3, "0"},
    {-0.4, 0, "0"},
    {100, 0, "100"},
    {100, 3, "100"},
    {-100, 3, "-100"},
    {1.5, 0, "2"},
    {0.048, 3, "0.048"},
    {0.0481, 3, "0.048"},
    {0.0489, 3, "0.049"},
    {0.5, 3, "0.5"},
    {-0.5, 3, "-0.5"},
    {10.10, 2, "10.1"},
    {0.000000001, 9, "0.000000001"},
    {0.0000000001, 9, "0"},
    {999999999999999.5, 1, "999999999999999.5"},
    {1e15, 3, "1000000000000000"},
    {4503599627370495.5, 3, "4503599627370496"},
    {-1e20, 9, "-100000000000000000000"},
};

START_TEST(writes)
{
	struct text text = TEXT_EMPTY;
	number_add(&text, written[_i].value, written[_i].decimals);
	ck_assert_str_eq(text_chars(&text), written[_i].chars);
	text_free(&text);
}
END_TEST

static void
expect_exact(double value)
{
	struct text text = TEXT_EMPTY;
	double back = 42;
	number_add_exact(&text, value);
	ck_assert_ptr_null(strpbrk(text_chars(&text), "eE"));
	ck_assert_msg(
	    number_decimal(text_chars(&text), &back), "%s is no number", text_chars(&text));
	ck_assert_msg(back == value, "%.17g came back as %.17g", value, back);
	text_free(&text);
}

START_TEST(writes_exactly)
{
	static const double hard[] = {0, 0.1, 1.0 / 3, 1e-9, 5e-324, DBL_MIN, DBL_MAX, -DBL_MAX,
	    DBL_EPSILON, 4503599627370495.5, 9007199254740993.0, 1e23, 0.1 + 0.2};
	for (size_t i = 0; i < UNIT_COUNT(hard); i++)
		expect_exact(hard[i]);
	for (int i = 0; i < 2000; i++) {
		double value = (double)unit_random() / (1 + unit_random_below(1000000));
		expect_exact(value);
		expect_exact(-value / 1e9);
	}
	struct text text = TEXT_EMPTY;
	number_add_exact(&text, 0.25);
	text_add_char(&text, ' ');
	number_add_exact(&text, 100);
	text_add_char(&text, ' ');
	number_add_exact(&text, 0.1);
	ck_assert_str_eq(text_chars(&text), "0.25 100 0.1");
	text_free(&text);
}
END_TEST

static const struct {
	double value, up;
} ups[] = {{0, 0}, {0.1, 1}, {1, 1}, {1.5, 2}, {2.000001, 3}, {-0.5, 0}, {-1.5, -1},
    {1e14 + 0.5, 1e14 + 1}, {1e300, 1e300}, {-1e300, -1e300}, {INFINITY, INFINITY}};

START_TEST(rounds_up)
{
	ck_assert(number_up(ups[_i].value) == ups[_i].up);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, whole);
	tcase_add_test(tests, wide);
	unit_add_rows(tests, refuses_not_whole, not_whole);
	tcase_add_test(tests, refuses_below);
	unit_add_rows(tests, decimal, decimals);
	unit_add_rows(tests, refuses_not_decimal, not_decimal);
	tcase_add_test(tests, refuses_beyond_a_double);
	unit_add_rows(tests, writes, written);
	tcase_add_test(tests, writes_exactly);
	unit_add_rows(tests, rounds_up, ups);
}

int
main(void)
{
	return unit_run("base/number", list);
}

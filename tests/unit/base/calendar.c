#include <time.h>

#include "base/calendar.h"
#include "unit/unit.h"

/* Also those that 32 bits do not hold. */
static const struct {
	int64_t date;
	int year, month, day, hour, minute, second;
} dates[] = {
    {0, 1970, 1, 1, 0, 0, 0},
    {-1, 1969, 12, 31, 23, 59, 59},
    {951782400, 2000, 2, 29, 0, 0, 0},
    {951868799, 2000, 2, 29, 23, 59, 59},
    {951868800, 2000, 3, 1, 0, 0, 0},
    {2147483647, 2038, 1, 19, 3, 14, 7},
    {2147483648, 2038, 1, 19, 3, 14, 8},
    {2524607999, 2049, 12, 31, 23, 59, 59},
    {2524608000, 2050, 1, 1, 0, 0, 0},
    {4107542399, 2100, 2, 28, 23, 59, 59},
    {4107542400, 2100, 3, 1, 0, 0, 0},
    {-2147483649, 1901, 12, 13, 20, 45, 51},
    {-62167219200, 0, 1, 1, 0, 0, 0},
    {253402300799, 9999, 12, 31, 23, 59, 59},
};

START_TEST(both_ways)
{
	struct tm tm;

	ck_assert(calendar_read(dates[_i].date, &tm));
	ck_assert_int_eq(tm.tm_year + 1900, dates[_i].year);
	ck_assert_int_eq(tm.tm_mon + 1, dates[_i].month);
	ck_assert_int_eq(tm.tm_mday, dates[_i].day);
	ck_assert_int_eq(tm.tm_hour, dates[_i].hour);
	ck_assert_int_eq(tm.tm_min, dates[_i].minute);
	ck_assert_int_eq(tm.tm_sec, dates[_i].second);
	ck_assert_int_eq(calendar_seconds(&tm), dates[_i].date);
}
END_TEST

/* Every day of two cycles of 400 years has a morning and an evening, and is the next one. */
START_TEST(every_day)
{
	int64_t first = calendar_seconds(&(struct tm){.tm_year = 1601 - 1900, .tm_mday = 1});
	struct tm before = {.tm_year = 1600 - 1900, .tm_mon = 11, .tm_mday = 31}, tm;

	for (int64_t date = first; date < first + (int64_t)2 * 146097 * 86400; date += 86400) {
		bool same_month;

		ck_assert(calendar_read(date, &tm));
		ck_assert_int_eq(calendar_seconds(&tm), date);
		same_month = tm.tm_mon == before.tm_mon && tm.tm_year == before.tm_year;
		ck_assert_int_eq(tm.tm_mday, same_month ? before.tm_mday + 1 : 1);
		before = tm;
		ck_assert(calendar_read(date + 86399, &tm));
		ck_assert_int_eq(tm.tm_mday, before.tm_mday);
		ck_assert_int_eq(tm.tm_hour, 23);
	}
	ck_assert_int_eq(before.tm_year + 1900, 2400);
	ck_assert_int_eq(before.tm_mon, 11);
	ck_assert_int_eq(before.tm_mday, 31);
}
END_TEST

/* 30 February is 2 March. */
START_TEST(days_beyond_the_month)
{
	struct tm tm = {.tm_year = 2023 - 1900, .tm_mon = 1, .tm_mday = 30};

	ck_assert_int_eq(calendar_seconds(&tm), 1677715200);
}
END_TEST

static const int64_t out_of_range[] = {-62167219201, 253402300800, INT64_MAX, INT64_MIN};

START_TEST(refuses_other_years)
{
	struct tm tm;

	ck_assert(!calendar_read(out_of_range[_i], &tm));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, both_ways, dates);
	tcase_add_test(tests, every_day);
	tcase_add_test(tests, days_beyond_the_month);
	unit_add_rows(tests, refuses_other_years, out_of_range);
}

int
main(void)
{
	return unit_run("base/calendar", list);
}

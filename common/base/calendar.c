#include "base/calendar.h"

#include <string.h>

#define DAY       86400
#define DAYS_400Y 146097
#define YEAR_MAX  9999

/* Days from 1 March of the year 0 to 1 January 1970. */
#define EPOCH 719468

/* Days before a month of a year that begins in March: 31, 30, 31, 30, 31 and again. */
static int
days_before(int month)
{
	return (153 * month + 2) / 5;
}

int64_t
calendar_seconds(const struct tm *tm)
{
	/* The day that leap years have more is the last, when a year begins in March. */
	int month = (tm->tm_mon + 10) % 12;
	int64_t year = (int64_t)tm->tm_year + 1900 - (tm->tm_mon < 2);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t days = era * DAYS_400Y + of_era * 365 + of_era / 4 - of_era / 100 +
	               days_before(month) + tm->tm_mday - 1 - EPOCH;

	return days * DAY + (int64_t)tm->tm_hour * 3600 + (int64_t)tm->tm_min * 60 + tm->tm_sec;
}

bool
calendar_read(int64_t date, struct tm *tm)
{
	int64_t second = (date % DAY + DAY) % DAY;
	int64_t days = date / DAY - (date % DAY < 0) + EPOCH;
	int64_t era = (days >= 0 ? days : days - (DAYS_400Y - 1)) / DAYS_400Y;
	int of_era = (int)(days - era * DAYS_400Y);
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_400Y - 1)) / 365;
	int of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153;
	int64_t whole = era * 400 + year + (month >= 10);

	if (whole < 0 || whole > YEAR_MAX)
		return false;
	memset(tm, 0, sizeof *tm);
	tm->tm_year = (int)whole - 1900;
	tm->tm_mon = (month + 2) % 12;
	tm->tm_mday = of_year - days_before(month) + 1;
	tm->tm_hour = (int)(second / 3600);
	tm->tm_min = (int)(second / 60 % 60);
	tm->tm_sec = (int)(second % 60);
	return true;
}

#include "verdict/lifetime.h"

#include "unit/unit.h"

#define HOUR 3600
#define DAY  INT64_C(86400)

/* What holds for a certificate of WHOLE days; NONE: no limit. */
#define NONE (-1.0)
static const struct {
	const char *chars;
	int64_t whole;
	double seconds;
} read[] = {
    {"30", 90, 30.0 * DAY},
    {"30d", 90, 30.0 * DAY},
    {"0.5", 90, 0.5 * DAY},
    {"72h", 90, 72.0 * HOUR},
    {"1.5h", 90, 1.5 * HOUR},
    {"25%", 90, 22.5 * DAY},
    {"12.5%", 80, 10.0 * DAY},
    {"100%", 90, 90.0 * DAY},
    {"0", 90, 0},
    {"0%", 90, 0},
    {"30d,15%", 398, 30.0 * DAY},
    {"30d,15%", 100, 15.0 * DAY},
    {"15%,30d", 100, 15.0 * DAY},
    {"30,50%", 40, 20.0 * DAY},
    {"24h,50%", 90, 24.0 * HOUR},
    {"never", 90, NONE},
};

START_TEST(reads)
{
	struct lifetime lifetime;
	double seconds = NONE;

	ck_assert(lifetime_read(read[_i].chars, &lifetime));
	ck_assert_int_eq(
	    lifetime_limit(&lifetime, read[_i].whole * DAY, &seconds), read[_i].seconds != NONE);
	ck_assert_double_eq(seconds, read[_i].seconds);
}
END_TEST

static const char *const wrong[] = {"", ",", "30,", ",15%", "30d,20d", "30,24h", "10%,20%", "101%",
    "100.01%", "-1", "-1%", "1w", "d", "%", "30 d", "30dd", "1e3", "0x10", "30d;15%", "30d,15%,1h",
    "100001", "Never", "nan", "inf", "11111111111111111111111111111"};

START_TEST(refuses)
{
	struct lifetime lifetime = {.seconds = 42};

	ck_assert(!lifetime_read(wrong[_i], &lifetime));
	ck_assert_double_eq(lifetime.seconds, 42);
}
END_TEST

/* Before a certificate was seen only a time is known; one of no time at all has no share. */
START_TEST(a_share_of_what)
{
	struct lifetime both, share;
	double seconds;

	ck_assert(lifetime_read("30d,15%", &both) && lifetime_read("15%", &share));
	ck_assert(lifetime_limit(&both, LIFETIME_UNKNOWN, &seconds));
	ck_assert_double_eq(seconds, 30.0 * DAY);
	ck_assert(!lifetime_limit(&share, LIFETIME_UNKNOWN, &seconds));
	ck_assert(lifetime_limit(&share, 0, &seconds) && seconds == 0);
	ck_assert(lifetime_limit(&share, -20 * DAY, &seconds) && seconds == 0);
}
END_TEST

static const struct {
	const char *one, *other;
	bool below;
} pairs[] = {
    {"3", "4", true},
    {"3", "96h", true},
    {"3", "72h", false},
    {"4", "3", false},
    {"10%", "20%", true},
    {"20%", "10%", false},
    {"3", "20%", false}, /* known at run time alone */
    {"3,10%", "4,20%", true},
    {"3,20%", "4,10%", false},
    {"3,10%", "4", false},
    {"3", "4,20%", false},
    {"10%", "4,20%", false},
    {"never", "4", false},
    {"4", "never", false},
    {"never", "never", false},
};

START_TEST(is_below)
{
	struct lifetime one, other;

	ck_assert(lifetime_read(pairs[_i].one, &one) && lifetime_read(pairs[_i].other, &other));
	ck_assert_int_eq(lifetime_is_below(&one, &other), pairs[_i].below);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, read);
	unit_add_rows(tests, refuses, wrong);
	tcase_add_test(tests, a_share_of_what);
	unit_add_rows(tests, is_below, pairs);
}

int
main(void)
{
	return unit_run("verdict/lifetime", list);
}

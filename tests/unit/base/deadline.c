#include <math.h>

#include "base/deadline.h"
#include "unit/unit.h"

START_TEST(now_runs_forward)
{
	int64_t before = deadline_now();
	ck_assert_int_gt(before, 0);
	for (int i = 0; i < 1000; i++) {
		int64_t now = deadline_now();
		ck_assert_int_ge(now, before);
		before = now;
	}
}
END_TEST

START_TEST(after_saturates)
{
	ck_assert_int_eq(deadline_after(5, 7), 12);
	ck_assert_int_eq(deadline_after(5, -7), -2);
	ck_assert_int_eq(deadline_after(5, 0), 5);
	ck_assert_int_eq(deadline_after(5, INT64_MAX - 5), INT64_MAX);
	ck_assert_int_eq(deadline_after(5, INT64_MAX - 4), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_after(5, DEADLINE_NEVER), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_after(INT64_MAX, 1), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_after(INT64_MIN, -1), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_after(INT64_MIN, INT64_MAX), -1);
}
END_TEST

START_TEST(left_is_never_negative)
{
	ck_assert_int_eq(deadline_left(12, 5), 7);
	ck_assert_int_eq(deadline_left(5, 5), 0);
	ck_assert_int_eq(deadline_left(5, 12), 0);
	ck_assert_int_eq(deadline_left(INT64_MIN, INT64_MAX), 0);
	ck_assert_int_eq(deadline_left(DEADLINE_NEVER, 5), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_left(DEADLINE_NEVER, -5), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_left(INT64_MAX - 1, -5), INT64_MAX);
	ck_assert_int_eq(deadline_left(-2, -5), 3);
}
END_TEST

START_TEST(sooner)
{
	ck_assert_int_eq(deadline_sooner(1, 2), 1);
	ck_assert_int_eq(deadline_sooner(2, 1), 1);
	ck_assert_int_eq(deadline_sooner(DEADLINE_NEVER, 1), 1);
	ck_assert_int_eq(deadline_sooner(DEADLINE_NEVER, DEADLINE_NEVER), DEADLINE_NEVER);
}
END_TEST

START_TEST(from_seconds_saturates)
{
	ck_assert_int_eq(deadline_from_seconds(10), 10 * DEADLINE_SECOND);
	ck_assert_int_eq(deadline_from_seconds(0.25), DEADLINE_SECOND / 4);
	ck_assert_int_eq(deadline_from_seconds(0), 0);
	ck_assert_int_eq(deadline_from_seconds(-1), 0);
	ck_assert_int_eq(deadline_from_seconds(-INFINITY), 0);
	ck_assert_int_eq(deadline_from_seconds(NAN), 0);
	ck_assert_int_eq(deadline_from_seconds(1e300), DEADLINE_NEVER);
	ck_assert_int_eq(deadline_from_seconds(INFINITY), DEADLINE_NEVER);
	/* The first double whose nanoseconds do not fit, and the last whose do. */
	ck_assert_int_eq(deadline_from_seconds(9223372036.854776), DEADLINE_NEVER);
	ck_assert_int_lt(deadline_from_seconds(9223372036.8547), DEADLINE_NEVER);
}
END_TEST

START_TEST(to_seconds)
{
	ck_assert_double_eq(deadline_to_seconds(DEADLINE_SECOND / 2), 0.5);
	ck_assert_double_eq(deadline_to_seconds(0), 0);
	ck_assert_double_eq(deadline_to_seconds(-DEADLINE_SECOND), -1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, now_runs_forward);
	tcase_add_test(tests, after_saturates);
	tcase_add_test(tests, left_is_never_negative);
	tcase_add_test(tests, sooner);
	tcase_add_test(tests, from_seconds_saturates);
	tcase_add_test(tests, to_seconds);
}

int
main(void)
{
	return unit_run("base/deadline", list);
}

#include "verdict/state.h"
#include "unit/unit.h"

START_TEST(states_are_ordered_by_severity)
{
	ck_assert_int_eq(state_worse(STATE_UNKNOWN, STATE_OK), STATE_UNKNOWN);
	ck_assert_int_eq(state_worse(STATE_UNKNOWN, STATE_WARNING), STATE_WARNING);
	ck_assert_int_eq(state_worse(STATE_CRITICAL, STATE_WARNING), STATE_CRITICAL);
	ck_assert_int_eq(state_worse(STATE_OK, STATE_OK), STATE_OK);
}
END_TEST

START_TEST(states_have_the_exit_codes_of_nagios)
{
	ck_assert_int_eq(state_exit(STATE_OK), 0);
	ck_assert_int_eq(state_exit(STATE_WARNING), 1);
	ck_assert_int_eq(state_exit(STATE_CRITICAL), 2);
	ck_assert_int_eq(state_exit(STATE_UNKNOWN), 3);
	ck_assert_str_eq(state_name(STATE_OK), "OK");
	ck_assert_str_eq(state_name(STATE_WARNING), "WARNING");
	ck_assert_str_eq(state_name(STATE_CRITICAL), "CRITICAL");
	ck_assert_str_eq(state_name(STATE_UNKNOWN), "UNKNOWN");
}
END_TEST

static const struct {
	const char *chars;
	enum state state;
} good[] = {
    {"ok", STATE_OK},
    {"Warning", STATE_WARNING},
    {"CRITICAL", STATE_CRITICAL},
    {"uNKNOWN", STATE_UNKNOWN},
    {"0", STATE_OK},
    {"1", STATE_WARNING},
    {"2", STATE_CRITICAL},
    {"3", STATE_UNKNOWN},
};

START_TEST(states_are_read_as_word_or_digit)
{
	enum state state;

	ck_assert(state_read(good[_i].chars, &state));
	ck_assert_int_eq(state, good[_i].state);
}
END_TEST

static const char *const bad[] = {"", "4", "-1", "01", "warn", "ok ", " ok", "okay"};

START_TEST(nothing_else_is_a_state)
{
	enum state state = STATE_WARNING;

	ck_assert_msg(!state_read(bad[_i], &state), "\"%s\" was read", bad[_i]);
	ck_assert_int_eq(state, STATE_WARNING);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, states_are_ordered_by_severity);
	tcase_add_test(tests, states_have_the_exit_codes_of_nagios);
	unit_add_rows(tests, states_are_read_as_word_or_digit, good);
	unit_add_rows(tests, nothing_else_is_a_state, bad);
}

int
main(void)
{
	return unit_run("verdict/state", list);
}

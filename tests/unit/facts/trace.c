#include "facts/trace.h"

#include <string.h>

#include "base/deadline.h"
#include "unit/unit.h"

START_TEST(lines_in_their_order)
{
	struct trace *trace = trace_create(deadline_now());

	trace_add(trace, TRACE_NOTE, "%s: %d", "tls", 7);
	trace_add_bytes(trace, TRACE_RECEIVED, "HTTP ", "Server: xyz", 9);
	ck_assert_uint_eq(trace->count, 2);
	ck_assert_uint_eq(trace->left_out, 0);
	ck_assert_str_eq(trace->lines[0].words, "tls: 7");
	ck_assert_int_eq(trace->lines[0].way, TRACE_NOTE);
	ck_assert_str_eq(trace->lines[1].words, "HTTP Server: x");
	ck_assert_int_eq(trace->lines[1].way, TRACE_RECEIVED);
	ck_assert_int_ge(trace->lines[0].at, 0);
	ck_assert_int_ge(trace->lines[1].at, trace->lines[0].at);
	trace_free(trace);
}
END_TEST

START_TEST(times_are_since_the_begin)
{
	struct trace *trace = trace_create(deadline_now() - 7 * DEADLINE_SECOND);

	trace_add(trace, TRACE_SENT, "late");
	ck_assert_int_ge(trace->lines[0].at, 7 * DEADLINE_SECOND);
	trace_free(trace);
}
END_TEST

/* Nothing ends a line, begins perfdata or is longer than a line. */
START_TEST(foreign_bytes)
{
	struct trace *trace = trace_create(deadline_now());
	char many[1000];

	trace_add_bytes(trace, TRACE_RECEIVED, "x", "a|b\nc\0d\x1B[2J\xFF", 12);
	ck_assert_str_eq(trace->lines[0].words, "xa?b?c?d?[2J?");
	memset(many, 'm', sizeof many);
	trace_add_bytes(trace, TRACE_RECEIVED, "", many, sizeof many);
	ck_assert_uint_eq(strlen(trace->lines[1].words), TRACE_WORDS - 1);
	ck_assert_str_eq(trace->lines[1].words + TRACE_WORDS - 4, "m..");
	trace_free(trace);
}
END_TEST

START_TEST(what_has_no_room_is_counted)
{
	struct trace *trace = trace_create(deadline_now());

	for (int i = 0; i < TRACE_LINES + 3; i++)
		trace_add(trace, TRACE_SENT, "line %d", i);
	ck_assert_uint_eq(trace->count, TRACE_LINES);
	ck_assert_uint_eq(trace->left_out, 3);
	ck_assert_str_eq(trace->lines[0].words, "line 0");
	ck_assert_str_eq(trace->lines[TRACE_LINES - 1].words, "line 399");
	trace_free(trace);
}
END_TEST

START_TEST(none_is_wanted)
{
	trace_add(NULL, TRACE_NOTE, "nothing");
	trace_add_bytes(NULL, TRACE_NOTE, "", "nothing", 7);
	trace_free(NULL);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, lines_in_their_order);
	tcase_add_test(tests, times_are_since_the_begin);
	tcase_add_test(tests, foreign_bytes);
	tcase_add_test(tests, what_has_no_room_is_counted);
	tcase_add_test(tests, none_is_wanted);
}

int
main(void)
{
	return unit_run("facts/trace", list);
}

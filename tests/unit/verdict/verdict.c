#include "verdict/verdict.h"
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

static void
find(enum cause cause, enum state state, const char *words)
{
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;

	text_add(&summary, words);
	verdict_add(&verdict, cause, state, "target", &summary, &remedy);
	/* The texts were taken over. */
	ck_assert_uint_eq(summary.length, 0);
	ck_assert_ptr_null(summary.bytes);
	ck_assert_ptr_null(remedy.bytes);
}

START_TEST(nothing_found_is_ok)
{
	verdict_close(&verdict);
	ck_assert_int_eq(verdict.state, STATE_OK);
	ck_assert_uint_eq(verdict.findings_count, 0);
	ck_assert(!verdict.failed);
}
END_TEST

START_TEST(findings_come_worst_first_then_by_cause_then_as_found)
{
	static const char *const order[] = {"a", "b", "c", "d", "e", "f", "g"};

	find(CAUSE_TIME_SLOW, STATE_WARNING, "f");
	find(CAUSE_TLS_RESET, STATE_UNKNOWN, "g");
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL, "c");
	find(CAUSE_CERT_EXPIRED, STATE_WARNING, "d");
	find(CAUSE_HTTP_IMPOSTOR, STATE_WARNING, "e");
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL, "a");
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL, "b");
	verdict_close(&verdict);
	ck_assert_int_eq(verdict.state, STATE_CRITICAL);
	ck_assert_uint_eq(verdict.findings_count, 7);
	for (size_t i = 0; i < 7; i++)
		ck_assert_str_eq(verdict.findings[i].summary, order[i]);
}
END_TEST

START_TEST(an_unknown_does_not_hide_a_warning)
{
	find(CAUSE_LOCAL_NO_ROUTE, STATE_UNKNOWN, "x");
	find(CAUSE_HTTP_IMPOSTOR, STATE_WARNING, "y");
	verdict_close(&verdict);
	ck_assert_int_eq(verdict.state, STATE_WARNING);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_HTTP_IMPOSTOR);
}
END_TEST

START_TEST(a_finding_taken_as_ok_is_dropped)
{
	find(CAUSE_CERT_EXPIRED, STATE_OK, "x");
	verdict_close(&verdict);
	ck_assert_int_eq(verdict.state, STATE_OK);
	ck_assert_uint_eq(verdict.findings_count, 0);
}
END_TEST

START_TEST(a_finding_without_memory_fails_the_verdict)
{
	struct text summary = {.failed = true}, remedy = TEXT_EMPTY;

	text_add(&remedy, "x");
	verdict_add(&verdict, CAUSE_CERT_EXPIRED, STATE_CRITICAL, NULL, &summary, &remedy);
	ck_assert(verdict.failed);
	ck_assert_uint_eq(verdict.findings_count, 0);
	ck_assert_ptr_null(remedy.bytes);
}
END_TEST

START_TEST(metrics_keep_their_order_and_begin_unmeasured)
{
	ck_assert_ptr_nonnull(verdict_metric(&verdict, "total", "s"));
	struct metric *metric = verdict_metric(&verdict, "resolve", "s");
	ck_assert_ptr_nonnull(metric);
	ck_assert(!metric->measured);
	ck_assert(!metric->warning.set);
	ck_assert(!metric->has_low);
	ck_assert_uint_eq(verdict.metrics_count, 2);
	ck_assert_str_eq(verdict.metrics[0].label, "total");
	ck_assert_str_eq(verdict.metrics[1].label, "resolve");
	ck_assert_str_eq(verdict.metrics[1].unit, "s");
}
END_TEST

START_TEST(labels_are_made_safe)
{
	verdict_metric(&verdict, "RRAS-3=' \xC3\xA9|", "s");
	verdict_metric(&verdict, "a_label_of_more_than_23_characters", "");
	ck_assert_str_eq(verdict.metrics[0].label, "rras_3______");
	ck_assert_str_eq(verdict.metrics[1].label, "a_label_of_more_than_23");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, nothing_found_is_ok);
	tcase_add_test(tests, findings_come_worst_first_then_by_cause_then_as_found);
	tcase_add_test(tests, an_unknown_does_not_hide_a_warning);
	tcase_add_test(tests, a_finding_taken_as_ok_is_dropped);
	tcase_add_test(tests, a_finding_without_memory_fails_the_verdict);
	tcase_add_test(tests, metrics_keep_their_order_and_begin_unmeasured);
	tcase_add_test(tests, labels_are_made_safe);
}

int
main(void)
{
	return unit_run("verdict/verdict", list);
}

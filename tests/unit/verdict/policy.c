#include "verdict/policy.h"

#include "unit/unit.h"

static struct policy policy;

static void
set_up(void)
{
	policy_begin(&policy);
}

START_TEST(defaults)
{
	set_up();
	ck_assert(policy_expects(&policy, 401));
	ck_assert(!policy_expects(&policy, 200));
	ck_assert_int_eq(policy_state(&policy, CAUSE_CERT_UNTRUSTED_ROOT), STATE_WARNING);
	ck_assert_int_eq(policy_state(&policy, CAUSE_TCP_TIMEOUT), STATE_CRITICAL);
	ck_assert(!policy.warning.set);
}
END_TEST

START_TEST(overrides)
{
	set_up();
	ck_assert_ptr_null(policy_override(&policy, "cert=warning"));
	ck_assert_int_eq(policy_state(&policy, CAUSE_CERT_EXPIRED), STATE_WARNING);
	ck_assert_int_eq(policy_state(&policy, CAUSE_HTTP_OPEN), STATE_CRITICAL);
	ck_assert_ptr_null(policy_override(&policy, "cert.expired=ok"));
	ck_assert_int_eq(policy_state(&policy, CAUSE_CERT_EXPIRED), STATE_OK);
	ck_assert_ptr_null(policy_override(&policy, "cert=CRITICAL"));
	ck_assert_int_eq(policy_state(&policy, CAUSE_CERT_EXPIRED), STATE_CRITICAL);
}
END_TEST

START_TEST(refused_overrides)
{
	static const char *const table[] = {"", "=", "cert", "cert=", "=ok", "cert=red", "cert.=ok",
	    "cert.expired", "certificate=ok", "cert.expired=ok ",
	    "a-word-that-is-far-longer-than-any-cause-or-layer-there-will-ever-be-in-the-table=ok"};

	set_up();
	for (size_t i = 0; i < UNIT_COUNT(table); i++)
		ck_assert_msg(policy_override(&policy, table[i]) != NULL, "%s", table[i]);
	for (int cause = 0; cause < CAUSES; cause++)
		ck_assert(!policy.overridden[cause]);
}
END_TEST

/* --timeout-result is for what ran out of time, and --state is stronger. */
START_TEST(timeouts)
{
	set_up();
	policy.timeout_result_set = true;
	policy.timeout_result = STATE_UNKNOWN;
	ck_assert_int_eq(policy_state(&policy, CAUSE_TCP_TIMEOUT), STATE_UNKNOWN);
	ck_assert_int_eq(policy_state(&policy, CAUSE_TLS_TIMEOUT), STATE_UNKNOWN);
	ck_assert_int_eq(policy_state(&policy, CAUSE_HTTP_NO_ANSWER), STATE_UNKNOWN);
	ck_assert_int_eq(policy_state(&policy, CAUSE_TCP_REFUSED), STATE_CRITICAL);
	ck_assert_ptr_null(policy_override(&policy, "tcp.timeout=warning"));
	ck_assert_int_eq(policy_state(&policy, CAUSE_TCP_TIMEOUT), STATE_WARNING);
}
END_TEST

START_TEST(statuses)
{
	static const char *const refused[] = {
	    "", ",", "401,", ",401", "4011", "40", "099", "600", "401 404", "abc", "-01", "+01"};

	set_up();
	ck_assert_ptr_null(policy_statuses(&policy, "404,501"));
	ck_assert(policy_expects(&policy, 404));
	ck_assert(policy_expects(&policy, 501));
	ck_assert(!policy_expects(&policy, 401));
	for (size_t i = 0; i < UNIT_COUNT(refused); i++)
		ck_assert_msg(policy_statuses(&policy, refused[i]) != NULL, "%s", refused[i]);
	ck_assert(policy_expects(&policy, 404));
}
END_TEST

/* As they are called elsewhere; of what nobody knows no word is a name. */
START_TEST(methods)
{
	static const char *const refused[] = {
	    "", ",", "eap,", ",eap", "eap,,pap", "EAP", "eap pap", "ea", "eaps", "unknown"};

	set_up();
	for (size_t i = 0; i < UNIT_COUNT(refused); i++)
		ck_assert_msg(policy_methods(&policy, refused[i]) != NULL, "%s", refused[i]);
	ck_assert_ptr_nonnull(policy_methods(&policy, facts_method_name(FACTS_OTHER_METHOD)));
	ck_assert(!policy.methods_expected);
	for (int method = 0; method < FACTS_METHODS; method++) {
		if (method == FACTS_OTHER_METHOD)
			continue;
		ck_assert_ptr_null(policy_methods(&policy, facts_method_name(method)));
		for (int other = 0; other < FACTS_METHODS; other++)
			ck_assert(policy.methods[other] == (other == method));
	}
	ck_assert_ptr_null(policy_methods(&policy, "mschapv2,eap"));
	ck_assert(policy.methods_expected);
	ck_assert(policy.methods[FACTS_MSCHAP_V2] && policy.methods[FACTS_EAP]);
	ck_assert(!policy.methods[FACTS_PAP] && !policy.methods[FACTS_NO_METHOD]);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, defaults);
	tcase_add_test(tests, overrides);
	tcase_add_test(tests, refused_overrides);
	tcase_add_test(tests, timeouts);
	tcase_add_test(tests, statuses);
	tcase_add_test(tests, methods);
}

int
main(void)
{
	return unit_run("verdict/policy", list);
}

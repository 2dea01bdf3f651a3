/* Which authentication LCP agrees on, and what becomes of other protocols. */
#include "unit/probe/talk.h"
#include "unit/unit.h"

START_TEST(the_first_wanted_method_is_agreed_on)
{
	/* chap-md5 comes before the server would be asked for anything better. */
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02"), 0);
	peer_say(TALK_DEMANDS(TALK_CHAP_MD5), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_CHAP_MD5));
	ck_assert_int_eq(peer_facts.auth.method, FACTS_CHAP_MD5);
	peer_end();
}
END_TEST

START_TEST(the_best_method_is_suggested)
{
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02"), 0);
	peer_say(TALK_DEMANDS(TALK_EAP), 0);
	peer_hear(PEER_OURS "[C021 0311#" TALK_MSCHAPV2 "]");
	peer_say(PEER_OURS_AGREED "[C021 0112#" TALK_MSCHAPV2 "]", 0);
	peer_hear("[C021 0212#" TALK_MSCHAPV2 "]");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	ck_assert_int_eq(peer_facts.auth.method, FACTS_MSCHAP_V2);
	ck_assert_uint_eq(peer_facts.ppp.offered_count, 2);
	peer_end();
}
END_TEST

/* Who asks again has not heard our answer, and perhaps not our own request. */
START_TEST(a_request_that_comes_again)
{
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") TALK_DEMANDS(TALK_MSCHAPV2), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_MSCHAPV2));
	peer_say(TALK_DEMANDS(TALK_MSCHAPV2), 0);
	peer_hear(TALK_AGREED(TALK_MSCHAPV2) PEER_OURS);
	peer_say(PEER_OURS_AGREED, 0);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_end();
}
END_TEST

START_TEST(no_common_method)
{
	talk_logon.methods_count = 2;
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED, 0);
	peer_say(TALK_DEMANDS(TALK_PAP), 0);
	peer_hear(PEER_OURS "[C021 0311#" TALK_MSCHAPV2 "]");
	peer_say("[C021 0112#" TALK_PAP "]", 0);
	peer_hear("[C021 0312#" TALK_CHAP_MD5 "]");
	peer_say("[C021 0113#" TALK_PAP "]", 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.sent);
	talk_expect_failure(FACTS_NO_COMMON_METHOD);
}
END_TEST

/* pppd gives in and asks for nothing, to end PPP at once for want of a logon. */
START_TEST(giving_in_is_no_way_in)
{
	talk_logon.methods_count = 2;
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_PAP), 0);
	peer_say("[C021 0112#]", 0);
	talk_expect_failure(FACTS_NO_COMMON_METHOD);

	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_PAP), 0);
	peer_say(PEER_TERMINATE("12"), 0);
	talk_expect_failure(FACTS_NO_COMMON_METHOD);
}
END_TEST

START_TEST(a_server_that_demands_nothing)
{
	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") "[C021 0111#]" PEER_OURS_AGREED, 0);
	peer_hear(PEER_OURS "[C021 0211#]" TALK_BOUND_WITHOUT_KEYS);
	ck_assert(peer_facts.auth.accepted && !peer_facts.auth.sent);
	ck_assert_int_eq(peer_facts.auth.method, FACTS_NO_METHOD);
	peer_end();
}
END_TEST

START_TEST(lcp_that_begins_anew)
{
	talk_log_on(FACTS_AUTH);
	peer_say("[C021 0112#" TALK_MSCHAPV2 "]", 0);
	peer_hear("[C021 0212#" TALK_MSCHAPV2 "][C021 0102# 050601020304]");
	peer_say("[C021 0202# 050601020304]" TALK_SUCCESS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_end();

	/* A server whose request was repeated and is open begins anew because we do. */
	talk_log_on(FACTS_AUTH);
	peer_say("[C021 0111#" TALK_MSCHAPV2 "]", 0);
	peer_hear("[C021 0211#" TALK_MSCHAPV2 "][C021 0102# 050601020304]");
	peer_say("[C021 0112#" TALK_MSCHAPV2 "][C021 0202# 050601020304]", 0);
	peer_hear("[C021 0212#" TALK_MSCHAPV2 "]");
	/* And once that is settled it may begin by itself again. */
	peer_say("[C021 0113#" TALK_MSCHAPV2 "]", 0);
	peer_hear("[C021 0213#" TALK_MSCHAPV2 "][C021 0103# 050601020304]");
	peer_end();

	/* not with another method */
	talk_log_on(FACTS_AUTH);
	peer_say("[C021 0112#" TALK_PAP "]", 0);
	peer_hear("");
	talk_expect_failure(FACTS_DISAGREED);

	/* and not for ever */
	talk_log_on(FACTS_AUTH);
	for (int i = 0; i < 100 && peer_session.state == SESSION_LOGGING_ON; i++)
		peer_say("[C021 0112#" TALK_MSCHAPV2 "]", 0);
	talk_expect_failure(FACTS_DISAGREED);
}
END_TEST

/* After the logon alone, and not without end. */
START_TEST(other_protocols_are_rejected)
{
	int rejects = 0;

	talk_bind(FACTS_TUNNEL);
	peer_say("[80FD 0101# 1206010000E0]", 0);
	peer_hear("[C021 0801# 80FD 0101000A1206010000E0]");
	peer_say("[8057 0101#]", 0);
	peer_hear("[C021 0802# 8057 01010004]");
	/* what may still be on its way, and what nobody asked for */
	peer_say(TALK_CHALLENGE "[0021 45]"
	                        "[0057 60]",
	    0);
	peer_hear("");
	while (rejects < 100) {
		peer_say("[80FD 0101#]", 0);
		if (peer_session.out.length == 0)
			break;
		text_cut(&peer_session.out, 0);
		rejects++;
	}
	ck_assert_int_lt(rejects, 10);
	peer_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, the_first_wanted_method_is_agreed_on);
	tcase_add_test(tests, the_best_method_is_suggested);
	tcase_add_test(tests, a_request_that_comes_again);
	tcase_add_test(tests, no_common_method);
	tcase_add_test(tests, giving_in_is_no_way_in);
	tcase_add_test(tests, a_server_that_demands_nothing);
	tcase_add_test(tests, lcp_that_begins_anew);
	tcase_add_test(tests, other_protocols_are_rejected);
}

int
main(void)
{
	return unit_run("probe/link", list);
}

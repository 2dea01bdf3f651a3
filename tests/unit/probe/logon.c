/* The logon of a session, and what is made of its end. That by EAP has eaplogon.c. */
#include "base/deadline.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"

START_TEST(level_auth_ends_before_call_connected)
{
	talk_log_on(FACTS_AUTH);
	peer_say("[C223 0307#" TALK_PROOF " ' M=Welcome']", 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert(peer_facts.auth.accepted);
	ck_assert_int_eq(peer_facts.auth.proof, FACTS_PROOF_VERIFIED);
	ck_assert_str_eq(peer_facts.auth.words, "Welcome");
	peer_hear("");
	session_leave(&peer_session);
	peer_hear(PEER_TERMINATE("02") PEER_GOOD_BYE);
	ck_assert(!peer_facts.tunnel.connected);
	peer_end();
}
END_TEST

/* In one read or in two: the logon was accepted. */
START_TEST(an_end_behind_the_acceptance)
{
	static const char *const behind[] = {"10010008 00060000", "10010008 00050000"};

	talk_log_on(FACTS_AUTH);
	peer_say(TALK_SUCCESS, 0);
	peer_say(behind[_i], 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert(peer_facts.auth.accepted && !peer_facts.auth.refused);
	peer_hear(_i == 0 ? PEER_BYE_ACK : "10010008 00050000");
	session_leave(&peer_session);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	peer_end();
}
END_TEST

/* Nothing is sent to a server that has not proved that it knows the password. */
static const struct {
	const char *says;
	enum facts_proof proof;
} unproven[] = {
    {"[C223 0307#]", FACTS_PROOF_MISSING},
    {"[C223 0307# 'M=Welcome']", FACTS_PROOF_MISSING},
    {"[C223 0307# 'S=407A5589115FD0D6209F510FE9C04566932CDA57']", FACTS_PROOF_WRONG},
    {"[C223 0307# 'S=0000000000000000000000000000000000000000 M='" TALK_PROOF "]",
        FACTS_PROOF_WRONG},
    {"[C223 0307# 'S=407A5589115FD0D6209F510FE9C04566932CDA5']", FACTS_PROOF_MISSING},
    {"[C223 0307# 'M='" TALK_PROOF "]", FACTS_PROOF_MISSING},
    {"[C223 0307# 'M=Welcome '" TALK_PROOF "]", FACTS_PROOF_MISSING},
};

START_TEST(an_unproven_server)
{
	talk_log_on(FACTS_TUNNEL);
	peer_say(unproven[_i].says, 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.accepted);
	ck_assert(!peer_facts.tunnel.connected);
	ck_assert_int_eq(peer_facts.auth.proof, unproven[_i].proof);
	talk_expect_failure(FACTS_SERVER_UNPROVEN);
}
END_TEST

START_TEST(success_before_a_credential)
{
	static const char *const demands[] = {
	    TALK_DEMANDS(TALK_MSCHAPV2), TALK_DEMANDS(TALK_CHAP_MD5)};

	for (size_t i = 0; i < UNIT_COUNT(demands); i++) {
		peer_begin(FACTS_TUNNEL, &talk_logon);
		talk_show_certificate();
		peer_say(PEER_ACK("02") PEER_OURS_AGREED, 0);
		peer_say(demands[i], 0);
		peer_say(TALK_SUCCESS, 0);
		ck_assert(!peer_facts.auth.sent);
		talk_expect_failure(FACTS_SERVER_UNPROVEN);
	}
}
END_TEST

START_TEST(a_challenge_that_comes_again)
{
	talk_log_on(FACTS_AUTH);
	peer_say(TALK_CHALLENGE, 0);
	peer_hear(TALK_RESPONSE);
	/* Another one would be another attempt. */
	peer_say("[C223 0108# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_say("[C223 0107# 10 005D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_hear("");
	/* The answer to another request is none to ours. */
	peer_say("[C223 0308#" TALK_PROOF "]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say(TALK_SUCCESS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_end();
}
END_TEST

static const struct {
	const char *says;
	int code;
	bool retry;
	const char *words;
} refusals[] = {
    {"'E=691 R=0 C=000102030405060708090A0B0C0D0E0F V=3 M=No'", 691, false, "No"},
    {"'E=691 R=1 C=000102030405060708090A0B0C0D0E0F V=3'", 691, true, ""},
    {"'E=649 R=0 V=3'", 649, false, ""},
    {"'E=648'", 648, false, ""},
    {"", 0, false, ""},
    {"'E=691 M=' 1B7C", 691, false, "??"},
};

START_TEST(a_refusal_is_final)
{
	struct text says = TEXT_EMPTY;

	text_format(&says, "[C223 0407# %s]", refusals[_i].says);
	talk_log_on(FACTS_TUNNEL);
	peer_say(text_chars(&says), 0);
	ck_assert(peer_facts.auth.refused && !peer_facts.auth.accepted);
	ck_assert_int_eq(peer_facts.auth.code, refusals[_i].code);
	ck_assert(peer_facts.auth.retry == refusals[_i].retry);
	ck_assert(!peer_facts.auth.ras && !peer_facts.auth.unsaid);
	ck_assert_str_eq(peer_facts.auth.words, refusals[_i].words);
	/* Whatever comes, nothing is sent again, and an end behind it is not the reason. */
	peer_say(TALK_CHALLENGE "[C223 0108# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_say(TALK_SUCCESS, 0);
	peer_hear("");
	peer_say("10010008 00060000", 0);
	peer_hear(PEER_BYE_ACK);
	talk_expect_failure(FACTS_LOGON_REFUSED);
	text_free(&says);
}
END_TEST

/* What comes in place of a verdict, 3 s being the limit between a refusal and a server that has
 * waited for one in vain. */
static const struct {
	const char *says;
	int64_t after;
	bool refused;
	enum facts_symptom symptom;
} ends[] = {
    {PEER_TERMINATE("09"), 0, true, FACTS_TERMINATED},
    {"10010008 00060000", 0, true, FACTS_DISCONNECTED},
    {"10010014 00060001 0002000C 00000000 00000000", 1, true, FACTS_DISCONNECTED},
    {"10010008 00060000", 3 * DEADLINE_SECOND - 1, true, FACTS_DISCONNECTED},
    {"10010008 00060000", 3 * DEADLINE_SECOND, false, FACTS_DISCONNECTED},
    {PEER_TERMINATE("09"), 20 * DEADLINE_SECOND, false, FACTS_TERMINATED},
    {"10010008 00050000", 0, false, FACTS_ABORT},
};

START_TEST(an_end_in_place_of_a_verdict)
{
	talk_log_on(FACTS_AUTH);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(peer_facts.auth.refused == ends[_i].refused);
	ck_assert(peer_facts.auth.unsaid == ends[_i].refused);
	talk_expect_failure(ends[_i].symptom);

	/* before a credential it says nothing about one */
	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_MSCHAPV2), 0);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(!peer_facts.auth.refused);
	talk_expect_failure(ends[_i].symptom);

	/* nor after the verdict */
	talk_bind(FACTS_TUNNEL);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(!peer_facts.auth.refused);
	talk_expect_failure(ends[_i].symptom);
}
END_TEST

static const struct {
	const char *says;
	int64_t after;
	bool refused, unsaid;
	int code;
	enum facts_symptom symptom;
	const char *words;
} ras_ends[] = {
    {TALK_ENDS_WITH("02B3"), 0, true, false, 691, FACTS_LOGON_REFUSED, "logon refused (691)"},
    {TALK_ENDS_WITH("02B3"), 20 * DEADLINE_SECOND, true, false, 691, FACTS_LOGON_REFUSED,
        "logon refused (691)"},
    {TALK_ENDS_WITH("0286"), 0, true, false, 646, FACTS_LOGON_REFUSED,
        "outside the logon hours (646)"},
    {TALK_ENDS_WITH("0287"), 0, true, false, 647, FACTS_LOGON_REFUSED, "account disabled (647)"},
    {TALK_ENDS_WITH("0288"), 0, true, false, 648, FACTS_LOGON_REFUSED, "password expired (648)"},
    {TALK_ENDS_WITH("0289"), 0, true, false, 649, FACTS_LOGON_REFUSED,
        "no permission to dial in (649)"},
    {TALK_ENDS_WITH("032C"), 0, true, false, 812, FACTS_LOGON_REFUSED,
        "not allowed by policy (812)"},
    {TALK_ENDS_WITH("03A2"), 0, false, false, 0, FACTS_TERMINATED,
        "NPS or RADIUS does not answer (930)"},
    {TALK_ENDS_WITH("02CE"), 0, false, false, 0, FACTS_TERMINATED, "PPP timed out (718)"},
    /* of these it is not known what they mean: as an end without a reason */
    {TALK_ENDS_WITH("02E5"), 0, true, true, 741, FACTS_TERMINATED, "encryption demanded (741)"},
    {TALK_ENDS_WITH("02E5"), 20 * DEADLINE_SECOND, false, false, 0, FACTS_TERMINATED,
        "encryption demanded (741)"},
    {TALK_ENDS_WITH("0001"), 0, true, true, 1, FACTS_TERMINATED, "error 1"},
    {"[C021 0509# AABBCCDD 003CCD74 80000000]", 0, true, true, 0, FACTS_TERMINATED,
        "error 2147483648"},
    {TALK_ENDS_WITH("0000"), 0, true, true, 0, FACTS_TERMINATED, ""},
};

START_TEST(an_end_with_a_reason_of_windows)
{
	talk_log_on(FACTS_AUTH);
	peer_say(ras_ends[_i].says, ras_ends[_i].after);
	peer_hear("[C021 0609#]");
	ck_assert(peer_facts.auth.refused == ras_ends[_i].refused);
	ck_assert(peer_facts.auth.unsaid == ras_ends[_i].unsaid);
	ck_assert_int_eq(peer_facts.auth.code, ras_ends[_i].code);
	ck_assert(peer_facts.auth.ras == (ras_ends[_i].code != 0));
	ck_assert_str_eq(peer_facts.ppp.words, ras_ends[_i].words);
	talk_expect_failure(ras_ends[_i].symptom);

	/* behind the verdict it is none any more */
	talk_bind(FACTS_TUNNEL);
	peer_say(ras_ends[_i].says, 0);
	ck_assert(!peer_facts.auth.refused);
	ck_assert_int_eq(peer_facts.auth.code, 0);
	talk_expect_failure(FACTS_TERMINATED);
}
END_TEST

/* What comes after the credential does not put off until when an end is its verdict. */
START_TEST(a_late_end_after_an_echo)
{
	talk_log_on(FACTS_AUTH);
	peer_say("10010008 00080000", 2 * DEADLINE_SECOND);
	peer_hear("1001000800090000");
	peer_say(PEER_TERMINATE("09"), 4 * DEADLINE_SECOND);
	ck_assert(!peer_facts.auth.refused);
	talk_expect_failure(FACTS_TERMINATED);
}
END_TEST

START_TEST(odd_challenges_are_not_answered)
{
	static const char *const odd[] = {
	    "[C223 0107# 08 5B5D7C7D7B3F2F3E 'RRAS']", /* 8 bytes are of MS-CHAP v1 */
	    "[C223 0107# 00]",
	    "[C223 0107#]",
	    "[C223 0107# 10 5B5D]",
	    "[C227 0107# 01]", /* EAP: no identity */
	    "[C023 0107#]",
	    "[8021 0107#]",
	    "[80FD 0107#]",
	};

	peer_begin(FACTS_AUTH, &talk_logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_MSCHAPV2), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_MSCHAPV2));
	for (size_t i = 0; i < UNIT_COUNT(odd); i++)
		peer_say(odd[i], 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.sent && !peer_facts.auth.challenged);
	peer_end();
}
END_TEST

START_TEST(chap_md5)
{
	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_CHAP_MD5), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_CHAP_MD5));
	peer_say("[C223 0107# 10 000102030405060708090A0B0C0D0E0F 'pppd']", 0);
	peer_hear("[C223 0207# 10 7BE366C6C674E0BFCF9E8F4B9EF7E82A 'User']");
	peer_say("[C223 0307# 'Welcome']", 0);
	peer_hear(TALK_BOUND_WITHOUT_KEYS);
	ck_assert_str_eq(peer_facts.auth.words, "Welcome");
	peer_end();
}
END_TEST

static void
begin_pap(void)
{
	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") PEER_OURS_AGREED TALK_DEMANDS(TALK_PAP), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_PAP) "[C023 0101# 04 'User' 0A 'clientPass']");
}

START_TEST(pap)
{
	begin_pap();
	peer_say("[C023 0202# 00]", 0); /* to another request */
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say("[C023 0201# 07 'Welcome']", 0);
	peer_hear(TALK_BOUND_WITHOUT_KEYS);
	ck_assert_str_eq(peer_facts.auth.words, "Welcome");
	peer_end();

	begin_pap();
	peer_say("[C023 0301# 02 'No']", 0);
	ck_assert(peer_facts.auth.refused);
	peer_hear("");
	talk_expect_failure(FACTS_LOGON_REFUSED);
}
END_TEST

static const struct {
	const char *says;
	bool refused;
} too_late[] = {
    {"[C223 0407# 'E=691 R=0 V=3']", true},
    {"[C223 0408# 'E=691 R=0 V=3']", false},
    {TALK_SUCCESS, false},
    {TALK_CHALLENGE, false},
    {"[C021 0401#]", false},
};

/* We leave for want of time, and then there is a verdict: a refusal is kept, and all else unheard.
 */
START_TEST(a_verdict_while_we_leave)
{
	talk_log_on(FACTS_TUNNEL);
	session_leave(&peer_session);
	peer_hear(PEER_TERMINATE("02") PEER_GOOD_BYE);
	peer_say(too_late[_i].says, 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LEAVING);
	ck_assert(peer_session.recanted == too_late[_i].refused);
	ck_assert(peer_facts.auth.refused == too_late[_i].refused);
	ck_assert_int_eq(peer_facts.auth.code, too_late[_i].refused ? 691 : 0);
	ck_assert(!peer_facts.auth.accepted);
	peer_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, level_auth_ends_before_call_connected);
	tcase_add_loop_test(tests, an_end_behind_the_acceptance, 0, 2);
	unit_add_rows(tests, an_unproven_server, unproven);
	tcase_add_test(tests, success_before_a_credential);
	tcase_add_test(tests, a_challenge_that_comes_again);
	unit_add_rows(tests, a_refusal_is_final, refusals);
	unit_add_rows(tests, an_end_in_place_of_a_verdict, ends);
	unit_add_rows(tests, an_end_with_a_reason_of_windows, ras_ends);
	tcase_add_test(tests, a_late_end_after_an_echo);
	tcase_add_test(tests, odd_challenges_are_not_answered);
	tcase_add_test(tests, chap_md5);
	tcase_add_test(tests, pap);
	unit_add_rows(tests, a_verdict_while_we_leave, too_late);
}

int
main(void)
{
	return unit_run("probe/logon", list);
}

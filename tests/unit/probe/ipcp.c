/* How a tunnel comes by its address. */
#include <stdio.h>

#include "base/deadline.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"

static const struct {
	const char *says;
	enum facts_symptom symptom;
	const char *words;
} ends_of_ipcp[] = {
    {"[8021 0401# 030600000000]", FACTS_NO_ADDRESS, "the server rejects our request for one"},
    {"[8021 0201# 030600000000 810600000000 830600000000]", FACTS_NO_ADDRESS,
        "the server gives 0.0.0.0"},
    {"[8021 0507# 'pool empty']", FACTS_NO_ADDRESS, "the server ends IPCP: pool empty"},
    {"[8021 0507# 'bad clientPass']", FACTS_NO_ADDRESS, "the server ends IPCP: bad ***"},
    {"[8021 0507#]", FACTS_NO_ADDRESS, "the server ends IPCP"},
    {"[8021 0507# AABBCCDD 003CCD74 000002E2]", FACTS_NO_ADDRESS,
        "the server ends IPCP: no address to assign (738)"},
    {"[8021 0507# AABBCCDD 003CCD74 00000000]", FACTS_NO_ADDRESS, "the server ends IPCP"},
    {"[C021 0801# 8021 0101000A030600000000]", FACTS_NO_PROTOCOL, ""},
    {"[C021 0801# 8021]", FACTS_NO_PROTOCOL, ""},
    {"[C021 0501# 'no address']", FACTS_TERMINATED, ""},
};

START_TEST(an_end_of_ipcp)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK, 0);
	peer_say(ends_of_ipcp[_i].says, 0);
	ck_assert_str_eq(peer_facts.tunnel.words, ends_of_ipcp[_i].words);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_ACCEPTED_BY_ECHO);
	talk_expect_failure(ends_of_ipcp[_i].symptom);
}
END_TEST

/* Before the binding is accepted the Call Abort may follow, which says more. */
START_TEST(an_end_of_ipcp_waits_for_the_binding)
{
	talk_bind(FACTS_TUNNEL);
	peer_say("[C021 0801# 8021 0101000A030600000000]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	peer_say("10010014 00050001 0002000C 000000 03 00000004", 0);
	talk_expect_failure(FACTS_ABORT);

	talk_bind(FACTS_TUNNEL);
	peer_say("[C021 0801# 8021 0101000A030600000000]", 0);
	session_tick(&peer_session, DEADLINE_SECOND);
	talk_expect_failure(FACTS_NO_PROTOCOL);
}
END_TEST

START_TEST(name_servers_that_are_rejected)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK TALK_ITS_OWN "[8021 0401# 830600000000]", 0);
	peer_hear(TALK_TO_ITS_OWN "[8021 0102# 030600000000 810600000000]");
	peer_say("[8021 0302# 0306C0A84D02]", 0);
	peer_hear("[8021 0103# 0306C0A84D02 810600000000]");
	peer_say("[8021 0403# 810600000000]", 0);
	peer_hear("[8021 0104# 0306C0A84D02]");
	peer_say("[8021 0203#]", 0); /* to an old request */
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	peer_say("[8021 0204# 0306C0A84D02]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.tunnel.dns[0], 0);
	peer_end();
}
END_TEST

/* A server without one may say so with a Nak that names none. */
START_TEST(name_servers_that_are_none)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(
	    TALK_ECHO_BACK TALK_ITS_OWN "[8021 0301# 0306C0A84D02 810600000000 8306C0A84D36]", 0);
	peer_hear(TALK_TO_ITS_OWN "[8021 0102# 0306C0A84D02 8306C0A84D36]");
	peer_say("[8021 0202# 0306C0A84D02 8306C0A84D36]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.tunnel.dns[0], 0);
	ck_assert_uint_eq(peer_facts.tunnel.dns[1], 0xC0A84D36);
	peer_end();
}
END_TEST

START_TEST(what_the_server_asks_for)
{
	talk_bind(FACTS_TUNNEL);
	ck_assert(!peer_facts.tunnel.ipcp_heard);
	peer_say("[8021 0109# 0206002D0F01 0306C0A84D01]", 0);
	ck_assert(peer_facts.tunnel.ipcp_heard);
	peer_hear("[8021 0409# 0206002D0F01]");
	peer_say("[8021 010A# 0304C0A8]", 0); /* half an address */
	peer_hear("[8021 040A# 0304C0A8]");
	peer_say("[8021 010B#]", 0);
	peer_hear("[8021 020B#]");
	peer_end();
}
END_TEST

/* Once the server has agreed nothing is said again while its own request is awaited. */
START_TEST(an_address_that_is_agreed_on_is_not_asked_for_again)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK TALK_NAKS, 0);
	peer_hear(TALK_ASKS_AGAIN);
	peer_say(TALK_AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	ck_assert_int_eq(session_timer(&peer_session), DEADLINE_NEVER);
	session_tick(&peer_session, 10 * DEADLINE_SECOND);
	peer_hear("");
	peer_say(TALK_ITS_OWN, 10 * DEADLINE_SECOND);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_end();
}
END_TEST

/* Each time later than the one before, and not for ever. */
static void
expect_patience(void)
{
	enum session_state state = peer_session.state;
	int64_t now = 0, next;
	int times = 0;

	while ((next = session_timer(&peer_session)) != DEADLINE_NEVER) {
		ck_assert_int_gt(next, now);
		ck_assert_int_lt(++times, 100);
		session_tick(&peer_session, now = next);
		ck_assert_int_eq(peer_session.state, state);
	}
	ck_assert_int_gt(times, 2);
	peer_end();
}

START_TEST(a_silent_server_is_not_asked_for_ever)
{
	peer_begin(FACTS_PPP, NULL);
	peer_say(PEER_ACK("02"), 0);
	ck_assert_int_eq(peer_session.state, SESSION_LINKING);
	expect_patience();
	talk_bind(FACTS_TUNNEL);
	expect_patience();
}
END_TEST

START_TEST(ipcp_that_never_agrees)
{
	char nak[] = "[8021 0301# 0306C0A84D02]";
	int rounds = 0;

	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK, 0);
	while (peer_session.state == SESSION_BINDING && ++rounds < 100) {
		snprintf(nak, sizeof nak, "[8021 03%02X# 0306C0A84D02]", rounds);
		peer_say(nak, 0);
	}
	ck_assert_int_le(rounds, 20);
	talk_expect_failure(FACTS_NO_ADDRESS);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	unit_add_rows(tests, an_end_of_ipcp, ends_of_ipcp);
	tcase_add_test(tests, an_end_of_ipcp_waits_for_the_binding);
	tcase_add_test(tests, name_servers_that_are_rejected);
	tcase_add_test(tests, name_servers_that_are_none);
	tcase_add_test(tests, what_the_server_asks_for);
	tcase_add_test(tests, an_address_that_is_agreed_on_is_not_asked_for_again);
	tcase_add_test(tests, a_silent_server_is_not_asked_for_ever);
	tcase_add_test(tests, ipcp_that_never_agrees);
}

int
main(void)
{
	return unit_run("probe/ipcp", list);
}

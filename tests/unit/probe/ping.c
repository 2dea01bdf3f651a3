/* Echoes through the tunnel. */
#include "base/deadline.h"
#include "base/hex.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"
#include "wire/ip.h"

static void
open_tunnel(void)
{
	talk_bind(FACTS_PING);
	peer_facts.ping.address = 0x0A01000A;
	peer_say(TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS, 0);
	peer_hear(TALK_TO_ITS_OWN TALK_ASKS_AGAIN);
	peer_say(TALK_AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_PINGING);
}

/* An echo request of ours: IPv4 from 192.168.77.2 to 10.1.0.10, ICMP type 8. */
#define PING_DATA "'check_sstp looks for this echo.' 00"
#define PINGS(sequence)                                          \
	"[0021 45 00 003C ........ 40 01 .... C0A84D02 0A01000A" \
	"08 00 .... 0506 00" sequence PING_DATA "]"

/* The reply, from SOURCE to DESTINATION, to the echo SEQUENCE of IDENTIFIER. */
static void
reply_to(uint32_t source, uint32_t destination, uint16_t identifier, uint16_t sequence,
    const char *data, int64_t now)
{
	struct text packet = TEXT_EMPTY, digits = TEXT_EMPTY;
	const struct ip_echo echo = {
	    .reply = true,
	    .identifier = identifier,
	    .sequence = sequence,
	    .data = (const uint8_t *)data,
	    .length = 32,
	};

	ip_add_echo(&packet, source, destination, &echo);
	text_add(&digits, "[0021 ");
	hex_add(&digits, (const uint8_t *)packet.bytes, packet.length);
	text_add(&digits, "]");
	peer_say(text_chars(&digits), now);
	text_free(&packet);
	text_free(&digits);
}

static void
reply(uint32_t source, uint16_t sequence, const char *data, int64_t now)
{
	reply_to(source, 0xC0A84D02, 0x0506, sequence, data, now);
}

static const char right[32] = "check_sstp looks for this echo.";

START_TEST(a_ping)
{
	static const int64_t at[] = {3, 5, 6, 10}; /* which took 3, 2, 1 and 4 */

	open_tunnel();
	peer_hear(PINGS("01"));
	for (size_t i = 0; i < UNIT_COUNT(at); i++)
		reply(0x0A01000A, (uint16_t)(i + 1), right, at[i]);
	peer_hear(PINGS("02") PINGS("03") PINGS("04"));
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.ping.sent, 4);
	ck_assert_uint_eq(peer_facts.ping.received, 4);
	ck_assert_int_eq(peer_facts.ping.min, 1);
	ck_assert_int_eq(peer_facts.ping.max, 4);
	ck_assert_int_eq(peer_facts.ping.total, 10);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_ACCEPTED_BY_PING);
	peer_end();
}
END_TEST

START_TEST(the_first_echo_may_be_lost)
{
	open_tunnel();
	peer_hear(PINGS("01"));
	ck_assert_int_eq(session_timer(&peer_session), DEADLINE_SECOND);
	session_tick(&peer_session, DEADLINE_SECOND);
	peer_hear(PINGS("02"));
	for (uint16_t i = 2; i <= 4; i++)
		reply(0x0A01000A, i, right, DEADLINE_SECOND + 5);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.ping.received, 3);
	ck_assert_int_eq(peer_facts.ping.max, 5);
	peer_end();
}
END_TEST

START_TEST(all_echoes_lost)
{
	open_tunnel();
	for (int i = 1; i <= 4; i++)
		session_tick(&peer_session, i * DEADLINE_SECOND);
	ck_assert_uint_eq(peer_facts.ping.sent, 4);
	ck_assert_uint_eq(peer_facts.ping.received, 0);
	talk_expect_failure(FACTS_LOST);
}
END_TEST

START_TEST(what_is_no_answer)
{
	static const char wrong[32] = "check_sstp looks for that echo.";

	open_tunnel();
	peer_hear(PINGS("01"));
	reply(0xC0A84D01, 1, right, 1); /* from somebody else */
	reply(0x0A01000A, 0, right, 1);
	reply(0x0A01000A, 2, right, 1); /* not sent yet */
	reply(0x0A01000A, 1, wrong, 1);
	reply_to(0x0A01000A, 0xC0A84D03, 0x0506, 1, right, 1);
	reply_to(0x0A01000A, 0xC0A84D02, 0x0507, 1, right, 1); /* to another program */
	peer_say("[0021]"
	         "[0021 45]"
	         "[0021 4500001C000000004001]",
	    1);
	peer_hear("");
	ck_assert_uint_eq(peer_facts.ping.received, 0);
	reply(0x0A01000A, 1, right, 1);
	reply(0x0A01000A, 1, right, 2); /* twice */
	peer_hear(PINGS("02"));
	ck_assert_uint_eq(peer_facts.ping.received, 1);
	/* a late one still counts */
	session_tick(&peer_session, 2 * DEADLINE_SECOND);
	reply(0x0A01000A, 2, right, 2 * DEADLINE_SECOND);
	ck_assert_uint_eq(peer_facts.ping.received, 2);
	peer_hear(PINGS("03"));
	/* both kinds of echo are answered meanwhile */
	peer_say("10010008 00080000 [C021 0955# 00000000 'x']", 3);
	peer_hear("1001000800090000 [C021 0A55# 01020304 'x']");
	peer_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, a_ping);
	tcase_add_test(tests, the_first_echo_may_be_lost);
	tcase_add_test(tests, all_echoes_lost);
	tcase_add_test(tests, what_is_no_answer);
}

int
main(void)
{
	return unit_run("probe/ping", list);
}

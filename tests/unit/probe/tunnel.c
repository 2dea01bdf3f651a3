/* The crypto binding, and when it counts as accepted. */
#include "base/deadline.h"
#include "base/hex.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"

START_TEST(a_tunnel)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ITS_OWN, 0);
	peer_hear(TALK_TO_ITS_OWN);
	peer_say(TALK_NAKS, 0);
	peer_hear(TALK_ASKS_AGAIN);
	peer_say(TALK_ECHO_BACK, 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	peer_say(TALK_AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_ACCEPTED_BY_ECHO);
	ck_assert_uint_eq(peer_facts.tunnel.address, 0xC0A84D02);
	ck_assert_uint_eq(peer_facts.tunnel.peer, 0xC0A84D01);
	ck_assert_uint_eq(peer_facts.tunnel.dns[0], 0xC0A84D35);
	ck_assert_uint_eq(peer_facts.tunnel.dns[1], 0xC0A84D36);
	session_leave(&peer_session);
	peer_hear(PEER_TERMINATE("02") PEER_GOOD_BYE);
	peer_end();
}
END_TEST

/* The call as RRAS is known to make it: both hashes, identifiers from 0 on, every option of LCP
 * that it has, EAP first, compression and IPv6 beside IPv4, a Disconnect that crosses ours. */
#define RAS_LCP(method) "01040FFB" method "0506AABBCCDD 0702 0802"
#define RAS_MORE        "0D0306 1104064E 13170100112233445566778899AABBCCDDEEFF00112233"
#define MPPC            "120601000001"
#define INTERFACE       "010A0011223344556677"

START_TEST(a_call_of_rras)
{
	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("03") "[C021 0100#" RAS_LCP(TALK_EAP) RAS_MORE "]", 0);
	peer_hear(PEER_OURS "[C021 0400#" RAS_MORE "]");
	peer_say(PEER_OURS_AGREED "[C021 0101#" RAS_LCP(TALK_EAP) "]", 0);
	peer_hear("[C021 0301#" TALK_MSCHAPV2 "]");
	peer_say("[C021 0102#" RAS_LCP(TALK_MSCHAPV2) "]", 0);
	peer_hear("[C021 0202#" RAS_LCP(TALK_MSCHAPV2) "]");
	peer_say("[C021 0C03# AABBCCDD 'MSRASV5.20']"
	         "[C223 0100# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']",
	    0);
	peer_hear("[C223 0200# 31 21402324255E262A28295F2B3A337C7E 0000000000000000"
	          "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']");
	peer_say("10010008 00080000" /* Echo Request */
	         "[C223 0300#" TALK_PROOF "' M='][80FD 0104#" MPPC "][8057 0105#" INTERFACE
	         "][8021 0106# 0306C0A84D01]",
	    0);
	peer_hear("10010008 00090000" TALK_BOUND "[C021 0801# 80FD 0104000A" MPPC
	          "][C021 0802# 8057 0105000E" INTERFACE "][8021 0206# 0306C0A84D01]");
	peer_say(TALK_NAKS "[C021 0A01# AABBCCDD]", 0);
	peer_hear(TALK_ASKS_AGAIN);
	/* FF 03 may be left out. */
	peer_say("1000001C 8021 02020016 0306C0A84D02 8106C0A84D35 8306C0A84D36", 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.sstp.hash_bits, 3);
	session_leave(&peer_session);
	peer_hear(PEER_TERMINATE("02") PEER_GOOD_BYE);
	peer_say("[C021 0602#]" PEER_GOOD_BYE, 0);
	peer_hear(PEER_BYE_ACK);
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	ck_assert(peer_facts.sstp.left);
	peer_end();
}
END_TEST

/* Answers alone prove nothing yet: the Call Abort may be on its way. */
START_TEST(acceptance_takes_an_echo_or_a_second)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ITS_OWN TALK_NAKS TALK_AGREES, 0);
	ck_assert(peer_facts.tunnel.ipcp_open);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	ck_assert_int_eq(session_timer(&peer_session), DEADLINE_SECOND);
	session_tick(&peer_session, DEADLINE_SECOND - 1);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	/* that of an echo which was never sent */
	peer_say("[C021 0A00# 0A0B0C0D]", DEADLINE_SECOND - 1);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	session_tick(&peer_session, DEADLINE_SECOND);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_ACCEPTED_BY_TIME);
	peer_end();
}
END_TEST

START_TEST(a_second_of_silence_is_no_acceptance)
{
	talk_bind(FACTS_TUNNEL);
	session_tick(&peer_session, 2 * DEADLINE_SECOND);
	peer_say(TALK_ITS_OWN, 2 * DEADLINE_SECOND); /* no answer, but the server's own word */
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_NOT_ACCEPTED);
	/* From then on the request of IPCP is sent again. */
	peer_hear(TALK_TO_ITS_OWN);
	session_tick(&peer_session, 3 * DEADLINE_SECOND);
	peer_hear(TALK_ASKS);
	peer_end();
}
END_TEST

START_TEST(an_abort_after_ipcp_has_opened)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(
	    TALK_ITS_OWN TALK_NAKS TALK_AGREES "10010014 00050001 0002000C 000000 03 00000004", 0);
	ck_assert(peer_facts.sstp.refusal_has_status);
	ck_assert_uint_eq(peer_facts.sstp.refusal_attribute, 3);
	ck_assert_uint_eq(peer_facts.sstp.refusal_status, 4);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_NOT_ACCEPTED);
	talk_expect_failure(FACTS_ABORT);
}
END_TEST

/* A server may judge the binding later than PPP answers an echo and gives an address. */
static const struct {
	const char *says;
	bool refuses;
} while_leaving[] = {
    {"10010014 00050001 0002000C 000000 03 00000004", true},
    {"10010014 00050001 0002000C 000000 03 00000006", false},
    {"10010014 00050001 0002000C 000000 02 00000004", false},
    {"10010008 00050000", false},
    {"10010014 00060001 0002000C 000000 03 00000004", false},
    {PEER_BYE_ACK, false},
};

START_TEST(an_abort_while_we_leave)
{
	bool refuses = while_leaving[_i].refuses;

	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS TALK_AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	session_leave(&peer_session);
	ck_assert(!peer_session.recanted);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(peer_session.recanted == refuses);
	ck_assert(peer_facts.sstp.refusal_has_status == refuses);
	ck_assert_int_eq(
	    peer_facts.tunnel.acceptance, refuses ? FACTS_NOT_ACCEPTED : FACTS_ACCEPTED_BY_ECHO);
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	peer_end();

	/* and in one read with what came before it */
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS TALK_AGREES, 0);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(!peer_session.recanted);
	ck_assert_int_eq(peer_session.state, refuses ? SESSION_FAILED : SESSION_REACHED);
	ck_assert_int_eq(peer_session.symptom, refuses ? FACTS_ABORT : FACTS_WELL);
	ck_assert(peer_facts.sstp.refusal_has_status == refuses);
	ck_assert_int_eq(
	    peer_facts.tunnel.acceptance, refuses ? FACTS_NOT_ACCEPTED : FACTS_ACCEPTED_BY_ECHO);
	peer_end();

	/* also where the tunnel was lost by something else */
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK "[8021 0401# 030600000000]", 0);
	peer_say(while_leaving[_i].says, 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, refuses ? FACTS_ABORT : FACTS_NO_ADDRESS);
	peer_end();

	/* and while no ping has come back */
	talk_bind(FACTS_PING);
	peer_say(TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS TALK_AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_PINGING);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(peer_session.recanted == refuses);
	ck_assert_int_eq(
	    peer_facts.tunnel.acceptance, refuses ? FACTS_NOT_ACCEPTED : FACTS_ACCEPTED_BY_ECHO);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	peer_end();

	/* where nothing was bound it is no news */
	talk_log_on(FACTS_AUTH);
	peer_say(TALK_SUCCESS, 0);
	session_leave(&peer_session);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(!peer_session.recanted);
	peer_end();
}
END_TEST

START_TEST(an_abort_that_crosses_our_good_bye)
{
	talk_bind(FACTS_TUNNEL);
	peer_say(TALK_ECHO_BACK "[8021 0401# 030600000000]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	session_leave(&peer_session);
	peer_hear(PEER_TERMINATE("02") PEER_GOOD_BYE);
	peer_say("10010008 00050000", 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	ck_assert_int_eq(peer_session.symptom, FACTS_NO_ADDRESS);
	peer_end();
}
END_TEST

/* Where TLS was taken off, to what --thumbprint says; of that there must be the right kind. */
START_TEST(a_pinned_certificate)
{
	static const char *const bits[] = {"02", "01"};

	talk_logon.pinned_sha256 = true;
	ck_assert(hex_read(TALK_CERTIFICATE, talk_logon.sha256, sizeof talk_logon.sha256));
	for (size_t i = 0; i < UNIT_COUNT(bits); i++) {
		peer_begin(FACTS_TUNNEL, &talk_logon);
		peer_say(i == 0 ? PEER_ACK("02") : PEER_ACK("01"), 0);
		peer_say(PEER_OURS_AGREED "[C021 0111#]", 0);
		if (i == 1) {
			peer_hear(PEER_OURS "[C021 0211#]");
			talk_expect_failure(FACTS_NO_HASH);
			continue;
		}
		peer_hear(PEER_OURS "[C021 0211#]" TALK_BOUND_WITHOUT_KEYS);
		peer_end();
	}
}
END_TEST

START_TEST(however_it_is_cut)
{
	static const char all[] =
	    PEER_ACK("02") TALK_DEMANDS(TALK_MSCHAPV2) PEER_OURS_AGREED TALK_CHALLENGE TALK_SUCCESS
	        TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS TALK_AGREES;
	static const char said[] = PEER_OURS TALK_AGREED(TALK_MSCHAPV2)
	    TALK_RESPONSE TALK_BOUND TALK_TO_ITS_OWN TALK_ASKS_AGAIN;

	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_drip(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(said);
	peer_end();

	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(said);
	peer_end();
}
END_TEST

/* Wherever the server breaks off, nothing is reached that was not proved, and stages only grow. */
START_TEST(a_drop_at_any_byte)
{
	static const char all[] =
	    PEER_ACK("02") TALK_DEMANDS(TALK_MSCHAPV2) PEER_OURS_AGREED TALK_CHALLENGE TALK_SUCCESS
	        TALK_ECHO_BACK TALK_ITS_OWN TALK_NAKS TALK_AGREES;
	enum facts_stage stage = FACTS_SSTP;
	size_t length = peer_length(all);

	for (size_t i = 0; i < length; i++) {
		peer_begin(FACTS_TUNNEL, &talk_logon);
		talk_show_certificate();
		peer_say_first(all, i, 0);
		ck_assert_int_lt(peer_session.state, SESSION_REACHED);
		ck_assert_int_ge(peer_session.stage, stage);
		stage = peer_session.stage;
		ck_assert(peer_facts.tunnel.connected == (stage == FACTS_TUNNEL));
		ck_assert_uint_eq(peer_facts.tunnel.address, 0);
		session_fail(&peer_session, FACTS_CLOSED);
		session_leave(&peer_session);
		peer_end();
	}
	ck_assert_int_eq(stage, FACTS_TUNNEL);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, a_tunnel);
	tcase_add_test(tests, a_call_of_rras);
	tcase_add_test(tests, acceptance_takes_an_echo_or_a_second);
	tcase_add_test(tests, a_second_of_silence_is_no_acceptance);
	tcase_add_test(tests, an_abort_after_ipcp_has_opened);
	unit_add_rows(tests, an_abort_while_we_leave, while_leaving);
	tcase_add_test(tests, an_abort_that_crosses_our_good_bye);
	tcase_add_test(tests, a_pinned_certificate);
	tcase_add_test(tests, however_it_is_cut);
	tcase_add_test(tests, a_drop_at_any_byte);
}

int
main(void)
{
	return unit_run("probe/tunnel", list);
}


#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "unit/probe/peer.h"
#include "unit/unit.h"

#define REQUEST       PEER_REQUEST
#define ACK(bits)     PEER_ACK(bits)
#define GOOD_BYE      PEER_GOOD_BYE
#define BYE_ACK       PEER_BYE_ACK
#define TERMINATE(id) PEER_TERMINATE(id)

static void
begin(enum facts_stage level)
{
	peer_begin(level, NULL);
}

START_TEST(a_call)
{
	begin(FACTS_SSTP);
	peer_say(ACK("02"), 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert(peer_facts.sstp.acknowledged);
	ck_assert_uint_eq(peer_facts.sstp.hash_bits, 2);
	session_leave(&peer_session);
	peer_hear(GOOD_BYE);
	ck_assert_int_eq(peer_session.state, SESSION_LEAVING);
	peer_say(BYE_ACK, 0);
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	ck_assert(peer_facts.sstp.left);
	peer_end();
}
END_TEST

static const struct {
	const char *bytes;
	enum facts_symptom symptom;
	const char *refusal, *answer, *good_bye;
} refusals[] = {
    /* as the specification has it */
    {"10010014 00030001 0002000C 000000 01 00000004", FACTS_NAK,
        "Call Connect Nak: value not supported (4), attribute 1", "", GOOD_BYE},
    {"10010014 00050001 0002000C 000000 02 00000009", FACTS_ABORT,
        "Call Abort: attribute not supported in message (9), attribute 2", "1001000800050000", ""},
    {"10010014 00060001 0002000C 000000 00 00000008", FACTS_DISCONNECTED,
        "Call Disconnect: negotiation timeout (8)", BYE_ACK, ""},
    /* as SoftEther says it */
    {"10010008 00050000", FACTS_ABORT, "Call Abort", "1001000800050000", ""},
    {"10010008 00060000", FACTS_DISCONNECTED, "Call Disconnect", BYE_ACK, ""},
    /* no hash */
    {ACK("00"), FACTS_NO_HASH, "", "", GOOD_BYE},
    {ACK("80"), FACTS_NO_HASH, "", "", GOOD_BYE},
    /* not SSTP: dropped without a word */
    {"48545450 2F312E31", FACTS_NOT_SSTP, "", "", ""},
    {"10010003", FACTS_NOT_SSTP, "", "", ""},
};

START_TEST(a_refusal)
{
	begin(FACTS_PPP);
	peer_say(refusals[_i].bytes, 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, refusals[_i].symptom);
	ck_assert_str_eq(peer_facts.sstp.refusal, refusals[_i].refusal);
	/* Who ends the call himself needs no good-bye. */
	ck_assert(peer_facts.sstp.left == (refusals[_i].symptom == FACTS_ABORT ||
	                                      refusals[_i].symptom == FACTS_DISCONNECTED));
	peer_hear(refusals[_i].answer);
	session_leave(&peer_session);
	peer_hear(refusals[_i].good_bye);
	peer_end();
}
END_TEST

/* LCP as an SSTP data packet. */
#define LCP(length, body) "100000" length "FF03C021" body
#define OURS              LCP("12", "0101000A050601020304")

START_TEST(a_link)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	ck_assert_int_eq(peer_session.state, SESSION_LINKING);
	peer_hear(OURS);
	/* The server knows EAP alone: it says so again and again. */
	peer_say(LCP("10", "01010008"
	                   "0304C227"),
	    1);
	peer_hear(LCP("11", "03010009"
	                    "0305C22381"));
	peer_say(LCP("10", "01020008"
	                   "0304C227"),
	    2);
	/* It has read our Nak and not answered our request, which came before: that is lost. */
	peer_hear(OURS LCP("11", "03020009"
	                         "0305C22380"));
	peer_say(LCP("10", "01030008"
	                   "0304C227"),
	    3);
	peer_hear(LCP("11", "03030009"
	                    "0305C22305"));
	peer_say(LCP("10", "01040008"
	                   "0304C227"),
	    4);
	peer_hear(LCP("10", "03040008"
	                    "0304C023"));
	peer_say(LCP("10", "01050008"
	                   "0304C227"),
	    5);
	peer_hear(LCP("10", "02050008"
	                    "0304C227"));
	ck_assert_int_eq(peer_session.state, SESSION_LINKING);
	peer_say(LCP("12", "0201000A050601020304"), 6);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert(peer_facts.ppp.opened);
	ck_assert_uint_eq(peer_facts.ppp.offered_count, 1);
	ck_assert_int_eq(peer_facts.ppp.offered[0], FACTS_EAP);
	session_leave(&peer_session);
	peer_hear(TERMINATE("02") GOOD_BYE);
	peer_end();
}
END_TEST

/* As Windows opens it: what is not wanted is rejected first. */
START_TEST(options_that_are_rejected)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("2A", "01000022"
	                   "01040FFB"
	                   "0304C227"
	                   "0506AABBCCDD"
	                   "0702"
	                   "0802"
	                   "0D0306"
	                   "1104064E"
	                   "130511AABB"),
	    0);
	peer_hear(LCP("18", "04000010"
	                    "0D0306"
	                    "1104064E"
	                    "130511AABB"));
	peer_end();
}
END_TEST

/* SoftEther steps down by itself, whatever it is asked for, and ends PPP at the bottom. */
START_TEST(a_server_that_steps_down)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("0E", "04010006"
	                   "0506") "",
	    0); /* cut short: ignored */
	peer_say(LCP("12", "0401000A050601020304"), 0);
	peer_hear(LCP("0C", "01020004"));
	peer_say(LCP("10", "01000008"
	                   "0304C227"),
	    0);
	peer_hear(LCP("11", "03000009"
	                    "0305C22381"));
	peer_say(LCP("11", "01010009"
	                   "0305C22381"),
	    0);
	peer_hear(LCP("11", "03010009"
	                    "0305C22380"));
	peer_say(LCP("10", "01020008"
	                   "0304C023"),
	    0);
	peer_hear(LCP("11", "03020009"
	                    "0305C22305"));
	peer_say(LCP("0C", "05030004"), 0);
	peer_hear(LCP("0C", "06030004"));
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.ppp.offered_count, 3);
	ck_assert_int_eq(peer_facts.ppp.offered[2], FACTS_PAP);
	session_leave(&peer_session);
	peer_hear(GOOD_BYE);
	peer_end();
}
END_TEST

/* It may miss options in ours: what we have of them is named, and for the rest we ask again. */
START_TEST(options_that_are_missed)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say("[C021 0301# 01040578]", 0);
	peer_hear("[C021 0102# 01040578 050601020304]");
	peer_say("[C021 0302# 130511AABB]", 0);
	peer_hear("[C021 0103# 01040578 050601020304]");
	peer_say("[C021 0403# 050601020304]", 0);
	peer_hear("[C021 0104# 01040578]");
	peer_say("[C021 0204# 01040578]" LCP("10", "01010008"
	                                           "010405DC"),
	    0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_end();
}
END_TEST

static const char *const stubborn[] = {
    "01040579",   /* another MRU than it asked for */
    "130511AABB", /* what we do not have, for ever */
    "",
};

START_TEST(a_server_that_insists)
{
	char says[64];

	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_say("[C021 0301# 01040578]", 0);
	for (int id = 2; peer_session.state == SESSION_LINKING; id++) {
		ck_assert_int_lt(id, 10);
		snprintf(says, sizeof says, "[C021 03%02X# %s]", id, stubborn[_i]);
		peer_say(says, 0);
	}
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, FACTS_DISAGREED);
	peer_end();
}
END_TEST

START_TEST(no_authentication)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("10", "01010008"
	                   "010405DC"),
	    0);
	peer_hear(LCP("10", "02010008"
	                    "010405DC"));
	peer_say(LCP("12", "0201000A050601020304"), 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_int_eq(peer_facts.ppp.offered[0], FACTS_NO_METHOD);
	peer_end();
}
END_TEST

/* pppd at the bottom asks for nothing, and ends PPP for that as soon as LCP is open. What crosses
 * our good-bye is not answered. */
START_TEST(a_server_that_gives_in)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("12", "0201000A050601020304"), 0);
	peer_say(LCP("10", "01010008"
	                   "0304C023"),
	    0);
	peer_hear(LCP("10", "03010008"
	                    "0304C227"));
	peer_say(LCP("0C", "01020004"), 0);
	peer_hear(LCP("0C", "02020004"));
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert(peer_facts.ppp.opened);
	ck_assert_uint_eq(peer_facts.ppp.offered_count, 1);
	ck_assert_int_eq(peer_facts.ppp.offered[0], FACTS_PAP);
	session_leave(&peer_session);
	peer_hear(TERMINATE("02") GOOD_BYE);
	peer_say(LCP("0C", "05030004") "1001000800080000", 0);
	peer_hear("");
	peer_say("1001000800060000", 0);
	peer_hear(BYE_ACK);
	ck_assert_int_eq(peer_session.state, SESSION_OVER);
	peer_end();
}
END_TEST

/* From the first byte on, with our magic number, and its own before LCP is open. */
START_TEST(echoes)
{
	begin(FACTS_PPP);
	peer_say("10010008 00080000", 0);
	peer_hear("1001000800090000");
	peer_say(ACK("03"), 0);
	peer_hear(OURS);
	peer_say(LCP("14", "0907000C"
	                   "00000000"
	                   "70696E67"),
	    0);
	peer_hear(LCP("14", "0A07000C"
	                    "01020304"
	                    "70696E67"));
	/* without FF 03 */
	peer_say("10000012 C021 0908000C 00000000 70696E67", 0);
	peer_hear(LCP("14", "0A08000C"
	                    "01020304"
	                    "70696E67"));
	peer_end();
}
END_TEST

/* Nothing but LCP is of this stage; an unknown code is rejected, what informs is not answered. */
START_TEST(what_is_ignored)
{
	static const char *const ignored[] = {
	    "1000000C FF03 80FD 01010004",   /* CCP: a Protocol-Reject now would break off */
	    "1000000D FF03 C227 0101000501", /* EAP Identity: no identity is given away */
	    "1000000C FF03 C223 01010004",   /* CHAP */
	    LCP("12", "0C01000A"
	              "AABBCCDD"
	              "4D53"), /* Identification */
	    LCP("10", "0D010008"
	              "AABBCCDD"), /* Time-Remaining */
	    LCP("10", "0B010008"
	              "AABBCCDD"), /* Discard-Request */
	    LCP("0C", "02630004"), /* an Ack to what we never sent */
	    LCP("10", "01050008"
	              "050AABBC"),                /* an option longer than its request */
	    "10000004",                           /* an empty frame */
	    "10000006 FF03", "10010008 00090000", /* Echo Response */
	    "10010008 00630000",                  /* a message nobody knows */
	};

	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	for (size_t i = 0; i < UNIT_COUNT(ignored); i++) {
		peer_say(ignored[i], 0);
		peer_hear("");
		ck_assert_int_eq(peer_session.state, SESSION_LINKING);
	}
	peer_say(LCP("0C", "63010004"), 0);
	peer_hear(LCP("10", "07010008"
	                    "63010004"));
	peer_end();
}
END_TEST

START_TEST(our_request_is_sent_again)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	ck_assert_int_eq(session_timer(&peer_session), 3 * DEADLINE_SECOND);
	session_tick(&peer_session, DEADLINE_SECOND);
	peer_hear("");
	session_tick(&peer_session, 3 * DEADLINE_SECOND);
	peer_hear(OURS);
	ck_assert_int_eq(session_timer(&peer_session), 6 * DEADLINE_SECOND);
	peer_end();
}
END_TEST

START_TEST(loops_are_broken)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(OURS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, FACTS_LOOPED);
	peer_end();

	/* A server that declines for ever. */
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("12", "0301000A050600000001"), 0);
	peer_hear(LCP("0C", "01020004"));
	peer_say(LCP("12", "0302000A050600000001"), 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, FACTS_DISAGREED);
	peer_end();
}
END_TEST

/* Byte by byte, and all at once, it is the same call. */
START_TEST(however_it_is_cut)
{
	static const char all[] = ACK("02") LCP("10", "01010008"
	                                              "010405DC") LCP("12", "0201000A050601020304");

	begin(FACTS_PPP);
	peer_drip(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(OURS LCP("10", "02010008"
	                         "010405DC"));
	peer_end();

	begin(FACTS_PPP);
	peer_say(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(OURS LCP("10", "02010008"
	                         "010405DC"));
	peer_end();
}
END_TEST

/* What comes in one read with the end of it says what it would say in the next: nothing. */
static const struct {
	enum facts_stage level;
	const char *says;
	enum session_state state;
	enum facts_symptom symptom;
	const char *refusal;
} ends[] = {
    {FACTS_SSTP, ACK("02"), SESSION_REACHED, FACTS_WELL, ""},
    {FACTS_PPP,
        ACK("02") LCP("10", "01010008"
                            "010405DC") LCP("12", "0201000A050601020304"),
        SESSION_REACHED, FACTS_WELL, ""},
    {FACTS_SSTP, "10010014 00030001 0002000C 000000 01 00000004", SESSION_FAILED, FACTS_NAK,
        "Call Connect Nak: value not supported (4), attribute 1"},
    {FACTS_PPP, ACK("02") TERMINATE("01"), SESSION_FAILED, FACTS_TERMINATED, ""},
};

START_TEST(an_end_behind_the_end)
{
	static const char *const behind[] = {"10010008 00060000", "10010008 00050000",
	    "10010014 00050001 0002000C 000000 03 00000004", "48545450"};

	for (size_t i = 0; i < UNIT_COUNT(behind); i++) {
		begin(ends[_i].level);
		peer_say(ends[_i].says, 0);
		peer_say(behind[i], 0);
		ck_assert_int_eq(peer_session.state, ends[_i].state);
		ck_assert_int_eq(peer_session.symptom, ends[_i].symptom);
		ck_assert_str_eq(peer_facts.sstp.refusal, ends[_i].refusal);
		session_leave(&peer_session);
		ck_assert_int_eq(peer_session.state, SESSION_OVER);
		peer_end();
	}
}
END_TEST

/* The SSTP length ends a frame, never the PPP length: the Terminate-Request's own says more than is
 * there. */
START_TEST(lengths_that_lie)
{
	begin(FACTS_PPP);
	peer_say(ACK("02"), 0);
	peer_hear(OURS);
	peer_say(LCP("0C", "0501FFFF"), 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LINKING);
	peer_say(LCP("10", "05010004"
	                   "AABBCCDD"),
	    0);
	ck_assert_int_eq(peer_session.symptom, FACTS_TERMINATED);
	ck_assert_str_eq(peer_facts.ppp.words, "");
	peer_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, a_call);
	unit_add_rows(tests, a_refusal, refusals);
	tcase_add_test(tests, a_link);
	tcase_add_test(tests, options_that_are_rejected);
	tcase_add_test(tests, a_server_that_steps_down);
	tcase_add_test(tests, options_that_are_missed);
	unit_add_rows(tests, a_server_that_insists, stubborn);
	tcase_add_test(tests, no_authentication);
	tcase_add_test(tests, a_server_that_gives_in);
	tcase_add_test(tests, echoes);
	tcase_add_test(tests, what_is_ignored);
	tcase_add_test(tests, our_request_is_sent_again);
	tcase_add_test(tests, loops_are_broken);
	tcase_add_test(tests, however_it_is_cut);
	unit_add_rows(tests, an_end_behind_the_end, ends);
	tcase_add_test(tests, lengths_that_lie);
}

int
main(void)
{
	return unit_run("probe/session", list);
}

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "unit/probe/peer.h"
#include "unit/unit.h"
#include "unit/wipes.h"
#include "wire/ip.h"

/* The logon of RFC 2759 section 9.2, and the server certificate of MS-SSTP 4.7: with its nonce the
 * compound MACs are known. */
#define CHALLENGE "[C223 0107# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']"
#define RESPONSE                                                           \
	"[C223 0207# 31 21402324255E262A28295F2B3A337C7E 0000000000000000" \
	"82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']"
#define PROOF          "'S=407A5589115FD0D6209F510FE9C04566932CDA56'"
#define SUCCESS        "[C223 0307#" PROOF "]"
#define CERTIFICATE    "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"
#define CONNECTED(mac) "10010070 00040001 00030068 000000 02" PEER_NONCE CERTIFICATE mac
#define MAC_OF_KEYS    "FC0F8E272DD23C80526C2A271158A12195EB2DF59780B17E6EF641BA0FE699D0"
#define MAC_OF_NO_KEYS "37350A9168E4697495F2F535721AF42BE80A185D6DC4C4DC929F8F87E304A616"
#define ECHO           "[C021 0901# 01020304]"
#define ECHO_BACK      "[C021 0A01# 0A0B0C0D]"
#define ASKS           "[8021 0101# 030600000000 810600000000 830600000000]"
#define NAKS           "[8021 0301# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"
#define ASKS_AGAIN     "[8021 0102# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"
#define AGREES         "[8021 0202# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"
#define ITS_OWN        "[8021 0109# 0306C0A84D01]"
#define TO_ITS_OWN     "[8021 0209# 0306C0A84D01]"
#define DEMANDS(value) "[C021 0111#" value "]"
#define AGREED(value)  "[C021 0211#" value "]"
#define MSCHAPV2       "0305C22381"
#define CHAP_MD5       "0305C22305"
#define PAP            "0304C023"
#define EAP            "0304C227"
#define PASSWORD       "clientPass"

static struct plan_logon logon;

static void
set_up(void)
{
	logon = (struct plan_logon){
	    .user = "User",
	    .password = PASSWORD,
	    .methods = {FACTS_MSCHAP_V2, FACTS_CHAP_MD5, FACTS_PAP},
	    .methods_count = 3,
	};
}

static void
show_certificate(void)
{
	peer_facts.tls.chain = calloc(1, sizeof *peer_facts.tls.chain);
	peer_facts.tls.chain_count = 1;
	ck_assert(hex_read(CERTIFICATE, peer_facts.tls.chain[0].sha256, 32));
}

static void
open_mschapv2(enum facts_stage level)
{
	peer_begin(level, &logon);
	show_certificate();
	peer_say(PEER_ACK("02"), 0);
	peer_say(DEMANDS(MSCHAPV2), 0);
	peer_hear(PEER_OURS AGREED(MSCHAPV2));
	peer_say(PEER_OURS_AGREED, 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say(CHALLENGE, 0);
	peer_hear(RESPONSE);
}

static void
bind(enum facts_stage level)
{
	open_mschapv2(level);
	peer_say(SUCCESS, 0);
	peer_hear(CONNECTED(MAC_OF_KEYS) ECHO ASKS);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
}

static void
expect_failure(enum facts_symptom symptom)
{
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_str_eq(facts_symptom_name(peer_session.symptom), facts_symptom_name(symptom));
	peer_end();
}

/* ---- method ---- */

START_TEST(the_first_wanted_method_is_agreed_on)
{
	/* chap-md5 comes before the server would be asked for anything better. */
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02"), 0);
	peer_say(DEMANDS(CHAP_MD5), 0);
	peer_hear(PEER_OURS AGREED(CHAP_MD5));
	ck_assert_int_eq(peer_facts.auth.method, FACTS_CHAP_MD5);
	peer_end();
}
END_TEST

START_TEST(the_best_method_is_suggested)
{
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02"), 0);
	peer_say(DEMANDS(EAP), 0);
	peer_hear(PEER_OURS "[C021 0311#" MSCHAPV2 "]");
	peer_say(PEER_OURS_AGREED "[C021 0112#" MSCHAPV2 "]", 0);
	peer_hear("[C021 0212#" MSCHAPV2 "]");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	ck_assert_int_eq(peer_facts.auth.method, FACTS_MSCHAP_V2);
	ck_assert_uint_eq(peer_facts.ppp.offered_count, 2);
	peer_end();
}
END_TEST

/* Who asks again has not heard our answer, and perhaps not our own request. */
START_TEST(a_request_that_comes_again)
{
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") DEMANDS(MSCHAPV2), 0);
	peer_hear(PEER_OURS AGREED(MSCHAPV2));
	peer_say(DEMANDS(MSCHAPV2), 0);
	peer_hear(AGREED(MSCHAPV2) PEER_OURS);
	peer_say(PEER_OURS_AGREED, 0);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_end();
}
END_TEST

START_TEST(no_common_method)
{
	logon.methods_count = 2;
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED, 0);
	peer_say(DEMANDS(PAP), 0);
	peer_hear(PEER_OURS "[C021 0311#" MSCHAPV2 "]");
	peer_say("[C021 0112#" PAP "]", 0);
	peer_hear("[C021 0312#" CHAP_MD5 "]");
	peer_say("[C021 0113#" PAP "]", 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.sent);
	expect_failure(FACTS_NO_COMMON_METHOD);
}
END_TEST

/* pppd gives in and asks for nothing, to end PPP at once for want of a logon. */
START_TEST(giving_in_is_no_way_in)
{
	logon.methods_count = 2;
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(PAP), 0);
	peer_say("[C021 0112#]", 0);
	expect_failure(FACTS_NO_COMMON_METHOD);

	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(PAP), 0);
	peer_say(PEER_TERMINATE("12"), 0);
	expect_failure(FACTS_NO_COMMON_METHOD);
}
END_TEST

START_TEST(a_server_that_demands_nothing)
{
	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") "[C021 0111#]" PEER_OURS_AGREED, 0);
	peer_hear(PEER_OURS "[C021 0211#]" CONNECTED(MAC_OF_NO_KEYS) ECHO ASKS);
	ck_assert(peer_facts.auth.accepted && !peer_facts.auth.sent);
	ck_assert_int_eq(peer_facts.auth.method, FACTS_NO_METHOD);
	peer_end();
}
END_TEST

/* ---- what is freed ---- */

/* The program is linked with these wrapped: see unit.mk. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

static unsigned freed_with_secret;

/* Cleared, for all of it is looked at. */
void *
__wrap_malloc(size_t size)
{
	return calloc(1, size);
}

void
__wrap_free(void *memory)
{
	if (memory != NULL)
		freed_with_secret +=
		    memmem(memory, malloc_usable_size(memory), PASSWORD, strlen(PASSWORD)) != NULL;
	__real_free(memory);
}

/* What grows moves. */
void *
__wrap_realloc(void *memory, size_t size)
{
	void *grown = __wrap_malloc(size);
	size_t held = memory == NULL ? 0 : malloc_usable_size(memory);

	if (held > 0)
		memcpy(grown, memory, held < size ? held : size);
	__wrap_free(memory);
	return grown;
}

/* PAP's, however much the server wants to be said behind it before it can leave. */
START_TEST(a_password_is_wiped)
{
	logon.methods[0] = FACTS_PAP;
	logon.methods_count = 1;
	freed_with_secret = 0;
	peer_begin(FACTS_AUTH, &logon);
	ck_assert(peer_session.frames.secret);
	peer_say(PEER_ACK("02") DEMANDS(PAP) PEER_OURS_AGREED, 0);
	ck_assert(peer_facts.auth.sent);
	ck_assert_ptr_nonnull(
	    memmem(peer_session.out.bytes, peer_session.out.length, PASSWORD, strlen(PASSWORD)));
	for (int i = 0; i < 100; i++)
		peer_say("[C021 0913# 00000000 'as much again as was said before, and more']", 0);
	ck_assert_uint_gt(peer_session.out.room, 4096);
	peer_end();
	ck_assert_uint_eq(freed_with_secret, 0);
}
END_TEST

/* Each copy of the answer to a challenge once it is handed on, and in the end the keys. */
START_TEST(what_a_logon_makes_is_wiped)
{
	uint8_t frame[10], response[MSCHAP_RESPONSE], hlak[KEYS_HLAK];

	ck_assert(hex_read("10000042FF03C2230207", frame, sizeof frame));
	ck_assert(hex_read(
	    "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", response, sizeof response));
	ck_assert(hex_read(
	    "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB", hlak, sizeof hlak));
	wipes_begin();
	open_mschapv2(FACTS_AUTH);
	ck_assert_uint_eq(wipes_of(frame + 4, sizeof frame - 4), 1);
	ck_assert_uint_eq(wipes_of(frame, sizeof frame), 1);
	peer_say(SUCCESS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	wipes_begin();
	peer_end();
	ck_assert_uint_eq(wipes_of(response, sizeof response), 1);
	ck_assert_uint_eq(wipes_of(hlak, sizeof hlak), 1);
}
END_TEST

START_TEST(lcp_that_begins_anew)
{
	open_mschapv2(FACTS_AUTH);
	peer_say("[C021 0112#" MSCHAPV2 "]", 0);
	peer_hear("[C021 0212#" MSCHAPV2 "][C021 0102# 050601020304]");
	peer_say("[C021 0202# 050601020304]" SUCCESS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_end();

	/* A server whose request was repeated and is open begins anew because we do. */
	open_mschapv2(FACTS_AUTH);
	peer_say("[C021 0111#" MSCHAPV2 "]", 0);
	peer_hear("[C021 0211#" MSCHAPV2 "][C021 0102# 050601020304]");
	peer_say("[C021 0112#" MSCHAPV2 "][C021 0202# 050601020304]", 0);
	peer_hear("[C021 0212#" MSCHAPV2 "]");
	/* And once that is settled it may begin by itself again. */
	peer_say("[C021 0113#" MSCHAPV2 "]", 0);
	peer_hear("[C021 0213#" MSCHAPV2 "][C021 0103# 050601020304]");
	peer_end();

	/* not with another method */
	open_mschapv2(FACTS_AUTH);
	peer_say("[C021 0112#" PAP "]", 0);
	peer_hear("");
	expect_failure(FACTS_DISAGREED);

	/* and not for ever */
	open_mschapv2(FACTS_AUTH);
	for (int i = 0; i < 100 && peer_session.state == SESSION_LOGGING_ON; i++)
		peer_say("[C021 0112#" MSCHAPV2 "]", 0);
	expect_failure(FACTS_DISAGREED);
}
END_TEST

/* ---- logon ---- */

START_TEST(level_auth_ends_before_call_connected)
{
	open_mschapv2(FACTS_AUTH);
	peer_say("[C223 0307#" PROOF " ' M=Welcome']", 0);
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

	open_mschapv2(FACTS_AUTH);
	peer_say(SUCCESS, 0);
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
    {"[C223 0307# 'S=0000000000000000000000000000000000000000 M='" PROOF "]", FACTS_PROOF_WRONG},
    {"[C223 0307# 'S=407A5589115FD0D6209F510FE9C04566932CDA5']", FACTS_PROOF_MISSING},
    {"[C223 0307# 'M='" PROOF "]", FACTS_PROOF_MISSING},
    {"[C223 0307# 'M=Welcome '" PROOF "]", FACTS_PROOF_MISSING},
};

START_TEST(an_unproven_server)
{
	open_mschapv2(FACTS_TUNNEL);
	peer_say(unproven[_i].says, 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.accepted);
	ck_assert(!peer_facts.tunnel.connected);
	ck_assert_int_eq(peer_facts.auth.proof, unproven[_i].proof);
	expect_failure(FACTS_SERVER_UNPROVEN);
}
END_TEST

START_TEST(success_before_a_credential)
{
	static const char *const demands[] = {DEMANDS(MSCHAPV2), DEMANDS(CHAP_MD5)};

	for (size_t i = 0; i < UNIT_COUNT(demands); i++) {
		peer_begin(FACTS_TUNNEL, &logon);
		show_certificate();
		peer_say(PEER_ACK("02") PEER_OURS_AGREED, 0);
		peer_say(demands[i], 0);
		peer_say(SUCCESS, 0);
		ck_assert(!peer_facts.auth.sent);
		expect_failure(FACTS_SERVER_UNPROVEN);
	}
}
END_TEST

START_TEST(a_challenge_that_comes_again)
{
	open_mschapv2(FACTS_AUTH);
	peer_say(CHALLENGE, 0);
	peer_hear(RESPONSE);
	/* Another one would be another attempt. */
	peer_say("[C223 0108# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_say("[C223 0107# 10 005D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_hear("");
	/* The answer to another request is none to ours. */
	peer_say("[C223 0308#" PROOF "]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say(SUCCESS, 0);
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
	open_mschapv2(FACTS_TUNNEL);
	peer_say(text_chars(&says), 0);
	ck_assert(peer_facts.auth.refused && !peer_facts.auth.accepted);
	ck_assert_int_eq(peer_facts.auth.code, refusals[_i].code);
	ck_assert(peer_facts.auth.retry == refusals[_i].retry);
	ck_assert(!peer_facts.auth.ras && !peer_facts.auth.unsaid);
	ck_assert_str_eq(peer_facts.auth.words, refusals[_i].words);
	/* Whatever comes, nothing is sent again, and an end behind it is not the reason. */
	peer_say(CHALLENGE "[C223 0108# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']", 0);
	peer_say(SUCCESS, 0);
	peer_hear("");
	peer_say("10010008 00060000", 0);
	peer_hear(PEER_BYE_ACK);
	expect_failure(FACTS_LOGON_REFUSED);
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
	open_mschapv2(FACTS_AUTH);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(peer_facts.auth.refused == ends[_i].refused);
	ck_assert(peer_facts.auth.unsaid == ends[_i].refused);
	expect_failure(ends[_i].symptom);

	/* before a credential it says nothing about one */
	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(MSCHAPV2), 0);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(!peer_facts.auth.refused);
	expect_failure(ends[_i].symptom);

	/* nor after the verdict */
	bind(FACTS_TUNNEL);
	peer_say(ends[_i].says, ends[_i].after);
	ck_assert(!peer_facts.auth.refused);
	expect_failure(ends[_i].symptom);
}
END_TEST

/* The reason of Windows for ending PPP, behind magic number and signature. */
#define RAS(error) "[C021 0509# AABBCCDD 003CCD74 0000" error "]"

static const struct {
	const char *says;
	int64_t after;
	bool refused, unsaid;
	int code;
	enum facts_symptom symptom;
	const char *words;
} ras_ends[] = {
    {RAS("02B3"), 0, true, false, 691, FACTS_LOGON_REFUSED, "logon refused (691)"},
    {RAS("02B3"), 20 * DEADLINE_SECOND, true, false, 691, FACTS_LOGON_REFUSED,
        "logon refused (691)"},
    {RAS("0286"), 0, true, false, 646, FACTS_LOGON_REFUSED, "outside the logon hours (646)"},
    {RAS("0287"), 0, true, false, 647, FACTS_LOGON_REFUSED, "account disabled (647)"},
    {RAS("0288"), 0, true, false, 648, FACTS_LOGON_REFUSED, "password expired (648)"},
    {RAS("0289"), 0, true, false, 649, FACTS_LOGON_REFUSED, "no permission to dial in (649)"},
    {RAS("032C"), 0, true, false, 812, FACTS_LOGON_REFUSED, "not allowed by policy (812)"},
    {RAS("03A2"), 0, false, false, 0, FACTS_TERMINATED, "NPS or RADIUS does not answer (930)"},
    {RAS("02CE"), 0, false, false, 0, FACTS_TERMINATED, "PPP timed out (718)"},
    /* of these it is not known what they mean: as an end without a reason */
    {RAS("02E5"), 0, true, true, 741, FACTS_TERMINATED, "encryption demanded (741)"},
    {RAS("02E5"), 20 * DEADLINE_SECOND, false, false, 0, FACTS_TERMINATED,
        "encryption demanded (741)"},
    {RAS("0001"), 0, true, true, 1, FACTS_TERMINATED, "error 1"},
    {"[C021 0509# AABBCCDD 003CCD74 80000000]", 0, true, true, 0, FACTS_TERMINATED,
        "error 2147483648"},
    {RAS("0000"), 0, true, true, 0, FACTS_TERMINATED, ""},
};

START_TEST(an_end_with_a_reason_of_windows)
{
	open_mschapv2(FACTS_AUTH);
	peer_say(ras_ends[_i].says, ras_ends[_i].after);
	peer_hear("[C021 0609#]");
	ck_assert(peer_facts.auth.refused == ras_ends[_i].refused);
	ck_assert(peer_facts.auth.unsaid == ras_ends[_i].unsaid);
	ck_assert_int_eq(peer_facts.auth.code, ras_ends[_i].code);
	ck_assert(peer_facts.auth.ras == (ras_ends[_i].code != 0));
	ck_assert_str_eq(peer_facts.ppp.words, ras_ends[_i].words);
	expect_failure(ras_ends[_i].symptom);

	/* behind the verdict it is none any more */
	bind(FACTS_TUNNEL);
	peer_say(ras_ends[_i].says, 0);
	ck_assert(!peer_facts.auth.refused);
	ck_assert_int_eq(peer_facts.auth.code, 0);
	expect_failure(FACTS_TERMINATED);
}
END_TEST

/* What comes after the credential does not put off until when an end is its verdict. */
START_TEST(a_late_end_after_an_echo)
{
	open_mschapv2(FACTS_AUTH);
	peer_say("10010008 00080000", 2 * DEADLINE_SECOND);
	peer_hear("1001000800090000");
	peer_say(PEER_TERMINATE("09"), 4 * DEADLINE_SECOND);
	ck_assert(!peer_facts.auth.refused);
	expect_failure(FACTS_TERMINATED);
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

	peer_begin(FACTS_AUTH, &logon);
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(MSCHAPV2), 0);
	peer_hear(PEER_OURS AGREED(MSCHAPV2));
	for (size_t i = 0; i < UNIT_COUNT(odd); i++)
		peer_say(odd[i], 0);
	peer_hear("");
	ck_assert(!peer_facts.auth.sent && !peer_facts.auth.challenged);
	peer_end();
}
END_TEST

START_TEST(chap_md5)
{
	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(CHAP_MD5), 0);
	peer_hear(PEER_OURS AGREED(CHAP_MD5));
	peer_say("[C223 0107# 10 000102030405060708090A0B0C0D0E0F 'pppd']", 0);
	peer_hear("[C223 0207# 10 7BE366C6C674E0BFCF9E8F4B9EF7E82A 'User']");
	peer_say("[C223 0307# 'Welcome']", 0);
	peer_hear(CONNECTED(MAC_OF_NO_KEYS) ECHO ASKS);
	ck_assert_str_eq(peer_facts.auth.words, "Welcome");
	peer_end();
}
END_TEST

static void
begin_pap(void)
{
	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") PEER_OURS_AGREED DEMANDS(PAP), 0);
	peer_hear(PEER_OURS AGREED(PAP) "[C023 0101# 04 'User' 0A 'clientPass']");
}

/* The same logon in EAP: # is the length of the EAP packet, the inner one is written out. */
#define EAP_IDENTITY_ASKED "[C227 0101# 01]"
#define EAP_IDENTITY       "[C227 0201# 01 'User']"
#define EAP_CHALLENGE      "[C227 0102# 1A 01070019 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']"
#define EAP_RESPONSE                                                                   \
	"[C227 0202# 1A 0207003A 31 21402324255E262A28295F2B3A337C7E 0000000000000000" \
	"82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']"
#define EAP_PROOF       "[C227 0103# 1A 0307002E " PROOF "]"
#define EAP_PROOF_TAKEN "[C227 0203# 1A 03]"
#define EAP_DONE        "[C227 0303#]"

static void
log_on_by_eap(enum facts_stage level)
{
	logon.methods[0] = FACTS_EAP;
	logon.methods_count = 1;
	logon.eap[0] = FACTS_EAP_MSCHAPV2;
	logon.eap_count = 1;
	peer_begin(level, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") DEMANDS(EAP) PEER_OURS_AGREED, 0);
	peer_hear(PEER_OURS AGREED(EAP));
	peer_say(EAP_IDENTITY_ASKED, 0);
	peer_hear(EAP_IDENTITY);
	ck_assert(!peer_facts.auth.sent);
	peer_say(EAP_CHALLENGE, 0);
	peer_hear(EAP_RESPONSE);
	peer_say(EAP_PROOF, 0);
	peer_hear(EAP_PROOF_TAKEN);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
}

/* MS-SSTP 3.2.5.2.2: the first 32 bytes of the method's key. */
START_TEST(eap_mschapv2)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(EAP_DONE, 0);
	peer_hear(CONNECTED(MAC_OF_KEYS) ECHO ASKS);
	ck_assert(peer_facts.auth.accepted);
	ck_assert_int_eq(peer_facts.auth.eap->method, FACTS_EAP_MSCHAPV2);
	peer_end();
}
END_TEST

START_TEST(eap_mschapv2_bound_without_keys)
{
	logon.eap_mschapv2_zero = true;
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(EAP_DONE, 0);
	peer_hear(CONNECTED(MAC_OF_NO_KEYS) ECHO ASKS);
	peer_end();
}
END_TEST

/* RRAS ends PPP instead of sending EAP-Failure; others may do the same without a reason. */
static const struct {
	const char *asks; /* behind the identity */
	const char *says;
	bool refused;
	int code;
	enum facts_symptom symptom;
} eap_ends[] = {
    {"", RAS("02B3"), true, 0, FACTS_LOGON_REFUSED}, /* an unknown user */
    {"", RAS("0287"), true, 647, FACTS_LOGON_REFUSED},
    {"", RAS("032C"), true, 812, FACTS_LOGON_REFUSED},
    {"", RAS("03A2"), false, 0, FACTS_TERMINATED},
    {EAP_CHALLENGE, RAS("02B3"), true, 691, FACTS_LOGON_REFUSED},
    {EAP_CHALLENGE EAP_PROOF, RAS("02B3"), true, 691, FACTS_LOGON_REFUSED},
    /* EAP-TLS, then PEAP, which are declined */
    {"[C227 0102# 0D 20]", RAS("02B3"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", RAS("032C"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", RAS("03A2"), false, 0, FACTS_TERMINATED},
    /* without a reason, or with another protocol instead, as SoftEther */
    {"[C227 0102# 19 20]", PEER_TERMINATE("09"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", "10010008 00060000", false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 0D 20]", DEMANDS(MSCHAPV2), false, 0, FACTS_NO_COMMON_METHOD},
    {"", PEER_TERMINATE("09"), false, 0, FACTS_TERMINATED},
    {"", DEMANDS(MSCHAPV2), false, 0, FACTS_DISAGREED},
};

START_TEST(eap_that_ends_without_failure)
{
	logon.methods[0] = FACTS_EAP;
	logon.methods_count = 1;
	logon.eap[0] = FACTS_EAP_MSCHAPV2;
	logon.eap_count = 1;
	peer_begin(FACTS_AUTH, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") DEMANDS(EAP) PEER_OURS_AGREED EAP_IDENTITY_ASKED, 0);
	peer_say(eap_ends[_i].asks, 0);
	text_cut(&peer_session.out, 0);
	peer_say(eap_ends[_i].says, 10 * DEADLINE_SECOND);
	ck_assert(peer_facts.auth.refused == eap_ends[_i].refused);
	ck_assert_int_eq(peer_facts.auth.code, eap_ends[_i].code);
	expect_failure(eap_ends[_i].symptom);
}
END_TEST

/* pppd sends no EAP-Success: it goes on, and what it goes on with is answered. */
START_TEST(eap_that_ends_without_a_word)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(ITS_OWN, 0);
	peer_hear(CONNECTED(MAC_OF_KEYS) ECHO ASKS TO_ITS_OWN);
	ck_assert(peer_facts.auth.accepted);
	peer_end();
}
END_TEST

START_TEST(eap_success_before_the_proof)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_end();
	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(PEER_ACK("02") DEMANDS(EAP) PEER_OURS_AGREED EAP_IDENTITY_ASKED EAP_CHALLENGE, 0);
	peer_hear(PEER_OURS AGREED(EAP) EAP_IDENTITY EAP_RESPONSE);
	/* Neither a frame of the network phase nor a Success will do. */
	peer_say(ITS_OWN, 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say("[C227 0302#]", 0);
	peer_hear("");
	expect_failure(FACTS_SERVER_UNPROVEN);
}
END_TEST

START_TEST(pap)
{
	begin_pap();
	peer_say("[C023 0202# 00]", 0); /* to another request */
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say("[C023 0201# 07 'Welcome']", 0);
	peer_hear(CONNECTED(MAC_OF_NO_KEYS) ECHO ASKS);
	ck_assert_str_eq(peer_facts.auth.words, "Welcome");
	peer_end();

	begin_pap();
	peer_say("[C023 0301# 02 'No']", 0);
	ck_assert(peer_facts.auth.refused);
	peer_hear("");
	expect_failure(FACTS_LOGON_REFUSED);
}
END_TEST

/* ---- crypto binding ---- */

START_TEST(a_tunnel)
{
	bind(FACTS_TUNNEL);
	peer_say(ITS_OWN, 0);
	peer_hear(TO_ITS_OWN);
	peer_say(NAKS, 0);
	peer_hear(ASKS_AGAIN);
	peer_say(ECHO_BACK, 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	peer_say(AGREES, 0);
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
	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(PEER_ACK("03") "[C021 0100#" RAS_LCP(EAP) RAS_MORE "]", 0);
	peer_hear(PEER_OURS "[C021 0400#" RAS_MORE "]");
	peer_say(PEER_OURS_AGREED "[C021 0101#" RAS_LCP(EAP) "]", 0);
	peer_hear("[C021 0301#" MSCHAPV2 "]");
	peer_say("[C021 0102#" RAS_LCP(MSCHAPV2) "]", 0);
	peer_hear("[C021 0202#" RAS_LCP(MSCHAPV2) "]");
	peer_say("[C021 0C03# AABBCCDD 'MSRASV5.20']"
	         "[C223 0100# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']",
	    0);
	peer_hear("[C223 0200# 31 21402324255E262A28295F2B3A337C7E 0000000000000000"
	          "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']");
	peer_say("10010008 00080000" /* Echo Request */
	         "[C223 0300#" PROOF "' M='][80FD 0104#" MPPC "][8057 0105#" INTERFACE
	         "][8021 0106# 0306C0A84D01]",
	    0);
	peer_hear("10010008 00090000" CONNECTED(MAC_OF_KEYS) ECHO ASKS
	    "[C021 0801# 80FD 0104000A" MPPC "][C021 0802# 8057 0105000E" INTERFACE
	    "][8021 0206# 0306C0A84D01]");
	peer_say(NAKS "[C021 0A01# AABBCCDD]", 0);
	peer_hear(ASKS_AGAIN);
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
	bind(FACTS_TUNNEL);
	peer_say(ITS_OWN NAKS AGREES, 0);
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
	bind(FACTS_TUNNEL);
	session_tick(&peer_session, 2 * DEADLINE_SECOND);
	peer_say(ITS_OWN, 2 * DEADLINE_SECOND); /* no answer, but the server's own word */
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_NOT_ACCEPTED);
	/* From then on the request of IPCP is sent again. */
	peer_hear(TO_ITS_OWN);
	session_tick(&peer_session, 3 * DEADLINE_SECOND);
	peer_hear(ASKS);
	peer_end();
}
END_TEST

START_TEST(an_abort_after_ipcp_has_opened)
{
	bind(FACTS_TUNNEL);
	peer_say(ITS_OWN NAKS AGREES "10010014 00050001 0002000C 000000 03 00000004", 0);
	ck_assert(peer_facts.sstp.refusal_has_status);
	ck_assert_uint_eq(peer_facts.sstp.refusal_attribute, 3);
	ck_assert_uint_eq(peer_facts.sstp.refusal_status, 4);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_NOT_ACCEPTED);
	expect_failure(FACTS_ABORT);
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

	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK ITS_OWN NAKS AGREES, 0);
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
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK ITS_OWN NAKS AGREES, 0);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(!peer_session.recanted);
	ck_assert_int_eq(peer_session.state, refuses ? SESSION_FAILED : SESSION_REACHED);
	ck_assert_int_eq(peer_session.symptom, refuses ? FACTS_ABORT : FACTS_WELL);
	ck_assert(peer_facts.sstp.refusal_has_status == refuses);
	ck_assert_int_eq(
	    peer_facts.tunnel.acceptance, refuses ? FACTS_NOT_ACCEPTED : FACTS_ACCEPTED_BY_ECHO);
	peer_end();

	/* also where the tunnel was lost by something else */
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK "[8021 0401# 030600000000]", 0);
	peer_say(while_leaving[_i].says, 0);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_int_eq(peer_session.symptom, refuses ? FACTS_ABORT : FACTS_NO_ADDRESS);
	peer_end();

	/* and while no ping has come back */
	bind(FACTS_PING);
	peer_say(ECHO_BACK ITS_OWN NAKS AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_PINGING);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(peer_session.recanted == refuses);
	ck_assert_int_eq(
	    peer_facts.tunnel.acceptance, refuses ? FACTS_NOT_ACCEPTED : FACTS_ACCEPTED_BY_ECHO);
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	peer_end();

	/* where nothing was bound it is no news */
	open_mschapv2(FACTS_AUTH);
	peer_say(SUCCESS, 0);
	session_leave(&peer_session);
	peer_say(while_leaving[_i].says, 0);
	ck_assert(!peer_session.recanted);
	peer_end();
}
END_TEST

/* Where TLS was taken off, to what --thumbprint says; of that there must be the right kind. */
START_TEST(a_pinned_certificate)
{
	static const char *const bits[] = {"02", "01"};

	logon.pinned_sha256 = true;
	ck_assert(hex_read(CERTIFICATE, logon.sha256, sizeof logon.sha256));
	for (size_t i = 0; i < UNIT_COUNT(bits); i++) {
		peer_begin(FACTS_TUNNEL, &logon);
		peer_say(i == 0 ? PEER_ACK("02") : PEER_ACK("01"), 0);
		peer_say(PEER_OURS_AGREED "[C021 0111#]", 0);
		if (i == 1) {
			peer_hear(PEER_OURS "[C021 0211#]");
			expect_failure(FACTS_NO_HASH);
			continue;
		}
		peer_hear(PEER_OURS "[C021 0211#]" CONNECTED(MAC_OF_NO_KEYS) ECHO ASKS);
		peer_end();
	}
}
END_TEST

/* ---- IPCP ---- */

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
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK, 0);
	peer_say(ends_of_ipcp[_i].says, 0);
	ck_assert_str_eq(peer_facts.tunnel.words, ends_of_ipcp[_i].words);
	ck_assert_int_eq(peer_facts.tunnel.acceptance, FACTS_ACCEPTED_BY_ECHO);
	expect_failure(ends_of_ipcp[_i].symptom);
}
END_TEST

/* Before the binding is accepted the Call Abort may follow, which says more. */
START_TEST(an_end_of_ipcp_waits_for_the_binding)
{
	bind(FACTS_TUNNEL);
	peer_say("[C021 0801# 8021 0101000A030600000000]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	peer_say("10010014 00050001 0002000C 000000 03 00000004", 0);
	expect_failure(FACTS_ABORT);

	bind(FACTS_TUNNEL);
	peer_say("[C021 0801# 8021 0101000A030600000000]", 0);
	session_tick(&peer_session, DEADLINE_SECOND);
	expect_failure(FACTS_NO_PROTOCOL);
}
END_TEST

START_TEST(name_servers_that_are_rejected)
{
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK ITS_OWN "[8021 0401# 830600000000]", 0);
	peer_hear(TO_ITS_OWN "[8021 0102# 030600000000 810600000000]");
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
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK ITS_OWN "[8021 0301# 0306C0A84D02 810600000000 8306C0A84D36]", 0);
	peer_hear(TO_ITS_OWN "[8021 0102# 0306C0A84D02 8306C0A84D36]");
	peer_say("[8021 0202# 0306C0A84D02 8306C0A84D36]", 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	ck_assert_uint_eq(peer_facts.tunnel.dns[0], 0);
	ck_assert_uint_eq(peer_facts.tunnel.dns[1], 0xC0A84D36);
	peer_end();
}
END_TEST

START_TEST(what_the_server_asks_for)
{
	bind(FACTS_TUNNEL);
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
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK NAKS, 0);
	peer_hear(ASKS_AGAIN);
	peer_say(AGREES, 0);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
	ck_assert_int_eq(session_timer(&peer_session), DEADLINE_NEVER);
	session_tick(&peer_session, 10 * DEADLINE_SECOND);
	peer_hear("");
	peer_say(ITS_OWN, 10 * DEADLINE_SECOND);
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
	bind(FACTS_TUNNEL);
	expect_patience();
}
END_TEST

START_TEST(ipcp_that_never_agrees)
{
	char nak[] = "[8021 0301# 0306C0A84D02]";
	int rounds = 0;

	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK, 0);
	while (peer_session.state == SESSION_BINDING && ++rounds < 100) {
		snprintf(nak, sizeof nak, "[8021 03%02X# 0306C0A84D02]", rounds);
		peer_say(nak, 0);
	}
	ck_assert_int_le(rounds, 20);
	expect_failure(FACTS_NO_ADDRESS);
}
END_TEST

/* After the logon alone, and not without end. */
START_TEST(other_protocols_are_rejected)
{
	int rejects = 0;

	bind(FACTS_TUNNEL);
	peer_say("[80FD 0101# 1206010000E0]", 0);
	peer_hear("[C021 0801# 80FD 0101000A1206010000E0]");
	peer_say("[8057 0101#]", 0);
	peer_hear("[C021 0802# 8057 01010004]");
	/* what may still be on its way, and what nobody asked for */
	peer_say(CHALLENGE "[0021 45]"
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

/* ---- ping ---- */

static void
open_tunnel(void)
{
	bind(FACTS_PING);
	peer_facts.ping.address = 0x0A01000A;
	peer_say(ECHO_BACK ITS_OWN NAKS, 0);
	peer_hear(TO_ITS_OWN ASKS_AGAIN);
	peer_say(AGREES, 0);
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
	expect_failure(FACTS_LOST);
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

/* ---- however it is cut ---- */

START_TEST(however_it_is_cut)
{
	static const char all[] = PEER_ACK("02") DEMANDS(MSCHAPV2)
	    PEER_OURS_AGREED CHALLENGE SUCCESS ECHO_BACK ITS_OWN NAKS AGREES;
	static const char said[] = PEER_OURS AGREED(MSCHAPV2) RESPONSE CONNECTED(MAC_OF_KEYS)
	    ECHO ASKS TO_ITS_OWN ASKS_AGAIN;

	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_drip(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(said);
	peer_end();

	peer_begin(FACTS_TUNNEL, &logon);
	show_certificate();
	peer_say(all, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	peer_hear(said);
	peer_end();
}
END_TEST

START_TEST(an_abort_that_crosses_our_good_bye)
{
	bind(FACTS_TUNNEL);
	peer_say(ECHO_BACK "[8021 0401# 030600000000]", 0);
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

/* Wherever the server breaks off, nothing is reached that was not proved, and stages only grow. */
START_TEST(a_drop_at_any_byte)
{
	static const char all[] = PEER_ACK("02") DEMANDS(MSCHAPV2)
	    PEER_OURS_AGREED CHALLENGE SUCCESS ECHO_BACK ITS_OWN NAKS AGREES;
	enum facts_stage stage = FACTS_SSTP;
	size_t length = peer_length(all);

	for (size_t i = 0; i < length; i++) {
		peer_begin(FACTS_TUNNEL, &logon);
		show_certificate();
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
	tcase_add_checked_fixture(tests, set_up, NULL);
	tcase_add_test(tests, the_first_wanted_method_is_agreed_on);
	tcase_add_test(tests, the_best_method_is_suggested);
	tcase_add_test(tests, a_request_that_comes_again);
	tcase_add_test(tests, no_common_method);
	tcase_add_test(tests, giving_in_is_no_way_in);
	tcase_add_test(tests, a_server_that_demands_nothing);
	tcase_add_test(tests, a_password_is_wiped);
	tcase_add_test(tests, what_a_logon_makes_is_wiped);
	tcase_add_test(tests, lcp_that_begins_anew);
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
	tcase_add_test(tests, eap_mschapv2);
	tcase_add_test(tests, eap_mschapv2_bound_without_keys);
	unit_add_rows(tests, eap_that_ends_without_failure, eap_ends);
	tcase_add_test(tests, eap_that_ends_without_a_word);
	tcase_add_test(tests, eap_success_before_the_proof);
	tcase_add_test(tests, pap);
	tcase_add_test(tests, a_tunnel);
	tcase_add_test(tests, a_call_of_rras);
	tcase_add_test(tests, acceptance_takes_an_echo_or_a_second);
	tcase_add_test(tests, a_second_of_silence_is_no_acceptance);
	tcase_add_test(tests, an_abort_after_ipcp_has_opened);
	unit_add_rows(tests, an_abort_while_we_leave, while_leaving);
	tcase_add_test(tests, a_pinned_certificate);
	unit_add_rows(tests, an_end_of_ipcp, ends_of_ipcp);
	tcase_add_test(tests, an_end_of_ipcp_waits_for_the_binding);
	tcase_add_test(tests, name_servers_that_are_rejected);
	tcase_add_test(tests, name_servers_that_are_none);
	tcase_add_test(tests, what_the_server_asks_for);
	tcase_add_test(tests, an_address_that_is_agreed_on_is_not_asked_for_again);
	tcase_add_test(tests, a_silent_server_is_not_asked_for_ever);
	tcase_add_test(tests, ipcp_that_never_agrees);
	tcase_add_test(tests, other_protocols_are_rejected);
	tcase_add_test(tests, a_ping);
	tcase_add_test(tests, the_first_echo_may_be_lost);
	tcase_add_test(tests, all_echoes_lost);
	tcase_add_test(tests, what_is_no_answer);
	tcase_add_test(tests, however_it_is_cut);
	tcase_add_test(tests, an_abort_that_crosses_our_good_bye);
	tcase_add_test(tests, a_drop_at_any_byte);
}

int
main(void)
{
	return unit_run("probe/tunnel", list);
}

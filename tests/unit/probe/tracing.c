#include "probe/tracing.h"

#include <string.h>

#include "base/deadline.h"
#include "unit/probe/peer.h"
#include "unit/unit.h"
#include "unit/wipes.h"

#define PASSWORD "clientPass"

static const struct plan_logon by_pap = {
    .user = "User",
    .password = PASSWORD,
    .methods = {FACTS_PAP},
    .methods_count = 1,
};

static void
begin(enum facts_stage level, const struct plan_logon *logon)
{
	peer_begin(level, logon);
	peer_facts.trace = trace_create(deadline_now());
}

/* What was put down since the last time. */
static void
expect(const char *wanted)
{
	static const char *const ways[] = {
	    [TRACE_NOTE] = "", [TRACE_SENT] = "sent ", [TRACE_RECEIVED] = "received "};
	struct trace *trace = peer_facts.trace;
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < trace->count; i++)
		text_format(&text, "%s%s\n", ways[trace->lines[i].way], trace->lines[i].words);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
	trace->count = 0;
}

START_TEST(a_call_and_its_link)
{
	begin(FACTS_PPP, NULL);
	peer_say(PEER_ACK("03"), 0);
	peer_say("[C021 0101# 0304C227]", 0);
	expect("received SSTP Call Connect Ack, 1 attribute, SHA-1 and SHA-256\n"
	       "sent LCP Configure-Request, identifier 1, 10 bytes, options 050601020304\n"
	       "received LCP Configure-Request, identifier 1, 8 bytes, options 0304C227\n"
	       "sent LCP Configure-Nak, identifier 1, 9 bytes, options 0305C22381\n");
	session_leave(&peer_session);
	expect("sent LCP Terminate-Request, identifier 2, 4 bytes\n"
	       "sent SSTP Call Disconnect, 1 attribute, status 0 (no error)\n");
	peer_say(PEER_BYE_ACK, 0);
	expect("received SSTP Call Disconnect Ack, 0 attributes\n");
	peer_end();
}
END_TEST

START_TEST(what_is_said_once_more)
{
	begin(FACTS_PPP, NULL);
	peer_say(PEER_ACK("02"), 0);
	peer_facts.trace->count = 0;
	session_tick(&peer_session, session_timer(&peer_session));
	expect("sent LCP Configure-Request, identifier 1, 10 bytes, options 050601020304\n");
	peer_end();
}
END_TEST

/* Neither the password nor its length; and once it has left no option, for it could be one. */
START_TEST(a_logon_by_pap)
{
	begin(FACTS_AUTH, &by_pap);
	peer_facts.auth.insecurity = FACTS_SECURE;
	peer_say(PEER_ACK("02"), 0);
	peer_say("[C021 0111# 0304C023]" PEER_OURS_AGREED, 0);
	expect("received SSTP Call Connect Ack, 1 attribute, SHA-256\n"
	       "sent LCP Configure-Request, identifier 1, 10 bytes, options 050601020304\n"
	       "received LCP Configure-Request, identifier 17, 8 bytes, options 0304C023\n"
	       "sent LCP Configure-Ack, identifier 17, 8 bytes, options 0304C023\n"
	       "received LCP Configure-Ack, identifier 1, 10 bytes, options 050601020304\n"
	       "sent PAP Authenticate-Request, identifier 1\n");
	ck_assert(peer_facts.auth.sent);
	peer_say("[C021 0112# 13 0C '" PASSWORD "'][C023 0301# 0A '" PASSWORD "']", 0);
	for (size_t i = 0; i < peer_facts.trace->count; i++) {
		const char *words = peer_facts.trace->lines[i].words;

		ck_assert_ptr_null(strstr(words, PASSWORD));
		ck_assert_ptr_null(strstr(words, "636C69656E7450617373"));
	}
	ck_assert_str_eq(
	    peer_facts.trace->lines[0].words, "LCP Configure-Request, identifier 18, 16 bytes");
	peer_end();
}
END_TEST

/* To tell of a packet takes a copy of it. */
START_TEST(a_password_is_wiped)
{
	static const char request[] =
	    "\x10\x00\x00\x1C\xFF\x03\xC0\x23\x01\x01\x00\x14\x04User\x0A" PASSWORD;

	begin(FACTS_AUTH, &by_pap);
	wipes_begin();
	tracing_packets(&peer_facts, TRACE_SENT, request, sizeof request - 1);
	expect("sent PAP Authenticate-Request, identifier 1\n");
	ck_assert_uint_eq(wipes_of(request, sizeof request - 1), 1);
	peer_end();
}
END_TEST

static const struct {
	const char *packet, *words;
} strange[] = {
    {"10010008 00110000", "SSTP message 17, 0 attributes"},
    {"10010014 00050001 0002000C 000000 01 00000063",
        "SSTP Call Abort, 1 attribute, status 99 (unknown) about attribute 1"},
    {"10010008 00020001", "SSTP Call Connect Ack, 1 attribute, malformed"},
    {"10000004", "SSTP data without a frame, 0 bytes"},
    {"[1235 616263]", "PPP protocol 1235, 3 bytes"},
    {"[0021 450000]", "IPv4, 3 bytes"},
    {"[C021 0101]", "LCP, malformed"},
    {"[C021 0E07#]", "LCP code 14, identifier 7, 4 bytes"},
    {"[C021 0C07# 01020304 'MSRASV5.20']", "LCP Identification, identifier 7, 18 bytes"},
    {"[80FD 0101# 120600000001]", "CCP Configure-Request, identifier 1, 10 bytes"},
    {"[C223 0107# 04 01020304 'R']", "CHAP Challenge, identifier 7, 10 bytes"},
    {"[C227 0107# 0D20]", "EAP Request, identifier 7, type 13, 6 bytes"},
    {"[C227 0307#]", "EAP Success, identifier 7, 4 bytes"},
};

START_TEST(strange_packets)
{
	begin(FACTS_PPP, NULL);
	peer_say(strange[_i].packet, 0);
	ck_assert_uint_ge(peer_facts.trace->count, 1);
	ck_assert_int_eq(peer_facts.trace->lines[0].way, TRACE_RECEIVED);
	ck_assert_str_eq(peer_facts.trace->lines[0].words, strange[_i].words);
	peer_end();
}
END_TEST

START_TEST(long_options_are_cut)
{
	begin(FACTS_PPP, NULL);
	peer_say("[C021 0101# 13 32 '012345678901234567890123456789012345678901234567']", 0);
	ck_assert_ptr_nonnull(strstr(peer_facts.trace->lines[0].words, "39303132333435.."));
	peer_end();
}
END_TEST

static const struct {
	const char *head, *lines;
} heads[] = {
    {"HTTP/1.1 401 Unauthorized\r\nServer: x\r\n\r\n",
        "received HTTP HTTP/1.1 401 Unauthorized\nreceived HTTP Server: x\n"},
    {"HTTP/1.1 200 OK\nA: b\n\n", "received HTTP HTTP/1.1 200 OK\nreceived HTTP A: b\n"},
    {"SSH-2.0-x", "received HTTP SSH-2.0-x\n"},
    {"a|b\rc\r\n", "received HTTP a?b?c\n"},
    {"", ""},
};

START_TEST(a_head)
{
	begin(FACTS_HTTP, NULL);
	tracing_head(peer_facts.trace, TRACE_RECEIVED, heads[_i].head, strlen(heads[_i].head));
	expect(heads[_i].lines);
	peer_end();
}
END_TEST

/* Whatever comes, a line stays a line. */
START_TEST(random_packets)
{
	uint8_t bytes[64] = {0x10};

	for (int turn = 0; turn < 2000; turn++) {
		size_t length = 8 + unit_random_below(sizeof bytes - 8);

		begin(FACTS_PPP, NULL);
		for (size_t i = 4; i < length; i++)
			bytes[i] = (uint8_t)unit_random();
		bytes[1] = (uint8_t)(turn & 1);
		bytes[3] = (uint8_t)length;
		/* A protocol whose packets are told. */
		if (turn % 4 == 0) {
			bytes[4] = 0xC0 | (uint8_t)(turn & 2);
			bytes[5] = 0x21;
		}
		tracing_packets(&peer_facts, TRACE_SENT, bytes, length);
		ck_assert_uint_eq(peer_facts.trace->count, 1);
		ck_assert_ptr_null(strpbrk(peer_facts.trace->lines[0].words, "|\n\r<>"));
		peer_end();
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, a_call_and_its_link);
	tcase_add_test(tests, what_is_said_once_more);
	tcase_add_test(tests, a_logon_by_pap);
	tcase_add_test(tests, a_password_is_wiped);
	unit_add_rows(tests, strange_packets, strange);
	tcase_add_test(tests, long_options_are_cut);
	unit_add_rows(tests, a_head, heads);
	tcase_add_test(tests, random_packets);
}

int
main(void)
{
	return unit_run("probe/tracing", list);
}

#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "facts/trace.h"
#include "support/lines.h"
#include "unit/report/sample.h"
#include "unit/unit.h"

#define LINE_MAX 160

static struct verdict verdict;
static struct facts facts;
static struct report report;

static void
setup(void)
{
	verdict = (struct verdict)VERDICT_EMPTY;
	sample_facts(&facts);
	report = sample_report(&verdict, &facts, 1);
}

static void
teardown(void)
{
	verdict_free(&verdict);
	facts_free(&facts);
}

static void
find(enum cause cause, enum state state, const char *summary, const char *remedy)
{
	sample_find(&verdict, cause, state, facts.target, summary, remedy);
}

static void
praise(const char *good)
{
	verdict.good = strdup(good);
}

/* Close the verdict and compare the first line up to the perfdata. */
static void
expect(const char *wanted)
{
	char *line;

	verdict_close(&verdict);
	line = sample_first_line(&report);
	ck_assert_str_eq(line, wanted);
	free(line);
}

/* Close the verdict and compare all. */
static void
expect_all(const char *wanted)
{
	struct text text = TEXT_EMPTY;

	verdict_close(&verdict);
	report_compose(&report, &text);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}

/* The same as far as WANTED goes. */
static void
expect_beginning(const char *wanted)
{
	struct text text = TEXT_EMPTY;

	verdict_close(&verdict);
	report_compose(&report, &text);
	text_cut(&text, strlen(wanted));
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}

/* LENGTH characters of words. */
static char *
words(size_t length)
{
	char *chars = calloc(1, length + 1);

	for (size_t i = 0; i < length; i++)
		chars[i] = i % 6 == 5 && i + 1 < length ? ' ' : 'x';
	return chars;
}

START_TEST(well)
{
	praise("401 in 48 ms from 203.0.113.11, TLS 1.3; listener only");
	expect_all("SSTP OK - vpn.example.com: 401 in 48 ms from 203.0.113.11, TLS 1.3; listener "
	           "only\n");
}
END_TEST

START_TEST(perfdata_follows_the_first_line)
{
	praise("fine");
	verdict_metric(&verdict, "total", "s");
	verdict_metric(&verdict, "resolve", "s");
	expect_all("SSTP OK - vpn.example.com: fine | total=U resolve=U\n");
}
END_TEST

START_TEST(a_finding_with_its_remedy)
{
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "TLS reset", "assign a certificate");
	verdict_metric(&verdict, "total", "s");
	expect_all("SSTP CRITICAL - vpn.example.com: TLS reset; assign a certificate [tls.reset] "
	           "| total=U\n");
}
END_TEST

/* Steps are for the long output, a line each, behind their finding. */
START_TEST(steps)
{
	static const char first[] = "SSTP CRITICAL - vpn.example.com: mismatch; mend it; also "
	                            "time.slow [windows.hash-mismatch]\n";
	struct text text = TEXT_EMPTY;

	find(CAUSE_WINDOWS_HASH_MISMATCH, STATE_CRITICAL, "mismatch", "mend it");
	text_add(&text, "delete one\ndelete|another\n");
	verdict_add_steps(&verdict, &text);
	find(CAUSE_TIME_SLOW, STATE_WARNING, "slow", "");
	report.facts_count = 0;
	expect_all(first);
	report.verbosity = 1;
	text_add(&text, first);
	text_add(&text, "on the server: delete one\non the server: delete?another\n"
	                "WARNING: slow [time.slow]\n");
	expect_all(text_chars(&text));
	text_free(&text);
}
END_TEST

START_TEST(a_finding_without_remedy)
{
	find(CAUSE_TIME_SLOW, STATE_WARNING, "all took 3 s", "");
	expect("SSTP WARNING - vpn.example.com: all took 3 s [time.slow]");
}
END_TEST

START_TEST(without_target)
{
	report.target = NULL;
	report.service = "SSTP_POOL";
	find(CAUSE_TLS_RESET, STATE_UNKNOWN, "2 of 3 healthy", "look");
	expect("SSTP_POOL UNKNOWN - 2 of 3 healthy; look [tls.reset]");
}
END_TEST

START_TEST(further_causes_are_named)
{
	find(CAUSE_TIME_SLOW, STATE_WARNING, "w", "");
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL, "x", "y");
	expect("SSTP CRITICAL - vpn.example.com: x; y; also time.slow [cert.expired]");
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL, "z", "");
	find(CAUSE_HTTP_IMPOSTOR, STATE_WARNING, "z", "");
	expect("SSTP CRITICAL - vpn.example.com: x; y; also http.open, http.impostor, time.slow "
	       "[cert.expired]");
	find(CAUSE_LOCAL_NO_ROUTE, STATE_UNKNOWN, "z", "");
	expect("SSTP CRITICAL - vpn.example.com: x; y; also http.open, http.impostor, time.slow, "
	       "+1 more [cert.expired]");
}
END_TEST

START_TEST(a_cause_is_named_once)
{
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "a", "");
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "b", "");
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL, "c", "");
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL, "d", "");
	expect("SSTP CRITICAL - vpn.example.com: a; also http.open, +2 more [tls.reset]");
}
END_TEST

START_TEST(only_the_same_cause_again)
{
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "a", "");
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "b", "");
	expect("SSTP CRITICAL - vpn.example.com: a; +1 more [tls.reset]");
}
END_TEST

/* What stands around the summary when the cause is tls.reset. */
#define BEFORE "SSTP CRITICAL - vpn.example.com: "
#define BEHIND " [tls.reset]"

static size_t
room_for(const char *also)
{
	return LINE_MAX - strlen(BEFORE) - strlen(also) - strlen(BEHIND);
}

static void
expect_around(const char *summary, const char *also)
{
	struct text line = TEXT_EMPTY;

	text_format(&line, "%s%s%s%s", BEFORE, summary, also, BEHIND);
	expect(text_chars(&line));
	text_free(&line);
}

/* As many further causes as there is room for; to be read downwards. */
static const char *const also[] = {
    "; also cert.expired, http.open, http.impostor, +1 more",
    "; also cert.expired, http.open, +2 more",
    "; also cert.expired, +3 more",
    "; +4 more",
};

static void
find_five(const char *summary)
{
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, "");
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL, "x", "");
	find(CAUSE_HTTP_OPEN, STATE_CRITICAL, "x", "");
	find(CAUSE_HTTP_IMPOSTOR, STATE_WARNING, "x", "");
	find(CAUSE_TIME_SLOW, STATE_WARNING, "x", "");
}

START_TEST(as_many_causes_as_fit)
{
	char *summary = words(room_for(also[_i]));

	find_five(summary);
	expect_around(summary, also[_i]);
	free(summary);
}
END_TEST

START_TEST(one_character_too_many_costs_a_cause)
{
	char *summary = words(room_for(also[_i]) + 1);

	find_five(summary);
	if (_i + 1 < (int)UNIT_COUNT(also)) {
		expect_around(summary, also[_i + 1]);
	} else {
		/* No cause is left: the summary loses a word for two dots, of which one character
		 * would do. */
		*strrchr(summary, ' ') = '\0';
		char *dotted = calloc(1, strlen(summary) + 3);
		strcat(strcpy(dotted, summary), "..");
		expect_around(dotted, also[_i]);
		free(dotted);
	}
	free(summary);
}
END_TEST

/* A remedy, and what is left of it with ever less room; commas inside numbers are no end. */
static const char remedy[] = "check 1,5 and the rest; restart it, then wait";
static const char *const remedies[] = {
    "; check 1,5 and the rest; restart it, then wait",
    "; check 1,5 and the rest; restart it",
    "; check 1,5 and the rest",
};

START_TEST(as_much_of_the_remedy_as_fits)
{
	char *summary = words(room_for(remedies[_i]));

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	expect_around(summary, remedies[_i]);
	free(summary);
}
END_TEST

START_TEST(one_character_too_many_costs_a_clause)
{
	char *summary = words(room_for(remedies[_i]) + 1);

	if (_i + 1 == (int)UNIT_COUNT(remedies)) { /* that of the summary */
		free(summary);
		return;
	}
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	expect_around(summary, remedies[_i + 1]);
	free(summary);
}
END_TEST

START_TEST(further_causes_go_before_the_remedy)
{
	char *summary = words(59);

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	find(CAUSE_CERT_EXPIRED, STATE_CRITICAL, "x", "");
	expect(BEFORE "xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx; "
	              "check 1,5 and the rest; restart it, then wait; +1 more" BEHIND);
	free(summary);
}
END_TEST

/* What is wrong is told by its beginning, what to do by its first clause. */
START_TEST(the_end_of_a_summary_makes_room_for_the_remedy)
{
	char *summary = words(300);

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	summary[89] = '\0';
	ck_assert_int_ne(summary[88], ' ');
	struct text line = TEXT_EMPTY;
	text_format(&line, "%s%s..%s%s", BEFORE, summary, remedies[2], BEHIND);
	ck_assert_uint_eq(line.length, LINE_MAX);
	expect(text_chars(&line));
	text_free(&line);
	free(summary);
}
END_TEST

/* No clause of the remedy fits beside 60 characters of the summary. */
START_TEST(a_summary_is_cut_at_its_end)
{
	char *summary = words(300);

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, summary);
	summary[113] = '\0';
	ck_assert_int_ne(summary[112], ' ');
	struct text line = TEXT_EMPTY;
	text_format(&line, "%s%s..%s", BEFORE, summary, BEHIND);
	ck_assert_uint_eq(line.length, LINE_MAX);
	expect(text_chars(&line));
	text_free(&line);
	free(summary);
}
END_TEST

START_TEST(no_blank_before_the_dots)
{
	char *summary = words(300);

	summary[112] = ' ';
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, "");
	summary[112] = '\0';
	if (summary[111] == ' ')
		summary[111] = '\0';
	struct text line = TEXT_EMPTY;
	text_format(&line, "%s%s..%s", BEFORE, summary, BEHIND);
	expect(text_chars(&line));
	text_free(&line);
	free(summary);
}
END_TEST

/* The last words of a summary, of which eleven characters fit. */
static const struct {
	const char *words, *left;
} ends[] = {
    {"(405), attribute 2", "(405).."},
    {"no error: or so", "no error.."},
    {"ab 12345678 or so", "ab 12345678.."},
    {"ab 123456789 or so", "ab.."},
    {"a 1234567890 or so", "a 123456789.."},
    {"vpn.example.com", "vpn.example.."},
};

START_TEST(short_words_are_left_out_rather_than_cut)
{
	char *summary = words(101);
	struct text told = TEXT_EMPTY, line = TEXT_EMPTY;

	text_format(&told, "%s %s", summary, ends[_i].words);
	find(CAUSE_TLS_RESET, STATE_CRITICAL, text_chars(&told), "");
	text_format(&line, "%s%s %s%s", BEFORE, summary, ends[_i].left, BEHIND);
	expect(text_chars(&line));
	text_free(&line);
	text_free(&told);
	free(summary);
}
END_TEST

/* COUNT times U+00E9, two bytes each. */
static char *
accents(size_t count)
{
	char *chars = calloc(1, 2 * count + 1);

	for (size_t i = 0; i < 2 * count; i++)
		chars[i] = "\xC3\xA9"[i % 2];
	return chars;
}

START_TEST(characters_are_counted_not_bytes)
{
	char *summary = accents(room_for(""));

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, "");
	expect_around(summary, "");
	free(summary);
}
END_TEST

START_TEST(a_character_is_never_cut)
{
	char *summary = accents(room_for("") + 1);
	char *wanted = accents(room_for("..") + 1);

	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, "");
	memcpy(wanted + 2 * room_for(".."), "..", 3);
	expect_around(wanted, "");
	free(summary);
	free(wanted);
}
END_TEST

START_TEST(a_long_name_leaves_something_of_the_summary)
{
	char *summary = words(60);
	struct text target = TEXT_EMPTY, line = TEXT_EMPTY;

	for (int i = 0; i < 50; i++)
		text_add(&target, "2001:");
	report.target = text_chars(&target);
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	/* 40, but no part of a word. */
	text_format(&line, "SSTP CRITICAL - %s: %.35s..%s", report.target, summary, BEHIND);
	expect(text_chars(&line));
	text_free(&line);
	text_free(&target);
	free(summary);
}
END_TEST

/* What is left of a name, and what follows it, with a summary of so many characters. */
static const struct {
	const char *target;
	size_t summary;
	const char *told;
} shortened_names[] = {
    {"vpn-remote.emea.example.com", 47, "vpn-remote.emea.example.com"},
    {"vpn-remote.emea.example.com", 48, "vpn-remote.emea.example.."},
    {"vpn-remote.emea.example.com", 53, "vpn-remote.emea.exa.."},
    {"vpn-remote.emea.example.com", 59, "vpn-remote.em.."},
    {"vpn-remote.emea.example.com at 192.0.2.1", 34, "vpn-remote.emea.example.com at 192.0.2.1"},
    {"vpn-remote.emea.example.com at 192.0.2.1", 46, "vpn-remote.em.. at 192.0.2.1"},
    {"vpn-remote.emea.example.com, no SNI", 51, "vpn-remote.em.., no SNI"},
    {"remote-access.example.com", 59, "remote-access.."},
    {"203.0.113.111", 61, "203.0.113.111"},
    {"2001:db8:ffff::ffff", 55, "2001:db8:ffff::ffff"},
};

START_TEST(a_name_loses_its_end_before_the_remedy)
{
	char *summary = words(shortened_names[_i].summary);
	struct text line = TEXT_EMPTY;

	report.target = shortened_names[_i].target;
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	find(CAUSE_TIME_SLOW, STATE_WARNING, "x", "");
	text_format(&line, "SSTP CRITICAL - %s: %s%s; +1 more%s", shortened_names[_i].told, summary,
	    remedies[0], BEHIND);
	expect(text_chars(&line));
	text_free(&line);
	free(summary);
}
END_TEST

START_TEST(a_shortened_name_is_told_in_full_below)
{
	static const char name[] = "vpn-remote.emea.example.com";
	char *summary = words(68);
	struct text wanted = TEXT_EMPTY;

	free(facts.target);
	facts.target = strdup(name);
	report.target = name;
	report.verbosity = 1;
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	text_format(&wanted, "SSTP CRITICAL - vpn-remote.em..: %s%s%s\ntarget: %s\n", summary,
	    remedies[0], BEHIND, name);
	expect_beginning(text_chars(&wanted));
	text_free(&wanted);
	free(summary);
}
END_TEST

START_TEST(good_news_loses_its_end)
{
	praise(
	    "401 in 48 ms from 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, TLS 1.3, certificate 61 d "
	    "left; listener only and nothing else, --level sstp proves more");
	expect("SSTP OK - vpn.example.com: 401 in 48 ms from "
	       "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, TLS 1.3, certificate 61 d left; listener "
	       "only and nothing else");
	report.verbosity = 1;
	facts_free(&facts);
	expect_all("SSTP OK - vpn.example.com: 401 in 48 ms from "
	           "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, TLS 1.3, certificate 61 d left; "
	           "listener only and nothing else\n"
	           "OK: 401 in 48 ms from 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, TLS 1.3, "
	           "certificate 61 d left; listener only and nothing else, --level sstp proves "
	           "more\n"
	           "resolve not reached\n");
}
END_TEST

START_TEST(nagios_finds_nothing_to_strip)
{
	report.target = "a|b<c>";
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "it's \"x\" & `y` $z ~",
	    "line\nfeed \x1B[31mred\x1B[0m \xFF");
	expect("SSTP CRITICAL - a?b?c?: it s  x     y   z  ; line?feed ?[31mred?[0m ? [tls.reset]");
}
END_TEST

#define STAGES_WELL "resolve 0.001 s\nconnect 0.012 s\ntls 0.020 s\nhttp 1.500 s\n"
#define A1_20       "A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1"
#define C3_32       "C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3"

#define CERTIFICATE                                              \
	"certificate subject: CN=vpn.example.com\n"              \
	"certificate issuer: CN=Example Issuing CA\n"            \
	"certificate names: vpn.example.com, vpn2.example.com\n" \
	"certificate valid from: 2026-01-01T00:00:00Z\n"         \
	"certificate valid until: 2026-12-31T23:59:59Z\n"        \
	"certificate SHA-1: " A1_20 "\n"                         \
	"certificate SHA-256: " C3_32 "\n"

#define OFFLOAD                                                                    \
	"to bind SSTP to this certificate behind a TLS offloader, on the server: " \
	".\\Enable-SSTPOffload.ps1 -CertificateHash '" C3_32 "' -Restart\n"
#define CHAIN                                                                     \
	"chain 1: CN=Example Issuing CA, issued by CN=Example Root, valid until " \
	"9999-12-31T23:59:59Z\n"                                                  \
	"name check: matches\n"                                                   \
	"verification: ok\n"

#define ANSWER                                   \
	"address: 203.0.113.11, port 443\n"      \
	"TLS: TLSv1.3, TLS_AES_256_GCM_SHA384\n" \
	"HTTP/1.1: 401\n"                        \
	"Server: Microsoft-HTTPAPI/2.0\n"

START_TEST(long_output_when_well)
{
	praise("fine");
	report.verbosity = 1;
	expect_all(
	    "SSTP OK - vpn.example.com: fine\n" STAGES_WELL ANSWER CERTIFICATE CHAIN OFFLOAD);
}
END_TEST

/* The certificate that is shown may be the wrong one then. */
START_TEST(no_offload_beside_steps_of_windows)
{
	find(CAUSE_WINDOWS_HASH_MISMATCH, STATE_CRITICAL, "mismatch", "mend it");
	report.verbosity = 1;
	expect_all(
	    "SSTP CRITICAL - vpn.example.com: mismatch; mend it [windows.hash-mismatch]\n" STAGES_WELL
	        ANSWER CERTIFICATE CHAIN);
}
END_TEST

START_TEST(longer_output_when_well)
{
	praise("fine");
	report.verbosity = 2;
	expect_all(
	    "SSTP OK - vpn.example.com: fine\n" STAGES_WELL ANSWER CERTIFICATE
	    "certificate serial: 0A1B\n"
	    "certificate key: EC 256\n"
	    "certificate signature: ecdsa-with-SHA256\n"
	    "certificate extended key usage: 1.3.6.1.5.5.7.3.1, 1.3.6.1.5.5.7.3.2\n" CHAIN OFFLOAD);
}
END_TEST

static void
reset(void)
{
	facts_free(&facts);
	sample_reset(&facts);
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "TLS reset", "reassign");
	find(CAUSE_TCP_TIMEOUT, STATE_WARNING, "203.0.113.12 connect timeout", "repair it");
	find(CAUSE_TIME_SLOW, STATE_WARNING, "all took 3 s", "");
}

#define RESET_LINES                                                                          \
	"SSTP CRITICAL - vpn.example.com: TLS reset; reassign; also tcp.timeout, time.slow " \
	"[tls.reset]\n"                                                                      \
	"WARNING: 203.0.113.12 connect timeout; repair it [tcp.timeout]\n"                   \
	"WARNING: all took 3 s [time.slow]\n"
#define RESET_FACTS                          \
	"resolve 0.001 s\n"                  \
	"connect 3.012 s\n"                  \
	"tls 0.020 s failed: reset\n"        \
	"http not reached\n"                 \
	"host: rras1.example.com\n"          \
	"address: 2001:db8::11, port 8443\n" \
	"failed address: 203.0.113.12, timeout after 3.000 s\n"

START_TEST(long_output_of_a_failure)
{
	reset();
	report.verbosity = 1;
	expect_all(RESET_LINES RESET_FACTS);
}
END_TEST

START_TEST(longer_output_of_a_failure)
{
	struct text wanted = TEXT_EMPTY;

	reset();
	report.verbosity = 2;
	text_add(&wanted, RESET_LINES);
	text_format(&wanted, "Windows client: %s\n", causes_row(CAUSE_TLS_RESET)->client);
	text_format(&wanted, "Windows event: %s\n", causes_row(CAUSE_TLS_RESET)->event);
	text_add(&wanted,
	    RESET_FACTS "skipped addresses, no route from here: 3\n"
	                "second look: every TLS version and cipher offered, it fails\n"
	                "second look, TLS library: unexpected eof\n");
	expect_all(text_chars(&wanted));
	text_free(&wanted);
}
END_TEST

START_TEST(a_shortened_finding_is_told_in_full_below)
{
	char *summary = words(100);
	struct text wanted = TEXT_EMPTY;

	facts_free(&facts);
	report.verbosity = 1;
	find(CAUSE_TLS_RESET, STATE_CRITICAL, summary, remedy);
	text_format(&wanted, "%s%.89s..%s%s\nCRITICAL: %s; %s%s\nresolve not reached\n", BEFORE,
	    summary, remedies[2], BEHIND, summary, remedy, BEHIND);
	expect_all(text_chars(&wanted));
	text_free(&wanted);
	free(summary);
}
END_TEST

START_TEST(each_of_several_targets_is_named)
{
	struct facts both[2];

	facts_begin(&both[0]);
	facts_begin(&both[1]);
	both[0].target = strdup("rras1");
	both[1].target = strdup("rras2");
	report.target = NULL;
	report.facts = both;
	report.facts_count = 2;
	report.verbosity = 1;
	find(CAUSE_TLS_RESET, STATE_CRITICAL, "1 of 2 healthy", "");
	sample_find(&verdict, CAUSE_HTTP_OPEN, STATE_WARNING, both[1].target, "open", "close it");
	expect_all("SSTP CRITICAL - 1 of 2 healthy; also http.open [tls.reset]\n"
	           "WARNING: rras2: open; close it [http.open]\n"
	           "target: rras1\nresolve not reached\n"
	           "target: rras2\nresolve not reached\n");
	facts_free(&both[0]);
	facts_free(&both[1]);
}
END_TEST

START_TEST(what_is_skipped_without_tls)
{
	facts_free(&facts);
	facts.plain = true;
	facts.level = FACTS_HTTP;
	praise("fine");
	report.verbosity = 1;
	expect_all("SSTP OK - vpn.example.com: fine\nresolve not reached\nconnect not reached\n"
	           "http not reached\n");
}
END_TEST

/* Whatever the facts hold, a line stays a line and no '|' begins perfdata. */
START_TEST(hostile_facts)
{
	struct text text = TEXT_EMPTY;
	static const char evil[] = "a|b\nc\x1B[2J\xE2\x80\xAE\xFF<script>";

	praise("fine");
	report.verbosity = 3;
	free(facts.tls.chain[0].subject);
	facts.tls.chain[0].subject = strdup(evil);
	free(facts.tls.chain[0].names[0]);
	facts.tls.chain[0].names[0] = strdup(evil);
	free(facts.tls.chain[1].issuer);
	facts.tls.chain[1].issuer = NULL;
	strcpy(facts.http.server, evil);
	strcpy(facts.http.via, evil);
	strcpy(facts.tls.reason, evil);
	report_text(&report, &text);
	ck_assert_ptr_null(strpbrk(text_chars(&text), "|\x1B\xFF<>"));
	ck_assert_ptr_nonnull(strstr(text_chars(&text), "\nServer: a?b?c?[2J???script?\n"));
	ck_assert_ptr_nonnull(
	    strstr(text_chars(&text), "\ncertificate subject: a?b?c?[2J???script?\n"));
	ck_assert_ptr_nonnull(strstr(text_chars(&text), ", issued by ?, valid until "));
	text_free(&text);
}
END_TEST

/* Six names instead of two. */
static void
add_names(void)
{
	char **names = calloc(6, sizeof *names);

	memcpy(names, facts.tls.chain[0].names, 2 * sizeof *names);
	for (int i = 2; i < 6; i++)
		names[i] = strdup("x");
	free(facts.tls.chain[0].names);
	facts.tls.chain[0].names = names;
	facts.tls.chain[0].names_count = 6;
}

START_TEST(many_names_are_counted)
{
	struct text text = TEXT_EMPTY;

	add_names();
	report.verbosity = 1;
	report_text(&report, &text);
	ck_assert_ptr_nonnull(strstr(text_chars(&text),
	    "\ncertificate names: vpn.example.com, vpn2.example.com, x, x, +2 more\n"));
	text_cut(&text, 0);
	report.verbosity = 2;
	report_text(&report, &text);
	ck_assert_ptr_nonnull(strstr(text_chars(&text),
	    "\ncertificate names: vpn.example.com, vpn2.example.com, x, x, +2 more\n"
	    "certificate names, the rest: x, x\n"));
	text_free(&text);
}
END_TEST

/* Of the trace there is what was kept. */
START_TEST(a_trace)
{
	struct text text = TEXT_EMPTY;

	facts.trace = trace_create(deadline_now());
	trace_add(facts.trace, TRACE_NOTE, "tls: ok");
	trace_add(facts.trace, TRACE_SENT, "SSTP Call Connect Request, 1 attribute");
	trace_add(facts.trace, TRACE_RECEIVED, "HTTP a|b\n");
	for (int i = 0; i < 3; i++)
		facts.trace->lines[i].at = INT64_C(12000000) * i;
	facts.trace->left_out = 7;
	report.verbosity = 3;
	report_text(&report, &text);
	ck_assert_ptr_nonnull(
	    strstr(text_chars(&text), "\ntrace 0.000 s: tls: ok\n"
	                              "trace 0.012 s sent: SSTP Call Connect Request, 1 attribute\n"
	                              "trace 0.024 s received: HTTP a?b?\n"
	                              "trace: +7 more\n"));
	text_free(&text);
}
END_TEST

/* Each level of -v has the lines of the one below it, and the same first line. */
START_TEST(more_of_it_only_adds_lines)
{
	struct text less = TEXT_EMPTY, more = TEXT_EMPTY;

	if (_i == 0)
		add_names();
	else
		reset();
	for (report.verbosity = 0; report.verbosity <= 3; report.verbosity++) {
		text_cut(&more, 0);
		report_text(&report, &more);
		if (report.verbosity > 0)
			ck_assert_msg(lines_only_added(text_chars(&less), text_chars(&more)),
			    "%s\nbecomes\n%s", text_chars(&less), text_chars(&more));
		text_cut(&less, 0);
		text_add(&less, text_chars(&more));
	}
	ck_assert_uint_gt(less.length, 500);
	text_free(&less);
	text_free(&more);
}
END_TEST

START_TEST(faults_in_the_facts_are_lines)
{
	struct text text = TEXT_EMPTY;

	facts.tls.trust.errors_count = 1;
	facts.tls.trust.errors[0].code = 10;
	facts.tls.trust.errors[0].words = "expired";
	strcpy(facts.tls.trust.errors[0].about, "vpn.example.com");
	facts.tls.name_match = FACTS_NAME_DIFFERS;
	facts.tls.chain[0].not_before = INT64_MIN;
	facts.tls.chain[0].not_after = INT64_C(253402300800); /* the year 10000 */
	facts.tls.alert = 40;
	facts.tls.certificate_requested = true;
	strcpy(facts.resolver_reason, "Try again");
	facts.attempts_count = FACTS_ATTEMPTS_MAX + 2;
	facts.steps[FACTS_HTTP].ended = false;
	facts.steps[FACTS_TLS].symptom = FACTS_SOCKET_ERROR;
	facts.steps[FACTS_TLS].error = 1;
	report.verbosity = 1;
	report_text(&report, &text);
	static const char *const wanted[] = {
	    "\nverification error: expired (code 10) at depth 0, vpn.example.com\n",
	    "\nname check: differs\n",
	    "\ncertificate valid from: ?\n",
	    "\ncertificate valid until: ?\n",
	    "\nTLS alert: 40\n",
	    "\nTLS client certificate: requested\n",
	    "\nresolver: Try again\n",
	    "\nfailed addresses: +2 more\n",
	    "\nhttp 1.500 s not ended\n",
	    "\ntls 0.020 s failed: socket error (Operation not permitted)\n",
	};
	for (size_t i = 0; i < UNIT_COUNT(wanted); i++)
		ck_assert_msg(strstr(text_chars(&text), wanted[i]) != NULL, "no \"%s\" in\n%s",
		    wanted[i], text_chars(&text));
	ck_assert_ptr_null(strstr(text_chars(&text), "verification: ok"));
	text_free(&text);
}
END_TEST

static void
list_first_line(TCase *tests)
{
	tcase_add_test(tests, well);
	tcase_add_test(tests, perfdata_follows_the_first_line);
	tcase_add_test(tests, a_finding_with_its_remedy);
	tcase_add_test(tests, steps);
	tcase_add_test(tests, a_finding_without_remedy);
	tcase_add_test(tests, without_target);
	tcase_add_test(tests, further_causes_are_named);
	tcase_add_test(tests, a_cause_is_named_once);
	tcase_add_test(tests, only_the_same_cause_again);
	unit_add_rows(tests, as_many_causes_as_fit, also);
	unit_add_rows(tests, one_character_too_many_costs_a_cause, also);
	unit_add_rows(tests, as_much_of_the_remedy_as_fits, remedies);
	unit_add_rows(tests, one_character_too_many_costs_a_clause, remedies);
	tcase_add_test(tests, further_causes_go_before_the_remedy);
	tcase_add_test(tests, the_end_of_a_summary_makes_room_for_the_remedy);
	tcase_add_test(tests, a_summary_is_cut_at_its_end);
	tcase_add_test(tests, no_blank_before_the_dots);
	unit_add_rows(tests, short_words_are_left_out_rather_than_cut, ends);
	tcase_add_test(tests, characters_are_counted_not_bytes);
	tcase_add_test(tests, a_character_is_never_cut);
	tcase_add_test(tests, a_long_name_leaves_something_of_the_summary);
	unit_add_rows(tests, a_name_loses_its_end_before_the_remedy, shortened_names);
	tcase_add_test(tests, a_shortened_name_is_told_in_full_below);
	tcase_add_test(tests, good_news_loses_its_end);
	tcase_add_test(tests, nagios_finds_nothing_to_strip);
}

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	list_first_line(tests);
	tcase_add_test(tests, long_output_when_well);
	tcase_add_test(tests, no_offload_beside_steps_of_windows);
	tcase_add_test(tests, longer_output_when_well);
	tcase_add_test(tests, long_output_of_a_failure);
	tcase_add_test(tests, longer_output_of_a_failure);
	tcase_add_test(tests, a_shortened_finding_is_told_in_full_below);
	tcase_add_test(tests, each_of_several_targets_is_named);
	tcase_add_test(tests, what_is_skipped_without_tls);
	tcase_add_test(tests, hostile_facts);
	tcase_add_test(tests, many_names_are_counted);
	tcase_add_test(tests, a_trace);
	tcase_add_loop_test(tests, more_of_it_only_adds_lines, 0, 2);
	tcase_add_test(tests, faults_in_the_facts_are_lines);
}

int
main(void)
{
	return unit_run("report/text", list);
}

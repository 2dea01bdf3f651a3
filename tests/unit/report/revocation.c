#include <string.h>

#include "facts/revocation.h"
#include "report/jsonrevocation.h"
#include "report/textrevocation.h"
#include "unit/unit.h"

#define NOW INT64_C(1800000000) /* 2027-01-15T08:00:00Z */
#define DAY INT64_C(86400)

static struct facts facts;
static struct facts_revocation revocations[1];
static struct facts_source sources[3];
static struct facts_certificate certificate;

static void
begin(enum facts_revocation_mode mode, size_t count)
{
	static char about[] = "vpn.example.com", none[] = "", ocsp[] = "http://ocsp.example.com",
	            crl[] = "http://crl.example.com/ca.crl";

	memset(sources, 0, sizeof sources);
	memset(revocations, 0, sizeof revocations);
	memset(&certificate, 0, sizeof certificate);
	facts_begin(&facts);
	facts.date = NOW;
	facts.revocation_mode = mode;
	facts.revocations = revocations;
	facts.revocations_count = 1;
	memset(revocations[0].sha256, 0xAB, sizeof revocations[0].sha256);
	memset(certificate.sha256, 0xAB, sizeof certificate.sha256);
	revocations[0].about = about;
	revocations[0].sources = sources;
	revocations[0].sources_count = count;
	sources[0] = (struct facts_source){
	    .kind = FACTS_SOURCE_STAPLE,
	    .url = none,
	    .said = FACTS_SAID_GOOD,
	    .bytes = 500,
	    .this_update = NOW - 2 * DAY,
	    .next_update = NOW - DAY,
	    .reason = -1,
	};
	sources[1] = (struct facts_source){
	    .kind = FACTS_SOURCE_OCSP,
	    .url = ocsp,
	    .said = FACTS_SAID_UNREACHABLE,
	    .symptom = FACTS_TIMEOUT,
	    .nanoseconds = 2500000000,
	    .reason = -1,
	};
	sources[2] = (struct facts_source){
	    .kind = FACTS_SOURCE_CRL,
	    .url = crl,
	    .said = FACTS_SAID_REVOKED,
	    .status = 200,
	    .bytes = 1234,
	    .nanoseconds = 12000000,
	    .this_update = NOW - DAY,
	    .revoked_on = NOW - 3 * DAY,
	    .reason = 1,
	    .names_a_delta = true,
	};
}

static void
expect_text(const char *wanted)
{
	struct text text = TEXT_EMPTY;

	textrevocation_add(&text, &facts);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}

static void
expect_json(const char *wanted)
{
	struct text text = TEXT_EMPTY;
	struct jsonwriter writer = {.text = &text};

	jsonwriter_begin_object(&writer, NULL);
	jsonrevocation_add(&writer, &facts, &certificate);
	jsonwriter_end_object(&writer);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}

START_TEST(lines)
{
	begin(FACTS_REVOCATION_ANY, 3);
	expect_text("revocation of vpn.example.com, stapled OCSP: good, of 2027-01-13T08:00:00Z, "
	            "until 2027-01-14T08:00:00Z, out of date, 500 bytes\n"
	            "revocation of vpn.example.com, OCSP http://ocsp.example.com: unreachable "
	            "(timeout) in 2.500 s\n"
	            "revocation of vpn.example.com, CRL http://crl.example.com/ca.crl: revoked on "
	            "2027-01-12T08:00:00Z, key compromise, of 2027-01-14T08:00:00Z, 1234 bytes in "
	            "0.012 s, it names a delta\n");
	sources[0].said = FACTS_SAID_STATUS;
	sources[0].status = 404;
	sources[0].bytes = 0;
	sources[0].this_update = 0;
	revocations[0].sources_count = 1;
	revocations[0].sources_left_out = 7;
	revocations[0].no_issuer = true;
	expect_text("revocation of vpn.example.com: not looked up, its issuer is neither sent nor "
	            "known here\n"
	            "revocation of vpn.example.com, stapled OCSP: http status 404\n"
	            "revocation of vpn.example.com: +7 more sources\n");
}
END_TEST

START_TEST(lines_of_what_was_not_wanted)
{
	begin(FACTS_REVOCATION_OFF, 3);
	expect_text("revocation: not looked up, see --revocation\n");
	begin(FACTS_REVOCATION_UNREAD, 0);
	expect_text("");
	begin(FACTS_REVOCATION_CRL, 0);
	expect_text("revocation of vpn.example.com: names no source\n");
}
END_TEST

START_TEST(objects)
{
	begin(FACTS_REVOCATION_ANY, 3);
	expect_json(
	    "{\"revocation\":{\"status\":\"revoked\",\"issuer_known\":true,\"sources\":["
	    "{\"source\":\"staple\",\"url\":null,\"outcome\":\"good\",\"symptom\":null,"
	    "\"status\":null,\"seconds\":null,\"bytes\":500,\"words\":null,"
	    "\"this_update\":\"2027-01-13T08:00:00Z\",\"next_update\":\"2027-01-14T08:00:00Z\","
	    "\"revoked_on\":null,\"reason\":null},"
	    "{\"source\":\"ocsp\",\"url\":\"http://ocsp.example.com\","
	    "\"outcome\":\"unreachable\",\"symptom\":\"timeout\",\"status\":null,\"seconds\":2.5,"
	    "\"bytes\":0,\"words\":null,\"this_update\":null,\"next_update\":null,"
	    "\"revoked_on\":null,\"reason\":null},"
	    "{\"source\":\"crl\",\"url\":\"http://crl.example.com/ca.crl\","
	    "\"outcome\":\"revoked\",\"symptom\":null,\"status\":200,\"seconds\":0.012,"
	    "\"bytes\":1234,\"words\":null,\"this_update\":\"2027-01-14T08:00:00Z\","
	    "\"next_update\":null,\"revoked_on\":\"2027-01-12T08:00:00Z\","
	    "\"reason\":\"key compromise\"}]}}");
	/* Out of date: it is not known. */
	begin(FACTS_REVOCATION_ANY, 1);
	sources[0].bytes = 0;
	sources[0].this_update = sources[0].next_update = NOW - DAY;
	expect_json(
	    "{\"revocation\":{\"status\":null,\"issuer_known\":true,\"sources\":["
	    "{\"source\":\"staple\",\"url\":null,\"outcome\":\"good\",\"symptom\":null,"
	    "\"status\":null,\"seconds\":null,\"bytes\":0,\"words\":null,"
	    "\"this_update\":\"2027-01-14T08:00:00Z\",\"next_update\":\"2027-01-14T08:00:00Z\","
	    "\"revoked_on\":null,\"reason\":null}]}}");
}
END_TEST

START_TEST(objects_of_what_was_not_wanted)
{
	begin(FACTS_REVOCATION_OFF, 3);
	expect_json("{\"revocation\":null}");
	begin(FACTS_REVOCATION_ANY, 3);
	certificate.sha256[31] = 0;
	expect_json("{\"revocation\":null}");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, lines);
	tcase_add_test(tests, lines_of_what_was_not_wanted);
	tcase_add_test(tests, objects);
	tcase_add_test(tests, objects_of_what_was_not_wanted);
}

int
main(void)
{
	return unit_run("report/revocation", list);
}

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "facts/persistence.h"
#include "report/jsonwriter.h"
#include "support/json.h"
#include "unit/report/sample.h"
#include "unit/unit.h"

static struct verdict verdict;
static struct facts facts;
static struct report report;
static struct json *json;

static void
setup(void)
{
	verdict = (struct verdict)VERDICT_EMPTY;
	sample_facts(&facts);
	report = sample_report(&verdict, &facts, 1);
	report.format = REPORT_JSON;
	json = NULL;
}

static void
teardown(void)
{
	json_free(json);
	verdict_free(&verdict);
	facts_free(&facts);
}

/* Compose the report and read it back: one line, strict JSON. */
static void
compose(void)
{
	struct text text = TEXT_EMPTY;
	size_t where;

	verdict_close(&verdict);
	report_compose(&report, &text);
	ck_assert(!text_failed(&text));
	ck_assert_ptr_eq(strchr(text_chars(&text), '\n'), text_chars(&text) + text.length - 1);
	json_free(json);
	json = json_parse(text_chars(&text), text.length, &where);
	ck_assert_msg(json != NULL, "no JSON at %zu: %s", where, text_chars(&text));
	text_free(&text);
}

static void
expect_string(const char *path, const char *wanted)
{
	const char *string = json_string(json, path);

	ck_assert_msg(string != NULL, "no string at %s", path);
	ck_assert_str_eq(string, wanted);
}

static void
expect_null(const char *path)
{
	ck_assert_msg(json_is_null(json, path), "no null at %s", path);
}

static void
expect_number(const char *path, double wanted)
{
	ck_assert_msg(json_is_number(json, path, wanted), "not %g at %s", wanted, path);
}

static void
expect_count(const char *path, size_t wanted)
{
	ck_assert_uint_eq(json_count(json_at(json, path)), wanted);
}

/* The keys of the object at PATH, joined by blanks. */
static void
expect_keys(const char *path, const char *wanted)
{
	struct text keys = TEXT_EMPTY;
	const struct json *object = json_at(json, path);

	ck_assert_msg(object != NULL && object->type == JSON_OBJECT, "no object at %s", path);
	for (const struct json *at = object->first; at != NULL; at = at->next)
		text_format(&keys, "%s%s", at == object->first ? "" : " ", at->key);
	ck_assert_str_eq(text_chars(&keys), wanted);
	text_free(&keys);
}

START_TEST(the_whole_when_well)
{
	static const char wanted[] =
	    "{\"plugin\":\"check_sstp\",\"version\":\"1.2.3\",\"state\":\"OK\",\"exit\":0,"
	    "\"cause\":null,\"summary\":\"401 in 48 ms\",\"remedy\":null,\"findings\":[],"
	    "\"targets\":[{\"name\":\"vpn.example.com\",\"host\":\"vpn.example.com\","
	    "\"address\":\"203.0.113.11\",\"port\":443,\"state\":\"OK\",\"cause\":null,"
	    "\"seconds\":1.534,\"attempts\":[],\"stages\":["
	    "{\"stage\":\"resolve\",\"seconds\":0.001,\"outcome\":\"ok\"},"
	    "{\"stage\":\"connect\",\"seconds\":0.012,\"outcome\":\"ok\"},"
	    "{\"stage\":\"tls\",\"seconds\":0.02,\"outcome\":\"ok\"},"
	    "{\"stage\":\"http\",\"seconds\":1.5,\"outcome\":\"ok\"}],"
	    "\"tls\":{\"version\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"sni\":\"vpn.example.com\","
	    "\"alert\":null,\"reason\":null,\"certificate_requested\":false},"
	    "\"http\":{\"status\":401,\"version\":\"1.1\",\"reason\":null,"
	    "\"server\":\"Microsoft-HTTPAPI/2.0\",\"location\":null,\"via\":null},"
	    "\"certificate\":{\"sha1\":\"A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1\",\"sha256\":"
	    "\"C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3\","
	    "\"subject\":\"CN=vpn.example.com\",\"issuer\":\"CN=Example Issuing CA\","
	    "\"serial\":\"0A1B\",\"names\":[\"vpn.example.com\",\"vpn2.example.com\"],"
	    "\"not_before\":\"2026-01-01T00:00:00Z\",\"not_after\":\"2026-12-31T23:59:59Z\","
	    "\"key\":\"EC 256\",\"signature\":\"ecdsa-with-SHA256\","
	    "\"eku\":[\"1.3.6.1.5.5.7.3.1\",\"1.3.6.1.5.5.7.3.2\"],\"revocation\":null,"
	    "\"name_match\":\"matches\",\"trust_errors\":[],"
	    "\"chain\":[{\"sha1\":\"0101010101010101010101010101010101010101\",\"sha256\":"
	    "\"0202020202020202020202020202020202020202020202020202020202020202\","
	    "\"subject\":\"CN=Example Issuing CA\",\"issuer\":\"CN=Example Root\","
	    "\"serial\":\"02\",\"names\":[],\"not_before\":\"1970-01-01T00:00:00Z\","
	    "\"not_after\":\"9999-12-31T23:59:59Z\",\"key\":\"RSA 4096\","
	    "\"signature\":\"sha256WithRSAEncryption\",\"eku\":[],"
	    "\"revocation\":null}],\"path\":null},"
	    "\"sstp\":null,\"ppp\":null,\"auth\":null,\"tunnel\":null,\"ping\":null,\"persistence\":null}],"
	    "\"perfdata\":[]}\n";
	struct text text = TEXT_EMPTY;

	verdict.good = strdup("401 in 48 ms");
	facts.total = 1534000000;
	compose();
	report_json(&report, &text);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}
END_TEST

/* Up to the anchor, which was not sent; of a server's own that is trusted itself nothing. */
START_TEST(the_path)
{
	struct facts_trust *trust = &facts.tls.trust;

	verdict.good = strdup("");
	trust->path = calloc(3, sizeof *trust->path);
	trust->path[1] = 1;
	trust->path[2] = 2;
	trust->path_count = 3;
	trust->known = calloc(1, sizeof *trust->known);
	trust->known_count = 1;
	trust->known[0].subject = strdup("CN=Example Root");
	trust->known[0].issuer = strdup("CN=Example Root");
	compose();
	expect_count("targets.0.certificate.chain", 1);
	expect_count("targets.0.certificate.path", 2);
	expect_string("targets.0.certificate.path.0.subject", "CN=Example Issuing CA");
	expect_string("targets.0.certificate.path.1.subject", "CN=Example Root");
	trust->path_count = 1;
	compose();
	expect_count("targets.0.certificate.path", 0);
}
END_TEST

START_TEST(a_failure)
{
	facts_free(&facts);
	sample_reset(&facts);
	sample_find(&verdict, CAUSE_TIME_SLOW, STATE_WARNING, NULL, "slow", "");
	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts.target, "reset", "bind one");
	compose();
	expect_keys("", "plugin version state exit cause summary remedy findings targets perfdata");
	expect_string("state", "CRITICAL");
	expect_number("exit", 2);
	expect_string("cause", "tls.reset");
	expect_string("summary", "reset");
	expect_string("remedy", "bind one");
	expect_count("findings", 2);
	expect_keys("findings.0", "state cause summary remedy target");
	expect_string("findings.0.state", "CRITICAL");
	expect_string("findings.0.target", "vpn.example.com");
	expect_string("findings.1.state", "WARNING");
	expect_string("findings.1.cause", "time.slow");
	expect_string("findings.1.summary", "slow");
	expect_null("findings.1.remedy");
	expect_null("findings.1.target");
}
END_TEST

START_TEST(steps_are_part_of_the_remedy)
{
	struct text steps = TEXT_EMPTY;

	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts.target, "reset", "mend it");
	text_add(&steps, "delete one\nassign another\n");
	verdict_add_steps(&verdict, &steps);
	compose();
	expect_string("remedy", "mend it; delete one; assign another");
	expect_string("findings.0.remedy", "mend it; delete one; assign another");
}
END_TEST

/* One that had no turn took no time either. */
START_TEST(the_time_of_a_target)
{
	facts.total = 1534000000;
	compose();
	expect_number("targets.0.seconds", 1.534);
	facts.steps[FACTS_RESOLVE].ended = false;
	compose();
	expect_null("targets.0.seconds");
}
END_TEST

START_TEST(the_target_of_a_failure)
{
	facts_free(&facts);
	sample_reset(&facts);
	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts.target, "reset", "bind one");
	compose();
	expect_keys("targets.0",
	    "name host address port state cause seconds attempts stages tls http "
	    "certificate sstp ppp auth tunnel ping persistence");
	expect_string("targets.0.state", "CRITICAL");
	expect_string("targets.0.cause", "tls.reset");
	expect_string("targets.0.host", "rras1.example.com");
	expect_number("targets.0.port", 8443);
	expect_count("targets.0.attempts", 1);
	expect_keys("targets.0.attempts.0", "address outcome seconds");
	expect_string("targets.0.attempts.0.address", "203.0.113.12");
	expect_string("targets.0.attempts.0.outcome", "timeout");
	expect_number("targets.0.attempts.0.seconds", 3);
	expect_count("targets.0.stages", 4);
	expect_string("targets.0.stages.2.outcome", "reset");
	expect_number("targets.0.stages.2.seconds", 0.02);
	expect_string("targets.0.stages.3.stage", "http");
	expect_null("targets.0.stages.3.outcome");
	expect_null("targets.0.stages.3.seconds");
	expect_null("targets.0.tls.version");
	expect_null("targets.0.tls.cipher");
	expect_null("targets.0.http");
	expect_null("targets.0.certificate");
}
END_TEST

START_TEST(a_tunnel_with_a_ping)
{
	facts.level = FACTS_PING;
	facts.steps[FACTS_AUTH].begun = true;
	facts.steps[FACTS_TUNNEL].begun = true;
	facts.steps[FACTS_PING].begun = true;
	facts.auth.method = FACTS_MSCHAP_V2;
	facts.auth.sent = facts.auth.accepted = true;
	facts.auth.proof = FACTS_PROOF_VERIFIED;
	facts.tunnel.connected = true;
	facts.tunnel.hash = 2;
	facts.tunnel.has_sha256 = true;
	memset(facts.tunnel.sha256, 0xC3, sizeof facts.tunnel.sha256);
	facts.tunnel.acceptance = FACTS_ACCEPTED_BY_PING;
	facts.tunnel.address = 0xC0000207;
	facts.tunnel.dns[1] = 0xC0000235;
	facts.ping.address = 0xC0000201;
	facts.ping.sent = 4;
	facts.ping.received = 2;
	facts.ping.min = 10000000;
	facts.ping.max = 30000000;
	facts.ping.total = 40000000;
	compose();
	expect_keys("targets.0.auth",
	    "method credential_sent accepted refused refused_elsewhere code server_proof eap words "
	    "not_retried_until");
	expect_null("targets.0.auth.not_retried_until");
	expect_string("targets.0.auth.method", "mschapv2");
	expect_null("targets.0.auth.code");
	expect_string("targets.0.auth.server_proof", "verified");
	expect_keys("targets.0.tunnel",
	    "connected_sent hash bound_sha256 accepted_by address peer dns words");
	expect_string("targets.0.tunnel.hash", "SHA-256");
	expect_string("targets.0.tunnel.accepted_by", "ping");
	expect_string("targets.0.tunnel.address", "192.0.2.7");
	expect_null("targets.0.tunnel.peer");
	expect_count("targets.0.tunnel.dns", 1);
	expect_string("targets.0.tunnel.dns.0", "192.0.2.53");
	expect_keys("targets.0.ping", "address sent received min_seconds avg_seconds max_seconds");
	expect_number("targets.0.ping.avg_seconds", 0.02);
	facts.ping.received = 0;
	facts.auth.code = 691;
	facts.tunnel.has_sha256 = false;
	compose();
	expect_null("targets.0.ping.min_seconds");
	expect_number("targets.0.auth.code", 691);
	expect_null("targets.0.tunnel.bound_sha256");
}
END_TEST

START_TEST(an_acknowledged_call)
{
	static const char *const names[][3] = {
	    {NULL}, {"SHA-1"}, {"SHA-256"}, {"SHA-1", "SHA-256"}};

	facts.level = FACTS_SSTP;
	facts.steps[FACTS_SSTP].begun = true;
	facts.sstp.acknowledged = true;
	for (size_t bits = 0; bits < UNIT_COUNT(names); bits++) {
		size_t count = 0;

		facts.sstp.hash_bits = (uint8_t)bits;
		facts.sstp.left = bits == 2;
		compose();
		expect_keys(
		    "targets.0.sstp", "correlation_id acknowledged hashes refusal left_politely");
		for (; names[bits][count] != NULL; count++)
			expect_string(
			    count == 0 ? "targets.0.sstp.hashes.0" : "targets.0.sstp.hashes.1",
			    names[bits][count]);
		expect_count("targets.0.sstp.hashes", count);
		ck_assert(json_is_bool(json, "targets.0.sstp.left_politely", bits == 2));
		expect_null("targets.0.sstp.refusal");
	}
}
END_TEST

/* What came of each session that was given, in the order of the kinds. */
START_TEST(sessions_that_were_offered_again)
{
	static const enum facts_return ends[] = {FACTS_RETURN_RESUMED, FACTS_RETURN_FULL,
	    FACTS_RETURN_RESUMED, FACTS_RETURN_FAILED, FACTS_RETURN_RESUMED, FACTS_RETURN_FAILED};
	struct facts_returns *returns;

	facts.persistence = facts_persistence_create(6);
	ck_assert_ptr_nonnull(facts.persistence);
	compose();
	expect_count("targets.0.persistence", 0);
	facts.persistence->by[FACTS_OFFER_TLS13].given = true;
	returns = &facts.persistence->by[FACTS_OFFER_TICKET];
	returns->given = returns->others = true;
	returns->count = UNIT_COUNT(ends);
	memcpy(returns->list, ends, sizeof ends);
	compose();
	expect_count("targets.0.persistence", 2);
	expect_keys(
	    "targets.0.persistence.0", "session wanted resumed full failed certificates_differ");
	expect_string("targets.0.persistence.0.session", "tls12-ticket");
	expect_number("targets.0.persistence.0.wanted", 6);
	expect_number("targets.0.persistence.0.resumed", 3);
	expect_number("targets.0.persistence.0.full", 1);
	expect_number("targets.0.persistence.0.failed", 2);
	ck_assert(json_is_bool(json, "targets.0.persistence.0.certificates_differ", true));
	expect_string("targets.0.persistence.1.session", "tls13");
	expect_number("targets.0.persistence.1.resumed", 0);
	ck_assert(json_is_bool(json, "targets.0.persistence.1.certificates_differ", false));
}
END_TEST

START_TEST(nothing_reached)
{
	facts_free(&facts);
	facts.level = FACTS_TLS;
	compose();
	expect_null("targets.0.name");
	expect_null("targets.0.host");
	expect_null("targets.0.address");
	expect_null("targets.0.tls");
	expect_count("targets.0.stages", 3);
	expect_null("targets.0.stages.0.outcome");
}
END_TEST

START_TEST(a_plain_target_has_no_tls_stage)
{
	facts.plain = true;
	facts.steps[FACTS_TLS].begun = false;
	compose();
	expect_count("targets.0.stages", 3);
	expect_string("targets.0.stages.1.stage", "connect");
	expect_string("targets.0.stages.2.stage", "http");
	expect_null("targets.0.tls");
}
END_TEST

START_TEST(oddities_of_tls)
{
	facts.tls.alert = 40;
	strcpy(facts.tls.reason, "handshake failure");
	facts.tls.certificate_requested = true;
	facts.tls.sni[0] = 0;
	facts.tls.name_match = FACTS_NAME_NOT_CHECKED;
	facts.tls.trust.errors_count = 2;
	facts.tls.trust.errors[0].code = 20;
	facts.tls.trust.errors[0].words = "unable to get local issuer certificate";
	facts.tls.trust.errors[1].code = 10;
	facts.tls.trust.errors[1].depth = 1;
	facts.tls.chain[0].key = FACTS_KEY_OTHER;
	facts.tls.chain[0].not_after = INT64_C(253402300800); /* the year 10000 */
	facts.tls.chain[0].not_before = INT64_MIN;
	compose();
	expect_number("targets.0.tls.alert", 40);
	expect_string("targets.0.tls.reason", "handshake failure");
	ck_assert(json_is_bool(json, "targets.0.tls.certificate_requested", true));
	expect_null("targets.0.tls.sni");
	expect_null("targets.0.certificate.name_match");
	expect_count("targets.0.certificate.trust_errors", 2);
	expect_keys("targets.0.certificate.trust_errors.0", "code depth reason");
	expect_number("targets.0.certificate.trust_errors.0.code", 20);
	expect_number("targets.0.certificate.trust_errors.0.depth", 0);
	expect_number("targets.0.certificate.trust_errors.1.depth", 1);
	expect_null("targets.0.certificate.trust_errors.1.reason");
	expect_null("targets.0.certificate.key");
	expect_null("targets.0.certificate.not_before");
	expect_null("targets.0.certificate.not_after");
	facts.tls.trust.checked = false;
	compose();
	expect_null("targets.0.certificate.trust_errors");
}
END_TEST

START_TEST(each_target_has_its_own_worst_finding)
{
	struct facts both[2];

	facts_begin(&both[0]);
	facts_begin(&both[1]);
	both[0].target = strdup("same");
	both[1].target = strdup("same");
	report.facts = both;
	report.facts_count = 2;
	sample_find(&verdict, CAUSE_HTTP_OPEN, STATE_WARNING, both[1].target, "open", "");
	sample_find(&verdict, CAUSE_TIME_SLOW, STATE_CRITICAL, NULL, "all slow", "");
	compose();
	expect_string("cause", "time.slow");
	expect_string("targets.0.state", "OK");
	expect_null("targets.0.cause");
	expect_string("targets.1.state", "WARNING");
	expect_string("targets.1.cause", "http.open");
	facts_free(&both[0]);
	facts_free(&both[1]);
}
END_TEST

START_TEST(metrics)
{
	struct metric *metric = verdict_metric(&verdict, "total", "s");

	metric->measured = true;
	metric->value = 0.0481234;
	metric->decimals = 6;
	metric->has_low = true;
	metric->has_high = true;
	metric->high = 10;
	ck_assert(range_read("0.5", &metric->warning));
	ck_assert(range_read("above 1", &metric->critical));
	verdict_metric(&verdict, "healthy", "");
	compose();
	expect_count("perfdata", 2);
	expect_keys("perfdata.0", "label value unit warning critical min max");
	expect_string("perfdata.0.label", "total");
	expect_number("perfdata.0.value", 0.048123);
	expect_string("perfdata.0.unit", "s");
	expect_string("perfdata.0.warning", "0.5");
	expect_string("perfdata.0.critical", "~:1");
	expect_number("perfdata.0.min", 0);
	expect_number("perfdata.0.max", 10);
	expect_null("perfdata.1.value");
	expect_string("perfdata.1.unit", "");
	expect_null("perfdata.1.warning");
	expect_null("perfdata.1.critical");
	expect_null("perfdata.1.min");
	expect_null("perfdata.1.max");
}
END_TEST

START_TEST(hostile_strings)
{
	static const char evil[] = "\"\\\n\t\x01\x7F|</script>\xC3\xA9\xFF\xC3";
	static const char read[] = "\"\\\n\t\x01\x7F|</script>\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD";

	sample_find(&verdict, CAUSE_HTTP_OPEN, STATE_WARNING, evil, evil, evil);
	strcpy(facts.http.server, evil);
	free(facts.tls.chain[0].names[1]);
	facts.tls.chain[0].names[1] = strdup(evil);
	report.plugin = evil;
	compose();
	expect_string("plugin", read);
	expect_string("summary", read);
	expect_string("findings.0.target", read);
	expect_string("targets.0.http.server", read);
	expect_string("targets.0.certificate.names.1", read);
}
END_TEST

/* A value, and how it is written. */
static const struct {
	const char *chars, *written;
} strings[] = {
    {NULL, "null"},
    {"", "\"\""},
    {"a b", "\"a b\""},
    {"\"", "\"\\\"\""},
    {"\\", "\"\\\\\""},
    {"\n\r\x1F\x7F", "\"\\u000A\\u000D\\u001F\\u007F\""},
    {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
    {"\xC0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"x\xE2\x82", "\"x\xEF\xBF\xBD\xEF\xBF\xBD\""},
};

START_TEST(strings_are_escaped)
{
	struct text text = TEXT_EMPTY;
	struct jsonwriter writer = {.text = &text};

	jsonwriter_string(&writer, NULL, strings[_i].chars);
	ck_assert_str_eq(text_chars(&text), strings[_i].written);
	text_free(&text);
}
END_TEST

START_TEST(commas_stand_between)
{
	struct text text = TEXT_EMPTY;
	struct jsonwriter writer = {.text = &text};

	jsonwriter_begin_object(&writer, NULL);
	jsonwriter_begin_array(&writer, "a");
	jsonwriter_end_array(&writer);
	jsonwriter_begin_array(&writer, "b");
	jsonwriter_begin_object(&writer, NULL);
	jsonwriter_end_object(&writer);
	jsonwriter_begin_object(&writer, NULL);
	jsonwriter_null(&writer, "c");
	jsonwriter_bool(&writer, "d", true);
	jsonwriter_end_object(&writer);
	jsonwriter_whole(&writer, NULL, INT64_MIN);
	jsonwriter_number(&writer, NULL, 1e20, 3);
	jsonwriter_number(&writer, NULL, NAN, 3);
	jsonwriter_number(&writer, NULL, -INFINITY, 3);
	jsonwriter_number(&writer, NULL, 0.1239, 3);
	jsonwriter_end_array(&writer);
	jsonwriter_known(&writer, "e", "");
	jsonwriter_known(&writer, "f", NULL);
	jsonwriter_known(&writer, "g\"", "x");
	jsonwriter_end_object(&writer);
	ck_assert_str_eq(text_chars(&text),
	    "{\"a\":[],\"b\":[{},{\"c\":null,\"d\":true},-9223372036854775808,"
	    "100000000000000000000,null,null,0.124],\"e\":null,\"f\":null,\"g\\\"\":\"x\"}");
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, the_whole_when_well);
	tcase_add_test(tests, the_path);
	tcase_add_test(tests, a_failure);
	tcase_add_test(tests, steps_are_part_of_the_remedy);
	tcase_add_test(tests, the_time_of_a_target);
	tcase_add_test(tests, the_target_of_a_failure);
	tcase_add_test(tests, a_tunnel_with_a_ping);
	tcase_add_test(tests, an_acknowledged_call);
	tcase_add_test(tests, sessions_that_were_offered_again);
	tcase_add_test(tests, nothing_reached);
	tcase_add_test(tests, a_plain_target_has_no_tls_stage);
	tcase_add_test(tests, oddities_of_tls);
	tcase_add_test(tests, each_target_has_its_own_worst_finding);
	tcase_add_test(tests, metrics);
	tcase_add_test(tests, hostile_strings);
	unit_add_rows(tests, strings_are_escaped, strings);
	tcase_add_test(tests, commas_stand_between);
}

int
main(void)
{
	return unit_run("report/json", list);
}

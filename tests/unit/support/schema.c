#include "support/schema.h"

#include <stdlib.h>
#include <string.h>

#include "unit/report/sample.h"
#include "unit/unit.h"

static struct text text; /* a report that is right */

static void
setup(void)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct facts facts[2];
	struct metric *metric = verdict_metric(&verdict, "total", "s");
	struct report report = sample_report(&verdict, facts, 2);

	ck_assert_ptr_nonnull(metric);
	metric->measured = true;
	metric->value = 0.25;
	ck_assert(range_read("1", &metric->warning));
	verdict_metric(&verdict, "certificate", "s");
	sample_facts(&facts[0]);
	sample_reset(&facts[1]);
	facts[0].tls.trust.errors_count = 1;
	facts[0].tls.trust.errors[0].code = 20;
	facts[0].tls.trust.errors[0].words = "no issuer";
	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts[1].target, "reset", "bind");
	verdict_close(&verdict);
	text = (struct text)TEXT_EMPTY;
	report_json(&report, &text);
	verdict_free(&verdict);
	facts_free(&facts[0]);
	facts_free(&facts[1]);
}

static void
teardown(void)
{
	text_free(&text);
}

/* Check CHARS, and hold the problem against WANTED. */
static void
check(const char *chars, const char *wanted)
{
	struct text path = TEXT_EMPTY;
	size_t where;
	struct json *json = json_parse(chars, strlen(chars), &where);
	const char *problem;

	ck_assert_msg(json != NULL, "no JSON at %zu: %s", where, chars);
	problem = schema_check(json, &path);
	text_format(&path, ": %s", problem == NULL ? "right" : problem);
	ck_assert_str_eq(text_chars(&path), wanted);
	text_free(&path);
	json_free(json);
}

START_TEST(a_report_is_right)
{
	check(text_chars(&text), ": right");
}
END_TEST

/* What to put in whose place, the first time it occurs, and what that makes wrong. */
static const struct {
	const char *from, *to, *wanted;
} changes[] = {
    {"\"version\":\"1.2.3\",", "", "state: another key than expected here"},
    {"\"plugin\":\"check_sstp\",\"version\":\"1.2.3\",",
        "\"version\":\"1.2.3\",\"plugin\":\"check_sstp\",",
        "version: another key than expected here"},
    {"\"plugin\":\"check_sstp\"", "\"plugin\":null", "plugin: a null that may not be"},
    {"\"plugin\":\"check_sstp\"", "\"plugin\":\"\"", "plugin: a wrong string"},
    {"\"plugin\":\"check_sstp\"", "\"plugin\":true", "plugin: a truth"},
    {"\"plugin\":\"check_sstp\"", "\"plugin\":[]", "plugin: an array"},
    {"\"plugin\":\"check_sstp\"", "\"plugin\":{}", "plugin: an object"},
    {"\"state\":\"CRITICAL\"", "\"state\":\"critical\"", "state: a wrong string"},
    {"\"state\":\"CRITICAL\"", "\"state\":\"WARNING\"", ": state and exit differ"},
    {"\"exit\":2", "\"exit\":4", "exit: a wrong number"},
    {"\"exit\":2", "\"exit\":1.5", "exit: a wrong number"},
    {"\"exit\":2", "\"exit\":\"2\"", "exit: a wrong string"},
    {"\"cause\":\"tls.reset\"", "\"cause\":\"tls\"", "cause: a wrong string"},
    {"\"cause\":\"tls.reset\"", "\"cause\":\"tls.\"", "cause: a wrong string"},
    {"\"cause\":\"tls.reset\"", "\"cause\":\"tls.Reset\"", "cause: a wrong string"},
    {"\"cause\":\"tls.reset\"", "\"cause\":\"tls.closed\"",
        ": the first finding is not what is told"},
    {"\"cause\":\"tls.reset\"", "\"cause\":null",
        ": a cause without a finding, or the other way round"},
    {"\"findings\":[{", "\"findings\":[1,{", "findings.0: no object"},
    {"\"target\":\"vpn", "\"aim\":\"vpn", "findings.0.aim: another key than expected here"},
    {"\"name\":\"vpn.example.com\"", "\"name\":null", "targets.0.name: a null that may not be"},
    {"\"port\":443", "\"port\":0", "targets.0.port: a wrong number"},
    {"\"port\":443", "\"port\":65536", "targets.0.port: a wrong number"},
    {"\"port\":8443", "\"port\":\"\"", "targets.1.port: a wrong string"},
    {"\"seconds\":0.012", "\"seconds\":-0.012", "targets.0.stages.1.seconds: a wrong number"},
    {"\"outcome\":\"ok\"", "\"outcome\":\"ok.\"", "targets.0.stages.0.outcome: a wrong string"},
    {"\"outcome\":\"ok\"}", "\"outcome\":\"ok\",\"x\":1}", "targets.0.stages.0: a key too many"},
    {",\"outcome\":\"ok\"}", "}", "targets.0.stages.0: a key is missing at the end"},
    {"\"certificate_requested\":false", "\"certificate_requested\":0",
        "targets.0.tls.certificate_requested: a wrong number"},
    {"\"sha1\":\"A1A1", "\"sha1\":\"a1A1", "targets.0.certificate.sha1: a wrong string"},
    {"\"sha1\":\"A1A1", "\"sha1\":\"A1", "targets.0.certificate.sha1: a wrong string"},
    {"\"sha256\":\"C3C3", "\"sha256\":\"C3:C", "targets.0.certificate.sha256: a wrong string"},
    {"\"serial\":\"0A1B\"", "\"serial\":\"-\"", "targets.0.certificate.serial: a wrong string"},
    {"\"names\":[\"vpn.example.com\"", "\"names\":[\"\"",
        "targets.0.certificate.names: an element is no string, or empty"},
    {"T00:00:00Z", "T00:00:00", "targets.0.certificate.not_before: a wrong string"},
    {"T00:00:00Z", "T00:00:00ZZ", "targets.0.certificate.not_before: a wrong string"},
    {"2026-01-01T", "26-01-01T", "targets.0.certificate.not_before: a wrong string"},
    {"\"trust_errors\":[", "\"trust_errors\":[{},",
        "targets.0.certificate.trust_errors.0: a key is missing at the end"},
    {"\"subject\":\"CN=Example Issuing CA\"", "\"subject\":7",
        "targets.0.certificate.chain.0.subject: a wrong number"},
    {"\"auth\":null", "\"auth\":{}", "targets.0.auth: a key is missing at the end"},
    {"\"address\":\"203.0.113.12\"", "\"address\":null",
        "targets.1.attempts.0.address: a null that may not be"},
    {"\"label\":\"total\"", "\"label\":\"to tal\"", "perfdata.0.label: a wrong string"},
    {"\"unit\":\"s\"", "\"unit\":\"ms\"", "perfdata.0.unit: a wrong string"},
    {"\"warning\":\"1\"", "\"warning\":1", "perfdata.0.warning: a wrong number"},
    {"\"warning\":\"1\"", "\"warning\":\"over 1\"", "perfdata.0.warning: a wrong string"},
};

START_TEST(changes_are_seen)
{
	const char *from = changes[_i].from, *at = strstr(text_chars(&text), from);
	struct text changed = TEXT_EMPTY;

	ck_assert_msg(at != NULL, "no %s in %s", from, text_chars(&text));
	text_add_bytes(&changed, text_chars(&text), (size_t)(at - text_chars(&text)));
	text_add(&changed, changes[_i].to);
	text_add(&changed, at + strlen(from));
	check(text_chars(&changed), changes[_i].wanted);
	text_free(&changed);
}
END_TEST

START_TEST(other_things_are_refused)
{
	check("[]", ": no object");
	check("{}", ": a key is missing at the end");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_report_is_right);
	unit_add_rows(tests, changes_are_seen, changes);
	tcase_add_test(tests, other_things_are_refused);
}

int
main(void)
{
	return unit_run("support/schema", list);
}

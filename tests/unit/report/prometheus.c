#include "config.h"

#include "support/prometheus.h"

#include <stdlib.h>
#include <string.h>

#include "unit/report/sample.h"
#include "unit/unit.h"

#define TARGET "vpn.example.com"

static struct verdict verdict;
static struct facts facts;
static struct report report;
static struct prometheus samples; /* large */

static void
setup(void)
{
	verdict = (struct verdict)VERDICT_EMPTY;
	sample_facts(&facts);
	facts.total = INT64_C(1533000000);
	facts.timeout = INT64_C(10000000000);
	report = sample_report(&verdict, &facts, 1);
	report.format = REPORT_PROMETHEUS;
}

static void
teardown(void)
{
	verdict_free(&verdict);
	facts_free(&facts);
}

/* Compose the report and read it back. */
static void
compose(void)
{
	struct text text = TEXT_EMPTY;
	const char *problem;
	size_t line;

	verdict_close(&verdict);
	report_compose(&report, &text);
	ck_assert(!text_failed(&text));
	problem = prometheus_parse(text_chars(&text), &samples, &line);
	ck_assert_msg(problem == NULL, "line %zu: %s: %s", line, problem, text_chars(&text));
	text_free(&text);
}

static void
expect_of(const char *target, const char *name, const char *label, const char *value, double wanted)
{
	const struct prometheus_sample *sample =
	    prometheus_find(&samples, name, target, label, value);

	ck_assert_msg(sample != NULL, "no %s of %s", name, target);
	ck_assert_msg(sample->value == wanted, "%s is %g, not %g", name, sample->value, wanted);
}

static void
expect(const char *name, double wanted)
{
	expect_of(TARGET, name, NULL, NULL, wanted);
}

static void
expect_none(const char *name)
{
	ck_assert_msg(
	    prometheus_find(&samples, name, TARGET, NULL, NULL) == NULL, "there is %s", name);
}

START_TEST(the_whole_when_well)
{
	static const char wanted[] =
	    "# HELP sstp_probe_success 1 when the level asked for was reached and no finding is "
	    "CRITICAL or UNKNOWN, else 0.\n"
	    "# TYPE sstp_probe_success gauge\n"
	    "sstp_probe_success{target=\"vpn.example.com\"} 1\n"
	    "# HELP sstp_probe_state State of the target: 0 OK, 1 WARNING, 2 CRITICAL, "
	    "3 UNKNOWN.\n"
	    "# TYPE sstp_probe_state gauge\n"
	    "sstp_probe_state{target=\"vpn.example.com\"} 0\n"
	    "# HELP sstp_probe_duration_seconds Time that a stage took, also when it failed.\n"
	    "# TYPE sstp_probe_duration_seconds gauge\n"
	    "sstp_probe_duration_seconds{target=\"vpn.example.com\",stage=\"resolve\"} 0.001\n"
	    "sstp_probe_duration_seconds{target=\"vpn.example.com\",stage=\"connect\"} 0.012\n"
	    "sstp_probe_duration_seconds{target=\"vpn.example.com\",stage=\"tls\"} 0.02\n"
	    "sstp_probe_duration_seconds{target=\"vpn.example.com\",stage=\"http\"} 1.5\n"
	    "# HELP sstp_probe_total_seconds Time that the whole probe took.\n"
	    "# TYPE sstp_probe_total_seconds gauge\n"
	    "sstp_probe_total_seconds{target=\"vpn.example.com\"} 1.533\n"
	    "# HELP sstp_probe_timeout_seconds Time that the whole probe was given.\n"
	    "# TYPE sstp_probe_timeout_seconds gauge\n"
	    "sstp_probe_timeout_seconds{target=\"vpn.example.com\"} 10\n"
	    "# HELP sstp_probe_ip_protocol 4 or 6: the version of IP that the probe used last.\n"
	    "# TYPE sstp_probe_ip_protocol gauge\n"
	    "sstp_probe_ip_protocol{target=\"vpn.example.com\"} 4\n"
	    "# HELP sstp_tls_info 1, with the TLS version and the cipher agreed on.\n"
	    "# TYPE sstp_tls_info gauge\n"
	    "sstp_tls_info{target=\"vpn.example.com\",version=\"TLSv1.3\","
	    "cipher=\"TLS_AES_256_GCM_SHA384\"} 1\n"
	    "# HELP sstp_http_status Status code of the HTTP answer.\n"
	    "# TYPE sstp_http_status gauge\n"
	    "sstp_http_status{target=\"vpn.example.com\"} 401\n"
	    "# HELP sstp_certificate_not_before_timestamp_seconds Date from which on the server's "
	    "own certificate is valid.\n"
	    "# TYPE sstp_certificate_not_before_timestamp_seconds gauge\n"
	    "sstp_certificate_not_before_timestamp_seconds{target=\"vpn.example.com\"} "
	    "1767225600\n"
	    "# HELP sstp_certificate_not_after_timestamp_seconds Date until which the server's own "
	    "certificate is valid.\n"
	    "# TYPE sstp_certificate_not_after_timestamp_seconds gauge\n"
	    "sstp_certificate_not_after_timestamp_seconds{target=\"vpn.example.com\"} "
	    "1798761599\n"
	    "# HELP sstp_certificate_earliest_not_after_timestamp_seconds Earliest such date of "
	    "all certificates that the server sent.\n"
	    "# TYPE sstp_certificate_earliest_not_after_timestamp_seconds gauge\n"
	    "sstp_certificate_earliest_not_after_timestamp_seconds{target=\"vpn.example.com\"} "
	    "1798761599\n"
	    "# HELP sstp_certificate_info 1, with what identifies the server's own certificate.\n"
	    "# TYPE sstp_certificate_info gauge\n"
	    "sstp_certificate_info{target=\"vpn.example.com\",sha256="
	    "\"C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3\",sha1="
	    "\"A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1\",subject=\"CN=vpn.example.com\","
	    "issuer=\"CN=Example Issuing CA\",serial=\"0A1B\"} 1\n"
	    "# HELP sstp_plugin_info 1, with the plugin that made this and its version.\n"
	    "# TYPE sstp_plugin_info gauge\n"
	    "sstp_plugin_info{target=\"vpn.example.com\",plugin=\"check_sstp\","
	    "version=\"1.2.3\"} 1\n";
	struct text text = TEXT_EMPTY;

	compose();
	report_prometheus(&report, &text);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_free(&text);
}
END_TEST

START_TEST(a_failure)
{
	facts_free(&facts);
	sample_reset(&facts);
	sample_find(&verdict, CAUSE_TLS_RESET, STATE_CRITICAL, facts.target, "reset", "bind one");
	sample_find(&verdict, CAUSE_TCP_TIMEOUT, STATE_WARNING, facts.target, "dead", "");
	sample_find(&verdict, CAUSE_TCP_TIMEOUT, STATE_WARNING, facts.target, "dead too", "");
	compose();
	expect("sstp_probe_success", 0);
	expect("sstp_probe_state", 2);
	expect("sstp_probe_ip_protocol", 6);
	expect_of(TARGET, "sstp_probe_failure", "cause", "tls.reset", 1);
	expect_of(TARGET, "sstp_probe_failure", "cause", "tcp.timeout", 1);
	expect_of(TARGET, "sstp_probe_duration_seconds", "stage", "connect", 3.012);
	expect_of(TARGET, "sstp_probe_duration_seconds", "stage", "tls", 0.02);
	ck_assert_ptr_null(
	    prometheus_find(&samples, "sstp_probe_duration_seconds", TARGET, "stage", "http"));
	expect_none("sstp_tls_info");
	expect_none("sstp_http_status");
	expect_none("sstp_certificate_info");
	expect_none("sstp_certificate_not_before_timestamp_seconds");
	expect_none("sstp_certificate_not_after_timestamp_seconds");
	expect_none("sstp_certificate_earliest_not_after_timestamp_seconds");
}
END_TEST

START_TEST(nothing_reached)
{
	facts_free(&facts);
	facts.target = strdup(TARGET);
	facts.level = FACTS_HTTP;
	compose();
	expect("sstp_probe_success", 0);
	expect_none("sstp_probe_duration_seconds");
	expect_none("sstp_probe_total_seconds");
	expect_none("sstp_probe_timeout_seconds");
	expect_none("sstp_probe_ip_protocol");
	ck_assert_uint_eq(samples.count, 3);
}
END_TEST

/* A state of the worst finding, whether the level was reached, and the success that makes. */
static const struct {
	enum state state;
	bool reached;
	int success;
} successes[] = {
    {STATE_OK, true, 1},
    {STATE_WARNING, true, 1},
    {STATE_CRITICAL, true, 0},
    {STATE_UNKNOWN, true, 0},
    {STATE_OK, false, 0},
    {STATE_WARNING, false, 0},
    {STATE_CRITICAL, false, 0},
};

START_TEST(success_needs_the_level_and_a_good_state)
{
	sample_find(&verdict, CAUSE_TIME_SLOW, successes[_i].state, facts.target, "slow", "");
	if (!successes[_i].reached)
		facts.steps[FACTS_HTTP].symptom = FACTS_TIMEOUT;
	compose();
	expect("sstp_probe_success", successes[_i].success);
	expect("sstp_probe_state", state_exit(successes[_i].state));
	facts.steps[FACTS_HTTP].symptom = FACTS_WELL;
	facts.steps[FACTS_HTTP].ended = false;
	compose();
	expect("sstp_probe_success", 0);
}
END_TEST

/* Nothing was climbed, and all that was asked for is there. */
START_TEST(a_certificate_out_of_a_file_is_a_success)
{
	facts.from_file = true;
	memset(facts.steps, 0, sizeof facts.steps);
	compose();
	expect("sstp_probe_success", 1);
	sample_find(&verdict, CAUSE_CERT_EXPIRING, STATE_CRITICAL, facts.target, "soon", "");
	compose();
	expect("sstp_probe_success", 0);
}
END_TEST

/* Whether the refusal of a logon is what was asked for is up to the policy, and to the reason. */
static const struct {
	bool wanted;
	int code;
	int success;
} refusals[] = {{true, 691, 1}, {true, 647, 0}, {false, 691, 0}};

START_TEST(a_refusal_that_is_wanted_is_a_success)
{
	struct policy policy;

	policy_begin(&policy);
	policy.expect_reject = refusals[_i].wanted;
	report.policy = &policy;
	facts.level = FACTS_AUTH;
	facts.steps[FACTS_AUTH] =
	    (struct facts_step){.begun = true, .ended = true, .symptom = FACTS_LOGON_REFUSED};
	facts.auth.method = FACTS_MSCHAP_V2;
	facts.auth.sent = true;
	facts.auth.refused = true;
	facts.auth.code = refusals[_i].code;
	compose();
	expect("sstp_probe_success", refusals[_i].success);
	sample_find(&verdict, CAUSE_CERT_EXPIRED, STATE_CRITICAL, facts.target, "ended", "");
	compose();
	expect("sstp_probe_success", 0);
}
END_TEST

START_TEST(the_chain_may_expire_before_the_server)
{
	facts.tls.chain[1].not_after = 1700000000;
	facts.tls.chain[0].not_before = -1;
	compose();
	expect("sstp_certificate_not_before_timestamp_seconds", -1);
	expect("sstp_certificate_not_after_timestamp_seconds", 1798761599);
	expect("sstp_certificate_earliest_not_after_timestamp_seconds", 1700000000);
}
END_TEST

START_TEST(each_target_has_its_own_series)
{
	struct facts all[3];

	for (int i = 0; i < 3; i++)
		sample_facts(&all[i]);
	free(all[1].target);
	all[1].target = strdup("vpn.example.com at 203.0.113.12");
	all[1].http.status = 404;
	all[2].http.status = 503;
	report.facts = all;
	report.facts_count = 3;
	sample_find(&verdict, CAUSE_HTTP_NOT_RRAS, STATE_CRITICAL, all[1].target, "no", "");
	sample_find(&verdict, CAUSE_HTTP_GATEWAY, STATE_WARNING, all[2].target, "no", "");
	sample_find(&verdict, CAUSE_HTTP_NOT_RRAS, STATE_WARNING, all[2].target, "no", "");
	compose();
	expect_of(TARGET, "sstp_http_status", NULL, NULL, 401);
	expect_of(TARGET, "sstp_probe_state", NULL, NULL, 0);
	expect_of(all[1].target, "sstp_http_status", NULL, NULL, 404);
	expect_of(all[1].target, "sstp_probe_state", NULL, NULL, 2);
	expect_of(all[1].target, "sstp_probe_failure", "cause", "http.not-rras", 1);
	/* The same name once more is another target. */
	expect_of(TARGET " (2)", "sstp_http_status", NULL, NULL, 503);
	expect_of(TARGET " (2)", "sstp_probe_success", NULL, NULL, 1);
	expect_of(TARGET " (2)", "sstp_probe_failure", "cause", "http.gateway", 1);
	expect_of(TARGET " (2)", "sstp_probe_failure", "cause", "http.not-rras", 1);
	for (int i = 0; i < 3; i++)
		facts_free(&all[i]);
}
END_TEST

START_TEST(hostile_labels)
{
	static const char evil[] = "\"\\\n\r\t\x1B\x7F}|\xC3\xA9\xFF\xC3";
	static const char read[] =
	    "\"\\\n\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD}|\xC3\xA9\xEF\xBF\xBD\xEF\xBF"
	    "\xBD";
	const struct prometheus_sample *info;

	free(facts.tls.chain[0].subject);
	facts.tls.chain[0].subject = strdup(evil);
	free(facts.tls.chain[0].issuer);
	facts.tls.chain[0].issuer = NULL;
	*facts.tls.chain[0].serial = '\0';
	free(facts.target);
	facts.target = strdup(evil);
	compose();
	info = prometheus_find(&samples, "sstp_certificate_info", read, NULL, NULL);
	ck_assert_ptr_nonnull(info);
	ck_assert_str_eq(prometheus_label(info, "subject"), read);
	ck_assert_ptr_null(prometheus_label(info, "issuer"));
	ck_assert_ptr_null(prometheus_label(info, "serial"));
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, the_whole_when_well);
	tcase_add_test(tests, a_failure);
	tcase_add_test(tests, nothing_reached);
	unit_add_rows(tests, success_needs_the_level_and_a_good_state, successes);
	tcase_add_test(tests, a_certificate_out_of_a_file_is_a_success);
	unit_add_rows(tests, a_refusal_that_is_wanted_is_a_success, refusals);
	tcase_add_test(tests, the_chain_may_expire_before_the_server);
	tcase_add_test(tests, each_target_has_its_own_series);
	tcase_add_test(tests, hostile_labels);
}

int
main(void)
{
	return unit_run("report/prometheus", list);
}

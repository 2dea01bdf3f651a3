/* The first line has room for what to do: for every cause, with a name of 34 characters. */
#include <stdlib.h>
#include <string.h>

#include "unit/report/sample.h"
#include "unit/unit.h"
#include "verdict/template.h"

#define NAME     "vpn-remote.emea.branch.example.com"
#define LINE_MAX 160

/* What the judges fill in, as long as it usually is. */
static const struct template_word usual[] = {
    {"address", "203.0.113.111"},
    {"addresses", "2"},
    {"age", "3 d ago"},
    {"ago", "3 d"},
    {"ahead", "47 h"},
    {"algorithm", "ecdsa-with-SHA1"},
    {"alike", ""},
    {"applied", "0"},
    {"assigned", "169.254.113.111"},
    {"bound", "AB12CD34.."},
    {"by", ""},
    {"code", "E=691"},
    {"count", "2"},
    {"days", "825"},
    {"dead", "1"},
    {"digest", "AB12CD34.."},
    {"dropped", "2"},
    {"endpoint", "203.0.113.111:443"},
    {"expected", "401"},
    {"file", "rras1.dump"},
    {"first", ": 220 mail.example.com"},
    {"found", ", it takes TLS 1.1"},
    {"four", "AB12CD34.."},
    {"hash", "SHA-256 "},
    {"head", "401"},
    {"healthy", "1"},
    {"host", NAME},
    {"how", "nothing in 9.8 s"},
    {"issuer", "Example Issuing CA 2"},
    {"key", "RSA 1024"},
    {"kind", "secp521r1"},
    {"lacking", "--cert-file"},
    {"left", "13 d"},
    {"limit", "14 d"},
    {"list", "AB12CD34.. on rras1, rras2; CD34AB12.. on rras3"},
    {"listener", "8443"},
    {"location", "https://login.example.com/"},
    {"lost", "2"},
    {"method", "peap-mschapv2"},
    {"methods", "mschapv2, eap"},
    {"missing", "[::]:443"},
    {"name", NAME},
    {"names", "www.other.example"},
    {"offered", "TLS 1.2 to 1.3"},
    {"offers", "EAP-TTLS"},
    {"or", ""},
    {"other", "rras1"},
    {"others", ""},
    {"owner", "IIS"},
    {"pin", "the expected CD34AB12.."},
    {"pinged", "192.168.77.1"},
    {"port", "443"},
    {"range", "5"},
    {"reason", "alert 80, internal error"},
    {"received", "0"},
    {"refusal", "Call Abort: negotiation timeout (8)"},
    {"remedy", "start RemoteAccess, enable SSTP ports"},
    {"renewed", ""},
    {"seconds", "9.8"},
    {"seen", "AB12CD34.."},
    {"sent", "3"},
    {"server", "Microsoft-HTTPAPI/2.0"},
    {"shown", "AB12CD34"},
    {"shows", "shows AB12CD34.."},
    {"six", "CD34AB12.."},
    {"sni", NAME},
    {"so", "it counts twice"},
    {"source", "CRL http://pki.example.com/ca.crl"},
    {"stage", "connect"},
    {"status", "404"},
    {"subnet", "192.168.77.0/24"},
    {"symptom", "connect timeout"},
    {"text", "ended 3 d ago"},
    {"total", "3"},
    {"trouble", "tls.reset"},
    {"trusted", "AB12CD34"},
    {"unbind", "unbind in IIS"},
    {"until", ", no retry until 17:05"},
    {"usual", "CD34AB12.."},
    {"value", "UseHttps"},
    {"vip", ""},
    {"wanted", "mschapv2, chap-md5"},
    {"ways", "session id"},
    {"what", "no CRL distribution point"},
    {"which", "issuer Example Issuing CA 2"},
    {"who", "rras3: TLS reset after ClientHello, likely no certificate bound on 443"},
    {"why", "certificate not verified"},
    {"wrong", ", [::]:443 (owner IIS) is wrong"},
};

/* TEMPLATE with its words, of which none may be missing above. */
static void
fill(struct text *text, const char *template)
{
	for (const char *open = template; (open = strchr(open, '{')) != NULL; open++) {
		size_t length = strcspn(open + 1, "}"), i = 0;

		while (i < UNIT_COUNT(usual) && (strlen(usual[i].word) != length ||
		                                    memcmp(usual[i].word, open + 1, length) != 0))
			i++;
		ck_assert_msg(i < UNIT_COUNT(usual), "no value in this test for %s", open);
	}
	template_fill(text, template, usual, UNIT_COUNT(usual));
}

static const char *
service_of(const struct cause_row *row)
{
	if (row->program != NULL && strcmp(row->program, "check_sstp_pool") == 0)
		return "SSTP_POOL";
	return row->program != NULL || causes_in_layer(row->cause, "windows") ? "SSTP_CERT"
	                                                                      : "SSTP";
}

static void
check(const struct cause_row *row, enum cause cause, const char *template)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct report report = sample_report(&verdict, NULL, 0);
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	char *line;

	report.service = service_of(causes_row(cause));
	report.target = strcmp(report.service, "SSTP_POOL") == 0 ? NULL : NAME;
	fill(&summary, row->summary);
	fill(&remedy, template);
	sample_find(&verdict, cause, STATE_CRITICAL, report.target, text_chars(&summary),
	    text_chars(&remedy));
	verdict_close(&verdict);
	line = sample_first_line(&report);
	/* The first clause, at the least. */
	text_cut(&remedy, strcspn(text_chars(&remedy), ",;"));
	ck_assert_msg(strlen(line) <= LINE_MAX, "%zu characters: %s", strlen(line), line);
	ck_assert_msg(
	    strstr(line, text_chars(&remedy)) != NULL, "no %s in %s", text_chars(&remedy), line);
	free(line);
	text_free(&summary);
	text_free(&remedy);
	verdict_free(&verdict);
}

START_TEST(every_cause_has_room_for_its_remedy)
{
	const struct cause_row *row = causes_row(_i);

	check(row, row->cause, row->remedy);
	if (row->above != NULL)
		check(row, row->cause, row->above);
}
END_TEST

/* Words that stand for those of a cause. */
static const struct {
	enum cause cause;
	const struct cause_row *row;
} others[] = {
    {CAUSE_TCP_TIMEOUT, &causes_dead_member},
    {CAUSE_CERT_CRL_UNREACHABLE, &causes_ldap_only},
    {CAUSE_LOCAL_NOT_JUDGED, &causes_no_issuer},
    {CAUSE_LOCAL_NOT_JUDGED, &causes_path_cut},
    {CAUSE_CERT_CRL_STALE, &causes_no_next_update},
    {CAUSE_CERT_KEY_TYPE, &causes_key_off},
    {CAUSE_CERT_INVALID, &causes_key_usage},
    {CAUSE_WINDOWS_WIRE_DIFFERS, &causes_file_differs},
    {CAUSE_WINDOWS_WIRE_DIFFERS, &causes_other_port},
    {CAUSE_WINDOWS_NO_BINDING, &causes_none_but_shown},
    {CAUSE_TLS_RESET, &causes_reset_though_bound},
    {CAUSE_TLS_RESET, &causes_reset_unstocked},
    {CAUSE_TLS_RESET, &causes_reset_rejected},
    {CAUSE_TLS_RESET, &causes_reset_offloaded},
    {CAUSE_TLS_PLAINTEXT, &causes_plain_though_https},
    {CAUSE_TCP_REFUSED, &causes_refused_elsewhere},
    {CAUSE_TCP_REFUSED, &causes_refused_offloaded},
    {CAUSE_PING_LOST, &causes_some_lost},
    {CAUSE_AUTH_NO_DIAL_IN, &causes_no_policy},
};

START_TEST(other_words_have_room_too)
{
	check(others[_i].row, others[_i].cause, others[_i].row->remedy);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, every_cause_has_room_for_its_remedy, 0, CAUSES);
	tcase_add_loop_test(tests, other_words_have_room_too, 0, UNIT_COUNT(others));
}

int
main(void)
{
	return unit_run("report/remedies", list);
}

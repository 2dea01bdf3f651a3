/*
 * revocation - looking up revocation over real sockets, and what is made of it: one row a fault.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/text.h"
#include "facts/revocation.h"
#include "process.h"
#include "room.h"
#include "sources.h"
#include "support/json.h"
#include "support/schema.h"
#include "support/suite.h"
#include "verdict/judge_revocation.h"

#define PLUGIN  "plugins/check_sstp_cert"
#define SECONDS 5 /* for a run that needs no waiting */
#define SHORT   1 /* for one that waits until the end */
#define SLACK   0.6

#define CRL_MODE  FACTS_REVOCATION_CRL
#define OCSP_MODE FACTS_REVOCATION_OCSP
#define ANY_MODE  FACTS_REVOCATION_ANY
#define OFF_MODE  FACTS_REVOCATION_OFF
#define UNREACHED "CRL at 127.0.0.1:{port} unreachable from here "
#define CRL_AT    "CRL at 127.0.0.1:{port} "
#define DELTA_AT  "delta CRL at 127.0.0.1:{port} "
#define OCSP_AT   "OCSP responder 127.0.0.1:{port} "

static const struct sources_row rows[] = {
    {.name = "a CRL without it", .mode = CRL_MODE, .crl = SOURCES_GOOD, .cause = CAUSES},
    {.name = "in chunks",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_CHUNKED,
        .cause = CAUSES},
    {.name = "until the end",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_CLOSED,
        .cause = CAUSES},
    {.name = "moved once",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "/moved",
        .cause = CAUSES},
    {.name = "moved once, the whole URL",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "http://127.0.0.1:{port}/moved",
        .cause = CAUSES},
    {.name = "revoked by CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked, and not asked",
        .mode = OFF_MODE,
        .crl = SOURCES_REVOKED,
        .ocsp = SOURCES_REVOKED,
        .staple = SOURCES_REVOKED,
        .cause = CAUSES},
    {.name = "revoked by OCSP",
        .mode = OCSP_MODE,
        .crl = SOURCES_GOOD,
        .ocsp = SOURCES_REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked by a stapled answer",
        .mode = OCSP_MODE,
        .staple = SOURCES_REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked by one of them",
        .mode = ANY_MODE,
        .crl = SOURCES_REVOKED,
        .ocsp = SOURCES_GOOD,
        .staple = SOURCES_GOOD,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked"},
    {.name = "OCSP by GET", .mode = OCSP_MODE, .ocsp = SOURCES_GOOD, .cause = CAUSES},
    {.name = "OCSP by POST, where GET is refused",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_GOOD,
        .ocsp_way = ISSUER_POST,
        .cause = CAUSES},
    {.name = "OCSP stapled", .mode = OCSP_MODE, .staple = SOURCES_GOOD, .cause = CAUSES},
    {.name = "a stale staple, and a responder",
        .mode = OCSP_MODE,
        .staple = SOURCES_STALE,
        .ocsp = SOURCES_GOOD,
        .cause = CAUSES},
    {.name = "one of two is enough",
        .mode = ANY_MODE,
        .crl = SOURCES_GOOD,
        .ocsp = SOURCES_GOOD,
        .ocsp_way = ISSUER_MISSING,
        .cause = CAUSES},
    {.name = "404",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_MISSING,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(HTTP 404)"},
    {.name = "nobody listens",
        .mode = CRL_MODE,
        .points = "URI:http://127.0.0.1:{refused}/x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = "CRL at 127.0.0.1:{refused} unreachable from here (refused)"},
    {.name = "https",
        .mode = CRL_MODE,
        .points = "URI:https://127.0.0.1/x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary =
            "CRL at 127.0.0.1 unreachable from here (https, which is not followed)"},
    {.name = "ldap alone",
        .mode = CRL_MODE,
        .points = "URI:ldap:///CN=CA?x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = "certificate names its CRL by ldap only"},
    {.name = "ldap alone, and not asked",
        .mode = OFF_MODE,
        .points = "URI:ldap:///CN=CA?x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = "certificate names its CRL by ldap only"},
    {.name = "ldap before http",
        .mode = CRL_MODE,
        .points = "URI:ldap:///CN=CA?x,URI:http://127.0.0.1:{port}/ca.crl",
        .crl = SOURCES_GOOD,
        .cause = CAUSES},
    {.name = "a redirect in a circle",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "/ca.crl",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(redirected in vain)"},
    {.name = "a redirect to https",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "https://127.0.0.1/",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(redirected in vain)"},
    {.name = "no answer",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_SILENT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(timeout)",
        .waits = true},
    {.name = "dripping",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_DRIP,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(timeout)",
        .waits = true},
    {.name = "a responder that never answers",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_GOOD,
        .ocsp_way = ISSUER_SILENT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = OCSP_AT "unreachable from here (timeout)",
        .waits = true},
    {.name = "a responder that drips",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_GOOD,
        .ocsp_way = ISSUER_DRIP,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = OCSP_AT "unreachable from here (timeout)",
        .waits = true},
    {.name = "a responder that never answers, and a CRL",
        .mode = ANY_MODE,
        .ocsp = SOURCES_GOOD,
        .ocsp_way = ISSUER_SILENT,
        .crl = SOURCES_GOOD,
        .cause = CAUSES,
        .waits = true},
    {.name = "cut",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_CUT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(closed)"},
    {.name = "200 MB",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_FLOODED,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is longer than --max-crl"},
    {.name = "200 MB, announced",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .crl_way = ISSUER_HUGE,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is longer than --max-crl"},
    {.name = "stale CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = CRL_AT "is out of date for 3 h"},
    {.name = "stale OCSP",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = OCSP_AT "is out of date for 3 h"},
    {.name = "stale staple",
        .mode = OCSP_MODE,
        .staple = SOURCES_STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = "stapled OCSP answer is out of date for 3 h"},
    {.name = "nearly stale CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_NEAR,
        .cause = CAUSE_CERT_CRL_EXPIRING,
        .summary = CRL_AT "ends in "},
    {.name = "CRL without a next update",
        .mode = CRL_MODE,
        .crl = SOURCES_ENDLESS,
        .cause = CAUSES},
    {.name = "OCSP without a next update",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_ENDLESS,
        .cause = CAUSES},
    {.name = "old CRL without a next update",
        .mode = CRL_MODE,
        .crl = SOURCES_AGED,
        .cause = CAUSE_CERT_CRL_STALE,
        .state = STATE_WARNING,
        .summary = CRL_AT "is 10 d old and names no next update"},
    {.name = "old OCSP without a next update",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_AGED,
        .cause = CAUSE_CERT_CRL_STALE,
        .state = STATE_WARNING,
        .summary = OCSP_AT "is 10 d old and names no next update"},
    {.name = "old staple without a next update, and a responder",
        .mode = OCSP_MODE,
        .staple = SOURCES_AGED,
        .ocsp = SOURCES_ENDLESS,
        .cause = CAUSES},
    {.name = "forged CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_FORGED,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = CRL_AT "is not signed by the issuer"},
    {.name = "forged OCSP",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_FORGED,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "is not signed by the issuer"},
    {.name = "OCSP about another",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_OTHER,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "is about other certificates"},
    {.name = "staple about another",
        .mode = OCSP_MODE,
        .staple = SOURCES_OTHER,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = "stapled OCSP answer is about other"},
    {.name = "a page",
        .mode = CRL_MODE,
        .crl = SOURCES_GARBAGE,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = CRL_AT "is no CRL"},
    {.name = "unknown to the responder",
        .mode = OCSP_MODE,
        .ocsp = SOURCES_UNKNOWN,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "does not know the certificate"},
    {.name = "a delta CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_DELTA,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is a delta CRL: not judged here"},
    {.name = "a CRL and its delta",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_GOOD,
        .cause = CAUSES},
    {.name = "revoked by the delta",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "no delta",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_GOOD,
        .delta_way = ISSUER_MISSING,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .state = STATE_WARNING,
        .summary = DELTA_AT "unreachable from here (HTTP 404)"},
    {.name = "silence in place of the delta",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_GOOD,
        .delta_way = ISSUER_SILENT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .state = STATE_WARNING,
        .summary = DELTA_AT "unreachable from here (timeout)",
        .waits = true},
    {.name = "stale delta",
        .mode = ANY_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .state = STATE_WARNING,
        .summary = DELTA_AT "is out of date for 3 h"},
    {.name = "forged delta",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_FORGED,
        .cause = CAUSE_CERT_CRL_INVALID,
        .state = STATE_WARNING,
        .summary = DELTA_AT "is not signed by the issuer"},
    {.name = "delta of a newer CRL",
        .mode = CRL_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_AHEAD,
        .cause = CAUSE_CERT_CRL_INVALID,
        .state = STATE_WARNING,
        .summary = DELTA_AT "adds to a newer CRL than is published"},
    {.name = "no delta, but a responder",
        .mode = ANY_MODE,
        .crl = SOURCES_GOOD,
        .delta = SOURCES_GOOD,
        .delta_way = ISSUER_MISSING,
        .ocsp = SOURCES_GOOD,
        .cause = CAUSES},
    {.name = "stale CRL, and its delta",
        .mode = CRL_MODE,
        .crl = SOURCES_STALE,
        .delta = SOURCES_GOOD,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = CRL_AT "is out of date for 3 h"},
    {.name = "nothing named",
        .mode = ANY_MODE,
        .cause = CAUSE_CERT_NO_REVOCATION_INFO,
        .summary = "certificate names neither a CRL nor an OCSP responder"},
    {.name = "nothing named, and not asked", .mode = OFF_MODE, .cause = CAUSES},
};

static void
check_verdict(const struct sources_row *row)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct policy policy;
	struct words words;
	char wanted[200];

	policy_begin(&policy);
	words_begin(&words, &sources_scene.facts[0], &policy, &verdict);
	judge_revocation_sources(&words);
	verdict_close(&verdict);
	if (row->cause == CAUSES) {
		ck_assert_msg(verdict.findings_count == 0, "%s", verdict.findings[0].summary);
	} else {
		sources_fill(wanted, sizeof wanted, row->summary);
		ck_assert_uint_eq(verdict.findings_count, 1);
		ck_assert_msg(strncmp(verdict.findings[0].summary, wanted, strlen(wanted)) == 0,
		    "got    %s\nwanted %s", verdict.findings[0].summary, wanted);
		ck_assert_int_eq(verdict.findings[0].cause, row->cause);
	}
	verdict_free(&verdict);
}

static enum state
state_of(const struct sources_row *row)
{
	if (row->cause == CAUSES || row->state != STATE_OK)
		return row->state;
	return causes_row(row->cause)->state;
}

/* The first line says the cause, in its state and within its length. */
static void
check_first_line(const struct sources_row *row, char *out)
{
	const char *name = row->cause == CAUSES ? "" : causes_row(row->cause)->name;
	char wanted[300], filled[200] = "", *bar = strstr(out, " | ");

	ck_assert_ptr_nonnull(bar);
	*bar = '\0';
	if (row->summary != NULL)
		sources_fill(filled, sizeof filled, row->summary);
	snprintf(wanted, sizeof wanted, "SSTP_CERT %s - " SOURCES_NAME ": %s",
	    state_name(state_of(row)), filled);
	ck_assert_msg(
	    strncmp(out, wanted, strlen(wanted)) == 0, "got    %s\nwanted %s", out, wanted);
	ck_assert_msg(strstr(out, name) != NULL, "no %s in %s", name, out);
	ck_assert_msg(strlen(out) <= 160, "%zu characters: %s", strlen(out), out);
}

static void
check_json(const char *out, bool off)
{
	struct text path = TEXT_EMPTY;
	size_t where;
	struct json *json = json_parse(out, strlen(out), &where);
	const char *problem;

	ck_assert_msg(json != NULL, "no JSON at %zu: %s", where, out);
	problem = schema_check(json, &path);
	ck_assert_msg(problem == NULL, "%s: %s: %s", text_chars(&path), problem, out);
	ck_assert_ptr_nonnull(strstr(out, off ? "\"revocation\":null" : "\"revocation\":{"));
	text_free(&path);
	room_check(json);
	json_free(json);
}

/* The plugin says what the verdict is, in text and in JSON. */
static void
check_plugin(const struct sources_row *row, int seconds)
{
	static const char *const formats[] = {"-v", "-o json"};
	static struct process_result results[2];
	bool off = row->mode == OFF_MODE;
	struct process processes[2];
	char line[400], longest[40] = "";

	/* Where nothing is fetched it is refused. */
	if (!off)
		snprintf(longest, sizeof longest, "--max-crl %zu", SOURCES_MAX);
	for (size_t i = 0; i < 2; i++) {
		snprintf(line, sizeof line,
		    "-H " SOURCES_NAME
		    " -I 127.0.0.1 -p %u --ca-file %s -w 1d -c 1h --revocation %s %s -t %d %s",
		    sources_scene.issuer.tls_port, sources_scene.ca_file,
		    facts_revocation_mode_name(row->mode), longest, seconds, formats[i]);
		process_begin(&processes[i], PLUGIN, line, NULL, NULL);
	}
	for (size_t i = 0; i < 2; i++) {
		process_end(&processes[i], seconds + 10.0 * SLOWNESS, &results[i]);
		ck_assert_str_eq(results[i].err, "");
		ck_assert_msg(results[i].exit == state_exit(state_of(row)), "exit %d: %s",
		    results[i].exit, results[i].out);
		ck_assert_msg(results[i].seconds < seconds + SLACK * SLOWNESS, "took %.2f s of %d",
		    results[i].seconds, seconds);
	}
	ck_assert_ptr_nonnull(strstr(results[0].out,
	    off ? "revocation: not looked up, see --revocation\n" : "revocation of " SOURCES_NAME));
	check_first_line(row, results[0].out);
	check_json(results[1].out, off);
}

START_TEST(a_row)
{
	const struct sources_row *row = &rows[_i];
	int seconds = (row->waits ? SHORT : SECONDS) * SLOWNESS;
	int64_t begun;
	double took;

	sources_set(row);
	begun = deadline_now();
	sources_look(row->mode, 1, seconds);
	took = deadline_to_seconds(deadline_now() - begun);
	ck_assert_msg(took < seconds + SLACK, "took %.2f s of %d", took, seconds);
	ck_assert_uint_eq(sources_scene.facts[0].revocations_count, 1);
	ck_assert_int_eq(sources_scene.facts[0].revocation_mode, row->mode);
	check_verdict(row);
	check_plugin(row, seconds);
	sources_strike(NULL, NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("revocation");
	TCase *tests = tcase_create("revocation");

	tcase_set_timeout(tests, 30 * SLOWNESS);
	tcase_add_loop_test(tests, a_row, 0, (int)(sizeof rows / sizeof rows[0]));
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

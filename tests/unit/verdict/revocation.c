#include <stdio.h>
#include <string.h>

#include "facts/revocation.h"
#include "unit/unit.h"
#include "verdict/judge_revocation.h"

#define NOW INT64_C(1800000000)
#define DAY INT64_C(86400)

static struct facts facts;
static struct facts_revocation revocations[2];
static struct facts_source sources[4];
static struct policy policy;
static struct verdict verdict;
static char remedy[200]; /* of what expect() found */
static enum state state;

/* One certificate with COUNT sources, all unasked. */
static void
begin(enum facts_revocation_mode mode, size_t count)
{
	static char server[] = "vpn.example.com";
	static char urls[][40] = {"http://a.example/1.crl", "http://b.example:81/2.crl",
	    "http://c.example", "http://d.example/"};

	memset(sources, 0, sizeof sources);
	memset(revocations, 0, sizeof revocations);
	facts_begin(&facts);
	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
	facts.date = NOW;
	facts.revocation_mode = mode;
	facts.revocations = revocations;
	facts.revocations_count = 1;
	revocations[0].about = server;
	revocations[0].sources = sources;
	revocations[0].sources_count = count;
	for (size_t i = 0; i < count; i++) {
		sources[i].kind = FACTS_SOURCE_CRL;
		sources[i].url = urls[i];
		sources[i].reason = -1;
		sources[i].this_update = NOW - DAY;
		sources[i].next_update = NOW + DAY;
	}
}

/* The findings must be SUMMARY alone, for CAUSE; NULL: none. */
static void
expect(enum cause cause, const char *summary)
{
	struct words words;

	words_begin(&words, &facts, &policy, &verdict);
	judge_revocation_sources(&words);
	verdict_close(&verdict);
	if (summary == NULL) {
		ck_assert_msg(verdict.findings_count == 0, "%s", verdict.findings[0].summary);
	} else {
		ck_assert_uint_eq(verdict.findings_count, 1);
		ck_assert_str_eq(verdict.findings[0].summary, summary);
		state = verdict.findings[0].state;
		snprintf(remedy, sizeof remedy, "%s", verdict.findings[0].remedy);
		ck_assert_msg(verdict.findings[0].cause == cause, "%s",
		    causes_row(verdict.findings[0].cause)->name);
	}
	verdict_free(&verdict);
}

static const struct {
	enum facts_said said;
	enum facts_symptom symptom;
	int status;
	const char *words;
	enum cause cause;
	const char *summary;
} rows[] = {
    {FACTS_SAID_GOOD, 0, 0, NULL, CAUSES, NULL},
    {FACTS_SAID_UNREACHABLE, FACTS_TIMEOUT, 0, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (timeout)"},
    {FACTS_SAID_UNREACHABLE, FACTS_NO_SUCH_NAME, 0, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (no such name)"},
    {FACTS_SAID_STATUS, 0, 404, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (HTTP 404)"},
    {FACTS_SAID_REDIRECT, 0, 301, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (redirected in vain)"},
    {FACTS_SAID_HTTPS, 0, 0, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (https, which is not followed)"},
    {FACTS_SAID_NO_URL, 0, 0, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "CRL at a.example unreachable from here (no http URL)"},
    {FACTS_SAID_LDAP, 0, 0, NULL, CAUSE_CERT_CRL_UNREACHABLE,
        "certificate names its CRL by ldap only, of no use outside the domain"},
    {FACTS_SAID_GARBAGE, 0, 200, NULL, CAUSE_CERT_CRL_INVALID, "CRL at a.example is no CRL"},
    {FACTS_SAID_BAD_SIGNER, 0, 200, NULL, CAUSE_CERT_CRL_INVALID,
        "CRL at a.example is not signed by the issuer"},
    {FACTS_SAID_OTHER, 0, 200, NULL, CAUSE_CERT_CRL_INVALID,
        "CRL at a.example is about other certificates"},
    {FACTS_SAID_NOT_JUDGED, 0, 200, "a delta CRL", CAUSE_LOCAL_NOT_JUDGED,
        "CRL at a.example is a delta CRL: not judged here"},
    {FACTS_SAID_TOO_LONG, 0, 200, NULL, CAUSE_LOCAL_NOT_JUDGED,
        "CRL at a.example is longer than --max-crl: not judged here"},
    {FACTS_SAID_UNREACHABLE, FACTS_INTERRUPTED, 0, NULL, CAUSE_LOCAL_INTERRUPTED,
        "stopped by a signal in stage revocation"},
    {FACTS_SAID_UNREACHABLE, FACTS_NO_DESCRIPTORS, 0, NULL, CAUSE_LOCAL_NO_DESCRIPTORS,
        "this poller has no file descriptors left"},
    {FACTS_SAID_UNREACHABLE, FACTS_NO_MEMORY, 0, NULL, CAUSE_LOCAL_NO_MEMORY,
        "this poller ran out of memory"},
};

START_TEST(one_crl)
{
	begin(_i % 2 == 0 ? FACTS_REVOCATION_CRL : FACTS_REVOCATION_ANY, 1);
	sources[0].said = rows[_i].said;
	sources[0].symptom = rows[_i].symptom;
	sources[0].status = rows[_i].status;
	sources[0].words = rows[_i].words;
	expect(rows[_i].cause, rows[_i].summary);
}
END_TEST

static const struct {
	enum facts_said said;
	const char *words;
	const char *summary;
	const char *remedy;
} responders[] = {
    {FACTS_SAID_UNKNOWN, NULL, "OCSP responder a.example does not know the certificate",
        "fetch it by hand and look"},
    {FACTS_SAID_ERROR, "the error tryLater", "OCSP responder a.example gives the error tryLater",
        "fetch it by hand and look"},
    {FACTS_SAID_GARBAGE, NULL, "OCSP responder a.example gives no OCSP answer",
        "fetch it by hand and look"},
    {FACTS_SAID_BAD_SIGNER, NULL, "OCSP responder a.example is not signed by the issuer",
        "fetch it by hand and look"},
    {FACTS_SAID_BAD_SIGNER, "signed with a certificate that has expired",
        "OCSP responder a.example is signed with a certificate that has expired",
        "renew the certificate that the responder signs with"},
};

START_TEST(one_responder)
{
	begin(FACTS_REVOCATION_OCSP, 1);
	sources[0].kind = FACTS_SOURCE_OCSP;
	sources[0].said = responders[_i].said;
	sources[0].words = responders[_i].words;
	expect(CAUSE_CERT_CRL_INVALID, responders[_i].summary);
	ck_assert_str_eq(remedy, responders[_i].remedy);
}
END_TEST

START_TEST(revoked)
{
	static char issuer[] = "Issuing CA";

	begin(FACTS_REVOCATION_ANY, 3);
	sources[0].said = FACTS_SAID_GOOD;
	sources[1].said = FACTS_SAID_UNREACHABLE;
	sources[1].symptom = FACTS_REFUSED;
	sources[2].said = FACTS_SAID_REVOKED;
	sources[2].reason = 1;
	sources[2].revoked_on = NOW - 3 * DAY;
	expect(CAUSE_CERT_REVOKED, "certificate was revoked 3 d ago (key compromise)");
	ck_assert_str_eq(remedy, "issue another, assign it in RRAS, restart RemoteAccess");

	/* A list that is out of date has not become wrong about it. */
	begin(FACTS_REVOCATION_CRL, 1);
	sources[0].said = FACTS_SAID_REVOKED;
	sources[0].next_update = NOW - DAY;
	sources[0].revoked_on = NOW - 10800;
	expect(CAUSE_CERT_REVOKED, "certificate was revoked 3 h ago (no reason given)");

	begin(FACTS_REVOCATION_CRL, 1);
	revocations[0].depth = 1;
	revocations[0].about = issuer;
	sources[0].said = FACTS_SAID_REVOKED;
	sources[0].reason = 6;
	sources[0].revoked_on = NOW - 600;
	expect(CAUSE_CERT_REVOKED, "issuer Issuing CA was revoked 10 min ago (on hold)");
	ck_assert_str_eq(remedy, "have another CA issue the certificate");
}
END_TEST

/* A hold may be lifted, which an old answer does not know; any other reason is for good. */
static const struct {
	int reason;
	int64_t this_update, next_update; /* of the answer that says so, from now */
	bool beside;                      /* one of a day ago that is good */
	bool counts;
} holds[] = {
    {6, -9 * DAY, -2 * DAY, true, false},
    {6, -9 * DAY, -2 * DAY, false, true},
    {6, -9 * DAY, DAY, true, true},
    {6, -DAY / 2, -DAY / 4, true, true},
    {1, -9 * DAY, -2 * DAY, true, true},
};

START_TEST(a_hold_that_ended)
{
	begin(FACTS_REVOCATION_ANY, holds[_i].beside ? 2 : 1);
	sources[0].said = FACTS_SAID_REVOKED;
	sources[0].reason = holds[_i].reason;
	sources[0].this_update = NOW + holds[_i].this_update;
	sources[0].next_update = NOW + holds[_i].next_update;
	sources[0].revoked_on = NOW - 10 * DAY;
	sources[1].said = FACTS_SAID_GOOD;
	if (!holds[_i].counts) {
		expect(CAUSES, NULL);
		return;
	}
	expect(CAUSE_CERT_REVOKED, holds[_i].reason == 6
	                               ? "certificate was revoked 10 d ago (on hold)"
	                               : "certificate was revoked 10 d ago (key compromise)");
	ck_assert_str_eq(remedy, holds[_i].reason == 6
	                             ? "let the CA release it, or issue another"
	                             : "issue another, assign it in RRAS, restart RemoteAccess");
}
END_TEST

/* A CRL, and behind it what came of its delta. */
static const struct {
	enum facts_said crl, delta;
	int crl_reason, delta_reason;
	int status;
	const char *url;
	enum cause cause;
	const char *summary, *remedy;
} beside_deltas[] = {
    {.crl = FACTS_SAID_GOOD, .delta = FACTS_SAID_GOOD, .cause = CAUSES},
    {FACTS_SAID_GOOD, FACTS_SAID_REVOKED, -1, 1, 0, "http://a/x", CAUSE_CERT_REVOKED,
        "certificate was revoked 10 d ago (key compromise)",
        "issue another, assign it in RRAS, restart RemoteAccess"},
    {FACTS_SAID_GOOD, FACTS_SAID_STATUS, -1, -1, 404, "http://pki.example/ca+.crl",
        CAUSE_CERT_CRL_UNREACHABLE, "delta CRL at pki.example unreachable from here (HTTP 404)",
        "let IIS allow double escaping, for the + in its name"},
    {FACTS_SAID_GOOD, FACTS_SAID_STATUS, -1, -1, 404, "http://pki.example/delta.crl",
        CAUSE_CERT_CRL_UNREACHABLE, "delta CRL at pki.example unreachable from here (HTTP 404)",
        "publish it over http"},
    {FACTS_SAID_GOOD, FACTS_SAID_LDAP, -1, -1, 0, "ldap:///CN=x", CAUSE_CERT_CRL_UNREACHABLE,
        "delta CRL unreachable from here (ldap only)", "publish it over http"},
    {FACTS_SAID_GOOD, FACTS_SAID_NOTHING, -1, -1, 0, "http://a/x", CAUSE_CERT_CRL_UNREACHABLE,
        "delta CRL at a unreachable from here (no time left)", "publish it over http"},
    /* A hold: on the list, and taken off by the delta or not. */
    {.crl = FACTS_SAID_REVOKED,
        .crl_reason = 6,
        .delta = FACTS_SAID_GOOD,
        .delta_reason = 8,
        .cause = CAUSES},
    {FACTS_SAID_REVOKED, FACTS_SAID_GOOD, 6, -1, 0, "http://a/x", CAUSE_CERT_REVOKED,
        "certificate was revoked 10 d ago (on hold)", "let the CA release it, or issue another"},
    {FACTS_SAID_REVOKED, FACTS_SAID_GOOD, 1, 8, 0, "http://a/x", CAUSE_CERT_REVOKED,
        "certificate was revoked 10 d ago (key compromise)",
        "issue another, assign it in RRAS, restart RemoteAccess"},
    /* A delta alone is no answer. */
    {FACTS_SAID_GARBAGE, FACTS_SAID_GOOD, -1, -1, 0, "http://a/x", CAUSE_CERT_CRL_INVALID,
        "CRL at a.example is no CRL", "fetch it by hand and look"},
};

START_TEST(a_crl_and_its_delta)
{
	static char url[60];

	begin(FACTS_REVOCATION_ANY, 2);
	snprintf(url, sizeof url, "%s",
	    beside_deltas[_i].url != NULL ? beside_deltas[_i].url : "http://a/x");
	sources[0].said = beside_deltas[_i].crl;
	sources[0].reason = beside_deltas[_i].crl_reason;
	sources[0].revoked_on = NOW - 10 * DAY;
	sources[1].kind = FACTS_SOURCE_DELTA;
	sources[1].url = url;
	sources[1].said = beside_deltas[_i].delta;
	sources[1].reason = beside_deltas[_i].delta_reason;
	sources[1].status = beside_deltas[_i].status;
	sources[1].this_update = NOW - DAY / 2;
	sources[1].revoked_on = NOW - 10 * DAY;
	expect(beside_deltas[_i].cause, beside_deltas[_i].summary);
	if (beside_deltas[_i].summary == NULL)
		return;
	ck_assert_str_eq(remedy, beside_deltas[_i].remedy);
	ck_assert(
	    state == (beside_deltas[_i].cause == CAUSE_CERT_CRL_UNREACHABLE ? STATE_WARNING
	                                                                    : STATE_CRITICAL));
}
END_TEST

/* The number of a CRL, and that of the one which its delta adds to; -1: not told. */
static const struct {
	int64_t number, base;
	bool fits;
} numbers[] = {{10, 10, true}, {11, 10, true}, {-1, 10, true}, {10, -1, true}, {10, 11, false}};

START_TEST(a_delta_of_a_newer_crl)
{
	begin(FACTS_REVOCATION_CRL, 2);
	sources[0].said = sources[1].said = FACTS_SAID_GOOD;
	sources[0].number = numbers[_i].number;
	sources[1].kind = FACTS_SOURCE_DELTA;
	sources[1].number = numbers[_i].base;
	if (numbers[_i].fits) {
		expect(CAUSES, NULL);
		return;
	}
	expect(CAUSE_CERT_CRL_INVALID,
	    "delta CRL at b.example:81 adds to a newer CRL than is published");
	ck_assert_str_eq(remedy, "publish the newest CRL of the CA");
	ck_assert(state == STATE_WARNING);
}
END_TEST

/* The delta has a hold, of which the CRL, so much later, knows nothing. */
static const struct {
	int64_t later;
	int reason;
	bool counts;
} older[] = {{1, 6, false}, {1, 1, true}, {0, 6, true}, {-1, 6, true}};

START_TEST(a_delta_that_is_older_than_the_crl)
{
	begin(FACTS_REVOCATION_CRL, 2);
	sources[0].said = FACTS_SAID_GOOD;
	sources[1].kind = FACTS_SOURCE_DELTA;
	sources[1].said = FACTS_SAID_REVOKED;
	sources[1].reason = older[_i].reason;
	sources[1].revoked_on = NOW - 10 * DAY;
	sources[0].this_update = sources[1].this_update + older[_i].later;
	if (older[_i].counts)
		expect(CAUSE_CERT_REVOKED,
		    older[_i].reason == 6 ? "certificate was revoked 10 d ago (on hold)"
		                          : "certificate was revoked 10 d ago (key compromise)");
	else
		expect(CAUSES, NULL);
}
END_TEST

/* What is stapled nobody can fetch, nor the authority publish. */
START_TEST(a_bad_staple)
{
	begin(FACTS_REVOCATION_OCSP, 1);
	sources[0].kind = FACTS_SOURCE_STAPLE;
	sources[0].said = FACTS_SAID_OTHER;
	expect(CAUSE_CERT_CRL_INVALID, "stapled OCSP answer is about other certificates");
	ck_assert_str_eq(remedy, "let what ends TLS reach the OCSP responder");

	begin(FACTS_REVOCATION_OCSP, 1);
	sources[0].kind = FACTS_SOURCE_STAPLE;
	sources[0].said = FACTS_SAID_GOOD;
	sources[0].next_update = NOW - 3 * DAY;
	expect(CAUSE_CERT_CRL_STALE, "stapled OCSP answer is out of date for 3 d");
	ck_assert_str_eq(remedy, "let what ends TLS reach the OCSP responder");
}
END_TEST

static const struct {
	int64_t this_update, next_update; /* from now; 0 for the latter: none */
	enum cause cause;
	const char *summary;
} dates[] = {
    {-DAY, DAY, CAUSES, NULL},
    {-DAY, 0, CAUSES, NULL},
    /* Without a next update it is the age that counts. */
    {-10 * DAY + 1, 0, CAUSES, NULL},
    {-10 * DAY, 0, CAUSE_CERT_CRL_STALE, "CRL at a.example is 10 d old and names no next update"},
    {301, 0, CAUSE_CERT_CRL_STALE, "CRL at a.example is valid only in 5 min"},
    {0, DAY, CAUSES, NULL},
    {300, DAY, CAUSES, NULL},
    {301, DAY, CAUSE_CERT_CRL_STALE, "CRL at a.example is valid only in 5 min"},
    {-7 * DAY, -1, CAUSE_CERT_CRL_STALE, "CRL at a.example is out of date for 0 min"},
    {-9 * DAY, -2 * DAY, CAUSE_CERT_CRL_STALE, "CRL at a.example is out of date for 2 d"},
    /* A week and the 12 hours by which Windows lets lists overlap: renewed in time. */
    {-7 * DAY, DAY / 2, CAUSES, NULL},
    {-7 * DAY, DAY / 3, CAUSE_CERT_CRL_EXPIRING,
        "CRL at a.example ends in 8 h and has not been renewed"},
    /* An offline root's, for a year. */
    {-340 * DAY, 25 * DAY, CAUSES, NULL},
    {-350 * DAY, 15 * DAY, CAUSE_CERT_CRL_EXPIRING,
        "CRL at a.example ends in 15 d and has not been renewed"},
};

START_TEST(in_date_or_not)
{
	begin(FACTS_REVOCATION_CRL, 1);
	sources[0].said = FACTS_SAID_GOOD;
	sources[0].this_update = NOW + dates[_i].this_update;
	sources[0].next_update = dates[_i].next_update == 0 ? 0 : NOW + dates[_i].next_update;
	expect(dates[_i].cause, dates[_i].summary);
}
END_TEST

/* A stapled answer the server renews by itself, to its last hour. */
START_TEST(a_staple_near_its_end)
{
	begin(FACTS_REVOCATION_OCSP, 1);
	sources[0].kind = FACTS_SOURCE_STAPLE;
	sources[0].said = FACTS_SAID_GOOD;
	sources[0].this_update = NOW - 7 * DAY;
	sources[0].next_update = NOW + DAY / 3;
	expect(CAUSES, NULL);
	sources[0].kind = FACTS_SOURCE_OCSP;
	expect(CAUSE_CERT_CRL_EXPIRING,
	    "OCSP responder a.example ends in 8 h and has not been renewed");
}
END_TEST

/* An offline authority speaks of its issuing ones once a year. Clients differ in what they make of
 * it: no more than a warning. */
START_TEST(an_issuer_without_a_next_update)
{
	static char issuer[] = "Issuing CA";

	begin(FACTS_REVOCATION_CRL, 1);
	revocations[0].depth = 1;
	revocations[0].about = issuer;
	sources[0].said = FACTS_SAID_GOOD;
	sources[0].next_update = 0;
	sources[0].this_update = NOW - 366 * DAY + 1;
	expect(CAUSES, NULL);
	verdict = (struct verdict)VERDICT_EMPTY;
	sources[0].this_update = NOW - 366 * DAY;
	expect(CAUSE_CERT_CRL_STALE, "CRL at a.example is 366 d old and names no next update");
	ck_assert_int_eq(state, STATE_WARNING);
}
END_TEST

START_TEST(one_good_source_is_enough)
{
	begin(FACTS_REVOCATION_ANY, 4);
	sources[0].said = FACTS_SAID_LDAP;
	sources[1].said = FACTS_SAID_BAD_SIGNER;
	sources[2].said = FACTS_SAID_GOOD;
	sources[2].next_update = NOW - DAY;
	sources[3].said = FACTS_SAID_GOOD;
	expect(CAUSES, NULL);
}
END_TEST

START_TEST(the_most_telling_failure)
{
	begin(FACTS_REVOCATION_ANY, 4);
	sources[0].said = FACTS_SAID_UNREACHABLE;
	sources[0].symptom = FACTS_REFUSED;
	sources[1].said = FACTS_SAID_GOOD;
	sources[1].next_update = NOW - 2 * DAY;
	sources[2].said = FACTS_SAID_BAD_SIGNER;
	sources[3].said = FACTS_SAID_LDAP;
	expect(CAUSE_CERT_CRL_STALE, "CRL at b.example:81 is out of date for 2 d");
}
END_TEST

/* With ldap beside it, http is what clients outside depend on. */
START_TEST(ldap_beside_http)
{
	begin(FACTS_REVOCATION_OFF, 2);
	sources[0].said = FACTS_SAID_LDAP;
	expect(CAUSES, NULL);
	begin(FACTS_REVOCATION_OFF, 2);
	sources[0].said = sources[1].said = FACTS_SAID_LDAP;
	expect(CAUSE_CERT_CRL_UNREACHABLE,
	    "certificate names its CRL by ldap only, of no use outside the domain");
	ck_assert_str_eq(remedy, "add one over http");
}
END_TEST

START_TEST(nothing_to_ask)
{
	begin(FACTS_REVOCATION_ANY, 0);
	expect(
	    CAUSE_CERT_NO_REVOCATION_INFO, "certificate names neither a CRL nor an OCSP responder");
	ck_assert_str_eq(remedy, "issue it with a CRL over http");
	begin(FACTS_REVOCATION_OCSP, 1);
	expect(CAUSE_CERT_NO_REVOCATION_INFO, "certificate names no OCSP responder, but a CRL");
	ck_assert_str_eq(remedy, "use --revocation any");
	begin(FACTS_REVOCATION_CRL, 1);
	sources[0].kind = FACTS_SOURCE_OCSP;
	expect(CAUSE_CERT_NO_REVOCATION_INFO, "certificate names no CRL, but an OCSP responder");
	ck_assert_str_eq(remedy, "use --revocation any");
	begin(FACTS_REVOCATION_OFF, 0);
	expect(CAUSES, NULL);
}
END_TEST

/* What was asked for and not done is never silent: it would pass for a sound answer. */
START_TEST(no_issuer_to_verify_with)
{
	static char issuer[] = "Issuing CA";

	begin(FACTS_REVOCATION_ANY, 1);
	revocations[0].no_issuer = true;
	expect(CAUSE_LOCAL_NOT_JUDGED,
	    "revocation of certificate not looked up: its issuer is neither sent nor known here");
	ck_assert_int_eq(state, STATE_UNKNOWN);
	ck_assert_str_eq(remedy, "have the server send it, or --ca-file");

	begin(FACTS_REVOCATION_CRL, 0);
	revocations[0].no_issuer = true;
	revocations[0].depth = 1;
	revocations[0].about = issuer;
	expect(CAUSE_LOCAL_NOT_JUDGED, "revocation of issuer Issuing CA not looked up: its issuer "
	                               "is neither sent nor known here");

	begin(FACTS_REVOCATION_OFF, 1);
	revocations[0].no_issuer = true;
	expect(CAUSES, NULL);
}
END_TEST

START_TEST(a_path_too_long)
{
	static char issuer[] = "Issuing CA";

	begin(FACTS_REVOCATION_CRL, 1);
	sources[0].said = FACTS_SAID_GOOD;
	facts.revocations_cut = true;
	revocations[0].depth = 7;
	revocations[0].about = issuer;
	expect(CAUSE_LOCAL_NOT_JUDGED, "revocation above issuer Issuing CA not looked up, which is "
	                               "number 8 of its chain");
	ck_assert_int_eq(state, STATE_UNKNOWN);

	begin(FACTS_REVOCATION_OFF, 1);
	facts.revocations_cut = true;
	expect(CAUSES, NULL);
}
END_TEST

START_TEST(copies)
{
	struct facts_revocation *copy;

	begin(FACTS_REVOCATION_ANY, 2);
	sources[1].said = FACTS_SAID_REVOKED;
	copy = facts_revocation_copy(revocations, 1);
	ck_assert_ptr_nonnull(copy);
	ck_assert_str_eq(copy[0].about, "vpn.example.com");
	ck_assert_ptr_ne(copy[0].about, revocations[0].about);
	ck_assert_uint_eq(copy[0].sources_count, 2);
	ck_assert_str_eq(copy[0].sources[1].url, "http://b.example:81/2.crl");
	ck_assert_ptr_ne(copy[0].sources[1].url, sources[1].url);
	ck_assert_int_eq(copy[0].sources[1].said, FACTS_SAID_REVOKED);
	facts_revocation_free(copy, 1);
	ck_assert_ptr_null(facts_revocation_copy(revocations, 0));
	facts_revocation_free(NULL, 0);
}
END_TEST

START_TEST(names)
{
	for (int i = 0; i < FACTS_SAIDS; i++)
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(
			    facts_revocation_said_name(i), facts_revocation_said_name(j));
	ck_assert_str_eq(facts_revocation_mode_name(FACTS_REVOCATION_ANY), "any");
	ck_assert_str_eq(facts_revocation_kind_name(FACTS_SOURCE_OCSP), "ocsp");
	ck_assert_str_eq(facts_revocation_reason_name(4), "superseded");
	ck_assert_str_eq(facts_revocation_reason_name(-1), "no reason given");
	ck_assert_str_eq(facts_revocation_reason_name(7), "no reason given");
	ck_assert_str_eq(facts_revocation_reason_name(99), "no reason given");
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, one_crl, rows);
	unit_add_rows(tests, one_responder, responders);
	tcase_add_test(tests, revoked);
	unit_add_rows(tests, in_date_or_not, dates);
	unit_add_rows(tests, a_crl_and_its_delta, beside_deltas);
	unit_add_rows(tests, a_delta_of_a_newer_crl, numbers);
	unit_add_rows(tests, a_delta_that_is_older_than_the_crl, older);
	tcase_add_test(tests, a_bad_staple);
	unit_add_rows(tests, a_hold_that_ended, holds);
	tcase_add_test(tests, a_staple_near_its_end);
	tcase_add_test(tests, an_issuer_without_a_next_update);
	tcase_add_test(tests, one_good_source_is_enough);
	tcase_add_test(tests, the_most_telling_failure);
	tcase_add_test(tests, ldap_beside_http);
	tcase_add_test(tests, nothing_to_ask);
	tcase_add_test(tests, no_issuer_to_verify_with);
	tcase_add_test(tests, a_path_too_long);
	tcase_add_test(tests, copies);
	tcase_add_test(tests, names);
}

int
main(void)
{
	return unit_run("verdict/revocation", list);
}

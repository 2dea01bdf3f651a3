#include "verdict/sstp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "unit/unit.h"
#include "verdict/cert.h"

static struct facts facts;
static struct policy policy;
static struct verdict verdict;

static void
set_up(void)
{
	facts_begin(&facts);
	facts.target = strdup("vpn.example.com");
	facts.name = strdup("vpn.example.com");
	facts.host = strdup("vpn.example.com");
	facts.port = 443;
	facts.level = FACTS_HTTP;
	facts.date = 1800000000;
	facts.timeout = 10 * DEADLINE_SECOND;
	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
}

static void
climb_to(enum facts_stage last)
{
	for (int stage = 0; stage <= (int)last; stage++) {
		facts.steps[stage].begun = true;
		facts.steps[stage].ended = true;
		facts.steps[stage].nanoseconds = 1000000;
	}
}

/* A climb through stage tunnel with a logon that was accepted; what came of the tunnel is the
 * test's. */
static void
log_on(void)
{
	facts.level = FACTS_TUNNEL;
	climb_to(FACTS_TUNNEL);
	facts.http = (struct facts_http){
	    .duplex = true, .answered = true, .version_minor = 1, .status = 200};
	facts.sstp.acknowledged = true;
	facts.sstp.hash_bits = 2;
	facts.auth.accepted = true;
	facts.auth.method = FACTS_MSCHAP_V2;
}

static void
expect(enum cause cause)
{
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(causes_row(verdict.findings[0].cause)->name, causes_row(cause)->name);
	ck_assert_int_eq(verdict.state, causes_row(cause)->state);
	verdict_free(&verdict);
	facts_free(&facts);
}

START_TEST(nothing_begun_is_not_green)
{
	set_up();
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(half_way_is_not_green)
{
	set_up();
	climb_to(FACTS_TLS);
	facts.steps[FACTS_HTTP].begun = true;
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(an_ended_stage_without_an_answer_is_not_green)
{
	set_up();
	climb_to(FACTS_HTTP);
	expect(CAUSE_LOCAL_NOT_REACHED);
}
END_TEST

START_TEST(missing_facts_are_not_green)
{
	set_up();
	climb_to(FACTS_HTTP);
	facts.http.answered = true;
	facts.http.status = 401;
	facts.http.version_minor = 1;
	facts.no_memory = true;
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert(verdict.failed);
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* The same for the deep levels. */
START_TEST(an_ended_call_without_an_ack_is_not_green)
{
	for (int level = FACTS_SSTP; level < FACTS_STAGES; level++) {
		set_up();
		facts.level = level;
		climb_to(level);
		facts.http.duplex = true;
		facts.http.answered = true;
		facts.http.status = 200;
		facts.http.version_minor = 1;
		facts.sstp.acknowledged = level > FACTS_SSTP;
		facts.sstp.hash_bits = 2;
		expect(CAUSE_LOCAL_NOT_REACHED);
	}
}
END_TEST

/* A tunnel is an accepted binding and an address, of which neither proves the other. */
START_TEST(half_a_tunnel_is_not_green)
{
	for (int half = 0; half <= 1; half++) {
		set_up();
		log_on();
		facts.tunnel.acceptance = half == 0 ? FACTS_ACCEPTED_BY_ECHO : FACTS_NOT_ACCEPTED;
		facts.tunnel.address = half == 0 ? 0 : 0xC0000207;
		expect(CAUSE_LOCAL_NOT_REACHED);
	}
}
END_TEST

/* SHA-256 has to be among the hashes; which others are does not matter. */
START_TEST(hashes)
{
	for (unsigned bits = 1; bits <= 3; bits++) {
		set_up();
		facts.level = FACTS_SSTP;
		climb_to(FACTS_SSTP);
		facts.http.duplex = true;
		facts.http.answered = true;
		facts.http.status = 200;
		facts.http.version_minor = 1;
		facts.sstp.acknowledged = true;
		facts.sstp.hash_bits = (uint8_t)bits;
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_int_eq(verdict.state, bits == 1 ? STATE_WARNING : STATE_OK);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

static void
climb_with_tls(void)
{
	set_up();
	climb_to(FACTS_HTTP);
	facts.tls.done = true;
	facts.http.answered = true;
	facts.http.status = 401;
	facts.http.version_minor = 1;
}

START_TEST(a_handshake_without_a_certificate)
{
	climb_with_tls();
	expect(CAUSE_CERT_MISSING);
}
END_TEST

START_TEST(a_server_without_secure_renegotiation)
{
	set_up();
	climb_to(FACTS_TLS);
	facts.steps[FACTS_TLS].symptom = FACTS_TLS_REFUSED;
	strcpy(facts.tls.reason, "unsafe legacy renegotiation disabled");
	/* Even where the second look, which allows it, went well. */
	facts.look.tls.done = true;
	strcpy(facts.look.tls.version, "TLSv1.2");
	expect(CAUSE_TLS_RENEGOTIATION);
}
END_TEST

START_TEST(a_method_nobody_knows)
{
	set_up();
	facts.level = FACTS_PPP;
	climb_to(FACTS_PPP);
	facts.http.duplex = true;
	facts.http.answered = true;
	facts.http.status = 200;
	facts.http.version_minor = 1;
	facts.sstp.acknowledged = true;
	facts.sstp.hash_bits = 2;
	facts.ppp.heard = facts.ppp.opened = true;
	facts.ppp.offered[0] = FACTS_OTHER_METHOD;
	facts.ppp.offered_count = 1;
	expect(CAUSE_PPP_NO_COMMON_AUTH);
}
END_TEST

/* A resolver that used up the time leaves nothing to say of the server. */
START_TEST(a_slow_resolver)
{
	set_up();
	climb_to(FACTS_TLS);
	facts.steps[FACTS_RESOLVE].nanoseconds = 9 * DEADLINE_SECOND;
	facts.steps[FACTS_TLS].symptom = FACTS_TIMEOUT;
	expect(CAUSE_DNS_NO_ANSWER);
}
END_TEST

/* Every symptom in every stage is somebody's fault. */
START_TEST(no_symptom_is_green)
{
	for (int stage = 0; stage < FACTS_STAGES; stage++)
		for (int symptom = FACTS_WELL + 1; symptom < FACTS_SYMPTOMS; symptom++) {
			set_up();
			if (stage > 0)
				climb_to(stage - 1);
			facts.steps[stage].begun = true;
			facts.steps[stage].ended = true;
			facts.steps[stage].symptom = symptom;
			sstp_judge(&facts, 1, &policy, &verdict);
			ck_assert_msg(
			    verdict.state != STATE_OK, "stage %d, symptom %d", stage, symptom);
			verdict_free(&verdict);
			facts_free(&facts);
		}
}
END_TEST

static void
drop_handshake(enum facts_symptom symptom)
{
	set_up();
	climb_to(FACTS_TLS);
	facts.steps[FACTS_TLS].symptom = symptom;
	facts.tls.offered_min = 0x0303;
	facts.tls.offered_max = 0x0304;
	facts.look.tried = true;
	facts.look.connected = true;
	facts.look.tls.done = true;
	strcpy(facts.look.tls.version, "TLSv1.2");
}

/* A server that takes at last what it was offered at first did not dislike the offer. */
START_TEST(a_drop_that_was_not_about_the_offer)
{
	static const struct {
		enum facts_symptom symptom;
		bool within;
		enum cause cause;
	} rows[] = {
	    {FACTS_CLOSED, true, CAUSE_TLS_INTERMITTENT},
	    {FACTS_RESET, true, CAUSE_TLS_INTERMITTENT},
	    {FACTS_TLS_REFUSED, true, CAUSE_TLS_INTERMITTENT},
	    {FACTS_CLOSED, false, CAUSE_TLS_CIPHER},
	    {FACTS_RESET, false, CAUSE_TLS_CIPHER},
	    {FACTS_TLS_REFUSED, false, CAUSE_TLS_CIPHER},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		drop_handshake(rows[i].symptom);
		facts.look.within_offer = rows[i].within;
		expect(rows[i].cause);
	}
}
END_TEST

/* Nor did one that said so by an alert, whichever it was. */
START_TEST(an_alert_that_was_not_about_the_offer)
{
	static const struct {
		int alert;
		enum cause cause;
	} rows[] = {
	    {40, CAUSE_TLS_CIPHER},
	    {70, CAUSE_TLS_VERSION},
	    {80, CAUSE_TLS_ALERT},
	    {112, CAUSE_TLS_UNRECOGNIZED_NAME},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++)
		for (int within = 0; within <= 1; within++) {
			drop_handshake(FACTS_ALERT);
			facts.tls.alert = rows[i].alert;
			facts.look.within_offer = within != 0;
			expect(within != 0 ? CAUSE_TLS_INTERMITTENT : rows[i].cause);
		}
}
END_TEST

/* Once a handshake is done no alert refuses it. */
START_TEST(an_alert_instead_of_an_answer)
{
	set_up();
	climb_to(FACTS_HTTP);
	facts.steps[FACTS_HTTP].symptom = FACTS_ALERT;
	facts.tls.done = true;
	facts.tls.alert = 80;
	strcpy(facts.tls.reason, "alert 80, internal error");
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_TLS_ALERT);
	ck_assert_str_eq(verdict.findings[0].summary,
	    "TLS ends instead of an HTTP answer: alert 80, internal error");
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* Where no name was sent that is the first suspect of what servers do without one. */
START_TEST(a_name_that_was_not_sent)
{
	static const struct {
		enum facts_symptom symptom;
		int alert;
		bool suspect;
	} rows[] = {
	    {FACTS_RESET, 0, true},
	    {FACTS_CLOSED, 0, true},
	    {FACTS_ALERT, 80, true},
	    {FACTS_ALERT, 112, true},
	    {FACTS_PLAINTEXT, 0, false},
	    {FACTS_TIMEOUT, 0, false},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++)
		for (int sent = 0; sent <= 1; sent++) {
			bool told;

			set_up();
			climb_to(FACTS_TLS);
			facts.steps[FACTS_TLS].symptom = rows[i].symptom;
			facts.tls.alert = rows[i].alert;
			strcpy(facts.tls.sni, sent ? facts.name : "");
			sstp_judge(&facts, 1, &policy, &verdict);
			ck_assert_uint_ge(verdict.findings_count, 1);
			told = strstr(verdict.findings[0].remedy, "no server name") != NULL;
			ck_assert_msg(told == (rows[i].suspect && !sent), "%zu: %s", i,
			    verdict.findings[0].remedy);
			verdict_free(&verdict);
			facts_free(&facts);
		}
}
END_TEST

START_TEST(alerts)
{
	static const struct {
		int alert;
		bool requested;
		enum cause cause;
	} rows[] = {
	    {116, false, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {40, true, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {42, true, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {80, true, CAUSE_TLS_ALERT},
	    {40, false, CAUSE_TLS_ALERT},
	    {42, false, CAUSE_TLS_ALERT},
	    {70, false, CAUSE_TLS_VERSION},
	    {112, false, CAUSE_TLS_UNRECOGNIZED_NAME},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		climb_to(FACTS_TLS);
		facts.steps[FACTS_TLS].symptom = FACTS_ALERT;
		facts.tls.alert = rows[i].alert;
		facts.tls.certificate_requested = rows[i].requested;
		expect(rows[i].cause);
	}
}
END_TEST

/* Some servers tell only by their answer that they wanted a client certificate. */
START_TEST(an_answer_for_want_of_a_client_certificate)
{
	static const struct {
		int status;
		const char *server;
		bool requested;
		enum cause cause;
	} rows[] = {
	    {400, "nginx", true, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {400, "nginx", false, CAUSE_HTTP_NOT_RRAS},
	    {403, "Microsoft-IIS/10.0", true, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {403, "", false, CAUSE_HTTP_FORBIDDEN},
	    {500, "Microsoft-HTTPAPI/2.0", true, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {400, "Microsoft-HTTPAPI/2.0", true, CAUSE_HTTP_INVALID_HOST},
	    {404, "Microsoft-HTTPAPI/2.0", true, CAUSE_HTTP_SSTP_NOT_REGISTERED},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		set_up();
		climb_to(FACTS_HTTP);
		facts.tls.certificate_requested = rows[i].requested;
		facts.http.answered = true;
		facts.http.status = rows[i].status;
		facts.http.version_minor = 1;
		strcpy(facts.http.server, rows[i].server);
		expect(rows[i].cause);
	}
}
END_TEST

/* Or by the connection's end in place of one. */
START_TEST(an_end_for_want_of_a_client_certificate)
{
	static const struct {
		enum facts_symptom symptom;
		bool requested, any_bytes;
		enum cause cause;
	} rows[] = {
	    {FACTS_RESET, true, false, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	    {FACTS_RESET, true, true, CAUSE_HTTP_CLOSED},
	    {FACTS_RESET, false, false, CAUSE_HTTP_CLOSED},
	    {FACTS_CLOSED, true, false, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		climb_to(FACTS_HTTP);
		facts.steps[FACTS_HTTP].symptom = rows[i].symptom;
		facts.tls.certificate_requested = rows[i].requested;
		facts.http.any_bytes = rows[i].any_bytes;
		expect(rows[i].cause);
	}
}
END_TEST

/* A duplex POST that was refused, or not answered, where a HEAD gets its 401: whose fault that is
 * tells where to go at night. */
static const struct {
	int status; /* 0: none */
	const char *server, *head_server;
	enum cause cause;
	const char *summary;
	enum facts_symptom symptom;
} refused_duplexes[] = {
    {400, "nginx/1.22.1", "nginx/1.22.1", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but nginx/1.22.1 refuses SSTP_DUPLEX_POST (400)", FACTS_WELL},
    {400, "", "nginx", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but nginx refuses SSTP_DUPLEX_POST (400)", FACTS_WELL},
    {405, "Apache/2.4.62 (Debian) OpenSSL/3.0.15", "Apache/2.4.62 (Debian) OpenSSL/3.0.15",
        CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but Apache/2.4.62 refuses SSTP_DUPLEX_POST (405)", FACTS_WELL},
    /* Not all of Microsoft's servers are RRAS. */
    {403, "Microsoft-Azure-Application-Gateway/v2", "Microsoft-HTTPAPI/2.0",
        CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but Microsoft-Azure-Application-Gateway/v2 refuses SSTP_DUPLEX_POST (403)",
        FACTS_WELL},
    {404, "Microsoft-IIS/10.0", "Microsoft-IIS/10.0", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but Microsoft-IIS/10.0 refuses SSTP_DUPLEX_POST (404)", FACTS_WELL},
    /* RRAS tells its name in every answer, or in none. */
    {400, "", "Microsoft-HTTPAPI/2.0", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but an unnamed proxy refuses SSTP_DUPLEX_POST (400)", FACTS_WELL},
    {503, "", "", CAUSE_HTTP_DUPLEX_REFUSED,
        "RRAS refuses new tunnels (503), likely no SSTP port is free", FACTS_WELL},
    {405, "", "", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but an unnamed proxy refuses SSTP_DUPLEX_POST (405)", FACTS_WELL},
    {407, "", "", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but an unnamed proxy refuses SSTP_DUPLEX_POST (407)", FACTS_WELL},
    {502, "", "", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but an unnamed proxy refuses SSTP_DUPLEX_POST (502)", FACTS_WELL},
    {503, "Microsoft-HTTPAPI/2.0", "Microsoft-HTTPAPI/2.0", CAUSE_HTTP_DUPLEX_REFUSED,
        "RRAS refuses new tunnels (503), likely no SSTP port is free", FACTS_WELL},
    {503, "Microsoft-HTTPAPI/2.0", "", CAUSE_HTTP_DUPLEX_REFUSED,
        "RRAS refuses new tunnels (503), likely no SSTP port is free", FACTS_WELL},
    {0, "", "Microsoft-HTTPAPI/2.0", CAUSE_HTTP_CLOSED,
        "HEAD gets 401 but SSTP_DUPLEX_POST no answer, connection reset", FACTS_RESET},
    {0, "", "", CAUSE_HTTP_CLOSED,
        "HEAD gets 401 but SSTP_DUPLEX_POST no answer, connection closed", FACTS_CLOSED},
    {0, "", "nginx", CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        "HEAD gets 401 but nginx refuses SSTP_DUPLEX_POST (reset)", FACTS_RESET},
};

START_TEST(a_refused_duplex)
{
	set_up();
	facts.level = FACTS_SSTP;
	climb_to(FACTS_HTTP);
	facts.steps[FACTS_HTTP].symptom = refused_duplexes[_i].symptom;
	facts.http.duplex = true;
	facts.http.answered = refused_duplexes[_i].status != 0;
	facts.http.status = refused_duplexes[_i].status;
	facts.http.version_minor = 1;
	strcpy(facts.http.server, refused_duplexes[_i].server);
	facts.look.tried = facts.look.connected = true;
	facts.look.http.answered = true;
	facts.look.http.status = 401;
	strcpy(facts.look.http.server, refused_duplexes[_i].head_server);
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(verdict.findings[0].summary, refused_duplexes[_i].summary);
	verdict_free(&verdict);
	expect(refused_duplexes[_i].cause);
}
END_TEST

/* Where there was no second look: a 401 is not what was expected of this method. */
START_TEST(a_refused_duplex_without_a_look)
{
	set_up();
	facts.level = FACTS_SSTP;
	climb_to(FACTS_HTTP);
	facts.http.duplex = facts.http.answered = true;
	facts.http.status = 401;
	facts.http.version_minor = 1;
	strcpy(facts.http.server, "Microsoft-HTTPAPI/2.0");
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(
	    verdict.findings[0].summary, "401 from Microsoft-HTTPAPI/2.0, expected 200");
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* A 200 that is not RRAS's bears the name of its server. */
START_TEST(a_foreign_200)
{
	static const struct {
		const char *server;
		enum facts_symptom symptom;
		const char *summary;
	} rows[] = {
	    {"nginx", FACTS_CLOSED, "200 from nginx but no Call Connect Ack, connection lost"},
	    {"nginx", FACTS_NOT_SSTP, "what follows the 200 from nginx is not SSTP"},
	    {"Microsoft-HTTPAPI/2.0", FACTS_NOT_SSTP, "what follows the 200 is not SSTP"},
	    {"", FACTS_RESET, "200 but no Call Connect Ack, connection lost"},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		facts.level = FACTS_SSTP;
		climb_to(FACTS_SSTP);
		facts.steps[FACTS_SSTP].symptom = rows[i].symptom;
		facts.http.duplex = facts.http.answered = true;
		facts.http.status = 200;
		facts.http.version_minor = 1;
		strcpy(facts.http.server, rows[i].server);
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_uint_ge(verdict.findings_count, 1);
		ck_assert_str_eq(verdict.findings[0].summary, rows[i].summary);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* A password that others could read or work out, and none at all. */
START_TEST(weak_methods)
{
	for (int method = 0; method < FACTS_METHODS; method++) {
		bool weak = method == FACTS_NO_METHOD || method == FACTS_PAP ||
		            method == FACTS_CHAP_MD5 || method == FACTS_MSCHAP_V1;
		bool told = false;

		set_up();
		facts.level = FACTS_PPP;
		climb_to(FACTS_PPP);
		facts.http = (struct facts_http){
		    .duplex = true, .answered = true, .version_minor = 1, .status = 200};
		facts.sstp.acknowledged = true;
		facts.sstp.hash_bits = 2;
		facts.ppp.heard = facts.ppp.opened = true;
		facts.ppp.offered[0] = method;
		facts.ppp.offered_count = 1;
		sstp_judge(&facts, 1, &policy, &verdict);
		for (size_t i = 0; i < verdict.findings_count; i++)
			told |= verdict.findings[i].cause == CAUSE_PPP_WEAK_AUTH;
		ck_assert_msg(told == weak, "%d", method);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* HTTP.sys would not say it, or says its name. That 401 is not wanted makes nobody another. */
START_TEST(who_is_not_rras)
{
	static const struct {
		int status;
		const char *server;
		enum cause cause;
	} rows[] = {
	    {405, "", CAUSE_HTTP_NOT_RRAS},
	    {501, "", CAUSE_HTTP_NOT_RRAS},
	    {404, "nginx", CAUSE_HTTP_NOT_RRAS},
	    {404, "", CAUSE_HTTP_OTHER_STATUS},
	    {401, "nginx", CAUSE_HTTP_OTHER_STATUS},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		ck_assert_ptr_null(policy_statuses(&policy, "200"));
		climb_to(FACTS_HTTP);
		facts.http.answered = true;
		facts.http.status = rows[i].status;
		facts.http.version_minor = 1;
		strcpy(facts.http.server, rows[i].server);
		expect(rows[i].cause);
	}
}
END_TEST

/* Of a status without a cause of its own the remedy fits who says it: --expect is for servers that
 * are not RRAS, and for HEAD. */
START_TEST(another_status)
{
	static const struct {
		int status;
		const char *server;
		bool duplex;
		enum cause cause;
		const char *remedy;
	} rows[] = {
	    {500, "Microsoft-HTTPAPI/2.0", false, CAUSE_HTTP_OTHER_STATUS,
	        "look at HTTPERR on the server, restart RemoteAccess"},
	    {404, "", false, CAUSE_HTTP_OTHER_STATUS,
	        "if it is RRAS, start RemoteAccess; SoftEther takes --expect 404"},
	    {500, "", false, CAUSE_HTTP_OTHER_STATUS, "check what answers, or use --expect"},
	    {404, "nginx", false, CAUSE_HTTP_NOT_RRAS,
	        "check DNS, NAT and the balancer, or use --expect"},
	    {500, "Microsoft-HTTPAPI/2.0", true, CAUSE_HTTP_OTHER_STATUS,
	        "look at HTTPERR on the server, restart RemoteAccess"},
	    {404, "", true, CAUSE_HTTP_OTHER_STATUS, "if it is RRAS, start RemoteAccess"},
	    {500, "", true, CAUSE_HTTP_OTHER_STATUS, "check what answers"},
	    {404, "nginx", true, CAUSE_HTTP_NOT_RRAS, "check DNS, NAT and the balancer"},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		climb_to(FACTS_HTTP);
		facts.http.answered = true;
		facts.http.status = rows[i].status;
		facts.http.version_minor = 1;
		facts.http.duplex = rows[i].duplex;
		strcpy(facts.http.server, rows[i].server);
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_uint_ge(verdict.findings_count, 1);
		ck_assert_str_eq(verdict.findings[0].remedy, rows[i].remedy);
		verdict_free(&verdict);
		expect(rows[i].cause);
	}
}
END_TEST

/* A refusal that still holds is the same CRITICAL, though nothing was tried. 1800000000 is
 * 2027-01-15 08:00 UTC. */
static const struct {
	int code;
	int64_t until;
	bool held, unkept, unsent;
	const char *summary;
} refusals[] = {
    {691, 1800001800, true, false, false,
        "logon rejected (E=691), wrong user name or password, no retry until 08:30 UTC"},
    {647, 1800001800, true, false, false,
        "logon rejected (E=647), the account is disabled, no retry until 08:30 UTC"},
    {691, 1800000000 + 86399, true, false, false,
        "logon rejected (E=691), wrong user name or password, no retry until 07:59 UTC"},
    {691, 1800000000 + 86400, true, false, false,
        "logon rejected (E=691), wrong user name or password, no retry until 01-16 08:00 UTC"},
    {691, 1800001800, false, false, false,
        "logon rejected (E=691), wrong user name or password, no retry until 08:30 UTC"},
    {691, 0, false, false, false, "logon rejected (E=691), wrong user name or password"},
    {691, 0, false, true, false,
        "logon rejected (E=691), wrong user name or password, no back-off (see --state-dir)"},
    /* there would be none anyway */
    {812, 0, false, true, true, "logon rejected (E=812), no network policy allows it"},
    /* a folder that cannot be written any more, and a refusal in it */
    {691, 1800001800, true, true, false,
        "logon rejected (E=691), wrong user name or password, no retry until 08:30 UTC"},
};

START_TEST(a_refusal_that_holds)
{
	set_up();
	facts.level = FACTS_AUTH;
	facts.auth.refused = true;
	facts.auth.code = refusals[_i].code;
	facts.auth.method = FACTS_MSCHAP_V2;
	facts.backoff.held = refusals[_i].held;
	facts.backoff.until = refusals[_i].until;
	facts.backoff.unkept = refusals[_i].unkept;
	facts.auth.sent = !refusals[_i].held && !refusals[_i].unsent;
	if (!refusals[_i].held) {
		climb_to(FACTS_AUTH);
		facts.steps[FACTS_AUTH].symptom = FACTS_LOGON_REFUSED;
	}
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_int_eq(verdict.state, STATE_CRITICAL);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(verdict.findings[0].summary, refusals[_i].summary);
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* Whose number it is, and whether there was an answer at all, is told as long as it holds. */
static const struct {
	int code;
	bool ras, unsaid;
	const char *summary;
} kept[] = {
    {649, false, false,
        "logon rejected (E=649), no permission to dial in, no retry until 08:30 UTC"},
    {649, true, false,
        "logon rejected (error 649), no permission to dial in, no retry until 08:30 UTC"},
    {812, true, false,
        "logon rejected (error 812), no network policy allows it, no retry until 08:30 UTC"},
    {691, true, false,
        "logon rejected (error 691), wrong user name or password, no retry until 08:30 UTC"},
    {741, true, true, "logon rejected (error 741), no retry until 08:30 UTC"},
    {0, false, true,
        "logon rejected (without a word), likely the password, no retry until 08:30 UTC"},
    {0, false, false,
        "logon rejected (by pap), wrong user name or password, no retry until 08:30 UTC"},
};

START_TEST(what_was_refused_is_told_as_before)
{
	set_up();
	facts.level = FACTS_AUTH;
	facts.auth.refused = true;
	facts.auth.code = kept[_i].code;
	facts.auth.ras = kept[_i].ras;
	facts.auth.unsaid = kept[_i].unsaid;
	facts.auth.method = FACTS_PAP;
	facts.backoff.held = true;
	facts.backoff.until = 1800001800;
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert_str_eq(verdict.findings[0].summary, kept[_i].summary);
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* Who ends PPP has no quarrel with the binding, though nothing proves it; who ends the call may. */
START_TEST(an_end_before_the_proof)
{
	static const struct {
		enum facts_symptom symptom;
		enum cause cause;
	} rows[] = {
	    {FACTS_TERMINATED, CAUSE_IP_NO_ADDRESS},
	    {FACTS_DISCONNECTED, CAUSE_BINDING_ABORTED},
	    {FACTS_ABORT, CAUSE_BINDING_ABORTED},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		log_on();
		facts.tunnel.acceptance = FACTS_NOT_ACCEPTED;
		facts.steps[FACTS_TUNNEL].symptom = rows[i].symptom;
		expect(rows[i].cause);
	}
}
END_TEST

/* The server ends IPCP before anything proves the binding, and LCP behind it. */
START_TEST(an_end_of_all_layers)
{
	set_up();
	log_on();
	facts.tunnel.acceptance = FACTS_NOT_ACCEPTED;
	facts.steps[FACTS_TUNNEL].symptom = FACTS_TERMINATED;
	snprintf(facts.tunnel.words, sizeof facts.tunnel.words, "the server ends IPCP: why");
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_str_eq(
	    verdict.findings[0].summary, "no address in the tunnel, the server ends IPCP: why");
	verdict_free(&verdict);
	facts_free(&facts);
}
END_TEST

/* The server gives an address, and ends all in the same breath. */
START_TEST(an_end_behind_the_address)
{
	static const enum facts_symptom ends[] = {
	    FACTS_DISCONNECTED, FACTS_ABORT, FACTS_TERMINATED};

	for (size_t i = 0; i < UNIT_COUNT(ends); i++)
		for (int opened = 0; opened <= 1; opened++) {
			set_up();
			log_on();
			facts.tunnel.acceptance = FACTS_ACCEPTED_BY_ECHO;
			facts.tunnel.ipcp_open = opened;
			facts.tunnel.address = opened ? 0xC0000207 : 0;
			facts.steps[FACTS_TUNNEL].symptom = ends[i];
			expect(opened ? CAUSE_BINDING_ABORTED : CAUSE_IP_NO_ADDRESS);
		}
}
END_TEST

/* The status alone decides between OK and not; 401 from HTTP.sys is the only good one. */
START_TEST(one_status_is_green)
{
	for (int status = 100; status < 600; status++) {
		set_up();
		climb_to(FACTS_HTTP);
		facts.http.answered = true;
		facts.http.status = status;
		facts.http.version_minor = 1;
		strcpy(facts.http.server, "Microsoft-HTTPAPI/2.0");
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_msg((verdict.state == STATE_OK) == (status == 401), "%d", status);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* Labels depend on the arguments, not on what happened. */
START_TEST(metrics_are_the_same_in_every_state)
{
	static const char *const labels[] = {
	    "total", "resolve", "connect", "tls", "http", "certificate"};

	for (int reached = -1; reached < FACTS_STAGES; reached++) {
		set_up();
		climb_to(reached);
		sstp_judge(&facts, 1, &policy, &verdict);
		ck_assert_uint_eq(verdict.metrics_count, UNIT_COUNT(labels));
		for (size_t i = 0; i < UNIT_COUNT(labels); i++) {
			ck_assert_str_eq(verdict.metrics[i].label, labels[i]);
			if (i < 1 || i > 4)
				continue;
			ck_assert(verdict.metrics[i].measured == ((int)i - 1 <= reached));
			if (verdict.metrics[i].measured)
				ck_assert_double_eq(verdict.metrics[i].value, 0.001);
		}
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

/* Facts that memory ran out for may lack even names: they are not judged. */
START_TEST(without_memory)
{
	free(facts.target);
	free(facts.name);
	facts.target = facts.name = NULL;
	facts.tls.done = true;
	facts.no_memory = true;
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert(verdict.failed && verdict.findings_count == 0);
	verdict.failed = false;
	cert_judge(&facts, 1, &policy, NULL, &verdict);
	ck_assert(verdict.failed && verdict.findings_count == 0);
}
END_TEST

/* The Abort that refuses what we bound says so of this attribute, with this status. */
START_TEST(an_abort_about_something_else)
{
	static const struct {
		bool has_status;
		uint8_t attribute;
		uint32_t status;
		enum cause cause;
	} rows[] = {
	    {true, 3, 4, CAUSE_BINDING_HASH_REJECTED},
	    {true, 2, 4, CAUSE_BINDING_ABORTED},
	    {true, 0, 4, CAUSE_BINDING_ABORTED},
	    {true, 3, 6, CAUSE_BINDING_ABORTED},
	    {false, 3, 4, CAUSE_BINDING_ABORTED},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		set_up();
		log_on();
		facts.tunnel.connected = true;
		facts.steps[FACTS_TUNNEL].symptom = FACTS_ABORT;
		facts.auth.proof = FACTS_PROOF_VERIFIED;
		facts.sstp.refusal_has_status = rows[i].has_status;
		facts.sstp.refusal_attribute = rows[i].attribute;
		facts.sstp.refusal_status = rows[i].status;
		expect(rows[i].cause);
	}
}
END_TEST

static const struct metric *
find_metric(const char *label)
{
	for (size_t i = 0; i < verdict.metrics_count; i++)
		if (strcmp(verdict.metrics[i].label, label) == 0)
			return &verdict.metrics[i];
	ck_abort_msg("no %s", label);
	return NULL;
}

/* Of no echo, of none that came back, and of some: what is not known is not 0. */
START_TEST(a_ping_is_measured)
{
	static const struct {
		unsigned sent, received;
		bool is_lost_known, is_time_known;
		double lost, seconds;
	} rows[] = {
	    {0, 0, false, false, 0, 0},
	    {4, 0, true, false, 100, 0},
	    {4, 3, true, true, 25, 0.002},
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		const struct metric *loss, *rtt;

		set_up();
		log_on();
		facts.level = FACTS_PING;
		facts.ping.sent = rows[i].sent;
		facts.ping.received = rows[i].received;
		facts.ping.total = rows[i].received * INT64_C(2000000);
		sstp_judge(&facts, 1, &policy, &verdict);
		loss = find_metric("loss");
		rtt = find_metric("rtt");
		ck_assert(loss->measured == rows[i].is_lost_known);
		ck_assert(rtt->measured == rows[i].is_time_known);
		ck_assert(!loss->measured || loss->value == rows[i].lost);
		ck_assert(!rtt->measured || rtt->value == rows[i].seconds);
		ck_assert(loss->has_low && loss->low == 0 && loss->has_high && loss->high == 100);
		ck_assert(rtt->has_low && rtt->low == 0 && !rtt->has_high);
		verdict_free(&verdict);
		facts_free(&facts);
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, an_abort_about_something_else);
	tcase_add_test(tests, a_ping_is_measured);
	tcase_add_test(tests, nothing_begun_is_not_green);
	tcase_add_test(tests, half_way_is_not_green);
	tcase_add_test(tests, an_ended_stage_without_an_answer_is_not_green);
	tcase_add_test(tests, missing_facts_are_not_green);
	tcase_add_test(tests, without_memory);
	tcase_add_test(tests, an_ended_call_without_an_ack_is_not_green);
	tcase_add_test(tests, half_a_tunnel_is_not_green);
	tcase_add_test(tests, hashes);
	tcase_add_test(tests, a_handshake_without_a_certificate);
	tcase_add_test(tests, a_server_without_secure_renegotiation);
	tcase_add_test(tests, a_method_nobody_knows);
	tcase_add_test(tests, a_slow_resolver);
	tcase_add_test(tests, no_symptom_is_green);
	unit_add_rows(tests, a_refused_duplex, refused_duplexes);
	tcase_add_test(tests, a_refused_duplex_without_a_look);
	tcase_add_test(tests, a_foreign_200);
	tcase_add_test(tests, weak_methods);
	tcase_add_test(tests, who_is_not_rras);
	tcase_add_test(tests, another_status);
	unit_add_rows(tests, a_refusal_that_holds, refusals);
	unit_add_rows(tests, what_was_refused_is_told_as_before, kept);
	tcase_add_test(tests, an_end_of_all_layers);
	tcase_add_test(tests, an_end_behind_the_address);
	tcase_add_test(tests, an_end_before_the_proof);
	tcase_add_test(tests, one_status_is_green);
	tcase_add_test(tests, a_drop_that_was_not_about_the_offer);
	tcase_add_test(tests, an_alert_that_was_not_about_the_offer);
	tcase_add_test(tests, an_alert_instead_of_an_answer);
	tcase_add_test(tests, a_name_that_was_not_sent);
	tcase_add_test(tests, alerts);
	tcase_add_test(tests, an_answer_for_want_of_a_client_certificate);
	tcase_add_test(tests, an_end_for_want_of_a_client_certificate);
	tcase_add_test(tests, metrics_are_the_same_in_every_state);
}

int
main(void)
{
	return unit_run("verdict/sstp", list);
}

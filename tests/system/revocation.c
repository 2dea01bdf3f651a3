/*
 * revocation - looking up revocation over real sockets, and what is made of it: one row a fault.
 */
#include "config.h"

#include <check.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/text.h"
#include "cert/path.h"
#include "facts/revocation.h"
#include "issuer.h"
#include "probe/crowd.h"
#include "process.h"
#include "support/json.h"
#include "support/schema.h"
#include "verdict/judge_revocation.h"

#define PLUGIN  "plugins/check_sstp_cert"
#define NAME    "vpn.example.com"
#define HOUR    INT64_C(3600)
#define SERIAL  "FEDC"
#define MAX     ((size_t)1 << 20)
#define SECONDS 5 /* for a run that needs no waiting */
#define SHORT   1 /* for one that waits until the end */
#define SLACK   0.6

/* What a source gives. */
enum gives {
	NONE, /* the certificate does not name it */
	GOOD,
	REVOKED,
	STALE,
	NEAR,
	ENDLESS, /* of yesterday, without a next update */
	AGED,    /* the same, of ten days ago */
	FORGED,  /* by another key */
	OTHER,   /* about another certificate */
	GARBAGE, /* none of it */
	UNKNOWN,
	DELTA,
};

struct row {
	const char *name;
	enum facts_revocation_mode mode;
	enum gives crl, ocsp, staple;
	enum issuer_way crl_way, ocsp_way;
	const char *points;  /* instead of http on the server: "URI:ldap:///CN=x", "{refused}" */
	enum cause cause;    /* CAUSES: none */
	const char *summary; /* its beginning, "{port}" stands for the server's */
	enum state state;    /* where it is not the cause's own; STATE_OK: it is */
	const char *to;      /* of a redirect */
	bool waits;          /* until the time is up */
};

#define CRL_MODE  FACTS_REVOCATION_CRL
#define OCSP_MODE FACTS_REVOCATION_OCSP
#define ANY_MODE  FACTS_REVOCATION_ANY
#define OFF_MODE  FACTS_REVOCATION_OFF
#define UNREACHED "CRL at 127.0.0.1:{port} unreachable as seen from this poller "
#define CRL_AT    "CRL at 127.0.0.1:{port} "
#define OCSP_AT   "OCSP responder 127.0.0.1:{port} "

static const struct row rows[] = {
    {.name = "a CRL without it", .mode = CRL_MODE, .crl = GOOD, .cause = CAUSES},
    {.name = "in chunks",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_CHUNKED,
        .cause = CAUSES},
    {.name = "until the end",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_CLOSED,
        .cause = CAUSES},
    {.name = "moved once",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "/moved",
        .cause = CAUSES},
    {.name = "moved once, the whole URL",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "http://127.0.0.1:{port}/moved",
        .cause = CAUSES},
    {.name = "revoked by CRL",
        .mode = CRL_MODE,
        .crl = REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked, and not asked",
        .mode = OFF_MODE,
        .crl = REVOKED,
        .ocsp = REVOKED,
        .staple = REVOKED,
        .cause = CAUSES},
    {.name = "revoked by OCSP",
        .mode = OCSP_MODE,
        .crl = GOOD,
        .ocsp = REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked by a stapled answer",
        .mode = OCSP_MODE,
        .staple = REVOKED,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked 20 h ago (key compromise)"},
    {.name = "revoked by one of them",
        .mode = ANY_MODE,
        .crl = REVOKED,
        .ocsp = GOOD,
        .staple = GOOD,
        .cause = CAUSE_CERT_REVOKED,
        .summary = "certificate was revoked"},
    {.name = "OCSP by GET", .mode = OCSP_MODE, .ocsp = GOOD, .cause = CAUSES},
    {.name = "OCSP by POST, where GET is refused",
        .mode = OCSP_MODE,
        .ocsp = GOOD,
        .ocsp_way = ISSUER_POST,
        .cause = CAUSES},
    {.name = "OCSP stapled", .mode = OCSP_MODE, .staple = GOOD, .cause = CAUSES},
    {.name = "a stale staple, and a responder",
        .mode = OCSP_MODE,
        .staple = STALE,
        .ocsp = GOOD,
        .cause = CAUSES},
    {.name = "one of two is enough",
        .mode = ANY_MODE,
        .crl = GOOD,
        .ocsp = GOOD,
        .ocsp_way = ISSUER_MISSING,
        .cause = CAUSES},
    {.name = "404",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_MISSING,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(HTTP 404)"},
    {.name = "nobody listens",
        .mode = CRL_MODE,
        .points = "URI:http://127.0.0.1:{refused}/x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = "CRL at 127.0.0.1:{refused} unreachable as seen from this poller (refused)"},
    {.name = "https",
        .mode = CRL_MODE,
        .points = "URI:https://127.0.0.1/x",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary =
            "CRL at 127.0.0.1 unreachable as seen from this poller (https, which is not followed)"},
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
        .crl = GOOD,
        .cause = CAUSES},
    {.name = "a redirect in a circle",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "/ca.crl",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(redirected in vain)"},
    {.name = "a redirect to https",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_MOVED,
        .to = "https://127.0.0.1/",
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(redirected in vain)"},
    {.name = "no answer",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_SILENT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(timeout)",
        .waits = true},
    {.name = "dripping",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_DRIP,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(timeout)",
        .waits = true},
    {.name = "a responder that never answers",
        .mode = OCSP_MODE,
        .ocsp = GOOD,
        .ocsp_way = ISSUER_SILENT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = OCSP_AT "unreachable as seen from this poller (timeout)",
        .waits = true},
    {.name = "a responder that drips",
        .mode = OCSP_MODE,
        .ocsp = GOOD,
        .ocsp_way = ISSUER_DRIP,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = OCSP_AT "unreachable as seen from this poller (timeout)",
        .waits = true},
    {.name = "a responder that never answers, and a CRL",
        .mode = ANY_MODE,
        .ocsp = GOOD,
        .ocsp_way = ISSUER_SILENT,
        .crl = GOOD,
        .cause = CAUSES,
        .waits = true},
    {.name = "cut",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_CUT,
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .summary = UNREACHED "(closed)"},
    {.name = "200 MB",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_FLOODED,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is longer than --max-crl"},
    {.name = "200 MB, announced",
        .mode = CRL_MODE,
        .crl = GOOD,
        .crl_way = ISSUER_HUGE,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is longer than --max-crl"},
    {.name = "stale CRL",
        .mode = CRL_MODE,
        .crl = STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = CRL_AT "is out of date for 3 h"},
    {.name = "stale OCSP",
        .mode = OCSP_MODE,
        .ocsp = STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = OCSP_AT "is out of date for 3 h"},
    {.name = "stale staple",
        .mode = OCSP_MODE,
        .staple = STALE,
        .cause = CAUSE_CERT_CRL_STALE,
        .summary = "stapled OCSP answer is out of date for 3 h"},
    {.name = "nearly stale CRL",
        .mode = CRL_MODE,
        .crl = NEAR,
        .cause = CAUSE_CERT_CRL_EXPIRING,
        .summary = CRL_AT "ends in "},
    {.name = "CRL without a next update", .mode = CRL_MODE, .crl = ENDLESS, .cause = CAUSES},
    {.name = "OCSP without a next update", .mode = OCSP_MODE, .ocsp = ENDLESS, .cause = CAUSES},
    {.name = "old CRL without a next update",
        .mode = CRL_MODE,
        .crl = AGED,
        .cause = CAUSE_CERT_CRL_STALE,
        .state = STATE_WARNING,
        .summary = CRL_AT "is 10 d old and names no next update"},
    {.name = "old OCSP without a next update",
        .mode = OCSP_MODE,
        .ocsp = AGED,
        .cause = CAUSE_CERT_CRL_STALE,
        .state = STATE_WARNING,
        .summary = OCSP_AT "is 10 d old and names no next update"},
    {.name = "old staple without a next update, and a responder",
        .mode = OCSP_MODE,
        .staple = AGED,
        .ocsp = ENDLESS,
        .cause = CAUSES},
    {.name = "forged CRL",
        .mode = CRL_MODE,
        .crl = FORGED,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = CRL_AT "is not signed by the issuer"},
    {.name = "forged OCSP",
        .mode = OCSP_MODE,
        .ocsp = FORGED,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "is not signed by the issuer"},
    {.name = "OCSP about another",
        .mode = OCSP_MODE,
        .ocsp = OTHER,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "is about other certificates"},
    {.name = "staple about another",
        .mode = OCSP_MODE,
        .staple = OTHER,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = "stapled OCSP answer is about other"},
    {.name = "a page",
        .mode = CRL_MODE,
        .crl = GARBAGE,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = CRL_AT "is no CRL"},
    {.name = "unknown to the responder",
        .mode = OCSP_MODE,
        .ocsp = UNKNOWN,
        .cause = CAUSE_CERT_CRL_INVALID,
        .summary = OCSP_AT "does not know the certificate"},
    {.name = "a delta CRL",
        .mode = CRL_MODE,
        .crl = DELTA,
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .summary = CRL_AT "is a delta CRL: not judged here"},
    {.name = "nothing named",
        .mode = ANY_MODE,
        .cause = CAUSE_CERT_NO_REVOCATION_INFO,
        .summary = "certificate names neither a CRL nor an OCSP responder"},
    {.name = "nothing named, and not asked", .mode = OFF_MODE, .cause = CAUSES},
};

static char folder[] = "/tmp/sstp-revocation-XXXXXX";
static char ca_file[sizeof folder + 16];
static struct issuer issuer;
static struct pki_party root, impostor, stranger;
static int refused, refused_port;
static struct facts facts[2];

static void
fill(char *chars, size_t size, const char *template)
{
	*chars = '\0';
	while (*template != '\0' && strlen(chars) + 8 < size) {
		size_t length = strlen(chars);

		if (strncmp(template, "{port}", 6) == 0) {
			snprintf(chars + length, size - length, "%u", issuer.http_port);
			template += 6;
		} else if (strncmp(template, "{refused}", 9) == 0) {
			snprintf(chars + length, size - length, "%d", refused_port);
			template += 9;
		} else {
			snprintf(chars + length, size - length, "%c", *template ++);
		}
	}
}

static void
make(struct pki_party *party, const char *cn, const char *serial, const char *extensions,
    const struct pki_party *by)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_wish wish = {cn, serial, extensions, now - PKI_DAY, now + 30 * PKI_DAY};

	pki_make(party, &wish, by);
}

/* The server's own certificate, with what it names. */
static void
make_own(const struct row *row, const struct pki_party *by)
{
	char points[400] = "", extensions[1200];

	if (row->points != NULL)
		fill(points, sizeof points, row->points);
	else if (row->crl != NONE)
		fill(points, sizeof points, "URI:http://127.0.0.1:{port}/ca.crl");
	snprintf(extensions, sizeof extensions, "subjectAltName = DNS:" NAME "\n%s%s\n",
	    *points != '\0' ? "crlDistributionPoints = " : "", points);
	if (row->ocsp != NONE)
		snprintf(extensions + strlen(extensions), 200,
		    "authorityInfoAccess = OCSP;URI:http://127.0.0.1:%u/ocsp\n", issuer.http_port);
	make(&issuer.own, NAME, SERIAL, extensions, by);
}

static int64_t
begin_of(enum gives gives)
{
	int64_t ago = gives == NEAR ? 100 * HOUR : gives == AGED ? 241 * HOUR : 24 * HOUR;

	return (int64_t)time(NULL) - ago;
}

static int64_t
end_of(enum gives gives)
{
	int64_t left = gives == STALE ? -3 * HOUR - 60 : gives == NEAR ? HOUR : 24 * HOUR;

	return gives == ENDLESS || gives == AGED ? 0 : (int64_t)time(NULL) + left;
}

static unsigned char *
make_crl(enum gives gives, const struct pki_party *by, size_t *length)
{
	struct pki_revoked revoked = {SERIAL, 1, (int64_t)time(NULL) - 20 * HOUR - 60};
	struct pki_list list = {
	    .this_update = begin_of(gives),
	    .next_update = end_of(gives),
	    .extensions = gives == DELTA ? "2.5.29.27 = critical,DER:020101\n" : NULL,
	    .revoked = &revoked,
	    .revoked_count = gives == REVOKED,
	};

	if (gives == GARBAGE) {
		*length = 6;
		return OPENSSL_memdup("<html>", 6);
	}
	return pki_crl(&list, by, gives == FORGED ? impostor.key : by->key, length);
}

static unsigned char *
make_ocsp(enum gives gives, size_t *length)
{
	struct pki_status status = {
	    .status = gives == REVOKED   ? V_OCSP_CERTSTATUS_REVOKED
	              : gives == UNKNOWN ? V_OCSP_CERTSTATUS_UNKNOWN
	                                 : V_OCSP_CERTSTATUS_GOOD,
	    .reason = 1,
	    .revoked_on = gives == REVOKED ? (int64_t)time(NULL) - 20 * HOUR - 60 : 0,
	    .this_update = begin_of(gives),
	    .next_update = end_of(gives),
	    .digest = EVP_sha1(),
	};

	return pki_ocsp(&status, gives == OTHER ? stranger.x509 : issuer.own.x509, root.x509,
	    gives == FORGED ? &impostor : &root, length);
}

static void
add_page(const char *path, enum issuer_way way, const char *to, unsigned char *bytes, size_t length)
{
	issuer.pages[issuer.pages_count++] = (struct issuer_page){path, way, to, bytes, length};
}

static void
write_root(void)
{
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(ca_file, sizeof ca_file, "%s/ca.pem", folder);
	file = fopen(ca_file, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, root.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
}

static void
set_scene(const struct row *row)
{
	static char to[200];
	size_t length;
	unsigned char *bytes;

	issuer_open(&issuer);
	refused_port = process_refused_port(&refused);
	make(&root, "Test CA", "01", PKI_CA, NULL);
	make(&impostor, "Test CA", "01", PKI_CA, NULL);
	make(&stranger, "other", "02", NULL, &root);
	make_own(row, &root);
	write_root();
	if (row->to != NULL)
		fill(to, sizeof to, row->to);
	if (row->crl != NONE) {
		bytes = make_crl(row->crl, &root, &length);
		add_page("/ca.crl", row->crl_way, to, bytes, length);
	}
	if (row->crl != NONE && row->crl_way == ISSUER_MOVED) {
		bytes = make_crl(row->crl, &root, &length);
		add_page("/moved", ISSUER_WHOLE, NULL, bytes, length);
	}
	if (row->ocsp != NONE) {
		bytes = make_ocsp(row->ocsp, &length);
		add_page("/ocsp", row->ocsp_way, NULL, bytes, length);
	}
	if (row->staple != NONE)
		issuer.staple = make_ocsp(row->staple, &issuer.staple_length);
	issuer_serve(&issuer);
}

static void
strike_scene(const char *path, size_t *count)
{
	for (size_t i = 0; i < 2; i++)
		facts_free(&facts[i]);
	issuer_close(&issuer, path, count);
	pki_free(&root);
	pki_free(&impostor);
	pki_free(&stranger);
	close(refused);
	unlink(ca_file);
	rmdir(folder);
}

/* Look at COUNT targets, at those PORTS, WIDTH at a time. */
static void
look_at(
    enum facts_revocation_mode mode, const unsigned *ports, size_t count, size_t width, int seconds)
{
	struct plan_run run = {
	    .security_level = -1, .ca_file = ca_file, .revocation = mode, .crl_max = MAX};
	int64_t timeout = seconds * DEADLINE_SECOND;
	struct plan plans[2] = {0};

	for (size_t i = 0; i < count; i++)
		plans[i] = (struct plan){
		    .label = NAME,
		    .name = NAME,
		    .address = "127.0.0.1",
		    .port = (uint16_t)ports[i],
		    .sni = NAME,
		    .host = NAME,
		    .uri = "/",
		    .method = "HEAD",
		    .level = FACTS_TLS,
		    .timeout = timeout,
		    .deadline = deadline_after(deadline_now(), timeout),
		};
	ck_assert_pstr_eq(crowd_run(&run, plans, facts, count, width), NULL);
	for (size_t i = 0; i < count; i++) {
		ck_assert_int_eq(facts_failed_stage(&facts[i]), FACTS_STAGES);
		ck_assert(!facts[i].no_memory);
	}
}

/* The same, all of them the one server. */
static void
look(enum facts_revocation_mode mode, size_t count, int seconds)
{
	const unsigned ports[2] = {issuer.tls_port, issuer.tls_port};

	look_at(mode, ports, count, count, seconds);
}

static void
check_verdict(const struct row *row)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct policy policy;
	struct words words;
	char wanted[200];

	policy_begin(&policy);
	words_begin(&words, &facts[0], &policy, &verdict);
	judge_revocation_sources(&words);
	verdict_close(&verdict);
	if (row->cause == CAUSES) {
		ck_assert_msg(verdict.findings_count == 0, "%s", verdict.findings[0].summary);
	} else {
		fill(wanted, sizeof wanted, row->summary);
		ck_assert_uint_eq(verdict.findings_count, 1);
		ck_assert_msg(strncmp(verdict.findings[0].summary, wanted, strlen(wanted)) == 0,
		    "got    %s\nwanted %s", verdict.findings[0].summary, wanted);
		ck_assert_int_eq(verdict.findings[0].cause, row->cause);
	}
	verdict_free(&verdict);
}

static enum state
state_of(const struct row *row)
{
	if (row->cause == CAUSES || row->state != STATE_OK)
		return row->state;
	return causes_row(row->cause)->state;
}

/* The first line says the cause, in its state and within its length. */
static void
check_first_line(const struct row *row, char *out)
{
	const char *name = row->cause == CAUSES ? "" : causes_row(row->cause)->name;
	char wanted[300], filled[200] = "", *bar = strstr(out, " | ");

	ck_assert_ptr_nonnull(bar);
	*bar = '\0';
	if (row->summary != NULL)
		fill(filled, sizeof filled, row->summary);
	snprintf(wanted, sizeof wanted, "SSTP_CERT %s - " NAME ": %s", state_name(state_of(row)),
	    filled);
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
	json_free(json);
}

/* The plugin says what the verdict is, in text and in JSON. */
static void
check_plugin(const struct row *row, int seconds)
{
	static const char *const formats[] = {"-v", "-o json"};
	static struct process_result results[2];
	bool off = row->mode == OFF_MODE;
	struct process processes[2];
	char line[400];

	for (size_t i = 0; i < 2; i++) {
		snprintf(line, sizeof line,
		    "-H " NAME " -I 127.0.0.1 -p %u --ca-file %s -w 1d -c 1h --revocation %s "
		    "--max-crl %zu -t %d %s",
		    issuer.tls_port, ca_file, facts_revocation_mode_name(row->mode), MAX, seconds,
		    formats[i]);
		process_begin(&processes[i], PLUGIN, line, NULL, NULL);
	}
	for (size_t i = 0; i < 2; i++) {
		process_end(&processes[i], seconds + 10.0 * PROCESS_SLOWNESS, &results[i]);
		ck_assert_str_eq(results[i].err, "");
		ck_assert_msg(results[i].exit == state_exit(state_of(row)), "exit %d: %s",
		    results[i].exit, results[i].out);
		ck_assert_msg(results[i].seconds < seconds + SLACK * PROCESS_SLOWNESS,
		    "took %.2f s of %d", results[i].seconds, seconds);
	}
	ck_assert_ptr_nonnull(strstr(results[0].out,
	    off ? "revocation: not looked up, see --revocation\n" : "revocation of " NAME));
	check_first_line(row, results[0].out);
	check_json(results[1].out, off);
}

START_TEST(a_row)
{
	const struct row *row = &rows[_i];
	int seconds = (row->waits ? SHORT : SECONDS) * PROCESS_SLOWNESS;
	int64_t begun;
	double took;

	set_scene(row);
	begun = deadline_now();
	look(row->mode, 1, seconds);
	took = deadline_to_seconds(deadline_now() - begun);
	ck_assert_msg(took < seconds + SLACK, "took %.2f s of %d", took, seconds);
	ck_assert_uint_eq(facts[0].revocations_count, 1);
	ck_assert_int_eq(facts[0].revocation_mode, row->mode);
	check_verdict(row);
	check_plugin(row, seconds);
	strike_scene(NULL, NULL);
}
END_TEST

/* Two targets with the same certificate: it is looked up once, and both know. */
START_TEST(once_for_all_targets)
{
	static const struct row row = {
	    .mode = ANY_MODE, .crl = REVOKED, .ocsp = REVOKED, .staple = GOOD};
	size_t count;

	set_scene(&row);
	look(ANY_MODE, 2, SECONDS * PROCESS_SLOWNESS);
	for (size_t i = 0; i < 2; i++) {
		const struct facts_revocation *revocation = facts[i].revocations;

		ck_assert_uint_eq(facts[i].revocations_count, 1);
		ck_assert_uint_eq(revocation->sources_count, 3);
		ck_assert_int_eq(revocation->sources[0].kind, FACTS_SOURCE_STAPLE);
		ck_assert_int_eq(revocation->sources[0].said, FACTS_SAID_GOOD);
		ck_assert_int_eq(revocation->sources[1].kind, FACTS_SOURCE_OCSP);
		ck_assert_int_eq(revocation->sources[1].said, FACTS_SAID_REVOKED);
		ck_assert_int_eq(revocation->sources[2].kind, FACTS_SOURCE_CRL);
		ck_assert_int_eq(revocation->sources[2].said, FACTS_SAID_REVOKED);
		ck_assert_int_eq(revocation->sources[2].status, 200);
		ck_assert_uint_gt(revocation->sources[2].bytes, 100);
	}
	strike_scene("/", &count);
	ck_assert_uint_eq(count, 2);
}
END_TEST

/* Of a file too it is told that a directory alone is named; nothing is fetched for it. */
START_TEST(ldap_alone_in_a_file)
{
	static const struct row row = {.points = "URI:ldap:///CN=CA?x"};
	static struct process_result result;
	char path[sizeof folder + 16], line[400];
	FILE *file;

	set_scene(&row);
	snprintf(path, sizeof path, "%s/own.pem", folder);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, issuer.own.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
	snprintf(line, sizeof line, "-H " NAME " --cert-file %s --ca-file %s -w 1d -c 1h", path,
	    ca_file);
	process_run(PLUGIN, line, NULL, SECONDS * PROCESS_SLOWNESS, &result);
	unlink(path);
	ck_assert_ptr_nonnull(strstr(result.out, "names its CRL by ldap only"));
	ck_assert_ptr_nonnull(strstr(result.out, "[cert.crl-unreachable]"));
	ck_assert_int_eq(result.exit, 2);
	strike_scene(NULL, NULL);
}
END_TEST

/* Two addresses show the same certificate, and one of them without its issuer: whichever comes
 * first, what the other can have verified is. */
START_TEST(an_issuer_that_one_address_sends)
{
	size_t bare = (size_t)_i, whole = 1 - bare;
	struct pki_party between;
	struct issuer alone;
	unsigned ports[2];
	unsigned char *bytes;
	size_t length;

	issuer_open(&issuer);
	issuer_open(&alone);
	refused_port = process_refused_port(&refused);
	make(&root, "Test CA", "01", PKI_CA, NULL);
	make(&between, "Issuing CA", "02", PKI_CA, &root);
	make_own(&(const struct row){.crl = REVOKED}, &between);
	write_root();
	bytes = make_crl(REVOKED, &between, &length);
	add_page("/ca.crl", ISSUER_WHOLE, NULL, bytes, length);
	issuer.above = X509_dup(between.x509);
	X509_up_ref(issuer.own.x509);
	EVP_PKEY_up_ref(issuer.own.key);
	alone.own = issuer.own;
	issuer_serve(&issuer);
	issuer_serve(&alone);

	ports[bare] = alone.tls_port;
	ports[whole] = issuer.tls_port;
	look_at(CRL_MODE, ports, 2, 1, SECONDS * PROCESS_SLOWNESS);
	ck_assert_uint_eq(facts[bare].revocations_count, 1);
	ck_assert(facts[bare].revocations[0].no_issuer);
	ck_assert_int_eq(facts[bare].revocations[0].sources[0].said, FACTS_SAID_NOTHING);
	ck_assert_uint_eq(facts[whole].revocations_count, 2);
	ck_assert(!facts[whole].revocations[0].no_issuer);
	ck_assert_int_eq(facts[whole].revocations[0].sources[0].said, FACTS_SAID_REVOKED);
	issuer_close(&alone, NULL, NULL);
	strike_scene(NULL, NULL);
	pki_free(&between);
}
END_TEST

/* The chain above the server's own certificate is longer than is looked at: nobody takes the rest
 * for sound. */
START_TEST(a_path_too_long)
{
	static struct process_result result;
	struct pki_party above[PATH_LINKS_MAX];
	char line[400];
	FILE *file;

	issuer_open(&issuer);
	refused_port = process_refused_port(&refused);
	make(&root, "Test CA", "01", PKI_CA, NULL);
	write_root();
	file = fopen(ca_file, "a");
	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < PATH_LINKS_MAX; i++) {
		char cn[] = "CA 0";

		cn[3] = (char)('0' + i);
		make(&above[i], cn, "02", PKI_CA, i == 0 ? &root : &above[i - 1]);
		ck_assert_int_eq(PEM_write_X509(file, above[i].x509), 1);
	}
	ck_assert_int_eq(fclose(file), 0);
	make(&issuer.own, NAME, SERIAL, "subjectAltName = DNS:" NAME "\n",
	    &above[PATH_LINKS_MAX - 1]);
	issuer_serve(&issuer);
	snprintf(line, sizeof line,
	    "-H " NAME " -I 127.0.0.1 -p %u --ca-file %s -w 1d -c 1h --revocation crl "
	    "--state cert.no-revocation-info=ok",
	    issuer.tls_port, ca_file);
	process_run(PLUGIN, line, NULL, SECONDS * PROCESS_SLOWNESS, &result);
	ck_assert_msg(strstr(result.out, "SSTP_CERT UNKNOWN - " NAME
	                                 ": revocation above issuer CA 1 not looked up, which is "
	                                 "number 8 of its chain") == result.out,
	    "%s", result.out);
	ck_assert_int_eq(result.exit, 3);
	strike_scene(NULL, NULL);
	for (size_t i = 0; i < PATH_LINKS_MAX; i++)
		pki_free(&above[i]);
}
END_TEST

/* A signal while a source is silent: the end comes at once, and says why. */
START_TEST(interrupted)
{
	static const struct row row = {.crl = GOOD, .crl_way = ISSUER_SILENT};
	static struct process_result result;
	struct process process;
	char line[400], byte;

	set_scene(&row);
	snprintf(line, sizeof line, "-H " NAME " -I 127.0.0.1 -p %u --ca-file %s --revocation crl",
	    issuer.tls_port, ca_file);
	process_begin(&process, PLUGIN, line, NULL, NULL);
	ck_assert_int_eq(read(issuer.requests, &byte, 1), 1);
	kill(process.pid, SIGTERM);
	process_end(&process, SECONDS * PROCESS_SLOWNESS, &result);
	ck_assert_msg(strstr(result.out, "SSTP_CERT UNKNOWN - " NAME
	                                 ": stopped by a signal in stage revocation") == result.out,
	    "%s", result.out);
	ck_assert_int_eq(result.exit, 3);
	strike_scene(NULL, NULL);
}
END_TEST

/* A sound answer is there: who is silent does not take all of the time. */
START_TEST(patience_ends)
{
	static const struct row rows_of_it[] = {
	    {.crl = GOOD, .ocsp = GOOD, .ocsp_way = ISSUER_SILENT},
	    {.crl = GOOD, .crl_way = ISSUER_SILENT, .staple = GOOD},
	    {.crl = GOOD, .crl_way = ISSUER_DRIP, .ocsp = REVOKED},
	};
	const struct facts_revocation *revocation;
	int seconds = 4 * PROCESS_SLOWNESS;
	int64_t begun;
	double took;

	set_scene(&rows_of_it[_i]);
	begun = deadline_now();
	look(ANY_MODE, 1, seconds);
	took = deadline_to_seconds(deadline_now() - begun);
	ck_assert_msg(took < 0.8 * seconds, "took %.2f s of %d", took, seconds);
	revocation = &facts[0].revocations[0];
	ck_assert_uint_eq(revocation->sources_count, 2);
	ck_assert(judge_revocation_answered(&revocation->sources[_i == 0 ? 1 : 0]));
	ck_assert_int_eq(revocation->sources[_i == 0 ? 0 : 1].said, FACTS_SAID_UNREACHABLE);
	ck_assert_int_eq(revocation->sources[_i == 0 ? 0 : 1].symptom, FACTS_TIMEOUT);
	strike_scene(NULL, NULL);
}
END_TEST

/* One that is out of date is not enough: a responder that takes its time has all of it. */
START_TEST(a_stale_answer_ends_no_patience)
{
	static const struct row row = {.crl = STALE, .ocsp = GOOD, .ocsp_way = ISSUER_SILENT};
	int64_t begun;

	set_scene(&row);
	begun = deadline_now();
	look(ANY_MODE, 1, SHORT);
	ck_assert(deadline_now() - begun >= SHORT * DEADLINE_SECOND - DEADLINE_SECOND / 10);
	strike_scene(NULL, NULL);
}
END_TEST

/* COUNT addresses of the page at PATH, each behind BEFORE, for an extension. */
static void
list_points(struct text *text, const char *name, const char *before, const char *path, int count)
{
	text_format(text, "%s = ", name);
	for (int i = 0; i < count; i++)
		text_format(text, "%s%sURI:http://127.0.0.1:%u%s/%d", i == 0 ? "" : ",", before,
		    issuer.http_port, path, i);
	text_add_char(text, '\n');
}

/* More sources that are silent than are asked at a time, and one behind them that is not. */
START_TEST(no_source_starves)
{
	struct text above = TEXT_EMPTY, own = TEXT_EMPTY;
	struct pki_list list = {.this_update = begin_of(GOOD), .next_update = end_of(GOOD)};
	struct pki_party between;
	unsigned char *bytes;
	size_t length;

	issuer_open(&issuer);
	refused_port = process_refused_port(&refused);
	text_add(&above, PKI_CA);
	list_points(&above, "authorityInfoAccess", "OCSP;", "/silent", 6);
	list_points(&above, "crlDistributionPoints", "", "/silent", 6);
	text_add(&own, "subjectAltName = DNS:" NAME "\n");
	list_points(&own, "authorityInfoAccess", "OCSP;", "/silent", 6);
	list_points(&own, "crlDistributionPoints", "", "/ca.crl", 1);
	make(&root, "Test CA", "01", PKI_CA, NULL);
	make(&between, "Issuing CA", "02", text_chars(&above), &root);
	make(&issuer.own, NAME, SERIAL, text_chars(&own), &between);
	write_root();
	bytes = pki_crl(&list, &between, between.key, &length);
	add_page("/ca.crl", ISSUER_WHOLE, NULL, bytes, length);
	add_page("/silent", ISSUER_SILENT, NULL, NULL, 0);
	issuer.above = X509_dup(between.x509);
	issuer_serve(&issuer);

	look(ANY_MODE, 1, 2 * PROCESS_SLOWNESS);
	ck_assert_uint_eq(facts[0].revocations_count, 2);
	ck_assert_uint_eq(facts[0].revocations[1].sources_count, 12);
	ck_assert_uint_eq(facts[0].revocations[0].sources_count, 7);
	ck_assert_int_eq(facts[0].revocations[0].sources[6].said, FACTS_SAID_GOOD);
	strike_scene(NULL, NULL);
	pki_free(&between);
	text_free(&above);
	text_free(&own);
}
END_TEST

static const struct {
	enum facts_revocation_mode mode;
	size_t requests;
} modes[] = {
    {FACTS_REVOCATION_UNREAD, 0},
    {FACTS_REVOCATION_OFF, 0},
    {FACTS_REVOCATION_CRL, 1},
    {FACTS_REVOCATION_OCSP, 1},
    {FACTS_REVOCATION_ANY, 2},
};

/* Nothing is fetched, nor is a stapled response asked for, that was not wanted. */
START_TEST(no_more_than_wanted)
{
	static const struct row row = {.crl = GOOD, .ocsp = GOOD, .staple = GOOD};
	bool stapled = modes[_i].mode >= FACTS_REVOCATION_OCSP;
	size_t count;

	set_scene(&row);
	look(modes[_i].mode, 1, SECONDS * PROCESS_SLOWNESS);
	ck_assert_uint_eq(
	    facts[0].revocations_count, modes[_i].mode == FACTS_REVOCATION_UNREAD ? 0 : 1);
	if (facts[0].revocations_count > 0)
		ck_assert_uint_eq(facts[0].revocations[0].sources_count, stapled ? 3 : 2);
	strike_scene("/", &count);
	ck_assert_uint_eq(count, modes[_i].requests);
}
END_TEST

static int
run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(void)
{
	Suite *suite = suite_create("revocation");
	TCase *tests = tcase_create("revocation");

	tcase_set_timeout(tests, 30 * PROCESS_SLOWNESS);
	tcase_add_loop_test(tests, a_row, 0, (int)(sizeof rows / sizeof rows[0]));
	tcase_add_test(tests, once_for_all_targets);
	tcase_add_loop_test(tests, patience_ends, 0, 3);
	tcase_add_test(tests, a_stale_answer_ends_no_patience);
	tcase_add_test(tests, no_source_starves);
	tcase_add_loop_test(tests, an_issuer_that_one_address_sends, 0, 2);
	tcase_add_test(tests, a_path_too_long);
	tcase_add_test(tests, interrupted);
	tcase_add_test(tests, ldap_alone_in_a_file);
	tcase_add_loop_test(tests, no_more_than_wanted, 0, (int)(sizeof modes / sizeof modes[0]));
	suite_add_tcase(suite, tests);
	return run(suite);
}

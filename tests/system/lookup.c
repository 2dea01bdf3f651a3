/*
 * lookup - how revocation is looked up over real sockets: once for all, side by side, with patience
 * that ends, and up to where the path does.
 */
#include "config.h"

#include <check.h>
#include <openssl/pem.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/text.h"
#include "cert/path.h"
#include "facts/revocation.h"
#include "process.h"
#include "sources.h"
#include "support/scratch.h"
#include "support/suite.h"
#include "verdict/answers.h"

#define PLUGIN  "plugins/check_sstp_cert"
#define SECONDS 5 /* for a run that needs no waiting */
#define SHORT   1 /* for one that waits until the end */

#define CRL_MODE FACTS_REVOCATION_CRL
#define ANY_MODE FACTS_REVOCATION_ANY

/* Two targets with the same certificate: it is looked up once, and both know. */
START_TEST(once_for_all_targets)
{
	static const struct sources_row row = {.mode = ANY_MODE,
	    .crl = SOURCES_REVOKED,
	    .ocsp = SOURCES_REVOKED,
	    .staple = SOURCES_GOOD};
	size_t count;

	sources_set(&row);
	sources_look(ANY_MODE, 2, SECONDS * SLOWNESS);
	for (size_t i = 0; i < 2; i++) {
		const struct facts_revocation *revocation = sources_scene.facts[i].revocations;

		ck_assert_uint_eq(sources_scene.facts[i].revocations_count, 1);
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
	sources_strike("/", &count);
	ck_assert_uint_eq(count, 2);
}
END_TEST

/* Of a file too it is told that a directory alone is named; nothing is fetched for it. */
START_TEST(ldap_alone_in_a_file)
{
	static const struct sources_row row = {.points = "URI:ldap:///CN=CA?x"};
	static struct process_result result;
	const char *path;
	char line[400];
	FILE *file;

	sources_set(&row);
	path = scratch_path("own.pem");
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, sources_scene.issuer.own.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
	snprintf(line, sizeof line, "-H " SOURCES_NAME " --cert-file %s --ca-file %s -w 1d -c 1h",
	    path, sources_scene.ca_file);
	process_run(PLUGIN, line, NULL, SECONDS * SLOWNESS, &result);
	ck_assert_ptr_nonnull(strstr(result.out, "names its CRL by ldap only"));
	ck_assert_ptr_nonnull(strstr(result.out, "[cert.crl-unreachable]"));
	ck_assert_int_eq(result.exit, 2);
	sources_strike(NULL, NULL);
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

	issuer_open(&sources_scene.issuer);
	issuer_open(&alone);
	sources_scene.refused_port = process_refused_port(&sources_scene.refused);
	sources_make(&sources_scene.root, "Test CA", "01", PKI_CA, NULL);
	sources_make(&between, "Issuing CA", "02", PKI_CA, &sources_scene.root);
	sources_make_own(&(const struct sources_row){.crl = SOURCES_REVOKED}, &between);
	sources_write_root();
	bytes = sources_make_crl(SOURCES_REVOKED, &between, &length);
	sources_add_page("/ca.crl", ISSUER_WHOLE, NULL, bytes, length);
	sources_scene.issuer.above = X509_dup(between.x509);
	X509_up_ref(sources_scene.issuer.own.x509);
	EVP_PKEY_up_ref(sources_scene.issuer.own.key);
	alone.own = sources_scene.issuer.own;
	issuer_serve(&sources_scene.issuer);
	issuer_serve(&alone);

	ports[bare] = alone.tls_port;
	ports[whole] = sources_scene.issuer.tls_port;
	sources_look_at(CRL_MODE, ports, 2, 1, SECONDS * SLOWNESS);
	ck_assert_uint_eq(sources_scene.facts[bare].revocations_count, 1);
	ck_assert(sources_scene.facts[bare].revocations[0].no_issuer);
	ck_assert_int_eq(
	    sources_scene.facts[bare].revocations[0].sources[0].said, FACTS_SAID_NOTHING);
	ck_assert_uint_eq(sources_scene.facts[whole].revocations_count, 2);
	ck_assert(!sources_scene.facts[whole].revocations[0].no_issuer);
	ck_assert_int_eq(
	    sources_scene.facts[whole].revocations[0].sources[0].said, FACTS_SAID_REVOKED);
	issuer_close(&alone, NULL, NULL);
	sources_strike(NULL, NULL);
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

	issuer_open(&sources_scene.issuer);
	sources_scene.refused_port = process_refused_port(&sources_scene.refused);
	sources_make(&sources_scene.root, "Test CA", "01", PKI_CA, NULL);
	sources_write_root();
	file = fopen(sources_scene.ca_file, "a");
	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < PATH_LINKS_MAX; i++) {
		char cn[] = "CA 0";

		cn[3] = (char)('0' + i);
		sources_make(
		    &above[i], cn, "02", PKI_CA, i == 0 ? &sources_scene.root : &above[i - 1]);
		ck_assert_int_eq(PEM_write_X509(file, above[i].x509), 1);
	}
	ck_assert_int_eq(fclose(file), 0);
	sources_make(&sources_scene.issuer.own, SOURCES_NAME, SOURCES_SERIAL,
	    "subjectAltName = DNS:" SOURCES_NAME "\n", &above[PATH_LINKS_MAX - 1]);
	issuer_serve(&sources_scene.issuer);
	snprintf(line, sizeof line,
	    "-H " SOURCES_NAME " -I 127.0.0.1 -p %u --ca-file %s -w 1d -c 1h --revocation crl "
	    "--state cert.no-revocation-info=ok",
	    sources_scene.issuer.tls_port, sources_scene.ca_file);
	process_run(PLUGIN, line, NULL, SECONDS * SLOWNESS, &result);
	ck_assert_msg(strstr(result.out, "SSTP_CERT UNKNOWN - " SOURCES_NAME
	                                 ": revocation above issuer CA 1 not looked up, which is "
	                                 "number 8 of its chain") == result.out,
	    "%s", result.out);
	ck_assert_int_eq(result.exit, 3);
	sources_strike(NULL, NULL);
	for (size_t i = 0; i < PATH_LINKS_MAX; i++)
		pki_free(&above[i]);
}
END_TEST

/* A signal while a source is silent: the end comes at once, and says why. */
START_TEST(interrupted)
{
	static const struct sources_row row = {.crl = SOURCES_GOOD, .crl_way = ISSUER_SILENT};
	static struct process_result result;
	struct process process;
	char line[400], byte;

	sources_set(&row);
	snprintf(line, sizeof line,
	    "-H " SOURCES_NAME " -I 127.0.0.1 -p %u --ca-file %s --revocation crl",
	    sources_scene.issuer.tls_port, sources_scene.ca_file);
	process_begin(&process, PLUGIN, line, NULL, NULL);
	ck_assert_int_eq(read(sources_scene.issuer.requests, &byte, 1), 1);
	kill(process.pid, SIGTERM);
	process_end(&process, SECONDS * SLOWNESS, &result);
	ck_assert_msg(strstr(result.out, "SSTP_CERT UNKNOWN - " SOURCES_NAME
	                                 ": stopped by a signal in stage revocation") == result.out,
	    "%s", result.out);
	ck_assert_int_eq(result.exit, 3);
	sources_strike(NULL, NULL);
}
END_TEST

/* A sound answer is there: who is silent does not take all of the time. */
START_TEST(patience_ends)
{
	static const struct sources_row rows_of_it[] = {
	    {.crl = SOURCES_GOOD, .ocsp = SOURCES_GOOD, .ocsp_way = ISSUER_SILENT},
	    {.crl = SOURCES_GOOD, .crl_way = ISSUER_SILENT, .staple = SOURCES_GOOD},
	    {.crl = SOURCES_GOOD, .crl_way = ISSUER_DRIP, .ocsp = SOURCES_REVOKED},
	};
	const struct facts_revocation *revocation;
	int seconds = 4 * SLOWNESS;
	int64_t begun;
	double took;

	sources_set(&rows_of_it[_i]);
	begun = deadline_now();
	sources_look(ANY_MODE, 1, seconds);
	took = deadline_to_seconds(deadline_now() - begun);
	ck_assert_msg(took < 0.8 * seconds, "took %.2f s of %d", took, seconds);
	revocation = &sources_scene.facts[0].revocations[0];
	ck_assert_uint_eq(revocation->sources_count, 2);
	ck_assert(answers_is_sound(&revocation->sources[_i == 0 ? 1 : 0]));
	ck_assert_int_eq(revocation->sources[_i == 0 ? 0 : 1].said, FACTS_SAID_UNREACHABLE);
	ck_assert_int_eq(revocation->sources[_i == 0 ? 0 : 1].symptom, FACTS_TIMEOUT);
	sources_strike(NULL, NULL);
}
END_TEST

/* One that is out of date is not enough: a responder that takes its time has all of it. */
START_TEST(a_stale_answer_ends_no_patience)
{
	static const struct sources_row row = {
	    .crl = SOURCES_STALE, .ocsp = SOURCES_GOOD, .ocsp_way = ISSUER_SILENT};
	int64_t begun;

	sources_set(&row);
	begun = deadline_now();
	sources_look(ANY_MODE, 1, SHORT);
	ck_assert(deadline_now() - begun >= SHORT * DEADLINE_SECOND - DEADLINE_SECOND / 10);
	sources_strike(NULL, NULL);
}
END_TEST

/* COUNT addresses of the page at PATH, each behind BEFORE, for an extension. */
static void
list_points(struct text *text, const char *name, const char *before, const char *path, int count)
{
	text_format(text, "%s = ", name);
	for (int i = 0; i < count; i++)
		text_format(text, "%s%sURI:http://127.0.0.1:%u%s/%d", i == 0 ? "" : ",", before,
		    sources_scene.issuer.http_port, path, i);
	text_add_char(text, '\n');
}

/* More sources that are silent than are asked at a time, and one behind them that is not. */
START_TEST(no_source_starves)
{
	struct text above = TEXT_EMPTY, own = TEXT_EMPTY;
	struct pki_list list = {
	    .this_update = sources_begin(SOURCES_GOOD), .next_update = sources_end(SOURCES_GOOD)};
	struct pki_party between;
	unsigned char *bytes;
	size_t length;

	issuer_open(&sources_scene.issuer);
	sources_scene.refused_port = process_refused_port(&sources_scene.refused);
	text_add(&above, PKI_CA);
	list_points(&above, "authorityInfoAccess", "OCSP;", "/silent", 6);
	list_points(&above, "crlDistributionPoints", "", "/silent", 6);
	text_add(&own, "subjectAltName = DNS:" SOURCES_NAME "\n");
	list_points(&own, "authorityInfoAccess", "OCSP;", "/silent", 6);
	list_points(&own, "crlDistributionPoints", "", "/ca.crl", 1);
	sources_make(&sources_scene.root, "Test CA", "01", PKI_CA, NULL);
	sources_make(&between, "Issuing CA", "02", text_chars(&above), &sources_scene.root);
	sources_make(
	    &sources_scene.issuer.own, SOURCES_NAME, SOURCES_SERIAL, text_chars(&own), &between);
	sources_write_root();
	bytes = pki_crl(&list, &between, between.key, &length);
	sources_add_page("/ca.crl", ISSUER_WHOLE, NULL, bytes, length);
	sources_add_page("/silent", ISSUER_SILENT, NULL, NULL, 0);
	sources_scene.issuer.above = X509_dup(between.x509);
	issuer_serve(&sources_scene.issuer);

	sources_look(ANY_MODE, 1, 2 * SLOWNESS);
	ck_assert_uint_eq(sources_scene.facts[0].revocations_count, 2);
	ck_assert_uint_eq(sources_scene.facts[0].revocations[1].sources_count, 12);
	ck_assert_uint_eq(sources_scene.facts[0].revocations[0].sources_count, 7);
	ck_assert_int_eq(sources_scene.facts[0].revocations[0].sources[6].said, FACTS_SAID_GOOD);
	sources_strike(NULL, NULL);
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
	static const struct sources_row row = {
	    .crl = SOURCES_GOOD, .ocsp = SOURCES_GOOD, .staple = SOURCES_GOOD};
	bool stapled = modes[_i].mode >= FACTS_REVOCATION_OCSP;
	size_t count;

	sources_set(&row);
	sources_look(modes[_i].mode, 1, SECONDS * SLOWNESS);
	ck_assert_uint_eq(sources_scene.facts[0].revocations_count,
	    modes[_i].mode == FACTS_REVOCATION_UNREAD ? 0 : 1);
	if (sources_scene.facts[0].revocations_count > 0)
		ck_assert_uint_eq(
		    sources_scene.facts[0].revocations[0].sources_count, stapled ? 3 : 2);
	sources_strike("/", &count);
	ck_assert_uint_eq(count, modes[_i].requests);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lookup");
	TCase *tests = tcase_create("lookup");

	tcase_set_timeout(tests, 30 * SLOWNESS);
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
	return suite_run(suite);
}

/*
 * hostile - certificates that a server could send to do harm: check_sstp_cert judges them in time,
 * and its output stays clean.
 */
#include "config.h"

#include <check.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "process.h"
#include "sorts.h"
#include "sources.h"
#include "support/json.h"
#include "support/scratch.h"
#include "support/suite.h"

#define LIMIT 20
#define LEAF  "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\n"

static const char *scratch;
static struct sorts_authorities *authorities;
static struct process_result result; /* large */

static FILE *
create(const char *name)
{
	FILE *file = fopen(scratch_path(name), "w");

	ck_assert_ptr_nonnull(file);
	return file;
}

/* A certificate of SORT with DEPTH authorities behind it, or with the usual one for 0. */
static void
write_chain(const struct sort *sort, int depth)
{
	FILE *chain = create("chain.pem"), *root = create("root.pem");
	X509 *leaf;

	ck_assert(PEM_write_X509(root, sorts_root(authorities)) == 1);
	if (depth > 0)
		sorts_write_deep(authorities, sort, depth, chain);
	else {
		leaf = sorts_make(authorities, sort);
		ck_assert(PEM_write_X509(chain, leaf) == 1);
		ck_assert(PEM_write_X509(chain, sorts_issuer(authorities, sort)) == 1);
		X509_free(leaf);
	}
	fclose(chain);
	fclose(root);
}

/* Run it; whatever is said is clean, and its first line has the length that is promised. */
static void
judge(const char *more, int status)
{
	struct text line = TEXT_EMPTY;
	const char *bar, *end;

	text_format(&line, "--cert-file %s/chain.pem --ca-file %s/root.pem -H vpn.example.com %s",
	    scratch, scratch, more);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	text_free(&line);
	ck_assert_str_eq(result.err, "");
	ck_assert_msg(result.exit == status, "exit %d: %s", result.exit, result.out);
	for (const char *c = result.out; *c != '\0'; c++)
		ck_assert_msg(
		    *c == '\n' || ((unsigned char)*c >= ' ' && *c != 0x7F), "control byte %d", *c);
	if (strstr(more, "json") != NULL)
		return;
	bar = strchr(result.out, '|');
	end = strchr(result.out, '\n');
	ck_assert(bar != NULL && end != NULL && bar < end && strchr(bar + 1, '|') == NULL);
	ck_assert_msg(bar - result.out <= 161, "%s", result.out);
}

static struct json *
judge_json(int status)
{
	struct json *json;
	size_t where;

	judge("-o json", status);
	json = json_parse(result.out, strlen(result.out), &where);
	ck_assert_msg(json != NULL, "no JSON at %zu", where);
	return json;
}

/* COUNT names, the last of them the one that is dialled. */
static char *
many_names(int count)
{
	struct text text = TEXT_EMPTY;

	text_add(&text, LEAF "subjectAltName=");
	for (int i = 1; i < count; i++)
		text_format(&text, "DNS:host%04d.example.com,", i);
	text_add(&text, "DNS:vpn.example.com\n");
	return text_take(&text);
}

START_TEST(five_hundred_names)
{
	char *extensions = many_names(500);
	struct sort sort = {.extensions = extensions};
	struct json *json;

	write_chain(&sort, 0);
	judge("-vvv", 0);
	json = judge_json(0);
	ck_assert_uint_eq(json_count(json_at(json, "targets.0.certificate.names")), 500);
	json_free(json);
	free(extensions);
}
END_TEST

START_TEST(a_chain_of_64_kib)
{
	char *extensions = many_names(2600);
	struct sort sort = {.extensions = extensions};

	write_chain(&sort, 2);
	judge("-v", 0);
	free(extensions);
}
END_TEST

/* From a server, which other chains here need not. Its length is no fault of the handshake. */
START_TEST(a_chain_of_120_kib_on_the_wire)
{
	struct text extensions = TEXT_EMPTY, line = TEXT_EMPTY;
	struct pki_party between;

	issuer_open(&sources_scene.issuer);
	sources_scene.refused_port = process_refused_port(&sources_scene.refused);
	sources_make(&sources_scene.root, "Test CA", "01", PKI_CA, NULL);
	text_add(&extensions, PKI_CA);
	for (int i = 0; i < 2; i++) {
		text_format(&extensions, "1.2.3.%d = ASN1:UTF8:", i);
		for (int bytes = 0; bytes < 60000; bytes += 10)
			text_add(&extensions, "0123456789");
		text_add_char(&extensions, '\n');
	}
	sources_make(&between, "Issuing CA", "02", text_chars(&extensions), &sources_scene.root);
	sources_make_own(&(const struct sources_row){.crl = SOURCES_NONE}, &between);
	sources_write_root();
	sources_scene.issuer.above = X509_dup(between.x509);
	issuer_serve(&sources_scene.issuer);
	text_format(&line, "-H " SOURCES_NAME " -I 127.0.0.1 -p %u --ca-file %s -w 1d -c 1h",
	    sources_scene.issuer.tls_port, sources_scene.ca_file);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	ck_assert_msg(result.exit == 0, "%s", result.out);
	sources_strike(NULL, NULL);
	pki_free(&between);
	text_free(&extensions);
	text_free(&line);
}
END_TEST

START_TEST(a_hundred_authorities)
{
	struct sort sort = {.name = ""};

	/* As deep as OpenSSL goes, and deeper. */
	write_chain(&sort, 90);
	judge("-v", 0);
	write_chain(&sort, 110);
	judge("-v", 2);
	ck_assert_msg(strstr(result.out, "[cert.invalid]") != NULL, "%s", result.out);
}
END_TEST

/* The name that is dialled, a NUL, and more: a C string would end before it. */
START_TEST(a_nul_in_a_name)
{
	struct sort sort = {.cn = "www.other.example",
	    .extensions = LEAF "subjectAltName=DER:30:1E:82:1C:76:70:6E:2E:65:78:61:6D:70:6C:65:2E:"
	                       "63:6F:6D:00:2E:65:76:69:6C:2E:65:78:61:6D:70:6C\n"};

	write_chain(&sort, 0);
	judge("-v", 2);
	ck_assert_msg(strstr(result.out, "[cert.name-mismatch]") != NULL, "%s", result.out);
	json_free(judge_json(2));
}
END_TEST

START_TEST(control_bytes_in_a_subject)
{
	struct sort sort = {
	    .cn = "a|b\033[31m\nc\177 <b>\xE2\x80\xAE'$(reboot)`", .extensions = LEAF};

	write_chain(&sort, 0);
	judge("-vvv", 2);
	ck_assert_msg(strstr(result.out, "[cert.name-mismatch]") != NULL, "%s", result.out);
	json_free(judge_json(2));
}
END_TEST

START_TEST(a_serial_of_200_bytes)
{
	char digits[401];
	struct sort sort = {.serial = digits};

	memset(digits, 'A', 400);
	digits[400] = '\0';
	write_chain(&sort, 0);
	judge("-vvv", 0);
	json_free(judge_json(0));
}
END_TEST

static const struct {
	const char *from, *until;
	int status;
} dates[] = {
    {"500101000000Z", "99991231235959Z", 0},
    {"00000101000000Z", "99991231235959Z", 0},
    {"99990101000000Z", "99991231235959Z", 2},
    {"500101000000Z", "500101000001Z", 2},
    {"99991231235959Z", "500101000000Z", 2},
};

START_TEST(absurd_dates)
{
	struct sort sort = {.from_text = dates[_i].from, .until_text = dates[_i].until};

	write_chain(&sort, 0);
	judge("-vvv", dates[_i].status);
	json_free(judge_json(dates[_i].status));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hostile");
	TCase *tests = tcase_create("certificates");
	int status;

	scratch = scratch_make();
	authorities = sorts_begin();
	tcase_set_timeout(tests, 4 * LIMIT);
	tcase_add_test(tests, five_hundred_names);
	tcase_add_test(tests, a_chain_of_64_kib);
	tcase_add_test(tests, a_chain_of_120_kib_on_the_wire);
	tcase_add_test(tests, a_hundred_authorities);
	tcase_add_test(tests, a_nul_in_a_name);
	tcase_add_test(tests, control_bytes_in_a_subject);
	tcase_add_test(tests, a_serial_of_200_bytes);
	tcase_add_loop_test(tests, absurd_dates, 0, (int)(sizeof dates / sizeof dates[0]));
	suite_add_tcase(suite, tests);
	status = suite_run(suite);
	sorts_end(authorities);
	scratch_remove();
	return status;
}

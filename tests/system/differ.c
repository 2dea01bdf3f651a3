/*
 * differ - what check_sstp_cert says of certificates of every kind is what the openssl command
 * says.
 */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "process.h"
#include "sorts.h"
#include "support/json.h"
#include "support/schema.h"
#include "support/scratch.h"
#include "support/suite.h"

#define LIMIT 20
#define NAME  "vpn.example.com"
#define OTHER "a.b.example.com"

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

/* leaf.pem, sent.pem and both in chain.pem. */
static void
write_files(const struct sort *sort)
{
	X509 *leaf = sorts_make(authorities, sort), *issuer = sorts_issuer(authorities, sort);
	FILE *own = create("leaf.pem"), *sent = create("sent.pem"), *chain = create("chain.pem");
	FILE *root = create("root.pem");

	ck_assert(PEM_write_X509(own, leaf) == 1 && PEM_write_X509(chain, leaf) == 1);
	ck_assert(PEM_write_X509(root, sorts_root(authorities)) == 1);
	/* The command wants something in each of its files. */
	ck_assert(PEM_write_X509(sent, issuer != NULL ? issuer : leaf) == 1);
	if (issuer != NULL)
		ck_assert(PEM_write_X509(chain, issuer) == 1);
	fclose(own);
	fclose(sent);
	fclose(chain);
	fclose(root);
	X509_free(leaf);
}

/* What the command says, errors included, to be freed. */
static char *
openssl(const char *arguments)
{
	struct text command = TEXT_EMPTY, said = TEXT_EMPTY;
	char piece[4096];
	size_t length;
	FILE *pipe;

	text_format(&command, "cd %s && openssl %s 2>&1", scratch, arguments);
	pipe = popen(text_chars(&command), "r");
	ck_assert_ptr_nonnull(pipe);
	while ((length = fread(piece, 1, sizeof piece, pipe)) > 0)
		text_add_bytes(&said, piece, length);
	pclose(pipe);
	text_free(&command);
	return text_take(&said);
}

/* What stands behind KEY on its line, without DROPPED characters, to be freed. */
static char *
value_of(const char *said, const char *key, char dropped)
{
	const char *at = strstr(said, key);
	struct text value = TEXT_EMPTY;

	ck_assert_msg(at != NULL, "no %s in: %s", key, said);
	for (at += strlen(key); *at != '\n' && *at != '\0'; at++)
		if (*at != dropped || dropped == '\0')
			text_add_char(&value, *at);
	return text_take(&value);
}

static void
same(const struct json *json, const char *path, const char *said, const char *key, char dropped)
{
	char *wanted = value_of(said, key, dropped);

	ck_assert_msg(json_string(json, path) != NULL, "no %s", path);
	ck_assert_str_eq(json_string(json, path), wanted);
	free(wanted);
}

/* 2026-01-31 12:00:00Z to 2026-01-31T12:00:00Z */
static void
same_date(const struct json *json, const char *path, const char *said, const char *key)
{
	char *wanted = value_of(said, key, '\0');
	char *blank = strchr(wanted, ' ');

	ck_assert_ptr_nonnull(blank);
	*blank = 'T';
	ck_assert_str_eq(json_string(json, path), wanted);
	free(wanted);
}

static bool
holds(const struct json *list, const char *string, size_t length)
{
	for (const struct json *at = json_at(list, "0"); at != NULL; at = at->next) {
		const char *own = json_string(at, "");

		if (own != NULL && strlen(own) == length && strncmp(own, string, length) == 0)
			return true;
	}
	return false;
}

/* "DNS:a, IP Address:192.0.2.1, URI:..": the names and addresses of ours, as many and the same. */
static void
same_names(const struct json *json, const char *said)
{
	const struct json *names = json_at(json, "names");
	const char *at = strstr(said, "Subject Alternative Name");
	size_t count = 0;

	if (at != NULL)
		at = strchr(at, '\n') + 1;
	for (; at != NULL && *at != '\0' && *at != '\n'; at += strspn(at, ", ")) {
		at += strspn(at, " ");
		size_t length = strcspn(at, ",\n");
		const char *name = NULL;

		if (strncmp(at, "DNS:", 4) == 0)
			name = at + 4;
		if (strncmp(at, "IP Address:", 11) == 0)
			name = at + 11;
		if (name != NULL) {
			count++;
			ck_assert_msg(holds(names, name, length - (size_t)(name - at)),
			    "%.*s is missing", (int)length, at);
		}
		at += length;
	}
	ck_assert_uint_eq(json_count(names), count);
}

static const struct {
	const char *words, *oid;
} usages[] = {
    {"TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1"},
    {"TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2"},
    {"Code Signing", "1.3.6.1.5.5.7.3.3"},
    {"Time Stamping", "1.3.6.1.5.5.7.3.8"},
    {"OCSP Signing", "1.3.6.1.5.5.7.3.9"},
    {"ipsec Internet Key Exchange", "1.3.6.1.5.5.7.3.17"},
    {"1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.1"},
};

static void
same_usages(const struct json *json, const char *said)
{
	const struct json *eku = json_at(json, "eku");
	const char *at = strstr(said, "Extended Key Usage");
	size_t count = 0;

	at = at == NULL ? "" : strchr(at, '\n') + 1;
	for (at += strspn(at, " "); *at != '\0' && *at != '\n'; at += strspn(at, ", ")) {
		size_t length = strcspn(at, ",\n"), i = 0, known = sizeof usages / sizeof usages[0];

		while (i < known && (strlen(usages[i].words) != length ||
		                        strncmp(usages[i].words, at, length) != 0))
			i++;
		ck_assert_msg(i < known, "what is %.*s?", (int)length, at);
		if (i < known)
			ck_assert_msg(holds(eku, usages[i].oid, strlen(usages[i].oid)), "no %s",
			    usages[i].words);
		count++;
		at += length;
	}
	ck_assert_uint_eq(json_count(eku), count);
}

static void
same_key(const struct json *json)
{
	char *said = openssl("x509 -in leaf.pem -noout -text");
	const char *key = json_string(json, "key");

	/* Those of Edwards curves have but one size each. */
	if (strstr(said, "Public-Key: (") != NULL) {
		char *bits = value_of(said, "Public-Key: (", '\0');

		bits[strcspn(bits, " ")] = '\0';
		ck_assert_str_eq(strchr(key, ' ') + 1, bits);
		free(bits);
	} else
		ck_assert(strstr(said, "ED25519 Public-Key:") != NULL ||
		          strstr(said, "ED448 Public-Key:") != NULL);
	same(json, "signature", said, "Signature Algorithm: ", '\0');
	free(said);
}

/* How the name that is dialled relates to it, common name included. */
static void
same_match(const struct json *json, const char *whole)
{
	char *said = openssl("x509 -in leaf.pem -noout -checkhost " NAME);
	const char *match = json_string(json, "name_match");

	ck_assert_int_eq(strstr(said, "does match") != NULL, strcmp(match, "differs") != 0);
	free(said);
	said = openssl("x509 -in leaf.pem -noout -checkhost " OTHER);
	ck_assert_int_eq(
	    strstr(said, "does match") == NULL, strstr(whole, ", not " OTHER) != NULL);
	free(said);
}

/* The path is the same: "depth=1: CN=Issuing (untrusted)", a line for each certificate. */
static void
same_path(const struct json *json, const char *said)
{
	const struct json *path = json_at(json, "path");
	size_t depth = 0;
	const char *line;

	ck_assert_msg(path != NULL && !json_is_null(json, "path"), "no path, openssl: %s", said);
	for (line = strstr(said, "depth="); line != NULL; line = strstr(line + 1, "depth=")) {
		const char *subject = strstr(line, ": ") + 2;
		size_t length = strcspn(subject, "\n");
		static const char mark[] = " (untrusted)";
		size_t cut = sizeof mark - 1;
		char place[40];

		if (length > cut && strncmp(subject + length - cut, mark, cut) == 0)
			length -= cut;
		if (depth == 0)
			snprintf(place, sizeof place, "subject");
		else
			snprintf(place, sizeof place, "path.%zu.subject", depth - 1);
		ck_assert_msg(json_string(json, place) != NULL, "no %s: %s", place, said);
		ck_assert_msg(strlen(json_string(json, place)) == length &&
		                  strncmp(json_string(json, place), subject, length) == 0,
		    "%s is %s: %s", place, json_string(json, place), said);
		depth++;
	}
	ck_assert_msg(depth > 0, "openssl: %s", said);
	ck_assert_uint_eq(json_count(path) + 1, depth);
}

/* The first error is the same: the command itself stops at some. */
static void
same_verdict(const struct json *json)
{
	char *said = openssl("verify -purpose sslserver -show_chain -nameopt RFC2253 "
	                     "-CAfile root.pem -untrusted sent.pem leaf.pem");
	const struct json *errors = json_at(json, "trust_errors");
	const char *error = strstr(said, "error ");
	int code, depth;

	if (strstr(said, "leaf.pem: OK") != NULL) {
		ck_assert_msg(json_count(errors) == 0, "openssl: %s", said);
		same_path(json, said);
	} else {
		ck_assert_msg(error != NULL && sscanf(error, "error %d at %d", &code, &depth) == 2,
		    "%s", said);
		ck_assert_msg(json_is_number(errors, "0.code", code), "openssl: %s", said);
		ck_assert_msg(json_is_number(errors, "0.depth", depth), "openssl: %s", said);
	}
	free(said);
}

static struct json *
judge(const char *more)
{
	struct text line = TEXT_EMPTY;
	struct json *json;
	size_t where;

	text_format(&line, "--cert-file %s/chain.pem --ca-file %s/root.pem -o json %s", scratch,
	    scratch, more);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	text_free(&line);
	ck_assert_str_eq(result.err, "");
	json = json_parse(result.out, strlen(result.out), &where);
	ck_assert_msg(json != NULL, "no JSON: %s", result.out);
	return json;
}

START_TEST(as_openssl_says)
{
	struct json *json;
	const struct json *certificate;
	char *said;

	write_files(&sorts[_i]);
	json = judge("-H " NAME " --name " OTHER);
	certificate = json_at(json, "targets.0.certificate");
	said = openssl("x509 -in leaf.pem -noout -fingerprint -sha1");
	same(certificate, "sha1", said, "Fingerprint=", ':');
	free(said);
	said = openssl(
	    "x509 -in leaf.pem -noout -fingerprint -sha256 -serial -dates -dateopt iso_8601 "
	    "-subject -issuer -nameopt RFC2253 -ext subjectAltName,extendedKeyUsage");
	same(certificate, "sha256", said, "Fingerprint=", ':');
	same(certificate, "serial", said, "serial=", '\0');
	same(certificate, "subject", said, "subject=", '\0');
	same(certificate, "issuer", said, "issuer=", '\0');
	same_date(certificate, "not_before", said, "notBefore=");
	same_date(certificate, "not_after", said, "notAfter=");
	same_names(certificate, said);
	same_usages(certificate, said);
	free(said);
	same_key(certificate);
	same_match(certificate, result.out);
	same_verdict(certificate);
	json_free(json);
}
END_TEST

/* The three forms that a file may have hold the same certificate. */
START_TEST(forms_of_a_file)
{
	static const char *const commands[] = {
	    "x509 -in leaf.pem -outform DER -out chain.pem",
	    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out own.pem "
	    "-subj /CN=" NAME " && openssl pkcs12 -export -inkey key.pem -in own.pem -certfile "
	    "leaf.pem -passout pass:geheim -out chain.pem",
	    "version && cat key.pem leaf.pem own.pem > chain.pem",
	    "pkcs12 -export -nomac -inkey key.pem -in own.pem -certfile leaf.pem -passout pass:geheim -out chain.pem",
	};
	struct json *json;
	struct text more = TEXT_EMPTY;
	char *said;
	FILE *file;

	write_files(&sorts[0]);
	said = openssl("x509 -in leaf.pem -noout -fingerprint -sha256");
	free(openssl(commands[0]));
	json = judge("-H " NAME);
	same(json, "targets.0.certificate.sha256", said, "Fingerprint=", ':');
	json_free(json);
	free(said);

	file = create("pass");
	fputs("geheim\nanother line\n", file);
	fclose(file);
	text_format(&more, "-H " NAME " --passphrase-file %s/pass", scratch);
	for (size_t i = 1; i < sizeof commands / sizeof commands[0]; i++) {
		free(openssl(commands[i]));
		said = openssl("x509 -in own.pem -noout -fingerprint -sha256");
		json = judge(text_chars(&more));
		same(json, "targets.0.certificate.sha256", said, "Fingerprint=", ':');
		ck_assert_uint_eq(json_count(json_at(json, "targets.0.certificate.chain")), 1);
		json_free(json);
		free(said);
	}
	text_free(&more);
}
END_TEST

/* With what proves it, and without. */
START_TEST(a_wrong_passphrase)
{
	static const char *const ways[] = {"", " -nomac"};
	struct text line = TEXT_EMPTY, command = TEXT_EMPTY;
	FILE *file = create("pass");

	fputs("falsch\n", file);
	fclose(file);
	text_format(&command,
	    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out "
	    "own.pem -subj /CN=a && openssl pkcs12 -export -inkey key.pem -in own.pem -passout "
	    "pass:geheim -out own.pfx%s",
	    ways[_i]);
	free(openssl(text_chars(&command)));
	text_free(&command);
	text_format(&line, "--cert-file %s/own.pfx --passphrase-file %s/pass", scratch, scratch);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 3);
	ck_assert_str_eq(result.err, "");
	ck_assert_str_eq(result.out,
	    "SSTP_CERT UNKNOWN - --passphrase-file takes the passphrase of --cert-file\n");
	text_free(&line);
}
END_TEST

/* Call the cipher of own.pfx another one, RC2 of 40 bits, which is then nowhere needed to make it.
 */
static void
rename_cipher(const char *passphrase)
{
	static const char triple_des[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01\x03";
	struct text bytes = TEXT_EMPTY;
	char *algorithm;
	const unsigned char *at;
	PKCS12 *pkcs12;
	int descriptor;
	FILE *file;

	descriptor = open(scratch_path("own.pfx"), O_RDONLY | O_CLOEXEC);
	ck_assert(file_read(descriptor, 1 << 16, &bytes));
	close(descriptor);
	algorithm = memmem(bytes.bytes, bytes.length, triple_des, strlen(triple_des));
	ck_assert_ptr_nonnull(algorithm);
	algorithm[strlen(triple_des) - 1] = 6;
	at = (const unsigned char *)bytes.bytes;
	pkcs12 = d2i_PKCS12(NULL, &at, (long)bytes.length);
	ck_assert_ptr_nonnull(pkcs12);
	ck_assert_int_eq(PKCS12_set_mac(pkcs12, passphrase, -1, NULL, 0, 1, EVP_sha256()), 1);
	file = create("own.pfx");
	ck_assert_int_eq(i2d_PKCS12_fp(file, pkcs12), 1);
	fclose(file);
	PKCS12_free(pkcs12);
	text_free(&bytes);
}

/* As Windows exported for long: the passphrase is right, but the cipher is not at hand. */
START_TEST(an_old_cipher)
{
	struct text line = TEXT_EMPTY;
	FILE *file = create("pass");

	fputs("geheim\n", file);
	fclose(file);
	free(openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem "
	             "-out own.pem -subj /CN=a && openssl pkcs12 -export -nokeys -in own.pem "
	             "-certpbe PBE-SHA1-3DES -passout pass:geheim -out own.pfx"));
	rename_cipher("geheim");
	text_format(&line, "--cert-file %s/own.pfx --passphrase-file %s/pass", scratch, scratch);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	ck_assert_int_eq(result.exit, 3);
	ck_assert_str_eq(result.out,
	    "SSTP_CERT UNKNOWN - --cert-file takes no PKCS#12 in an old cipher, such as RC2-40, "
	    "that OpenSSL lacks here: export it with AES-256\n");
	text_free(&line);
}
END_TEST

/* RFC 5280 4.1.2.6: the names are in subjectAltName alone. */
START_TEST(no_subject)
{
	struct text line = TEXT_EMPTY, path = TEXT_EMPTY;
	struct json *json;
	size_t where;

	free(openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem "
	             "-out own.pem -subj / -addext subjectAltName=critical,DNS:" NAME));
	text_format(&line, "--cert-file %s/own.pem -H " NAME " -v", scratch);
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	ck_assert_ptr_nonnull(
	    strstr(result.out, "self-signed certificate (code 18) at depth 0, no name\n"));
	text_add(&line, " -o json");
	process_run("plugins/check_sstp_cert", text_chars(&line), NULL, LIMIT, &result);
	json = json_parse(result.out, strlen(result.out), &where);
	ck_assert_ptr_nonnull(json);
	ck_assert_msg(schema_check(json, &path) == NULL, "%s", text_chars(&path));
	json_free(json);
	text_free(&path);
	text_free(&line);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("differ");
	TCase *kinds = tcase_create("kinds"), *files = tcase_create("files");
	int status;

	scratch = scratch_make();
	authorities = sorts_begin();
	tcase_set_timeout(kinds, 2 * LIMIT);
	tcase_add_loop_test(kinds, as_openssl_says, 0, (int)sorts_count);
	tcase_set_timeout(files, 6 * LIMIT);
	tcase_add_test(files, forms_of_a_file);
	tcase_add_loop_test(files, a_wrong_passphrase, 0, 2);
	tcase_add_test(files, an_old_cipher);
	tcase_add_test(files, no_subject);
	suite_add_tcase(suite, kinds);
	suite_add_tcase(suite, files);
	status = suite_run(suite);
	sorts_end(authorities);
	scratch_remove();
	return status;
}

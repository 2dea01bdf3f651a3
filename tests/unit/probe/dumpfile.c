#include "config.h"

#include "probe/dumpfile.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/text.h"
#include "support/scratch.h"
#include "unit/unit.h"

#define SHA1  "0123456789abcdef0123456789abcdef01234567"
#define ENTRY "    a : 0.0.0.0:443\n    b : " SHA1 "\n\n"
#define DATE  1700000000

static const char *path;
static struct dump dump;

static void
write_file(const char *chars)
{
	struct timespec times[2] = {{.tv_sec = DATE}, {.tv_sec = DATE}};

	scratch_make();
	path = scratch_write("dump", chars, strlen(chars));
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void
remove_file(void)
{
	dump_free(&dump);
	scratch_remove();
}

static int64_t
soon(void)
{
	return deadline_after(deadline_now(), 10 * DEADLINE_SECOND);
}

START_TEST(a_file_is_as_old_as_it_is)
{
	write_file(ENTRY);
	dumpfile_read(path, soon(), &dump);
	ck_assert_str_eq(dump.trouble, "");
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert_int_eq(dump.collected, DATE);
	remove_file();
}
END_TEST

/* A file is read even when the time is up: it needs none. */
START_TEST(a_file_needs_no_time)
{
	write_file(ENTRY);
	dumpfile_read(path, deadline_now() - 1, &dump);
	ck_assert_str_eq(dump.trouble, "");
	ck_assert_uint_eq(dump.bindings_count, 1);
	remove_file();
}
END_TEST

/* However long it is, in time or after it. */
START_TEST(a_long_file)
{
	static char chars[3 << 20];

	memset(chars, '\n', sizeof chars - 1);
	memcpy(chars + sizeof chars - sizeof ENTRY, ENTRY, sizeof ENTRY - 1);
	write_file(chars);
	for (int late = 0; late <= 1; late++) {
		dumpfile_read(path, late ? deadline_now() - 1 : soon(), &dump);
		ck_assert_str_eq(dump.trouble, "");
		ck_assert_uint_eq(dump.bytes, sizeof chars - 1);
		ck_assert_uint_eq(dump.bindings_count, 1);
		dump_free(&dump);
	}
	scratch_remove();
}
END_TEST

START_TEST(what_it_says_itself_holds)
{
	write_file("{\"collected\": \"2026-11-25T18:50:41Z\", \"bindings\": []}");
	dumpfile_read(path, soon(), &dump);
	ck_assert_int_eq(dump.collected, 1795632641);
	remove_file();
}
END_TEST

START_TEST(no_file)
{
	dumpfile_read("/nonexistent/dump", soon(), &dump);
	ck_assert_str_eq(dump.trouble, "cannot be read: No such file or directory");
	dump_free(&dump);
	dumpfile_read("/tmp", soon(), &dump);
	ck_assert_str_eq(dump.trouble, "cannot be read: Is a directory");
	dump_free(&dump);
}
END_TEST

/* What never ends is left when the time is up; what a pipe holds then is read. */
START_TEST(an_endless_file)
{
	dumpfile_read("/dev/zero", deadline_now() - 1, &dump);
	ck_assert_str_eq(dump.trouble, "did not end within -t");
	ck_assert_uint_le(dump.bytes, 2 << 20);
	dump_free(&dump);
}
END_TEST

/* Nobody opens the other end: that takes the time there is, and no more. */
START_TEST(a_named_pipe_without_a_writer)
{
	write_file("");
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	dumpfile_read(path, deadline_after(deadline_now(), DEADLINE_SECOND / 20), &dump);
	ck_assert_str_eq(dump.trouble, "did not end within -t");
	ck_assert_uint_eq(dump.bytes, 0);
	remove_file();
}
END_TEST

/* Standard input is a pipe whose writer has said BYTES and stays, or goes. */
static void
read_pipe(const char *bytes, bool stays, int64_t deadline)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], bytes, strlen(bytes)), (int)strlen(bytes));
	if (!stays)
		close(ends[1]);
	ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	dumpfile_read("-", deadline, &dump);
	if (stays)
		close(ends[1]);
}

START_TEST(standard_input)
{
	read_pipe(ENTRY, false, soon());
	ck_assert_str_eq(dump.trouble, "");
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert_int_eq(dump.collected, 0);
	dump_free(&dump);
}
END_TEST

START_TEST(a_pipe_that_is_full_needs_no_time)
{
	read_pipe(ENTRY, false, deadline_now() - 1);
	ck_assert_str_eq(dump.trouble, "");
	ck_assert_uint_eq(dump.bindings_count, 1);
	dump_free(&dump);
}
END_TEST

START_TEST(a_pipe_without_end)
{
	read_pipe(ENTRY, true, deadline_after(deadline_now(), DEADLINE_SECOND / 20));
	ck_assert_str_eq(dump.trouble, "did not end within -t");
	dump_free(&dump);
}
END_TEST

/* Any X509 will do: it is its bytes that are digested. */
static X509 *
make_certificate(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *certificate = X509_new();

	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
	X509_set_pubkey(certificate, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
	    (const unsigned char *)"vpn.example.com", -1, -1, 0);
	ck_assert_int_gt(X509_sign(certificate, key, EVP_sha256()), 0);
	EVP_PKEY_free(key);
	return certificate;
}

START_TEST(certificates_are_digested)
{
	X509 *certificate = make_certificate();
	unsigned char *der = NULL, wanted[EVP_MAX_MD_SIZE];
	int length = i2d_X509(certificate, &der);
	unsigned char *base64 = malloc((size_t)length * 2 + 4);
	struct text text = TEXT_EMPTY;

	EVP_EncodeBlock(base64, der, length);
	text_format(&text, "{\"bindings\": [], \"certificates\": [\"%s\"]}", (char *)base64);
	write_file(text_chars(&text));
	dumpfile_read(path, soon(), &dump);
	ck_assert_uint_eq(dump.certificates_count, 1);
	ck_assert(dump.certificates[0].digested);
	X509_digest(certificate, EVP_sha1(), wanted, NULL);
	ck_assert(memcmp(wanted, dump.certificates[0].sha1, DUMP_SHA1) == 0);
	X509_digest(certificate, EVP_sha256(), wanted, NULL);
	ck_assert(memcmp(wanted, dump.certificates[0].sha256, DUMP_SHA256) == 0);
	remove_file();
	text_free(&text);
	free(base64);
	OPENSSL_free(der);
	X509_free(certificate);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, a_file_is_as_old_as_it_is);
	tcase_add_test(tests, a_file_needs_no_time);
	tcase_add_test(tests, a_long_file);
	tcase_add_test(tests, what_it_says_itself_holds);
	tcase_add_test(tests, no_file);
	tcase_add_test(tests, an_endless_file);
	tcase_add_test(tests, a_named_pipe_without_a_writer);
	tcase_add_test(tests, standard_input);
	tcase_add_test(tests, a_pipe_that_is_full_needs_no_time);
	tcase_add_test(tests, a_pipe_without_end);
	tcase_add_test(tests, certificates_are_digested);
}

int
main(void)
{
	return unit_run("probe/dumpfile", list);
}

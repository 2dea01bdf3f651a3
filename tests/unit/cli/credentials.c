#include "config.h"

#include "cli/credentials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/scratch.h"
#include "unit/shortage.h"
#include "unit/unit.h"

static const char *folder, *path;
static struct credentials credentials;
static struct text text;

static void
setup(void)
{
	folder = scratch_make();
	path = scratch_path("file");
	unsetenv(CREDENTIALS_VARIABLE);
	credentials = (struct credentials){0};
	text = (struct text)TEXT_EMPTY;
}

static void
teardown(void)
{
	text_free(&text);
	scratch_remove();
}

static void
write_bytes(const char *bytes, size_t length, mode_t mode)
{
	path = scratch_write("file", bytes, length);
	ck_assert_int_eq(chmod(path, mode), 0);
	credentials.file = path;
}

static void
write_file(const char *chars, mode_t mode)
{
	write_bytes(chars, strlen(chars), mode);
}

static void
expect(const char *user, const char *password)
{
	credentials_hide(&credentials);
	bool complete = credentials_complete(&credentials, true, &text);

	ck_assert_msg(complete, "%s", text_chars(&text));
	ck_assert_str_eq(credentials.user, user);
	ck_assert_str_eq(credentials.password, password);
	ck_assert_str_eq(text_chars(&text), "");
}

/* A refusal, which gives nothing away. */
static void
expect_refusal(const char *words)
{
	credentials_hide(&credentials);
	ck_assert(!credentials_complete(&credentials, true, &text));
	ck_assert_str_eq(text_chars(&text), words);
	ck_assert_ptr_null(strstr(text_chars(&text), "clientPass"));
	ck_assert_ptr_null(strstr(text_chars(&text), folder));
	text_cut(&text, 0);
}

/* That is not the fault of the file. */
START_TEST(without_memory)
{
	bool failed;
	long at = 0;

	do {
		struct text said = TEXT_EMPTY;
		bool complete;

		credentials = (struct credentials){0};
		write_file("username=User\npassword=clientPass\n", 0600);
		credentials_hide(&credentials);
		shortage_begin(at++, false);
		complete = credentials_complete(&credentials, true, &said);
		failed = shortage_end();
		ck_assert(complete == !failed && text_failed(&said) == failed);
		text_free(&said);
	} while (failed);
	ck_assert_int_gt(at, 1);
}
END_TEST

static const struct {
	const char *file;
	const char *user;
	const char *password;
} files[] = {
    {"username=User\npassword=clientPass\n", "User", "clientPass"},
    {"password=clientPass\nusername=User", "User", "clientPass"},
    {"\n# who\n  ; and how\n\tusername = CORP\\User \r\n password\t=\tclientPass\r\n", "CORP\\User",
        "clientPass"},
    {"\xEF\xBB\xBFusername=User\r\npassword=clientPass", "User", "clientPass"},
    {"username=User@example.com\npassword=#a=b c;\"d\"\n", "User@example.com", "#a=b c;\"d\""},
    {"username=J\xC3\xB6rg\npassword=p\xC3\xA4ss\xF0\x9F\x98\x80\n", "J\xC3\xB6rg",
        "p\xC3\xA4ss\xF0\x9F\x98\x80"},
};

START_TEST(reads_file)
{
	write_file(files[_i].file, 0640);
	expect(files[_i].user, files[_i].password);
}
END_TEST

#define NOTHING  "the file of --credentials holds neither username= nor password="
#define EXPECTED "username= or password= is expected"
#define USER_TAKES                                                                             \
	"username= in the file of --credentials takes a user name of 1 to 256 bytes of UTF-8 " \
	"without control characters"
#define PASSWORD_TAKES                                                                             \
	"password= in the file of --credentials takes a password of 1 to 256 characters of UTF-8 " \
	"without control characters"
#define NO_USER "--logname is needed to log on, or username= in the file of --credentials"
#define NO_PASSWORD                                                                   \
	"a password is needed to log on: password= in the file of --credentials, or " \
	"SSTP_PASSWORD in the environment"

static const struct {
	const char *file;
	const char *words;
} bad_files[] = {
    {"", "the file of --credentials is refused: it is empty"},
    {"\n", NOTHING},
    {"# username=User\n", NOTHING},
    {"clientPass\n", "the file of --credentials, line 1: " EXPECTED},
    {"username=User\npassword: clientPass\n", "the file of --credentials, line 2: " EXPECTED},
    {"username=User\n\nPassword=clientPass\n", "the file of --credentials, line 3: " EXPECTED},
    {"user=User\n", "the file of --credentials, line 1: " EXPECTED},
    {"=clientPass\n", "the file of --credentials, line 1: " EXPECTED},
    {"username=a\nusername=b\npassword=clientPass\n",
        "the file of --credentials, line 2: the same was given before"},
    {"username=\npassword=clientPass\n", USER_TAKES},
    {"username= \npassword=clientPass\n", USER_TAKES},
    {"username=a\tb\npassword=clientPass\n", USER_TAKES},
    {"username=a\x7F\npassword=clientPass\n", USER_TAKES},
    {"username=a\xC2\x85\npassword=clientPass\n", USER_TAKES},
    {"username=\xE4\npassword=clientPass\n", USER_TAKES},
    {"username=User\npassword=\n", PASSWORD_TAKES},
    {"username=User\npassword=clientPass\x01\n", PASSWORD_TAKES},
    {"username=User\npassword=clientPass\xE4\n", PASSWORD_TAKES},
    {"username=User\n", NO_PASSWORD},
    {"password=clientPass\n", NO_USER},
};

START_TEST(refuses_file)
{
	write_file(bad_files[_i].file, 0600);
	expect_refusal(bad_files[_i].words);
}
END_TEST

static const struct {
	mode_t mode;
	bool good;
} modes[] = {
    {0600, true},
    {0400, true},
    {0640, true},
    {0660, true},
    {0700, true},
    {0644, false},
    {0604, false},
    {0602, false},
    {0666, false},
    {0777, false},
};

START_TEST(looks_at_permissions)
{
	write_file(files[0].file, modes[_i].mode);
	if (modes[_i].good)
		expect(files[0].user, files[0].password);
	else
		expect_refusal("the file of --credentials is refused: others may read or change "
		               "it; chmod o= makes it private");
}
END_TEST

START_TEST(refuses_what_is_no_file)
{
	credentials.file = path;
	expect_refusal("the file of --credentials cannot be opened: No such file or directory");
	credentials.file = "";
	expect_refusal("the file of --credentials cannot be opened: No such file or directory");
	credentials.file = folder;
	expect_refusal("the file of --credentials is refused: it is no regular file");
	credentials.file = path;
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	expect_refusal("the file of --credentials is refused: it is no regular file");
}
END_TEST

START_TEST(refuses_what_is_no_text)
{
	static const char utf16[] = "u\0s\0e\0r\0n\0a\0m\0e\0=\0a\0\n\0p\0a\0s\0s\0w\0o\0r\0d\0";
	char *huge = calloc(1, 100000);

	write_bytes(utf16, sizeof utf16, 0600);
	expect_refusal("the file of --credentials is refused: it is no text in UTF-8");
	ck_assert_ptr_nonnull(huge);
	memset(huge, '\n', 99999);
	write_file(huge, 0600);
	expect_refusal("the file of --credentials is refused: it is too long");
	free(huge);
}
END_TEST

START_TEST(limits)
{
	char name[CREDENTIALS_USER + 2] = "", password[4 * CREDENTIALS_PASSWORD] = "";

	memset(name, 'x', CREDENTIALS_USER + 1);
	ck_assert_ptr_nonnull(credentials_user(&credentials, name));
	ck_assert(!credentials.has_user);
	name[CREDENTIALS_USER] = '\0';
	ck_assert_ptr_null(credentials_user(&credentials, name));
	ck_assert_str_eq(credentials.user, name);

	for (int i = 0; i < CREDENTIALS_PASSWORD; i++)
		strcat(password, "\xE2\x82\xAC");
	ck_assert_ptr_null(credentials_password(&credentials, password));
	ck_assert_str_eq(credentials.password, password);
	strcat(password, "x");
	credentials_wipe(&credentials);
	ck_assert_ptr_nonnull(credentials_password(&credentials, password));
	ck_assert(!credentials.has_password);

	password[0] = '\0';
	for (int i = 0; i < CREDENTIALS_PASSWORD / 2; i++)
		strcat(password, "\xF0\x9F\x98\x80");
	ck_assert_ptr_null(credentials_password(&credentials, password));
	strcat(password, "x");
	ck_assert_ptr_nonnull(credentials_password(&credentials, password));
}
END_TEST

static const char *const bad_values[] = {
    "", "\n", "clientPass\n", "client\tPass", "\x7F", "\xC2\x9F", "\xFF", "\xC0\x80"};

START_TEST(refuses_value)
{
	ck_assert_str_eq(credentials_user(&credentials, bad_values[_i]),
	    "a user name of 1 to 256 bytes of UTF-8 without control characters");
	ck_assert_str_eq(credentials_password(&credentials, bad_values[_i]),
	    "a password of 1 to 256 characters of UTF-8 without control characters");
	ck_assert(!credentials.has_user && !credentials.has_password);
}
END_TEST

/* Option before file before environment, each for itself. */
START_TEST(order_of_sources)
{
	setenv(CREDENTIALS_VARIABLE, "variable", 1);
	write_file("username=User\n", 0600);
	expect("User", "variable");

	credentials = (struct credentials){.file = path};
	setenv(CREDENTIALS_VARIABLE, "variable", 1);
	write_file("username=User\npassword=clientPass\n", 0600);
	expect("User", "clientPass");

	credentials = (struct credentials){.file = path};
	ck_assert_ptr_null(credentials_password(&credentials, "option"));
	expect("User", "option");

	credentials = (struct credentials){.file = path};
	ck_assert_ptr_null(credentials_user(&credentials, "Option"));
	expect("Option", "clientPass");
}
END_TEST

START_TEST(no_source)
{
	expect_refusal(NO_USER);
	ck_assert_ptr_null(credentials_user(&credentials, "User"));
	expect_refusal(NO_PASSWORD);
	setenv(CREDENTIALS_VARIABLE, "", 1);
	expect_refusal("the environment variable SSTP_PASSWORD takes a password of 1 to 256 "
	               "characters of UTF-8 without control characters");
	setenv(CREDENTIALS_VARIABLE, "clientPass\xE4", 1);
	expect_refusal("the environment variable SSTP_PASSWORD takes a password of 1 to 256 "
	               "characters of UTF-8 without control characters");
}
END_TEST

START_TEST(variable_is_wiped)
{
	setenv(CREDENTIALS_VARIABLE, "clientPass", 1);
	const char *value = getenv(CREDENTIALS_VARIABLE);
	ck_assert_ptr_nonnull(value);
	ck_assert_ptr_null(credentials_user(&credentials, "User"));
	expect("User", "clientPass");
	ck_assert_mem_eq(value, "\0\0\0\0\0\0\0\0\0\0", 11);

	/* also one that is not needed */
	setenv(CREDENTIALS_VARIABLE, "variable", 1);
	expect("User", "clientPass");
	ck_assert_str_eq(credentials.variable, "");
	ck_assert_str_eq(getenv(CREDENTIALS_VARIABLE), "");
}
END_TEST

START_TEST(wipes)
{
	static const char zeros[sizeof credentials.password];

	ck_assert_ptr_null(credentials_password(&credentials, "clientPass"));
	credentials_wipe(&credentials);
	ck_assert(!credentials.has_password);
	ck_assert_mem_eq(credentials.password, zeros, sizeof zeros);
	/* and what came by the environment, where nobody asked for it */
	setenv(CREDENTIALS_VARIABLE, "clientPass", 1);
	credentials_hide(&credentials);
	ck_assert_str_eq(credentials.variable, "clientPass");
	credentials_wipe(&credentials);
	ck_assert(!credentials.has_variable);
	ck_assert_str_eq(credentials.variable, "");
}
END_TEST

START_TEST(guards)
{
	struct rlimit limit = {1, 1};

	credentials_guard();
	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &limit), 0);
	ck_assert_uint_eq(limit.rlim_cur, 0);
	ck_assert_uint_eq(limit.rlim_max, 0);
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	unit_add_rows(tests, reads_file, files);
	tcase_add_test(tests, without_memory);
	unit_add_rows(tests, refuses_file, bad_files);
	unit_add_rows(tests, looks_at_permissions, modes);
	tcase_add_test(tests, refuses_what_is_no_file);
	tcase_add_test(tests, refuses_what_is_no_text);
	tcase_add_test(tests, limits);
	unit_add_rows(tests, refuses_value, bad_values);
	tcase_add_test(tests, order_of_sources);
	tcase_add_test(tests, no_source);
	tcase_add_test(tests, variable_is_wiped);
	tcase_add_test(tests, wipes);
	tcase_add_test(tests, guards);
}

int
main(void)
{
	return unit_run("cli/credentials", list);
}

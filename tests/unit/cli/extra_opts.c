#include "config.h"

#include "cli/extra_opts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/scratch.h"
#include "unit/unit.h"
#include "unit/wipes.h"

static const char *folder;
static struct text text;

static void
write_file(const char *name, const char *chars)
{
	scratch_write(name, chars, strlen(chars));
}

static void
setup(void)
{
	folder = scratch_make();
	ck_assert_int_eq(mkdir(scratch_path("one"), 0700), 0);
	ck_assert_int_eq(mkdir(scratch_path("two"), 0700), 0);
	unsetenv("MP_CONFIG_FILE");
	unsetenv("NAGIOS_CONFIG_PATH");
	text = (struct text)TEXT_EMPTY;
}

static void
teardown(void)
{
	text_free(&text);
	scratch_remove();
}

/* CHARS with the folder for each '*'. */
static const char *
in_folder(const char *chars)
{
	static char filled[256];
	char *to = filled;

	for (; *chars != '\0'; chars++)
		if (*chars == '*')
			to = stpcpy(to, folder);
		else
			*to++ = *chars;
	*to = '\0';
	return filled;
}

/* Load LOCATOR, and expect a section with the one line "a=VALUE". */
static void
expect(const char *locator, const char *value)
{
	struct extra_opts *extra = extra_opts_load(locator, "it", &text);

	ck_assert_msg(extra != NULL, "%s: %s", locator, text_chars(&text));
	ck_assert_uint_eq(extra->ini.count, 1);
	ck_assert_str_eq(extra->ini.lines[0].key, "a");
	ck_assert_str_eq(extra->ini.lines[0].value, value);
	ck_assert_ptr_null(extra->next);
	extra_opts_free(extra);
}

/* Load LOCATOR, and expect to be told WANTED; in both '*' is the folder. */
static void
expect_problem(const char *locator, const char *wanted)
{
	ck_assert_ptr_null(extra_opts_load(in_folder(locator), "it", &text));
	ck_assert_str_eq(text_chars(&text), in_folder(wanted));
	text_cut(&text, 0);
}

START_TEST(a_locator_has_two_parts)
{
	write_file("file", "[it]\na=mine\n[other]\na=other\n");
	write_file("a@b", "[it]\na=at\n");
	expect(in_folder("@*/file"), "mine");
	expect(in_folder("it@*/file"), "mine");
	expect(in_folder("other@*/file"), "other");
	expect(in_folder("@*/a@b"), "at");
}
END_TEST

START_TEST(a_file_that_others_may_read_is_fine)
{
	write_file("file", "[it]\na=b\n");
	ck_assert_int_eq(chmod(scratch_path("file"), 0644), 0);
	expect(in_folder("@*/file"), "b");
}
END_TEST

/* Where it was read, and where it was kept; where that grew too small, that as well, but then
 * something else has been read since. */
START_TEST(a_file_is_wiped)
{
	static const char first[] = "# clientPass\n[it]\na=b\n#";
	static char longer[10000];

	write_file("file", first);
	wipes_begin();
	expect(in_folder("@*/file"), "b");
	ck_assert_uint_eq(wipes_of("# clientPass", 12), 2);

	memset(longer, 'x', sizeof longer - 1);
	memcpy(longer, first, sizeof first - 1);
	write_file("file", longer);
	wipes_begin();
	expect(in_folder("@*/file"), "b");
	ck_assert_uint_eq(wipes_of("# clientPass", 12), 2);
}
END_TEST

START_TEST(a_file_is_searched_for)
{
	setenv("NAGIOS_CONFIG_PATH", in_folder(":/nowhere::*/one:*/two:"), 1);
	write_file("two/nagios-plugins.ini", "[it]\na=1\n[other]\na=other\n");
	expect("", "1");
	expect(NULL, "1");
	expect("other", "other");
	write_file("two/plugins.ini", "[it]\na=2\n");
	expect("", "2");
	write_file("two/monitoring-plugins.ini", "[it]\na=3\n");
	expect("", "3");
	write_file("one/plugins.ini", "[it]\na=4\n");
	expect("", "4");
	write_file("file", "[it]\na=5\n");
	setenv("MP_CONFIG_FILE", scratch_path("file"), 1);
	expect("", "5");
	expect(in_folder("@*/one/plugins.ini"), "4");
	setenv("MP_CONFIG_FILE", scratch_path("none"), 1);
	expect_problem("", "cannot read */none: No such file or directory");
	setenv("MP_CONFIG_FILE", "", 1);
	expect_problem("", "--extra-opts finds no file of options; name one as SECTION@FILE");
}
END_TEST

START_TEST(standard_input)
{
	write_file("file", "[it]\na=b\n");
	ck_assert_ptr_nonnull(freopen(scratch_path("file"), "r", stdin));
	expect("@-", "b");
	expect_problem("@-", "no section [it] in -");
}
END_TEST

/* A file, and what is said of it. The secret in it never is. */
static const struct {
	const char *chars, *problem;
} bad[] = {
    {"", "no section [it] in */file"},
    {"[other]\nsecret\n", "no section [it] in */file"},
    {"secret\n", "*/file line 1: options stand below a [SECTION]"},
    {"\n[secret\n", "*/file line 2: a section is written as [NAME]"},
    {"[it] secret\n", "*/file line 1: a section is written as [NAME]"},
    {"[it]\n=secret\n", "*/file line 2: an option has a name before the ="},
};

START_TEST(problems_name_file_and_line)
{
	write_file("file", bad[_i].chars);
	expect_problem("@*/file", bad[_i].problem);
}
END_TEST

START_TEST(files_that_are_none)
{
	FILE *file;

	expect_problem("@*/none", "cannot read */none: No such file or directory");
	expect_problem("@*", "cannot read *: Is a directory");
	expect_problem("@/dev/zero", "cannot read /dev/zero: File too large");
	expect_problem("@", "--extra-opts finds no file of options; name one as SECTION@FILE");
	file = fopen(scratch_path("file"), "w");
	fwrite("[it]\na=b\n\0c=d\n", 1, 14, file);
	fclose(file);
	expect_problem("@*/file", "*/file is no text file");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_locator_has_two_parts);
	tcase_add_test(tests, a_file_that_others_may_read_is_fine);
	tcase_add_test(tests, a_file_is_wiped);
	tcase_add_test(tests, a_file_is_searched_for);
	tcase_add_test(tests, standard_input);
	unit_add_rows(tests, problems_name_file_and_line, bad);
	tcase_add_test(tests, files_that_are_none);
}

int
main(void)
{
	return unit_run("cli/extra_opts", list);
}

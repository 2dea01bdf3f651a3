#include "config.h"

#include "cli/ini.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "unit/unit.h"

static struct ini ini;
static size_t number;
static char *copy;

static void
setup(void)
{
	ini = (struct ini){0};
	copy = NULL;
}

static void
teardown(void)
{
	ini_free(&ini);
	free(copy);
}

static enum ini_result
read_section(const char *chars)
{
	copy = strdup(chars);
	return ini_read(copy, "it", &ini, &number);
}

/* A file, and the lines of [it]: number, key, and value after ':', or nothing where there is no
 * '='.
 */
static const struct {
	const char *chars, *lines;
} good[] = {
    {"[it]", ""},
    {"[it]\n", ""},
    {"[it]\na=b", "2a:b\n"},
    {"[it]\na=b\n", "2a:b\n"},
    {"\n\n[it]\n\na=b\n\n", "5a:b\n"},
    {"[it]\n  a b \t=\v c  d \r\n", "2a b:c  d\n"},
    {"[it]\r\na=b\r\n\r\nc\r\n", "2a:b\n4c\n"},
    {" \t[ it\t] \r\na=b", "2a:b\n"},
    {"[it] # this one\na=b", "2a:b\n"},
    {"[it];\na=b", "2a:b\n"},
    {"[it]\nplain\n-x\n", "2plain\n3-x\n"},
    {"[it]\nplain=\nhost = \n", "2plain:\n3host:\n"},
    {"[it]\na=b=c==\n", "2a:b=c==\n"},
    {"[it]\na=\"b c\"\nd='e'\n", "2a:\"b c\"\n3d:'e'\n"},
    {"[it]\na=b # no comment ; this\n", "2a:b # no comment ; this\n"},
    {"# one\n; two\n[it]\n  # three = 3\n\t;four=4\na=b\n#", "6a:b\n"},
    {"[it]\na=1\na=2\na=1\n", "2a:1\n3a:2\n4a:1\n"},
    {"[other]\na=1\n[it]\na=2\n[another]\na=3\n[it]\na=4\n[]\na=5\n", "4a:2\n8a:4\n"},
    {"[ItS]\nno\n[IT]\nno\n[it s]\nno\n[i]\nno\n[it]\nyes\n", "10yes\n"},
    {"[other]\n=broken\n[it]\na=b\n", "4a:b\n"},
    {"\xEF\xBB\xBF[it]\na=\xC3\xA9\n", "2a:\xC3\xA9\n"},
    {"[it]\na=[it]\n a=[\n", "2a:[it]\n3a:[\n"},
    {"[it]\na=1\na=2\na=3\na=4\na=5\na=6\na=7\na=8\na=9\n",
        "2a:1\n3a:2\n4a:3\n5a:4\n6a:5\n7a:6\n8a:7\n9a:8\n10a:9\n"},
};

START_TEST(lines_are_read)
{
	struct text lines = TEXT_EMPTY;

	ck_assert_int_eq(read_section(good[_i].chars), INI_OK);
	for (size_t i = 0; i < ini.count; i++) {
		text_format(&lines, "%zu%s", ini.lines[i].number, ini.lines[i].key);
		if (ini.lines[i].value != NULL)
			text_format(&lines, ":%s", ini.lines[i].value);
		text_add_char(&lines, '\n');
	}
	ck_assert_str_eq(text_chars(&lines), good[_i].lines);
	text_free(&lines);
}
END_TEST

static const struct {
	const char *chars;
	enum ini_result result;
	size_t number; /* 0: of no line */
} bad[] = {
    {"", INI_NO_SECTION, 0},
    {"\n# [it]\n", INI_NO_SECTION, 0},
    {"[other]\na=b\n", INI_NO_SECTION, 0},
    {"a=b\n[it]\n", INI_STRAY, 1},
    {"\n\na\n", INI_STRAY, 3},
    {"[it\na=b\n", INI_BAD_SECTION, 1},
    {"[it]\na=b\n[other\n", INI_BAD_SECTION, 3},
    {"[it] a=b\n", INI_BAD_SECTION, 1},
    {"[it]]\n", INI_BAD_SECTION, 1},
    {"[\n]\n", INI_BAD_SECTION, 1},
    {"[it]\n=b\n", INI_NO_KEY, 2},
    {"[it]\na=b\n \t= b\n", INI_NO_KEY, 3},
    {"[it]\n=\n", INI_NO_KEY, 2},
};

START_TEST(all_else_is_refused)
{
	ck_assert_int_eq(read_section(bad[_i].chars), bad[_i].result);
	if (bad[_i].number > 0)
		ck_assert_uint_eq(number, bad[_i].number);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	unit_add_rows(tests, lines_are_read, good);
	unit_add_rows(tests, all_else_is_refused, bad);
}

int
main(void)
{
	return unit_run("cli/ini", list);
}

#include "support/lines.h"

#include <string.h>

#include "unit/unit.h"

static const struct {
	const char *less, *more;
	bool added;
} pairs[] = {
    {"a\n", "a\n", true},
    {"a\n", "a\nb\n", true},
    {"a\nc\n", "a\nb\nc\nd\n", true},
    {"a\na\n", "a\nb\na\n", true},
    {"", "", true},
    {"a\n", "b\na\n", false},
    {"a\n", "ab\n", false},
    {"ab\n", "a\n", false},
    {"a\nb\n", "a\n", false},
    {"a\na\n", "a\nb\n", false},
    {"a\nb\nc\n", "a\nc\nb\n", false},
    {"a\nb\n", "a\nb more\n", false},
    {"a\nb", "a\nb\n", false},
    {"a\n", "", false},
};

START_TEST(added_lines_are_told)
{
	ck_assert(lines_only_added(pairs[_i].less, pairs[_i].more) == pairs[_i].added);
}
END_TEST

static const char *const masked[][2] = {
    {"", ""},
    {"a", "a"},
    {"0.25 s", "N s"},
    {"in 1, 22;333", "in N, N;N"},
    {"1,5", "N,N"},
    {"total=0.25s;;;0 x", "total=N;;;N x"},
    {"127.0.0.1:443", "N:N"},
    {"{AF0-BE}, A-B", "{N}, A-B"},
    {"is A9993E36..; B..", "is N..; B.."},
    {"tls.reset not-tls1\n", "tls.reset N\n"},
};

START_TEST(numbers_are_masked)
{
	char chars[32];

	strcpy(chars, masked[_i][0]);
	lines_mask_numbers(chars);
	ck_assert_str_eq(chars, masked[_i][1]);
}
END_TEST

static const char *const dropped[][2] = {
    {"", ""},
    {"a\nb\n", "a\nb\n"},
    {"a 1\nb\na 2", "b\n"},
    {"b a\nab\n a \n", "b a\nab\n a \n"},
};

START_TEST(lines_are_dropped)
{
	char chars[32];

	strcpy(chars, dropped[_i][0]);
	lines_drop(chars, "a ");
	ck_assert_str_eq(chars, dropped[_i][1]);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, added_lines_are_told, pairs);
	unit_add_rows(tests, numbers_are_masked, masked);
	unit_add_rows(tests, lines_are_dropped, dropped);
}

int
main(void)
{
	return unit_run("support/lines", list);
}

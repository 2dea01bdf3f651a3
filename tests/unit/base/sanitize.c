#include <string.h>

#include "base/sanitize.h"
#include "base/utf8.h"
#include "unit/unit.h"

static void
expect(const char *bytes, size_t length, size_t cap, const char *expected)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, ">");
	sanitize_add(&text, bytes, length, cap);
	ck_assert_str_eq(text_chars(&text) + 1, expected);
	ck_assert_uint_eq(text.length, 1 + strlen(expected));
	text_free(&text);
}

static const struct {
	const char *bytes;
	const char *expected;
} rows[] = {
    {"", ""},
    {"Microsoft-HTTPAPI/2.0", "Microsoft-HTTPAPI/2.0"},
    {"b\xC3\xBC"
     "cher \xE5\xB9\xB4 \xF0\x9F\x98\x80",
        "b\xC3\xBC"
        "cher \xE5\xB9\xB4 \xF0\x9F\x98\x80"},
    {"`~$&'\"\\;{}[]()", "`~$&'\"\\;{}[]()"},
    {"a|b<c>d", "a?b?c?d"},
    {"a\tb\r\nc\x01\x1F\x7F", "a?b??c???"},
    {"\x1B[31mred\x1B[0m", "?[31mred?[0m"},
    {"\xC2\x80\xC2\x9B"
     "1m\xC2\x9F\xC2\xA0",
        "??1m?\xC2\xA0"},
    {"caf\xE9", "caf?"},
    {"\xFF\xFE", "??"},
    {"\xC0\xAF\xE0\x80\xAF", "?????"},
    {"\xED\xA0\x80", "???"},
    {"\xF4\x90\x80\x80", "????"},
    {"\xE2\x82", "??"},
    {"\xE2\x82"
     "a",
        "??a"},
    {"a\xC2\xAD\xD8\x9C"
     "b",
        "a??b"},
    {"\xE2\x80\x8A\xE2\x80\x8B\xE2\x80\x8F\xE2\x80\x90", "\xE2\x80\x8A??\xE2\x80\x90"},
    {"\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xAE\xE2\x80\xAF", "\xE2\x80\xA7??\xE2\x80\xAF"},
    {"\xE2\x81\x9F\xE2\x81\xA0\xE2\x81\xA9\xE2\x81\xAA", "\xE2\x81\x9F??\xE2\x81\xAA"},
    {"\xEF\xBB\xBF"
     "BOM",
        "?BOM"},
    {"\xF3\xA0\x80\x81\xF3\xA0\x81\xBF", "??"},
};

START_TEST(replaces)
{
	expect(rows[_i].bytes, strlen(rows[_i].bytes), 1000, rows[_i].expected);
}
END_TEST

START_TEST(replaces_nul)
{
	expect("a\0b", 3, 10, "a?b");
	expect(NULL, 0, 10, "");
}
END_TEST

START_TEST(cuts_to_the_cap)
{
	expect("abcdef", 6, 6, "abcdef");
	expect("abcdef", 6, 5, "abc..");
	expect("abcdef", 6, 3, "a..");
	expect("abcdef", 6, 2, "..");
	expect("abcdef", 6, 1, ".");
	expect("abcdef", 6, 0, "");
	expect("", 0, 0, "");
	expect("a", 1, 1, "a");
	/* Never inside a character: the two bytes of u-umlaut do not fit with the dots. */
	expect("ab\xC3\xBC"
	       "def",
	    7, 5, "ab..");
	expect("ab\xC3\xBC"
	       "def",
	    7, 6, "ab\xC3\xBC..");
	expect("\xC3\xBC\xC3\xBC", 4, 4, "\xC3\xBC\xC3\xBC");
	expect("\xC3\xBC\xC3\xBC", 4, 3, "..");
	/* What counts is what comes out. */
	expect("\xE2\x80\x8B\xE2\x80\x8B", 6, 2, "??");
}
END_TEST

static bool
is_valid_utf8(const char *chars)
{
	size_t length = strlen(chars);
	for (size_t i = 0; i < length;) {
		uint32_t code;
		size_t size = utf8_read(chars + i, length - i, &code);
		if (size == 0)
			return false;
		i += size;
	}
	return true;
}

/* Bytes from a small alphabet, so that characters and their wreckage are common. */
START_TEST(any_bytes_come_out_safe)
{
	static const unsigned char alphabet[] = {'a', '|', '<', 0, 27, 0x80, 0x8B, 0xA0, 0xAE, 0xBF,
	    0xC2, 0xC3, 0xE2, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xFF};
	for (int i = 0; i < 20000; i++) {
		unsigned char bytes[24];
		size_t length = unit_random_below(sizeof bytes + 1);
		size_t cap = unit_random_below(30);
		for (size_t j = 0; j < length; j++)
			bytes[j] = alphabet[unit_random_below(sizeof alphabet)];
		struct text once = TEXT_EMPTY, twice = TEXT_EMPTY;
		sanitize_add(&once, bytes, length, cap);
		ck_assert_uint_le(once.length, cap);
		ck_assert_uint_eq(strlen(text_chars(&once)), once.length);
		ck_assert(is_valid_utf8(text_chars(&once)));
		ck_assert_ptr_null(strpbrk(text_chars(&once), "|<>\x1B"));
		sanitize_add(&twice, text_chars(&once), once.length, cap);
		ck_assert_str_eq(text_chars(&twice), text_chars(&once));
		text_free(&once);
		text_free(&twice);
	}
}
END_TEST

START_TEST(first_line)
{
	char chars[] = "a`b~c$d&e|f'g\"h<i>j \\;{}\xC3\xBC";
	sanitize_first_line(chars, strlen(chars));
	ck_assert_str_eq(chars, "a b c d e f g h i j \\;{}\xC3\xBC");

	char some[] = "''''";
	sanitize_first_line(some, 2);
	ck_assert_str_eq(some, "  ''");

	char nul[] = {'|', '\0', '|', '\0'};
	sanitize_first_line(nul, 3);
	ck_assert_mem_eq(nul, " \0 ", 4);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, replaces, rows);
	tcase_add_test(tests, replaces_nul);
	tcase_add_test(tests, cuts_to_the_cap);
	tcase_add_test(tests, any_bytes_come_out_safe);
	tcase_add_test(tests, first_line);
}

int
main(void)
{
	return unit_run("base/sanitize", list);
}

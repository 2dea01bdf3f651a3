#include <string.h>

#include "base/utf8.h"
#include "unit/unit.h"

static const struct {
	const char *bytes;
	size_t size;
	uint32_t code;
} valid[] = {
    {"\x00", 1, 0},
    {"a", 1, 'a'},
    {"\x7F", 1, 0x7F},
    {"\xC2\x80", 2, 0x80},
    {"\xDF\xBF", 2, 0x7FF},
    {"\xE0\xA0\x80", 3, 0x800},
    {"\xED\x9F\xBF", 3, 0xD7FF},
    {"\xEE\x80\x80", 3, 0xE000},
    {"\xEF\xBF\xBF", 3, 0xFFFF},
    {"\xF0\x90\x80\x80", 4, 0x10000},
    {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
};

START_TEST(reads)
{
	uint32_t code = 42;
	ck_assert_uint_eq(utf8_read(valid[_i].bytes, valid[_i].size, &code), valid[_i].size);
	ck_assert_uint_eq(code, valid[_i].code);
	for (size_t cut = 0; cut < valid[_i].size; cut++)
		ck_assert_uint_eq(utf8_read(valid[_i].bytes, cut, &code), 0);
}
END_TEST

static const char *const invalid[] = {
    /* a continuation first */
    "\x80",
    "\xBF",
    "\xA2\x80",
    "\xBF\xBF",
    /* overlong */
    "\xC0\x80",
    "\xC1\xBF",
    "\xE0\x80\x80",
    "\xE0\x9F\xBF",
    "\xF0\x80\x80\x80",
    "\xF0\x8F\xBF\xBF",
    /* surrogates */
    "\xED\xA0\x80",
    "\xED\xBF\xBF",
    /* beyond U+10FFFF */
    "\xF4\x90\x80\x80",
    "\xF7\xBF\xBF\xBF",
    /* never a first byte */
    "\xF8\x88\x80\x80\x80",
    "\xF8\x90\x80\x80",
    "\xFE",
    "\xFF\xFF",
    /* no continuation */
    "\xC3(",
    "\xE2(\xA1",
    "\xE2\x82(",
    "\xC3\xC3",
};

START_TEST(refuses)
{
	uint32_t code = 42;
	ck_assert_uint_eq(utf8_read(invalid[_i], strlen(invalid[_i]), &code), 0);
	ck_assert_uint_eq(code, 42);
}
END_TEST

START_TEST(a_byte_order_mark)
{
	ck_assert_uint_eq(utf8_mark("\xEF\xBB\xBFtext", 7), 3);
	ck_assert_uint_eq(utf8_mark("\xEF\xBB\xBF", 3), 3);
	ck_assert_uint_eq(utf8_mark("\xEF\xBB\xBF", 2), 0);
	ck_assert_uint_eq(utf8_mark("\xEF\xBB\xBE", 3), 0);
	ck_assert_uint_eq(utf8_mark("text", 4), 0);
	ck_assert_uint_eq(utf8_mark("", 0), 0);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, valid);
	unit_add_rows(tests, refuses, invalid);
	tcase_add_test(tests, a_byte_order_mark);
}

int
main(void)
{
	return unit_run("base/utf8", list);
}

#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"

START_TEST(every_byte_comes_back)
{
	uint8_t bytes[256], back[256];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)i;
	struct text text = TEXT_EMPTY;
	hex_add(&text, bytes, sizeof bytes);
	ck_assert_uint_eq(text.length, 512);
	ck_assert_uint_eq(strspn(text_chars(&text), "0123456789ABCDEF"), 512);
	ck_assert_mem_eq(text_chars(&text), "000102", 6);
	ck_assert_str_eq(text_chars(&text) + 506, "FDFEFF");
	ck_assert(hex_read(text_chars(&text), back, sizeof back));
	ck_assert_mem_eq(back, bytes, sizeof bytes);
	text_free(&text);
}
END_TEST

START_TEST(digits)
{
	static const char all[] = "0123456789abcdefABCDEF";
	for (int c = -128; c < 128; c++) {
		const char *at = c == 0 ? NULL : strchr(all, (unsigned char)c);
		int expected = at == NULL ? -1 : (int)(at - all);
		if (expected > 15)
			expected -= 6;
		ck_assert_int_eq(hex_digit((char)c), expected);
	}
}
END_TEST

START_TEST(reads_either_case)
{
	uint8_t bytes[3];
	ck_assert(hex_read("c3Ab8F", bytes, 3));
	ck_assert_mem_eq(bytes, "\xC3\xAB\x8F", 3);
	ck_assert(hex_read("", bytes, 0));
}
END_TEST

static const char *const refused[] = {"", "c", "c3", "c3ab8", "c3ab8f0", "c3ab8f00", "c3 b8f",
    "c3:ab:8f", "0xc3ab8f", "c3ab8g", "g3ab8f", " c3ab8f", "c3ab8f ", "-3ab8f"};

START_TEST(refuses)
{
	uint8_t bytes[3];
	ck_assert_msg(!hex_read(refused[_i], bytes, 3), "%s was read", refused[_i]);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, every_byte_comes_back);
	tcase_add_test(tests, digits);
	tcase_add_test(tests, reads_either_case);
	unit_add_rows(tests, refuses, refused);
}

int
main(void)
{
	return unit_run("base/hex", list);
}

#include <string.h>

#include "base/thumbprint.h"
#include "unit/unit.h"

#define SHA1   "a9993e364706816aba3e25717850c26c9cd0d89d"
#define SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static const uint8_t sha1[] = {0xA9, 0x99, 0x3E, 0x36, 0x47, 0x06, 0x81, 0x6A, 0xBA, 0x3E, 0x25,
    0x71, 0x78, 0x50, 0xC2, 0x6C, 0x9C, 0xD0, 0xD8, 0x9D};
static const uint8_t sha256[] = {0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40,
    0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF,
    0x61, 0xF2, 0x00, 0x15, 0xAD};

static const struct {
	const char *chars;
	size_t length; /* of the digest */
} pasted[] = {
    {SHA1, 20},
    {SHA256, 32},
    {"A9993E364706816ABA3E25717850C26C9CD0D89D", 20},
    {"0x" SHA1, 20},
    {"0X" SHA256, 32},
    {" \t" SHA1 "\r\n", 20},
    {"A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D", 20},
    {"a9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d", 20},
    {"\xE2\x80\x8E" SHA1, 20}, /* the certificate dialog of Windows */
    {"\xE2\x80\x8F" SHA1 "\xE2\x80\x8E", 20},
    {"\xEF\xBB\xBF" SHA256, 32}, /* a file of Notepad */
    {"a9\xC2\xA0"
     "993e364706816aba3e25717850c26c9cd0d89d",
        20},
    {" 0x " SHA1, 20},
    {"a:9993e364706816aba3e25717850c26c9cd0d89d", 20},
};

START_TEST(reads)
{
	struct thumbprint thumbprint;

	ck_assert(thumbprint_read(pasted[_i].chars, strlen(pasted[_i].chars), &thumbprint));
	ck_assert_uint_eq(thumbprint.length, pasted[_i].length);
	ck_assert_mem_eq(
	    thumbprint.bytes, pasted[_i].length == 20 ? sha1 : sha256, thumbprint.length);
	ck_assert(thumbprint_is(&thumbprint, sha1, sha256));
}
END_TEST

/* A zero in front is a digit unless an x follows. */
START_TEST(a_zero_in_front)
{
	static const char digits[] = "0a993e364706816aba3e25717850c26c9cd0d89d";
	struct thumbprint thumbprint;

	ck_assert(thumbprint_read(digits, strlen(digits), &thumbprint));
	ck_assert_uint_eq(thumbprint.length, 20);
	ck_assert_uint_eq(thumbprint.bytes[0], 0x0A);
}
END_TEST

static const char *const wrong[] = {
    "",
    " ",
    "0x",
    "1x" SHA1,
    "a9993e364706816aba3e25717850c26c9cd0d89",   /* 39 */
    SHA1 "a",                                    /* 41 */
    SHA1 "a9993e364706816aba3e25717850c26c9cd0", /* 76 */
    SHA256 "b",                                  /* 65 */
    SHA256 SHA256,
    "900150983cd24fb0d6963f7d28e17f72", /* MD5 */
    "g9993e364706816aba3e25717850c26c9cd0d89d",
    "a9-99-3e-36-47-06-81-6a-ba-3e-25-71-78-50-c2-6c-9c-d0-d8-9d",
    "0x0x" SHA1,
    SHA1 "\xE2\x80",
    SHA1 "\xE2\x80\x8B",
    "'" SHA1 "'",
};

START_TEST(refuses)
{
	struct thumbprint thumbprint = {.length = 42};

	ck_assert(!thumbprint_read(wrong[_i], strlen(wrong[_i]), &thumbprint));
	ck_assert_uint_eq(thumbprint.length, 42);
}
END_TEST

START_TEST(a_nul_is_no_digit)
{
	struct thumbprint thumbprint;
	char chars[sizeof SHA1] = SHA1;

	ck_assert(!thumbprint_read(chars, sizeof chars, &thumbprint));
	ck_assert(thumbprint_read(chars, sizeof chars - 1, &thumbprint));
}
END_TEST

/* The first 20 bytes of a SHA-256 are no SHA-1. */
START_TEST(kinds_are_not_compared)
{
	struct thumbprint thumbprint;

	ck_assert(thumbprint_read(SHA256, 40, &thumbprint));
	ck_assert_uint_eq(thumbprint.length, 20);
	ck_assert(!thumbprint_is(&thumbprint, sha1, sha256));
	ck_assert(thumbprint_is(&thumbprint, sha256, sha256));
	ck_assert(thumbprint_read(SHA1 "000000000000000000000000", 64, &thumbprint));
	ck_assert(!thumbprint_is(&thumbprint, sha1, sha256));
}
END_TEST

START_TEST(shortens)
{
	struct text text = TEXT_EMPTY;

	thumbprint_add_short(&text, sha256);
	ck_assert_str_eq(text_chars(&text), "BA7816BF..");
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, pasted);
	tcase_add_test(tests, a_zero_in_front);
	unit_add_rows(tests, refuses, wrong);
	tcase_add_test(tests, a_nul_is_no_digit);
	tcase_add_test(tests, kinds_are_not_compared);
	tcase_add_test(tests, shortens);
}

int
main(void)
{
	return unit_run("base/thumbprint", list);
}

#include "base/cursor.h"
#include "unit/unit.h"

static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 0xFF};

START_TEST(reads_big_endian)
{
	struct cursor cursor = cursor_over(bytes, sizeof bytes);
	ck_assert_uint_eq(cursor_u8(&cursor), 0x01);
	ck_assert_uint_eq(cursor_u16(&cursor), 0x0203);
	ck_assert_uint_eq(cursor_u32(&cursor), 0x04050607);
	ck_assert_uint_eq(cursor.left, 1);
	ck_assert_uint_eq(cursor_u8(&cursor), 0xFF);
	ck_assert_uint_eq(cursor.left, 0);
	ck_assert(!cursor.failed);

	static const uint8_t high[] = {0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0xFA};
	cursor = cursor_over(high, sizeof high);
	ck_assert_uint_eq(cursor_u32(&cursor), 0xFFFEFDFC);
	ck_assert_uint_eq(cursor_u16(&cursor), 0xFBFA);
}
END_TEST

/* With _i bytes left, what needs more yields zero and moves nothing. */
START_TEST(stops_at_the_end)
{
	size_t left = (size_t)_i;
	struct cursor cursor = cursor_over(bytes, left);
	ck_assert_uint_eq(cursor_u32(&cursor), 0);
	ck_assert(cursor.failed);
	ck_assert_uint_eq(cursor.left, left);
	ck_assert_ptr_eq(cursor.at, bytes);

	cursor = cursor_over(bytes, left);
	ck_assert_ptr_null(cursor_bytes(&cursor, left + 1));
	ck_assert(cursor.failed);
	ck_assert_uint_eq(cursor.left, left);

	cursor = cursor_over(bytes, left);
	ck_assert_ptr_null(cursor_bytes(&cursor, SIZE_MAX));
	ck_assert(cursor.failed);
}
END_TEST

START_TEST(failure_stays)
{
	struct cursor cursor = cursor_over(bytes, 3);
	ck_assert_uint_eq(cursor_u32(&cursor), 0);
	ck_assert_uint_eq(cursor_u8(&cursor), 0);
	ck_assert_uint_eq(cursor_u16(&cursor), 0);
	ck_assert_ptr_null(cursor_bytes(&cursor, 1));
	ck_assert(cursor_part(&cursor, 1).failed);
	ck_assert(cursor.failed);
}
END_TEST

START_TEST(gives_bytes)
{
	struct cursor cursor = cursor_over(bytes, sizeof bytes);
	ck_assert_ptr_eq(cursor_bytes(&cursor, 3), bytes);
	ck_assert_ptr_eq(cursor_bytes(&cursor, 0), bytes + 3);
	ck_assert_ptr_eq(cursor_bytes(&cursor, 5), bytes + 3);
	ck_assert_ptr_eq(cursor_bytes(&cursor, 0), bytes + 8);
	ck_assert(!cursor.failed);
}
END_TEST

START_TEST(parts)
{
	struct cursor cursor = cursor_over(bytes, sizeof bytes);
	struct cursor part = cursor_part(&cursor, 2);
	ck_assert_uint_eq(cursor_u16(&part), 0x0102);
	ck_assert(!part.failed);
	ck_assert_uint_eq(cursor_u8(&part), 0);
	ck_assert(part.failed);
	ck_assert(!cursor.failed);
	ck_assert_uint_eq(cursor_u8(&cursor), 3);

	part = cursor_part(&cursor, cursor.left + 1);
	ck_assert(part.failed);
	ck_assert_uint_eq(part.left, 0);
	ck_assert(cursor.failed);
}
END_TEST

START_TEST(over_nothing)
{
	struct cursor cursor = cursor_over(NULL, 0);
	cursor_bytes(&cursor, 0);
	ck_assert(!cursor_part(&cursor, 0).failed);
	ck_assert(!cursor.failed);
	ck_assert_uint_eq(cursor_u8(&cursor), 0);
	ck_assert(cursor.failed);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, reads_big_endian);
	tcase_add_loop_test(tests, stops_at_the_end, 0, 4);
	tcase_add_test(tests, failure_stays);
	tcase_add_test(tests, gives_bytes);
	tcase_add_test(tests, parts);
	tcase_add_test(tests, over_nothing);
}

int
main(void)
{
	return unit_run("base/cursor", list);
}

#include "config.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "unit/unit.h"

/* The program is linked with these wrapped: see unit.mk. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

#define SECRET "clientPass"
static unsigned freed, freed_with_secret;

/* Cleared, for all of it is looked at. */
void *
__wrap_malloc(size_t size)
{
	return calloc(1, size);
}

void
__wrap_free(void *memory)
{
	if (memory != NULL) {
		freed++;
		freed_with_secret +=
		    memmem(memory, malloc_usable_size(memory), SECRET, strlen(SECRET)) != NULL;
	}
	__real_free(memory);
}

START_TEST(empty_is_a_string)
{
	struct text text = TEXT_EMPTY;
	ck_assert_str_eq(text_chars(&text), "");
	ck_assert_uint_eq(text.length, 0);
	text_add(&text, "");
	text_add_bytes(&text, NULL, 0);
	text_cut(&text, 0);
	ck_assert_str_eq(text_chars(&text), "");
	ck_assert(!text_failed(&text));
	text_free(&text);
}
END_TEST

/* The memory is the caller's, and no other is taken. */
START_TEST(in_memory_of_the_caller)
{
	char room[8];
	struct text text = TEXT_IN(room, sizeof room);
	unsigned given_up;

	text_add(&text, "seven");
	text_add(&text, "77");
	ck_assert(!text_failed(&text));
	ck_assert_str_eq(room, "seven77");
	text_add_char(&text, '8');
	ck_assert(text_failed(&text));
	ck_assert_str_eq(room, "seven77");
	freed = 0;
	text_free(&text);
	given_up = freed;
	ck_assert_uint_eq(given_up, 0);
}
END_TEST

START_TEST(appends)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "one");
	text_add_char(&text, ' ');
	text_add_bytes(&text, "two\0three", 9);
	text_format(&text, " %d%%", 4);
	ck_assert_uint_eq(text.length, 16);
	ck_assert_mem_eq(text_chars(&text), "one two\0three 4%", 17);
	text_free(&text);
	ck_assert_str_eq(text_chars(&text), "");
}
END_TEST

/* Every length around the sizes it grows to. */
START_TEST(grows)
{
	struct text text = TEXT_EMPTY;
	char expected[1025] = "";
	for (size_t i = 0; i + 1 < sizeof expected; i++) {
		expected[i] = (char)('a' + i % 26);
		text_add_char(&text, expected[i]);
		ck_assert_uint_eq(text.length, i + 1);
		ck_assert_str_eq(text_chars(&text), expected);
	}
	text_free(&text);
}
END_TEST

START_TEST(formats_beyond_the_room)
{
	struct text text = TEXT_EMPTY;
	for (int width = 1; width < 300; width++) {
		text_cut(&text, 0);
		text_format(&text, "%*d", width, 7);
		ck_assert_uint_eq(text.length, width);
		ck_assert_uint_eq(strlen(text_chars(&text)), width);
		ck_assert_int_eq(text_chars(&text)[width - 1], '7');
	}
	text_format(&text, "%s", "");
	ck_assert_uint_eq(text.length, 299);
	text_free(&text);
}
END_TEST

START_TEST(cuts)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "abcdef");
	text_cut(&text, 7);
	ck_assert_str_eq(text_chars(&text), "abcdef");
	text_cut(&text, 2);
	ck_assert_str_eq(text_chars(&text), "ab");
	text_add(&text, "x");
	ck_assert_str_eq(text_chars(&text), "abx");
	text_free(&text);
}
END_TEST

START_TEST(hands_over)
{
	struct text text = TEXT_EMPTY;
	char *chars = text_take(&text);
	ck_assert_str_eq(chars, "");
	free(chars);

	text_add(&text, "mine");
	chars = text_take(&text);
	ck_assert_str_eq(chars, "mine");
	free(chars);
	ck_assert_str_eq(text_chars(&text), "");
	ck_assert_ptr_null(text.bytes);
}
END_TEST

/* Lengths that no memory holds: the larger ones no size_t either. No byte of them is touched. */
START_TEST(failure_is_remembered)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "kept");
	for (size_t length = SIZE_MAX; length > SIZE_MAX / 2; length -= SIZE_MAX / 16) {
		text_add_bytes(&text, "x", length);
		ck_assert(text_failed(&text));
		text.failed = false;
	}
	text_add_bytes(&text, "x", SIZE_MAX / 2 - 64);
	ck_assert(text_failed(&text));
	text_add(&text, "more");
	text_add_char(&text, 'x');
	text_format(&text, "%d", 1);
	ck_assert_str_eq(text_chars(&text), "kept");
	ck_assert_ptr_null(text_take(&text));
	ck_assert(!text_failed(&text));
}
END_TEST

/* However it grew, was cut, and was given up. */
START_TEST(secret_is_wiped)
{
	struct text text = {.secret = true};
	freed = freed_with_secret = 0;
	text_add(&text, SECRET);
	for (int i = 0; i < 1000; i++)
		text_add_char(&text, 'x');
	ck_assert_uint_ge(freed, 3);
	text_cut(&text, 0);
	text_free(&text);
	ck_assert_uint_ge(freed, 4);
	ck_assert_uint_eq(freed_with_secret, 0);
	ck_assert(!text.secret);

	/* What is handed over is the caller's to wipe. */
	text.secret = true;
	text_add(&text, SECRET);
	char *taken = text_take(&text);
	ck_assert_str_eq(taken, SECRET);
	free(taken);
	ck_assert_uint_eq(freed_with_secret, 1);
}
END_TEST

/* And the others are not, or the test above would see nothing. */
START_TEST(others_are_not_wiped)
{
	struct text text = TEXT_EMPTY;
	freed = freed_with_secret = 0;
	text_add(&text, SECRET);
	text_free(&text);
	ck_assert_uint_eq(freed, 1);
	ck_assert_uint_eq(freed_with_secret, 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, empty_is_a_string);
	tcase_add_test(tests, in_memory_of_the_caller);
	tcase_add_test(tests, appends);
	tcase_add_test(tests, grows);
	tcase_add_test(tests, formats_beyond_the_room);
	tcase_add_test(tests, cuts);
	tcase_add_test(tests, hands_over);
	tcase_add_test(tests, failure_is_remembered);
	tcase_add_test(tests, secret_is_wiped);
	tcase_add_test(tests, others_are_not_wiped);
}

int
main(void)
{
	return unit_run("base/text", list);
}

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "support/scratch.h"
#include "unit/unit.h"
#include "unit/wipes.h"

/* Bytes beyond what a pipe holds would block: the longest is far below. */
#define LONGEST 20000

static struct text text;
static int descriptor;

/* Open something that gives LENGTH bytes. */
static void
fill(size_t length)
{
	char *bytes = malloc(LONGEST);
	int ends[2];

	ck_assert_ptr_nonnull(bytes);
	for (size_t i = 0; i < length; i++)
		bytes[i] = (char)i;
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], bytes, length), length);
	close(ends[1]);
	descriptor = ends[0];
	free(bytes);
}

static const size_t lengths[] = {0, 1, 4095, 4096, 4097, 8192, LONGEST};

START_TEST(gives_all)
{
	size_t length = lengths[_i];

	fill(length);
	text_add(&text, "before");
	ck_assert(file_read(descriptor, length, &text));
	ck_assert_uint_eq(text.length, 6 + length);
	for (size_t i = 0; i < length; i++)
		ck_assert_int_eq(text.bytes[6 + i], (char)i);
	close(descriptor);
	text_free(&text);
}
END_TEST

/* It may have been a file of passwords, also where it was too long. */
START_TEST(wipes_its_own_copy)
{
	for (size_t limit = 0; limit <= 100; limit += 100) {
		fill(100);
		wipes_begin();
		ck_assert(file_read(descriptor, limit, &text) == (limit == 100));
		ck_assert_uint_eq(wipes_of(text.bytes, 100), 1);
		close(descriptor);
		text_free(&text);
	}
}
END_TEST

START_TEST(gives_too_much)
{
	fill(LONGEST);
	ck_assert(!file_read(descriptor, LONGEST - 1, &text));
	ck_assert_int_eq(errno, EFBIG);
	close(descriptor);
	text_free(&text);
}
END_TEST

START_TEST(cannot_be_read)
{
	ck_assert(!file_read(-1, LONGEST, &text));
	ck_assert_int_eq(errno, EBADF);
	descriptor = open("/", O_RDONLY);
	ck_assert(!file_read(descriptor, LONGEST, &text));
	ck_assert_int_eq(errno, EISDIR);
	close(descriptor);
}
END_TEST

/* The same by its name, and what went wrong is not lost while it is closed. */
START_TEST(by_its_path)
{
	const char *path;

	scratch_make();
	path = scratch_write("file", "content", 7);
	ck_assert(file_read_path(path, 7, &text));
	ck_assert_str_eq(text_chars(&text), "content");
	ck_assert(!file_read_path(path, 6, &text));
	ck_assert_int_eq(errno, EFBIG);
	ck_assert(!file_read_path("/", LONGEST, &text));
	ck_assert_int_eq(errno, EISDIR);
	ck_assert(!file_read_path(scratch_path("none"), LONGEST, &text));
	ck_assert_int_eq(errno, ENOENT);
	scratch_remove();
	text_free(&text);
}
END_TEST

START_TEST(memory_runs_out)
{
	fill(1);
	text.failed = true;
	ck_assert(!file_read(descriptor, LONGEST, &text));
	ck_assert_int_eq(errno, ENOMEM);
	close(descriptor);
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, gives_all, lengths);
	tcase_add_test(tests, wipes_its_own_copy);
	tcase_add_test(tests, gives_too_much);
	tcase_add_test(tests, cannot_be_read);
	tcase_add_test(tests, by_its_path);
	tcase_add_test(tests, memory_runs_out);
}

int
main(void)
{
	return unit_run("base/file", list);
}

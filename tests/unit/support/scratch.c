#include "support/scratch.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/unit.h"

/* What the folder of a test that fails is called, told through a pipe. */
static void
fail_elsewhere(char *path, size_t size)
{
	int ends[2], status;
	ssize_t length;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		const char *made = scratch_make();

		scratch_write("file", "bytes", 5);
		_exit(write(ends[1], made, strlen(made)) < 0);
	}
	close(ends[1]);
	length = read(ends[0], path, size - 1);
	ck_assert_int_gt(length, 0);
	path[length] = '\0';
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
}

START_TEST(what_failed_tests_leave_is_removed)
{
	char own[64], left[64];
	struct stat status;

	snprintf(own, sizeof own, "%s", scratch_make());
	scratch_begin_tests();
	fail_elsewhere(left, sizeof left);
	ck_assert_int_eq(stat(left, &status), 0);
	scratch_end_tests();
	ck_assert_int_ne(stat(left, &status), 0);
	ck_assert_int_eq(stat(own, &status), 0);
	scratch_remove();
	ck_assert_int_ne(stat(own, &status), 0);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, what_failed_tests_leave_is_removed);
}

int
main(void)
{
	return unit_run("support/scratch", list);
}

/*
 * Where there is no pledge() and unveil() the code for them is compiled here all the same, and its
 * calls are written down.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HAVE_PLEDGE 1
#define HAVE_UNVEIL 1
#define pledge      pledge_here
#define unveil      unveil_here
static int pledge_here(const char *promises, const char *of_children);
static int unveil_here(const char *path, const char *permissions);

/* Itself: it is to be compiled as elsewhere. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "base/confine.c"
#include "unit/unit.h"

static char calls[512];
static int answer;

static int
write_down(const char *call, const char *first, const char *second)
{
	size_t length = strlen(calls);

	snprintf(calls + length, sizeof calls - length, "%s(%s, %s)\n", call,
	    first == NULL ? "-" : first, second == NULL ? "-" : second);
	return answer;
}

static int
pledge_here(const char *promises, const char *of_children)
{
	return write_down("pledge", promises, of_children);
}

static int
unveil_here(const char *path, const char *permissions)
{
	return write_down("unveil", path, permissions);
}

START_TEST(only_reads)
{
	const char *const writable[] = {NULL, NULL};

	confine_to(writable, 2);
	ck_assert_str_eq(calls, "unveil(/, r)\n"
	                        "unveil(-, -)\n"
	                        "pledge(stdio rpath inet dns, -)\n");
}
END_TEST

START_TEST(writes_what_is_named)
{
	const char *const writable[] = {NULL, "/var/state", "/tmp/calls.pcap"};

	confine_to(writable, 3);
	ck_assert_str_eq(calls, "unveil(/, r)\n"
	                        "unveil(/var/state, rwc)\n"
	                        "unveil(/tmp/calls.pcap, rwc)\n"
	                        "unveil(-, -)\n"
	                        "pledge(stdio rpath wpath cpath fattr inet dns, -)\n");
}
END_TEST

/* A path that is not there keeps nothing else from being given up. */
START_TEST(goes_on_after_errors)
{
	const char *const writable[] = {"/nowhere/state"};

	answer = -1;
	confine_to(writable, 1);
	ck_assert_ptr_nonnull(strstr(calls, "unveil(-, -)\npledge("));
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, only_reads);
	tcase_add_test(tests, writes_what_is_named);
	tcase_add_test(tests, goes_on_after_errors);
}

int
main(void)
{
	return unit_run("base/confine", list);
}

#include "base/backends.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

static struct backends backends;
static struct text problem;

static void
set_up(void)
{
	backends = (struct backends)BACKENDS_EMPTY;
	problem = (struct text)TEXT_EMPTY;
}

static void
tear_down(void)
{
	backends_free(&backends);
	text_free(&problem);
}

static const struct {
	const char *chars, *label, *host;
	uint16_t port;
} good[] = {
    {"vpn.example.com", "vpn.example.com", "vpn.example.com", 0},
    {"VPN1.example.com.", "VPN1.example.com.", "vpn1.example.com", 0},
    {"192.0.2.21:8443", "192.0.2.21:8443", "192.0.2.21", 8443},
    {"rras1=vpn.example.com:50001", "rras1", "vpn.example.com", 50001},
    {"2001:db8::1", "2001:db8::1", "2001:db8::1", 0},
    {"[2001:db8::1]:444", "[2001:db8::1]:444", "2001:db8::1", 444},
    {"fe80::1%eth0", "fe80::1%eth0", "fe80::1%eth0", 0},
    {"six=[2001:db8::1]:444", "six", "2001:db8::1", 444},
    {"b\xc3\xbc"
     "cher.example",
        "xn--bcher-kva.example", "xn--bcher-kva.example", 0},
};

START_TEST(a_backend_is_read)
{
	ck_assert_ptr_null(backends_add(&backends, good[_i].chars));
	ck_assert_uint_eq(backends.count, 1);
	ck_assert_str_eq(backends.list[0].label, good[_i].label);
	ck_assert_str_eq(backends.list[0].endpoint.host, good[_i].host);
	ck_assert_uint_eq(backends.list[0].endpoint.port, good[_i].port);
	ck_assert(!backends.list[0].plain && !backends.list[0].expect_down);
}
END_TEST

static const char *const bad[] = {
    "",
    "=",
    "=host",
    "label=",
    "la bel=host",
    "la/bel=host",
    "a=b=c",
    "host:0",
    "host:65536",
    "host:http",
    "-option",
    "0123456789012345678901234567890123456789012345678901234567890123=host",
};

START_TEST(a_bad_one_is_refused)
{
	ck_assert_ptr_nonnull(backends_add(&backends, bad[_i]));
	ck_assert_uint_eq(backends.count, 0);
}
END_TEST

static bool
read_file(const char *chars)
{
	return backends_read(&backends, chars, strlen(chars), &problem);
}

START_TEST(a_file_holds_lines_comments_and_words)
{
	ck_assert(read_file("# the pool\n\n  \t\nrras1=192.0.2.21\r\n"
	                    "rras2=192.0.2.22:8443 plain # since May\n"
	                    "#rras3=192.0.2.23\n"));
	ck_assert_uint_eq(backends.count, 2);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_line)
{
	ck_assert(read_file("\xEF\xBB\xBF# the pool\r\nrras1=192.0.2.21\r\n"));
	ck_assert(read_file("\xEF\xBB\xBFrras2=192.0.2.22"));
	ck_assert(read_file("\xEF\xBB\xBF"));
	ck_assert_uint_eq(backends.count, 2);
	ck_assert_str_eq(backends.list[1].label, "rras2");
	/* anywhere else it is */
	ck_assert(!read_file("rras3=192.0.2.23\n\xEF\xBB\xBFrras4=192.0.2.24\n"));
	ck_assert(!read_file("\xEF\xBB"));
}
END_TEST

START_TEST(words_behind_a_backend)
{
	ck_assert(read_file("a=192.0.2.1 plain\nb=192.0.2.2 expect-down plain\nc=192.0.2.3"));
	ck_assert_uint_eq(backends.count, 3);
	ck_assert(backends.list[0].plain && !backends.list[0].expect_down);
	ck_assert(backends.list[1].plain && backends.list[1].expect_down);
	ck_assert(!backends.list[2].plain && !backends.list[2].expect_down);
	ck_assert_str_eq(backends.list[2].endpoint.host, "192.0.2.3");
}
END_TEST

static const struct {
	const char *chars, *problem;
} wrong[] = {
    {"a=192.0.2.1\nb=192.0.2.2 plane\n",
        "line 2 takes plain and expect-down behind the backend, nothing else"},
    {"\n\n# c\na=192.0.2.1:x\n", "line 4 takes a port from 1 to 65535 behind the host"},
    {"a b\n", "line 1 takes plain and expect-down behind the backend, nothing else"},
    {"host_with_a_bad_%_character\n",
        "line 1 takes [LABEL=]HOST[:PORT], a host name or an address"},
};

START_TEST(a_bad_line_is_named_by_its_number)
{
	ck_assert(!read_file(wrong[_i].chars));
	ck_assert_str_eq(text_chars(&problem), wrong[_i].problem);
}
END_TEST

START_TEST(a_nul_byte_is_a_bad_line)
{
	ck_assert(!backends_read(&backends, "a\n\0b\n", 5, &problem));
	ck_assert_str_eq(text_chars(&problem), "line 2 takes no NUL byte");
}
END_TEST

START_TEST(an_endless_line_is_refused)
{
	char line[8192];

	memset(line, 'a', sizeof line);
	ck_assert(!backends_read(&backends, line, sizeof line, &problem));
	ck_assert_int_eq(strncmp(text_chars(&problem), "line 1 takes ", 13), 0);
}
END_TEST

START_TEST(the_limit_is_told)
{
	struct text file = TEXT_EMPTY;

	for (int i = 0; i <= BACKENDS_MAX; i++)
		text_format(&file, "# comment\nr%d=192.0.2.1\n", i);
	ck_assert(!backends_read(&backends, text_chars(&file), file.length, &problem));
	ck_assert_str_eq(text_chars(&problem), "line 8194 takes no more than 4096 backends in all");
	ck_assert_uint_eq(backends.count, BACKENDS_MAX);
	text_free(&file);
}
END_TEST

START_TEST(labels_are_given_once)
{
	ck_assert(read_file("a=192.0.2.1\nb=192.0.2.1\n"));
	ck_assert_ptr_null(backends_twin(&backends));
	ck_assert(read_file("c=192.0.2.1\n\na=192.0.2.9\n"));
	ck_assert_ptr_eq(backends_twin(&backends), &backends.list[3]);
	ck_assert_uint_eq(backends.list[3].line, 3);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	unit_add_rows(tests, a_backend_is_read, good);
	unit_add_rows(tests, a_bad_one_is_refused, bad);
	tcase_add_test(tests, a_file_holds_lines_comments_and_words);
	tcase_add_test(tests, a_byte_order_mark_is_no_part_of_the_first_line);
	tcase_add_test(tests, words_behind_a_backend);
	unit_add_rows(tests, a_bad_line_is_named_by_its_number, wrong);
	tcase_add_test(tests, a_nul_byte_is_a_bad_line);
	tcase_add_test(tests, an_endless_line_is_refused);
	tcase_add_test(tests, the_limit_is_told);
	tcase_add_test(tests, labels_are_given_once);
}

int
main(void)
{
	return unit_run("base/backends", list);
}

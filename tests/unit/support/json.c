#include <string.h>

#include "support/json.h"
#include "unit/unit.h"

static const char *const good[] = {"null", " true ", "false", "0", "-0", "10", "-1.5", "1e5",
    "1E+5", "1.25e-3", "\"\"", "\"a\"", "[]", "[ ]", "{}", "[1,2]", "{\"a\":1}",
    " { \"a\" : [ 1 , { } ] , \"b\" : null } \n", "\"\xC3\xA9\"", "\"\\u00e9\\ud83d\\ude00\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\x7F\""};

START_TEST(json_is_read)
{
	size_t where;
	struct json *json = json_parse(good[_i], strlen(good[_i]), &where);

	ck_assert_msg(json != NULL, "%s was refused at %zu", good[_i], where);
	json_free(json);
}
END_TEST

static const char *const bad[] = {"", " ", "nul", "True", "01", "+1", "1.", ".5", "1e", "1e+", "-",
    "0x1", "NaN", "Infinity", "\"", "\"a", "'a'", "\"\n\"", "\"\x1F\"", "\"\\x41\"", "\"\\u12\"",
    "\"\\u123g\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\xFF\"",
    "\"\xC3\"", "\"\xC0\x80\"", "\"\xE0\x80\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "[",
    "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
    "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "[1}", "{\"a\":1]", "1 2", "null,", "{}{}"};

START_TEST(all_else_is_refused)
{
	size_t where;

	ck_assert_msg(json_parse(bad[_i], strlen(bad[_i]), &where) == NULL, "%s was read", bad[_i]);
}
END_TEST

START_TEST(a_nul_is_refused)
{
	size_t where;

	ck_assert_ptr_null(json_parse("1\0", 2, &where));
	ck_assert_ptr_null(json_parse("\"\0\"", 3, &where));
	ck_assert_ptr_null(json_parse("\"\\\0\"", 4, &where));
}
END_TEST

START_TEST(depth_has_a_limit)
{
	char chars[201] = "";
	size_t where;

	memset(chars, '[', 100);
	memset(chars + 100, ']', 100);
	ck_assert_ptr_null(json_parse(chars, 200, &where));
}
END_TEST

START_TEST(values_are_found_by_path)
{
	static const char chars[] = "{\"a\":[{\"b\":\"x\\u00e9\\ud83d\\ude00\"},2.5,true],"
	                            "\"c\":null,\"ab\":false}";
	size_t where;
	struct json *json = json_parse(chars, strlen(chars), &where);

	ck_assert_ptr_nonnull(json);
	ck_assert_ptr_eq(json_at(json, ""), json);
	ck_assert_uint_eq(json_count(json), 3);
	ck_assert_uint_eq(json_count(json_at(json, "a")), 3);
	ck_assert_uint_eq(json_count(json_at(json, "c")), 0);
	ck_assert_str_eq(json_string(json, "a.0.b"), "x\xC3\xA9\xF0\x9F\x98\x80");
	ck_assert(json_is_number(json, "a.1", 2.5));
	ck_assert(!json_is_number(json, "a.1", 2));
	ck_assert(json_is_bool(json, "a.2", true));
	ck_assert(json_is_bool(json, "ab", false));
	ck_assert(json_is_null(json, "c"));
	ck_assert(!json_is_null(json, "d"));
	ck_assert_ptr_null(json_at(json, "d"));
	ck_assert_ptr_null(json_at(json, "a.3"));
	ck_assert_ptr_null(json_at(json, "c.d"));
	ck_assert_ptr_null(json_string(json, "c"));
	ck_assert_str_eq(json_at(json, "c")->key, "c");
	json_free(json);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, json_is_read, good);
	unit_add_rows(tests, all_else_is_refused, bad);
	tcase_add_test(tests, a_nul_is_refused);
	tcase_add_test(tests, depth_has_a_limit);
	tcase_add_test(tests, values_are_found_by_path);
}

int
main(void)
{
	return unit_run("support/json", list);
}

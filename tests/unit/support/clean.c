#include "support/clean.h"

#include <string.h>

#include "unit/unit.h"

static const struct {
	const char *out;
	bool clean;
} texts[] = {
    {"SSTP OK - fine\n", true},
    {"SSTP OK - fine | total=1s 'x'=2\n", true},
    {"SSTP OK - caf\xC3\xA9 | total=1s\nmore 'words' \"here\"\n", true},
    {"", false},
    {"SSTP OK - fine", false},
    {"SSTP OK - fine\nmore", false},
    {"SSTP OK - two | total=1s | more\n", false},
    {"SSTP OK - fine\nmore | total=1s\n", false},
    {"SSTP OK - it's\n", false},
    {"SSTP OK - a & b\n", false},
    {"SSTP OK - $USER1$\n", false},
    {"SSTP OK - fine\n<b>\n", false},
    {"SSTP OK - a\tb\n", false},
    {"SSTP OK - a\033[1m\n", false},
    {"SSTP OK - fine\r\n", false},
    {"SSTP OK - a\x7F\n", false},
    {"SSTP OK - a\x9B\n", false},
    {"SSTP OK - a\xC2\x9B\n", false},
    {"SSTP OK - a\xE2\x80\xAE\n", false},
    {"SSTP OK - a\xE2\x80\x8B\n", false},
    {"SSTP OK - a\xEF\xBB\xBF\n", false},
    {"SSTP OK - a\xF3\xA0\x81\x81\n", false},
    {"SSTP OK - a\xC0\xAF\n", false},
};

START_TEST(what_is_clean)
{
	ck_assert((clean_text(texts[_i].out) == NULL) == texts[_i].clean);
}
END_TEST

static const struct {
	const char *bytes;
	bool clean;
} jsons[] = {
    {"{\"a\":[1,null,\"it's \\\"fine\\\"\"]}", true},
    {"{\"a\":[1,null,\"a\\nb\"]}", false},
    {"{\"a\":{\"b\":\"\\u001b\"}}", false},
    {"{\"a\":\"<b\"}", false},
    {"{\"a|\":1}", false},
    {"[\"fine\",\"\\u202e\"]", false},
};

START_TEST(what_is_clean_json)
{
	size_t where;
	struct json *json = json_parse(jsons[_i].bytes, strlen(jsons[_i].bytes), &where);

	ck_assert_ptr_nonnull(json);
	ck_assert((clean_json(json) == NULL) == jsons[_i].clean);
	json_free(json);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, what_is_clean, texts);
	unit_add_rows(tests, what_is_clean_json, jsons);
}

int
main(void)
{
	return unit_run("support/clean", list);
}

#include "verdict/template.h"
#include "unit/unit.h"

START_TEST(words_are_filled_in)
{
	static const struct template_word words[] = {{"port", "443"}, {"portal", "x"}, {"s", ""}};
	static const struct {
		const char *template, *filled;
	} table[] = {
	    {"", ""},
	    {"no word", "no word"},
	    {"{port}", "443"},
	    {"a {port}, b {portal}{s}.", "a 443, b x."},
	    {"{unknown}!", "!"},
	    {"{por}", ""},
	    {"open { only", "open { only"},
	    {"shut } only", "shut } only"},
	};
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		text_cut(&text, 0);
		template_fill(&text, table[i].template, words, UNIT_COUNT(words));
		ck_assert_str_eq(text_chars(&text), table[i].filled);
	}
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, words_are_filled_in);
}

int
main(void)
{
	return unit_run("verdict/template", list);
}

#include "verdict/words.h"

#include <string.h>

#include "unit/unit.h"

static void
is_issuer(const char *name, size_t size, const char *wanted)
{
	char chars[32];

	memset(chars, 'x', sizeof chars);
	words_issuer(chars, size, name);
	ck_assert_str_eq(chars, wanted);
	ck_assert_int_eq(chars[size], 'x');
}

START_TEST(an_issuer_is_whole)
{
	is_issuer("", 8, "issuer ");
	is_issuer("CA", 10, "issuer CA");
	is_issuer("Example CA", 18, "issuer Example CA");
}
END_TEST

/* Never within a character: what was half of one would be no text. */
START_TEST(an_issuer_is_cut)
{
	is_issuer("Example CA", 17, "issuer Example..");
	is_issuer("a\u8A3C\u8A3C\u8A3C", 18, "issuer a\u8A3C\u8A3C\u8A3C");
	is_issuer("a\u8A3C\u8A3C\u8A3C", 17, "issuer a\u8A3C\u8A3C..");
	is_issuer("a\u8A3C\u8A3C\u8A3C", 16, "issuer a\u8A3C..");
	is_issuer("a\u8A3C\u8A3C\u8A3C", 14, "issuer a\u8A3C..");
	is_issuer("a\u8A3C\u8A3C\u8A3C", 13, "issuer a..");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, an_issuer_is_whole);
	tcase_add_test(tests, an_issuer_is_cut);
}

int
main(void)
{
	return unit_run("verdict/words", list);
}

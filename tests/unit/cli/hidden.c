#include "config.h"

#include "cli/hidden.h"

#include <string.h>

#include "unit/shortage.h"
#include "unit/unit.h"
#include "unit/wipes.h"

START_TEST(moves_values)
{
	char one[] = "clientPass", empty[] = "";
	struct hidden hidden = {0};

	ck_assert(hidden_move(&hidden, one) && hidden_move(&hidden, empty));
	ck_assert_mem_eq(one, "x\0\0\0\0\0\0\0\0\0", sizeof one);
	ck_assert_str_eq(empty, "");
	ck_assert_str_eq(hidden_find(&hidden, one), "clientPass");
	ck_assert_str_eq(hidden_find(&hidden, empty), "");
	ck_assert_ptr_eq(hidden_find(&hidden, one + 1), one + 1);
	hidden_free(&hidden);
	ck_assert_ptr_eq(hidden_find(&hidden, one), one);
}
END_TEST

/* Where it stood, and where it was moved to. */
START_TEST(wipes)
{
	char value[] = "clientPass";
	struct hidden hidden = {0};

	wipes_begin();
	ck_assert(hidden_move(&hidden, value));
	ck_assert_uint_eq(wipes_of("clientPass", 10), 1);
	hidden_free(&hidden);
	ck_assert_uint_eq(wipes_of("clientPass", 10), 2);
}
END_TEST

/* Nothing is kept then, and nothing is shown either. */
START_TEST(without_memory)
{
	char value[] = "clientPass";
	struct hidden hidden = {0};
	bool moved;

	wipes_begin();
	shortage_begin(0, false);
	moved = hidden_move(&hidden, value);
	ck_assert(shortage_end());
	ck_assert(!moved);
	ck_assert_uint_eq(hidden.count, 0);
	ck_assert_mem_eq(value, "x\0\0\0\0\0\0\0\0\0", sizeof value);
	ck_assert_uint_eq(wipes_of("clientPass", 10), 2);
	hidden_free(&hidden);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, moves_values);
	tcase_add_test(tests, wipes);
	tcase_add_test(tests, without_memory);
}

int
main(void)
{
	return unit_run("cli/hidden", list);
}

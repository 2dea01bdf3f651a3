#include "facts/ras.h"

#include "unit/unit.h"

START_TEST(names)
{
	static const uint32_t named[] = {
	    646, 647, 648, 649, 691, 718, 720, 732, 738, 741, 742, 812, 930};

	for (size_t i = 0; i < UNIT_COUNT(named); i++)
		ck_assert_ptr_nonnull(ras_name(named[i]));
	ck_assert_ptr_null(ras_name(0));
	ck_assert_ptr_null(ras_name(800));
}
END_TEST

/* A refusal holds up the next logon, and so must not be guessed; nor must one be missed. */
static const struct {
	uint32_t error;
	enum ras_verdict verdict;
} verdicts[] = {
    {0, RAS_UNKNOWN},
    {1, RAS_UNKNOWN},
    {646, RAS_REFUSED},
    {647, RAS_REFUSED},
    {648, RAS_REFUSED},
    {649, RAS_REFUSED},
    {691, RAS_REFUSED},
    {718, RAS_UNDECIDED},
    {720, RAS_UNKNOWN},
    {741, RAS_UNKNOWN},
    {812, RAS_REFUSED},
    {930, RAS_UNDECIDED},
    {0xFFFFFFFF, RAS_UNKNOWN},
};

START_TEST(says_of_a_logon)
{
	ck_assert_int_eq(ras_verdict(verdicts[_i].error), verdicts[_i].verdict);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, names);
	unit_add_rows(tests, says_of_a_logon, verdicts);
}

int
main(void)
{
	return unit_run("facts/ras", list);
}

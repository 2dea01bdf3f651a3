#include "unit/unit.h"

#include "support/suite.h"

/* Enough for valgrind on a slow machine; no test waits for anything. */
#define SECONDS_PER_TEST 120

/* AddressSanitizer would end the program where malloc() has to give NULL. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

int
unit_run(const char *name, void (*list)(TCase *tests))
{
	Suite *suite = suite_create(name);
	TCase *tests = tcase_create(name);
	tcase_set_timeout(tests, SECONDS_PER_TEST);
	list(tests);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

uint32_t
unit_random(void)
{
	static uint32_t state = 2463534242;
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

uint32_t
unit_random_below(uint32_t limit)
{
	return unit_random() % limit;
}

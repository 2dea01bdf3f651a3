#include <string.h>

#include "base/secret.h"
#include "unit/unit.h"

START_TEST(wipes)
{
	char secret[] = "clientPass";

	secret_wipe(secret + 1, 3);
	ck_assert_mem_eq(secret, "c\0\0\0ntPass", sizeof secret);
	secret_wipe(secret, 0);
	ck_assert_mem_eq(secret, "c\0\0\0ntPass", sizeof secret);
	secret_wipe(NULL, 0);
}
END_TEST

START_TEST(wipes_chars)
{
	char secret[] = "client\0Pass";

	secret_wipe_chars(secret);
	ck_assert_mem_eq(secret, "\0\0\0\0\0\0\0Pass", sizeof secret);
	secret_wipe_chars(secret);
	secret_wipe_chars(NULL);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, wipes);
	tcase_add_test(tests, wipes_chars);
}

int
main(void)
{
	return unit_run("base/secret", list);
}

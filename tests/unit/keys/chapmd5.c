#include <string.h>

#include "keys/chapmd5.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"

/* Identifier, secret and challenge in one MD5, that another program made. */
START_TEST(responds)
{
	uint8_t challenge[255], response[CHAPMD5_RESPONSE];

	vector_read("5B5D7C7D7B3F2F3E3C2C602132262628", challenge, 16);
	ck_assert_int_eq(chapmd5_respond(7, "secret", challenge, 16, response), KEYS_OK);
	vector_expect(response, sizeof response, "44E5291CAFE30FF78B171EB7F004CB97");

	ck_assert_int_eq(chapmd5_respond(0, "", (const uint8_t *)"x", 1, response), KEYS_OK);
	vector_expect(response, sizeof response, "409ABE90F6136E29FCF6AF416950CD6A");

	for (size_t i = 0; i < sizeof challenge; i++)
		challenge[i] = (uint8_t)i;
	ck_assert_int_eq(
	    chapmd5_respond(255, "p\xC3\xA4ssw\xC3\xB6rd", challenge, sizeof challenge, response),
	    KEYS_OK);
	vector_expect(response, sizeof response, "32F5DE31776689B9A07DD784DDBC3A7C");
}
END_TEST

START_TEST(forbidden)
{
	uint8_t response[CHAPMD5_RESPONSE];

	memset(response, 0xFF, sizeof response);
	vector_forbid();
	ck_assert_int_eq(
	    chapmd5_respond(7, "secret", (const uint8_t *)"x", 1, response), KEYS_NO_PROVIDER);
	vector_allow();
	vector_expect_zero(response, sizeof response);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, responds);
	tcase_add_test(tests, forbidden);
}

int
main(void)
{
	return unit_run("keys/chapmd5", list);
}

#include <string.h>

#include "keys/mppe.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"

/* RFC 3079 section 3.5.3, whose send key is the server's. */
static void
derive(enum keys_result expected, struct mppe_keys *keys)
{
	uint8_t hash_hash[MPPE_KEY], response[MPPE_RESPONSE];

	vector_read("41C00C584BD2D91C4017A2A12FA59F3F", hash_hash, sizeof hash_hash);
	vector_read("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", response, sizeof response);
	ck_assert_int_eq(mppe_derive(hash_hash, response, keys), expected);
}

START_TEST(derives)
{
	struct mppe_keys keys;
	uint8_t hlak[KEYS_HLAK];

	derive(KEYS_OK, &keys);
	vector_expect(keys.master, MPPE_KEY, "FDECE3717A8C838CB388E527AE3CDD31");
	vector_expect(keys.send, MPPE_KEY, "D5F0E9521E3EA9589645E86051C82226");
	vector_expect(keys.receive, MPPE_KEY, "8B7CDC149B993A1BA118CB153F56DCCB");
	mppe_hlak(&keys, hlak);
	vector_expect(
	    hlak, sizeof hlak, "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB");
}
END_TEST

START_TEST(forbidden)
{
	struct mppe_keys keys;

	memset(&keys, 0xFF, sizeof keys);
	vector_forbid();
	derive(KEYS_NO_PROVIDER, &keys);
	vector_allow();
	vector_expect_zero(&keys, sizeof keys);
}
END_TEST

/* The digests that the keys are the beginnings of. */
START_TEST(wipes)
{
	struct mppe_keys keys;

	wipes_begin();
	derive(KEYS_OK, &keys);
	ck_assert_uint_eq(wipes_of(keys.master, MPPE_KEY), 1);
	ck_assert_uint_eq(wipes_of(keys.send, MPPE_KEY), 1);
	ck_assert_uint_eq(wipes_of(keys.receive, MPPE_KEY), 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, derives);
	tcase_add_test(tests, forbidden);
	tcase_add_test(tests, wipes);
}

int
main(void)
{
	return unit_run("keys/mppe", list);
}

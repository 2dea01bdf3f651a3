#include <string.h>

#include "keys/des.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"

static const struct {
	const char *secret;
	const char *key;
} keys[] = {
    /* RFC 2759 section 9.2: the hash of the password and its padding in three */
    {"44EBBA8D5312B8", "4575EF51D5984A70"},
    {"D611474411F569", "D60851E9408FD5D3"},
    {"89AE0000000000", "89D6800101010101"},
    {"00000000000000", "0101010101010101"},
    {"FFFFFFFFFFFFFF", "FEFEFEFEFEFEFEFE"},
    {"12695BC9B7B7F8", "133457799BBCDFF1"},
};

START_TEST(spreads_key)
{
	uint8_t secret[DES_SECRET], key[DES_KEY];

	vector_read(keys[_i].secret, secret, sizeof secret);
	des_key(secret, key);
	vector_expect(key, sizeof key, keys[_i].key);
}
END_TEST

static const struct {
	const char *secret;
	const char *clear;
	const char *out;
} blocks[] = {
    {"12695BC9B7B7F8", "0123456789ABCDEF", "85E813540F0AB405"},
    {"00000000000000", "4B47532140232425", "AAD3B435B51404EE"}, /* the empty LM hash */
    {"44EBBA8D5312B8", "D02E4386BCE91226", "82309ECD8D708B5E"},
    {"D611474411F569", "D02E4386BCE91226", "A08FAA3981CD8354"},
    {"89AE0000000000", "D02E4386BCE91226", "4233114A3D85D6DF"},
};

START_TEST(encrypts)
{
	uint8_t secret[DES_SECRET], clear[DES_BLOCK], out[DES_BLOCK];

	vector_read(blocks[_i].secret, secret, sizeof secret);
	vector_read(blocks[_i].clear, clear, sizeof clear);
	ck_assert_int_eq(des_encrypt(secret, clear, out), KEYS_OK);
	vector_expect(out, sizeof out, blocks[_i].out);
}
END_TEST

START_TEST(forbidden)
{
	const uint8_t secret[DES_SECRET] = {1}, clear[DES_BLOCK] = {2};
	uint8_t out[DES_BLOCK];

	memset(out, 0xFF, sizeof out);
	vector_forbid();
	ck_assert_int_eq(des_encrypt(secret, clear, out), KEYS_NO_PROVIDER);
	vector_allow();
	vector_expect_zero(out, sizeof out);
}
END_TEST

START_TEST(wipes)
{
	const uint8_t clear[DES_BLOCK] = {0};
	uint8_t secret[DES_SECRET], key[3 * DES_KEY], out[DES_BLOCK];

	vector_read(keys[0].secret, secret, sizeof secret);
	for (size_t i = 0; i < 3; i++)
		vector_read(keys[0].key, key + i * DES_KEY, DES_KEY);
	wipes_begin();
	ck_assert_int_eq(des_encrypt(secret, clear, out), KEYS_OK);
	ck_assert_uint_eq(wipes_of(key, sizeof key), 1);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, spreads_key, keys);
	unit_add_rows(tests, encrypts, blocks);
	tcase_add_test(tests, forbidden);
	tcase_add_test(tests, wipes);
}

int
main(void)
{
	return unit_run("keys/des", list);
}

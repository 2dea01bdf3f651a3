#include <string.h>

#include "keys/digest.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"

/* RFC 1321 appendix A.5 and FIPS 180-2 appendices A.1 and B.1 */
static const struct {
	enum digest_name name;
	size_t size;
	const char *abc;
	const char *hmac; /* RFC 2202 and 4231, test case 2 */
} digests[] = {
    {DIGEST_MD5, DIGEST_MD5_SIZE, "900150983CD24FB0D6963F7D28E17F72",
        "750C783E6AB0B503EAA86E310A5DB738"},
    {DIGEST_SHA1, DIGEST_SHA1_SIZE, "A9993E364706816ABA3E25717850C26C9CD0D89D",
        "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79"},
    {DIGEST_SHA256, DIGEST_SHA256_SIZE,
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843"},
};

static const char text[] = "what do ya want for nothing?";

START_TEST(in_pieces)
{
	static const struct digest_piece pieces[] = {{"a", 1}, {NULL, 0}, {"b", 1}, {"c", 1}};
	static const struct digest_piece whole = {"abc", 3};
	uint8_t out[DIGEST_SHA256_SIZE];

	ck_assert_int_eq(digest_pieces(digests[_i].name, pieces, 4, out), KEYS_OK);
	vector_expect(out, digests[_i].size, digests[_i].abc);
	ck_assert_int_eq(digest_pieces(digests[_i].name, &whole, 1, out), KEYS_OK);
	vector_expect(out, digests[_i].size, digests[_i].abc);
}
END_TEST

START_TEST(hmac)
{
	uint8_t out[DIGEST_SHA256_SIZE];

	ck_assert_int_eq(
	    digest_hmac(digests[_i].name, "Jefe", 4, text, sizeof text - 1, out), KEYS_OK);
	vector_expect(out, digests[_i].size, digests[_i].hmac);
}
END_TEST

/* Only what belongs to the digest is written. */
START_TEST(forbidden)
{
	static const struct digest_piece piece = {"abc", 3};
	size_t size = digests[_i].size;
	uint8_t out[DIGEST_SHA256_SIZE + 1], mac[DIGEST_SHA256_SIZE + 1];

	memset(out, 0xFF, sizeof out);
	memset(mac, 0xFF, sizeof mac);
	vector_forbid();
	ck_assert_int_eq(digest_pieces(digests[_i].name, &piece, 1, out), KEYS_NO_PROVIDER);
	ck_assert_int_eq(
	    digest_hmac(digests[_i].name, "Jefe", 4, text, sizeof text - 1, mac), KEYS_NO_PROVIDER);
	vector_allow();
	vector_expect_zero(out, size);
	vector_expect_zero(mac, size);
	ck_assert_uint_eq(out[size], 0xFF);
	ck_assert_uint_eq(mac[size], 0xFF);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, in_pieces, digests);
	unit_add_rows(tests, hmac, digests);
	unit_add_rows(tests, forbidden, digests);
}

int
main(void)
{
	return unit_run("keys/digest", list);
}

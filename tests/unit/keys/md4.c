#include <string.h>

#include "keys/md4.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"

/* RFC 1320, appendix A.5 */
static const struct {
	const char *text;
	const char *digest;
} vectors[] = {
    {"", "31D6CFE0D16AE931B73C59D7E0C089C0"},
    {"a", "BDE52CB31DE33E46245E05FBDBD6FB24"},
    {"abc", "A448017AAF21D8525FC10AE87AA6729D"},
    {"message digest", "D9130A8164549FE818874806E1C7014B"},
    {"abcdefghijklmnopqrstuvwxyz", "D79E1C308AA5BBCDEEA8ED63DF412DA9"},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "043F8582F241DB351CE627E153E7F0E4"},
    {"1234567890123456789012345678901234567890123456789012345678901234567890123456789"
     "0",
        "E33B4DDC9C38F2199C3E7B164FCC0536"},
};

START_TEST(vector)
{
	uint8_t digest[MD4_SIZE];

	md4_digest(vectors[_i].text, strlen(vectors[_i].text), digest);
	vector_expect(digest, sizeof digest, vectors[_i].digest);
}
END_TEST

/* Every length up to 299, around the ends of blocks too: the digest of all their digests, which
 * another MD4 gave. */
START_TEST(every_length)
{
	uint8_t bytes[300], digests[sizeof bytes][MD4_SIZE], digest[MD4_SIZE];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 7);
	for (size_t length = 0; length < sizeof bytes; length++)
		md4_digest(bytes, length, digests[length]);
	md4_digest(digests, sizeof digests, digest);
	vector_expect(digest, sizeof digest, "65D59767F2EA2BB9586DBD9CB1B5BFF9");
}
END_TEST

/* BYTES as this machine has numbers, the lowest byte of each first in BYTES. */
static void
put_words(uint32_t *words, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++, bytes += 4)
		words[i] = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
		           (uint32_t)bytes[3] << 24;
}

START_TEST(nothing)
{
	uint8_t digest[MD4_SIZE];

	md4_digest(NULL, 0, digest);
	vector_expect(digest, sizeof digest, vectors[0].digest);
}
END_TEST

/* What it works with: the words of a block, the last two blocks, and the state. */
START_TEST(wipes)
{
	uint8_t bytes[64 + 10], last[128] = {0}, digest[MD4_SIZE];
	uint32_t words[16], state[4];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = last[i % 64] = (uint8_t)(i + 1);
	memset(last + 10, 0, sizeof last - 10);
	last[10] = 0x80;
	last[56] = (uint8_t)(sizeof bytes << 3);
	last[57] = (uint8_t)(sizeof bytes >> 5);
	wipes_begin();
	md4_digest(bytes, sizeof bytes, digest);
	put_words(words, bytes, 16);
	ck_assert_uint_eq(wipes_of(words, sizeof words), 1);
	ck_assert_uint_eq(wipes_of(last, sizeof last), 1);
	put_words(state, digest, 4);
	ck_assert_uint_eq(wipes_of(state, sizeof state), 1);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, vector, vectors);
	tcase_add_test(tests, every_length);
	tcase_add_test(tests, nothing);
	tcase_add_test(tests, wipes);
}

int
main(void)
{
	return unit_run("keys/md4", list);
}

#include "keys/md4.h"

#include <string.h>

#include "base/secret.h"

#define BLOCK     64
#define LENGTH_AT 56 /* in the last block: the length in bits */

static uint32_t
rotate(uint32_t value, int bits)
{
	return value << bits | value >> (32 - bits);
}

static uint32_t
read_word(const uint8_t *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static void
write_word(uint8_t *bytes, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(word >> 8 * i);
}

/* The functions F, G and H of RFC 1320 section 3.4, G in the form of a majority. */
static uint32_t
mix(int round, uint32_t x, uint32_t y, uint32_t z)
{
	if (round == 0)
		return (x & y) | (~x & z);
	return round == 1 ? (x & y) | (x & z) | (y & z) : x ^ y ^ z;
}

static void
add_block(uint32_t state[4], const uint8_t block[BLOCK])
{
	static const uint32_t constants[3] = {0, 0x5A827999, 0x6ED9EBA1};
	static const int shifts[3][4] = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
	static const int third[16] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
	uint32_t words[16], a = state[0], b = state[1], c = state[2], d = state[3];

	for (size_t i = 0; i < 16; i++)
		words[i] = read_word(block + i * 4);
	for (int step = 0; step < 48; step++) {
		int round = step / 16, i = step % 16;
		int word = round == 0 ? i : round == 1 ? i % 4 * 4 + i / 4 : third[i];
		uint32_t sum = a + mix(round, b, c, d) + words[word] + constants[round];

		a = d;
		d = c;
		c = b;
		b = rotate(sum, shifts[round][i % 4]);
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	secret_wipe(words, sizeof words);
}

void
md4_digest(const void *bytes, size_t length, uint8_t digest[MD4_SIZE])
{
	uint32_t state[4] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
	uint8_t last[2 * BLOCK] = {0};
	const uint8_t *at = bytes;
	size_t left = length;

	for (; left >= BLOCK; at += BLOCK, left -= BLOCK)
		add_block(state, at);
	if (left > 0)
		memcpy(last, at, left);
	last[left] = 0x80;
	size_t blocks = left < LENGTH_AT ? 1 : 2;
	uint8_t *bits = last + (blocks - 1) * BLOCK + LENGTH_AT;
	write_word(bits, (uint32_t)((uint64_t)length << 3));
	write_word(bits + 4, (uint32_t)((uint64_t)length >> 29));
	for (size_t i = 0; i < blocks; i++)
		add_block(state, last + i * BLOCK);
	for (size_t i = 0; i < 4; i++)
		write_word(digest + i * 4, state[i]);
	secret_wipe(last, sizeof last);
	secret_wipe(state, sizeof state);
}

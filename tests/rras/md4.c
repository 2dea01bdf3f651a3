#include <string.h>

#include "md4.h"

enum { BLOCK = 64, ROUNDS = 3, STEPS = 16, WORDS = 4, LENGTH_AT = 56 };

/* What the three rounds differ in: the order of the words, how far they turn, what is added. */
static const struct {
	uint8_t order[STEPS];
	uint8_t turns[WORDS];
	uint32_t constant;
} rounds[ROUNDS] = {
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {3, 7, 11, 19}, 0},
    {{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}, {3, 5, 9, 13}, 0x5a827999},
    {{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}, {3, 9, 11, 15}, 0x6ed9eba1},
};

static uint32_t
mix(int round, uint32_t x, uint32_t y, uint32_t z)
{
	switch (round) {
	case 0:
		return (x & y) | (~x & z);
	case 1:
		return (x & y) | (x & z) | (y & z);
	default:
		return x ^ y ^ z;
	}
}

static uint32_t
turn(uint32_t word, unsigned bits)
{
	return word << bits | word >> (32 - bits);
}

static uint32_t
word_at(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* The four words change places after each step, so that it is always the first that is new. */
static void
add_block(uint32_t state[WORDS], const uint8_t *block)
{
	uint32_t now[WORDS];
	memcpy(now, state, sizeof now);
	for (int round = 0; round < ROUNDS; round++) {
		for (int step = 0; step < STEPS; step++) {
			uint32_t sum = now[0] + mix(round, now[1], now[2], now[3]) +
			               word_at(block + sizeof *now * rounds[round].order[step]) +
			               rounds[round].constant;
			now[0] = now[3];
			now[3] = now[2];
			now[2] = now[1];
			now[1] = turn(sum, rounds[round].turns[step % WORDS]);
		}
	}
	for (int i = 0; i < WORDS; i++)
		state[i] += now[i];
}

/* A bit that ends the message, zeros, and its length in bits: that fills one block or two. */
static void
add_end(uint32_t state[WORDS], const uint8_t *rest, size_t left, uint64_t length)
{
	uint8_t end[2 * BLOCK] = {0};
	size_t size = left < LENGTH_AT ? BLOCK : 2 * BLOCK;
	if (left > 0)
		memcpy(end, rest, left);
	end[left] = 0x80;
	for (int i = 0; i < 8; i++)
		end[size - 8 + (size_t)i] = (uint8_t)(length * 8 >> (8 * i));
	add_block(state, end);
	if (size > BLOCK)
		add_block(state, end + BLOCK);
}

void
md4_digest(const void *bytes, size_t length, uint8_t digest[MD4_LENGTH])
{
	uint32_t state[WORDS] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
	const uint8_t *at = bytes;
	size_t left = length;
	for (; left >= BLOCK; left -= BLOCK, at += BLOCK)
		add_block(state, at);
	add_end(state, at, left, length);
	for (int i = 0; i < MD4_LENGTH; i++)
		digest[i] = (uint8_t)(state[i / 4] >> (8 * (i % 4)));
}

/*
 * fuzz - what the fuzz targets share.
 *
 * A target is tests/fuzz/NAME.c with an LLVMFuzzerTestOneInput(), seeds in tests/fuzz/corpus/NAME/,
 * or written by seeds.c, words to put in by chance in tests/fuzz/dictionary/NAME, and its name in
 * fuzz.mk. It claims more than "does not crash": what was read must read again.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* abort(), not assert(): a claim must hold with NDEBUG too. */
#define FUZZ_CLAIM(condition)     \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The bytes as a C string of its own size, which the caller frees. */
static inline char *
fuzz_chars(const uint8_t *bytes, size_t length)
{
	char *chars = malloc(length + 1);
	FUZZ_CLAIM(chars != NULL);
	if (length > 0)
		memcpy(chars, bytes, length);
	chars[length] = '\0';
	return chars;
}

/* The bytes in a block of their own size, so that a read behind them is seen; the caller frees it.
 */
static inline uint8_t *
fuzz_copy(const uint8_t *bytes, size_t length)
{
	uint8_t *copy = malloc(length > 0 ? length : 1);
	FUZZ_CLAIM(copy != NULL);
	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

/* The size of the next piece of LEFT bytes. It depends on the input alone, so that a find can be
 * repeated: begin with STATE made of that. */
static inline size_t
fuzz_piece(uint32_t *state, size_t left)
{
	*state = *state * 1664525 + 1013904223;
	size_t size = 1 + (*state >> 24) % 16;
	return size < left ? size : left;
}

#endif

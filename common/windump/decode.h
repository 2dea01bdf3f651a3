/*
 * decode - the bytes of a Windows text file to characters, of which only ASCII matters.
 *
 * What Windows tools write is UTF-16 with or without a byte order mark, UTF-8, or the machine's OEM
 * or ANSI code page, and several files joined hold several of these. The values that count are
 * ASCII in all of them; every other character becomes DECODE_FOREIGN. NULs are dropped.
 */
#ifndef WINDUMP_DECODE_H
#define WINDUMP_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DECODE_FOREIGN '\x7F' /* stands for a character, or part of one, beyond ASCII */
#define DECODE_AHEAD   8      /* bytes looked at before an encoding is given up */

enum decode_encoding {
	DECODE_BYTES, /* ASCII and a superset of it */
	DECODE_UTF16_LITTLE,
	DECODE_UTF16_BIG,
};

struct decode {
	enum decode_encoding encoding;
	bool in_line; /* the line has begun */
	uint8_t held[DECODE_AHEAD];
	size_t held_count;
};

/* Called with each character, in their order; CONTEXT is that of decode_feed(). */
typedef void decode_taker(void *context, char character);

/* At the beginning of a file. */
void decode_begin(struct decode *decode);

/* Give TAKE each character of LENGTH further BYTES; a few may be held back. */
void decode_feed(
    struct decode *decode, const uint8_t *bytes, size_t length, decode_taker *take, void *context);

/* Nothing follows: give those that were held back. */
void decode_end(struct decode *decode, decode_taker *take, void *context);

#endif

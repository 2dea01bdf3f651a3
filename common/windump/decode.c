#include "windump/decode.h"

#include <string.h>

void
decode_begin(struct decode *decode)
{
	memset(decode, 0, sizeof *decode);
}

static void
give(struct decode *decode, unsigned code, decode_taker *take, void *context)
{
	if (code == 0)
		return;
	decode->in_line = code != '\n';
	take(context, (char)(code < 0x7F ? code : (unsigned char)DECODE_FOREIGN));
}

/* How many bytes a byte order mark takes here, after which its encoding holds; 0: there is none. */
static size_t
take_mark(struct decode *decode, const uint8_t *at, size_t count)
{
	if (count >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF) {
		decode->encoding = DECODE_BYTES;
		return 3;
	}
	if (count >= 2 && at[0] == 0xFF && at[1] == 0xFE) {
		decode->encoding = DECODE_UTF16_LITTLE;
		return 2;
	}
	if (count >= 2 && at[0] == 0xFE && at[1] == 0xFF) {
		decode->encoding = DECODE_UTF16_BIG;
		return 2;
	}
	return 0;
}

/* Text of one byte a character, where UTF-16 would be characters of far scripts without a single
 * ASCII one among them. */
static bool
is_plain(const uint8_t *at, size_t count)
{
	if (count > DECODE_AHEAD)
		count = DECODE_AHEAD;
	for (size_t i = 0; i < count; i++)
		if ((at[i] < ' ' || at[i] > '~') && at[i] != '\r' && at[i] != '\n' && at[i] != '\t')
			return false;
	return count >= 4;
}

/* Take one character; how many of the COUNT bytes it took. */
static size_t
step(struct decode *decode, const uint8_t *at, size_t count, decode_taker *take, void *context)
{
	size_t mark = 0;

	if (!decode->in_line || decode->encoding == DECODE_BYTES)
		mark = take_mark(decode, at, count);
	if (mark > 0)
		return mark;
	if (decode->encoding == DECODE_BYTES) {
		/* A file without a mark, or one that was appended to in another encoding; a NUL
		 * alone is damage, behind which a line ends as before. */
		if (count < 2 || at[0] == 0 || at[0] >= 0x80 || at[1] != 0 ||
		    (count >= 4 && at[3] != 0)) {
			give(decode, at[0], take, context);
			return 1;
		}
		decode->encoding = DECODE_UTF16_LITTLE;
	} else if (!decode->in_line && is_plain(at, count)) {
		decode->encoding = DECODE_BYTES;
		give(decode, at[0], take, context);
		return 1;
	}
	if (count < 2)
		return count; /* half a character at the end */
	give(decode,
	    decode->encoding == DECODE_UTF16_BIG ? (unsigned)at[0] << 8 | at[1]
	                                         : (unsigned)at[1] << 8 | at[0],
	    take, context);
	return 2;
}

/* Decode what was held back, with as much of BYTES behind it as is looked at; how many of BYTES are
 * done. */
static size_t
step_held(
    struct decode *decode, const uint8_t *bytes, size_t length, decode_taker *take, void *context)
{
	size_t had = decode->held_count, room = DECODE_AHEAD - had, used;

	if (length < room)
		room = length;
	memcpy(decode->held + had, bytes, room);
	decode->held_count += room;
	if (decode->held_count < DECODE_AHEAD)
		return room;
	used = step(decode, decode->held, DECODE_AHEAD, take, context);
	if (used >= had) {
		decode->held_count = 0;
		return used - had;
	}
	/* What came from BYTES stays theirs. */
	decode->held_count = had - used;
	memmove(decode->held, decode->held + used, decode->held_count);
	return 0;
}

void
decode_feed(
    struct decode *decode, const uint8_t *bytes, size_t length, decode_taker *take, void *context)
{
	size_t at = 0;

	while (at < length)
		if (decode->held_count > 0)
			at += step_held(decode, bytes + at, length - at, take, context);
		else if (length - at >= DECODE_AHEAD)
			at += step(decode, bytes + at, length - at, take, context);
		else {
			decode->held_count = length - at;
			memcpy(decode->held, bytes + at, decode->held_count);
			at = length;
		}
}

void
decode_end(struct decode *decode, decode_taker *take, void *context)
{
	size_t at = 0, count = decode->held_count;

	decode->held_count = 0;
	while (at < count)
		at += step(decode, decode->held + at, count - at, take, context);
}

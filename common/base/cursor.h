/*
 * cursor - a bounded reader over received bytes.
 *
 * Every codec reads through a cursor, so bounds are checked in one place. Reading past the end
 * yields zeros, moves nothing and sets FAILED for good: a decoder may read a whole structure and
 * ask once. Integers are big-endian, as in SSTP (MS-SSTP 2.2) and PPP (RFC 1661).
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
	const uint8_t *at; /* next byte; borrowed, never freed */
	size_t left;       /* bytes from AT to the end */
	bool failed;       /* a read went past the end */
};

/* A cursor over LENGTH bytes, which are borrowed and may be NULL where LENGTH is 0. */
struct cursor cursor_over(const void *bytes, size_t length);

/* The next integer. */
uint8_t cursor_u8(struct cursor *cursor);
uint16_t cursor_u16(struct cursor *cursor);
uint32_t cursor_u32(struct cursor *cursor);

/* LENGTH bytes inside the buffer, or NULL when fewer are left. */
const uint8_t *cursor_bytes(struct cursor *cursor, size_t length);

/* A cursor over the next LENGTH bytes, which are skipped here; a failed one when fewer are left. */
struct cursor cursor_part(struct cursor *cursor, size_t length);

#endif

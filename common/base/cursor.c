#include "base/cursor.h"

struct cursor
cursor_over(const void *bytes, size_t length)
{
	return (struct cursor){.at = bytes, .left = length};
}

const uint8_t *
cursor_bytes(struct cursor *cursor, size_t length)
{
	if (cursor->failed || length > cursor->left) {
		cursor->failed = true;
		return NULL;
	}
	const uint8_t *bytes = cursor->at;
	if (length > 0) /* an empty buffer may be NULL, which must not be added to */
		cursor->at += length;
	cursor->left -= length;
	return bytes;
}

static uint32_t
read_integer(struct cursor *cursor, size_t length)
{
	const uint8_t *bytes = cursor_bytes(cursor, length);
	uint32_t value = 0;
	for (size_t i = 0; bytes != NULL && i < length; i++)
		value = value << 8 | bytes[i];
	return value;
}

uint8_t
cursor_u8(struct cursor *cursor)
{
	return (uint8_t)read_integer(cursor, 1);
}

uint16_t
cursor_u16(struct cursor *cursor)
{
	return (uint16_t)read_integer(cursor, 2);
}

uint32_t
cursor_u32(struct cursor *cursor)
{
	return read_integer(cursor, 4);
}

struct cursor
cursor_part(struct cursor *cursor, size_t length)
{
	const uint8_t *bytes = cursor_bytes(cursor, length);
	if (cursor->failed)
		return (struct cursor){.failed = true};
	return cursor_over(bytes, length);
}

#include "base/utf8.h"

#include <string.h>

size_t
utf8_read(const void *bytes, size_t length, uint32_t *code)
{
	/* The lowest code that needs so many bytes; anything below is an overlong form. */
	static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};

	const uint8_t *at = bytes;
	if (length == 0)
		return 0;
	if (at[0] < 0x80) {
		*code = at[0];
		return 1;
	}
	size_t size = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
	if (at[0] < 0xC0 || at[0] >= 0xF8 || size > length)
		return 0;
	uint32_t value = at[0] & (0xFFu >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (at[i] & 0x3F);
	}
	if (value < lowest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*code = value;
	return size;
}

size_t
utf8_mark(const void *bytes, size_t length)
{
	static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};

	return length >= sizeof mark && memcmp(bytes, mark, sizeof mark) == 0 ? sizeof mark : 0;
}

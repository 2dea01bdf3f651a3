#include <stdlib.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "unit/wire/wire.h"

uint8_t *
wire_bytes(const char *digits, size_t *length)
{
	struct text text = TEXT_EMPTY;
	for (; *digits != '\0'; digits++)
		if (*digits != ' ')
			text_add_char(&text, *digits);
	*length = text.length / 2;
	uint8_t *bytes = malloc(*length > 0 ? *length : 1);
	ck_assert_ptr_nonnull(bytes);
	ck_assert(hex_read(text_chars(&text), bytes, *length));
	text_free(&text);
	return bytes;
}

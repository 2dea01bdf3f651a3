#include <stdlib.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "unit/wire/wire.h"

static unsigned allocations;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *
__wrap_malloc(size_t size)
{
	allocations++;
	return __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	allocations++;
	return __real_calloc(count, size);
}

void *
__wrap_realloc(void *memory, size_t size)
{
	allocations++;
	return __real_realloc(memory, size);
}

unsigned
wire_allocations(void)
{
	return allocations;
}

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

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

#define FIRST_ROOM 64

const char text_no_memory[] = "";

/* Free what there is. */
static void
give_up(struct text *text)
{
	if (text->secret && text->bytes != NULL)
		secret_wipe(text->bytes, text->room);
	if (!text->lent)
		free(text->bytes);
}

/* A block of ROOM bytes that begins with what there is, or NULL. */
static char *
move(struct text *text, size_t room)
{
	if (text->lent)
		return NULL;
	if (!text->secret)
		return realloc(text->bytes, room);
	/* realloc() would leave a copy behind. */
	char *bytes = malloc(room);
	if (bytes != NULL && text->bytes != NULL) {
		memcpy(bytes, text->bytes, text->length + 1);
		give_up(text);
	}
	return bytes;
}

/* Make room for MORE bytes and the NUL behind them. */
static bool
reserve(struct text *text, size_t more)
{
	if (text->failed)
		return false;
	if (more < text->room - text->length && text->bytes != NULL)
		return true;
	if (more > SIZE_MAX / 2 - text->length - 1) {
		text->failed = true;
		return false;
	}
	size_t room = text->room > 0 ? text->room : FIRST_ROOM;
	while (room - text->length <= more)
		room *= 2;
	char *bytes = move(text, room);
	if (bytes == NULL) {
		text->failed = true;
		return false;
	}
	text->bytes = bytes;
	text->room = room;
	return true;
}

void
text_add(struct text *text, const char *chars)
{
	text_add_bytes(text, chars, strlen(chars));
}

void
text_add_bytes(struct text *text, const void *bytes, size_t length)
{
	if (length == 0 || !reserve(text, length))
		return;
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void
text_add_char(struct text *text, char c)
{
	text_add_bytes(text, &c, 1);
}

void
text_format(struct text *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	text_vformat(text, format, arguments);
	va_end(arguments);
}

/* Measured first, then written: what is formatted here is short, and rare beside plain appends. */
void
text_vformat(struct text *text, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	if (length < 0) {
		text->failed = true;
	} else if (length > 0 && reserve(text, (size_t)length)) {
		vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
		text->length += (size_t)length;
	}
	va_end(again);
}

void
text_cut(struct text *text, size_t length)
{
	if (length >= text->length)
		return;
	text->length = length;
	text->bytes[length] = '\0';
}

const char *
text_chars(const struct text *text)
{
	return text->bytes != NULL ? text->bytes : "";
}

bool
text_failed(const struct text *text)
{
	return text->failed;
}

char *
text_take(struct text *text)
{
	char *bytes = NULL;
	if (reserve(text, 0)) {
		bytes = text->bytes;
		bytes[text->length] = '\0';
		text->bytes = NULL;
	}
	text_free(text);
	return bytes;
}

void
text_free(struct text *text)
{
	give_up(text);
	*text = (struct text)TEXT_EMPTY;
}

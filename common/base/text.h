/*
 * text - a growable string that can only be appended to.
 *
 * Running out of memory is remembered, not reported: further appends do nothing and
 * text_failed() says so at the end, where one place has to decide what to print instead.
 * The bytes are always followed by a NUL, so text_chars() is a C string.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
	char *bytes;   /* owned, unless lent; NULL while empty */
	size_t length; /* without the final NUL */
	size_t room;   /* allocated */
	bool failed;   /* memory ran out; what is there is incomplete */
	bool secret;   /* memory is wiped before it is given up; to be set while empty */
	bool lent;     /* see TEXT_IN */
};

/* An empty text needs no allocation: struct text t = TEXT_EMPTY; */
#define TEXT_EMPTY \
	{          \
		0  \
	}

/* One in CHARS, of SIZE bytes, which are the caller's and hold a string from the first append on.
 * It takes no memory: what does not fit fails. Not to be handed over by text_take(). */
#define TEXT_IN(chars, size)                                   \
	{                                                      \
		.bytes = (chars), .room = (size), .lent = true \
	}

void text_add(struct text *text, const char *chars);
void text_add_bytes(struct text *text, const void *bytes, size_t length);
void text_add_char(struct text *text, char c);

/* Append as printf() would. Never with a number that a locale could touch: the programs call no
 * setlocale(), so the decimal point is a point. */
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vformat(struct text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Cut the text back to LENGTH bytes; a no-op when it is shorter. */
void text_cut(struct text *text, size_t length);

/* The C string, "" while empty. Valid until the next append. */
const char *text_chars(const struct text *text);

bool text_failed(const struct text *text);

/* Hand the bytes over to the caller, who frees them; the text is empty afterwards. NULL when
 * memory ran out. An empty text gives an allocated "". */
char *text_take(struct text *text);

void text_free(struct text *text);

/* What functions that tell a problem in words give when memory ran out: none. */
extern const char text_no_memory[];

#endif

#include "support/lines.h"

#include <stddef.h>
#include <string.h>

/* The length of the line at CHARS, its line feed included. */
static size_t
line_length(const char *chars)
{
	size_t length = strcspn(chars, "\n");

	return length + (chars[length] == '\n');
}

static bool
is_same_line(const char *one, const char *other)
{
	size_t length = line_length(one);

	return length == line_length(other) && memcmp(one, other, length) == 0;
}

bool
lines_only_added(const char *less, const char *more)
{
	if (!is_same_line(less, more))
		return false;
	while (*less != '\0') {
		while (*more != '\0' && !is_same_line(less, more))
			more += line_length(more);
		if (*more == '\0')
			return false;
		less += line_length(less);
		more += line_length(more);
	}
	return true;
}

void
lines_mask_numbers(char *chars)
{
	static const char digits[] = "0123456789";
	static const char parts[] =
	    "0123456789.-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char *to = chars;

	while (*chars != '\0') {
		size_t length = strspn(chars, parts);

		/* Those at the end are not: a cut fingerprint has them with or without digits. */
		while (length > 0 && chars[length - 1] == '.')
			length--;
		if (length == 0) {
			*to++ = *chars++;
		} else if (strcspn(chars, digits) < length) {
			chars += length;
			*to++ = 'N';
		} else {
			memmove(to, chars, length);
			chars += length;
			to += length;
		}
	}
	*to = '\0';
}

void
lines_drop(char *chars, const char *word)
{
	char *to = chars;

	while (*chars != '\0') {
		size_t length = line_length(chars);

		if (strncmp(chars, word, strlen(word)) != 0) {
			memmove(to, chars, length);
			to += length;
		}
		chars += length;
	}
	*to = '\0';
}

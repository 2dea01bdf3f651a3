#include "base/thumbprint.h"

#include <string.h>

#include "base/hex.h"

const char thumbprint_takes[] =
    "a SHA-1 or SHA-256 digest: 40 or 64 hexadecimal digits; colons and blanks do not count";

/* The length of what does not count at CHARS; 0 for what does. */
static size_t
filler(const char *chars, size_t length)
{
	static const char *const fillers[] = {
	    " ", "\t", "\r", "\n", ":", "\xC2\xA0", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xEF\xBB\xBF"};

	for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
		size_t size = strlen(fillers[i]);

		if (length >= size && memcmp(chars, fillers[i], size) == 0)
			return size;
	}
	return 0;
}

static size_t
fillers_before(const char *chars, size_t length)
{
	size_t at = 0, size;

	while ((size = filler(chars + at, length - at)) > 0)
		at += size;
	return at;
}

bool
thumbprint_read(const char *chars, size_t length, struct thumbprint *thumbprint)
{
	struct thumbprint read = {.length = 0};
	size_t at = fillers_before(chars, length), digits = 0;

	if (length - at >= 2 && chars[at] == '0' && (chars[at + 1] == 'x' || chars[at + 1] == 'X'))
		at += 2;
	for (at += fillers_before(chars + at, length - at); at < length;
	     at += fillers_before(chars + at, length - at)) {
		int digit = hex_digit(chars[at++]);

		if (digit < 0 || digits == 2 * sizeof read.bytes)
			return false;
		read.bytes[digits / 2] = (uint8_t)(read.bytes[digits / 2] << 4 | digit);
		digits++;
	}
	if (digits != (size_t)2 * THUMBPRINT_SHA1 && digits != (size_t)2 * THUMBPRINT_SHA256)
		return false;
	read.length = digits / 2;
	*thumbprint = read;
	return true;
}

bool
thumbprint_is(const struct thumbprint *thumbprint, const uint8_t sha1[THUMBPRINT_SHA1],
    const uint8_t sha256[THUMBPRINT_SHA256])
{
	const uint8_t *bytes = thumbprint->length == THUMBPRINT_SHA1 ? sha1 : sha256;

	return memcmp(thumbprint->bytes, bytes, thumbprint->length) == 0;
}

void
thumbprint_add_short(struct text *text, const uint8_t *bytes)
{
	hex_add(text, bytes, 4);
	text_add(text, "..");
}

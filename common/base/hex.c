#include "base/hex.h"

void
hex_add(struct text *text, const uint8_t *bytes, size_t length)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < length; i++) {
		char two[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
		text_add_bytes(text, two, sizeof two);
	}
}

int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
hex_read(const char *chars, uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		/* The second digit is looked at only behind a first one, so never behind the NUL.
		 */
		int high = hex_digit(chars[2 * i]);
		int low = high < 0 ? -1 : hex_digit(chars[2 * i + 1]);
		if (low < 0)
			return false;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	return chars[2 * length] == '\0';
}

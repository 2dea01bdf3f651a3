#include "base/ipv4.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

/* A number of LENGTH digits, without leading zeros, which some would read as octal. */
static bool
read_figure(const char *chars, size_t length, long high, long *value)
{
	char digits[4];

	if (length == 0 || length >= sizeof digits || (length > 1 && chars[0] == '0'))
		return false;
	memcpy(digits, chars, length);
	digits[length] = '\0';
	return number_whole(digits, 0, high, value);
}

/* Read an address of LENGTH characters. */
static bool
read_address(const char *chars, size_t length, uint32_t *address)
{
	uint32_t read = 0;
	long figure;

	for (int i = 0; i < 4; i++) {
		size_t digits = 0;

		while (digits < length && chars[digits] != '.')
			digits++;
		if ((i < 3) != (digits < length) || !read_figure(chars, digits, 255, &figure))
			return false;
		read = read << 8 | (uint32_t)figure;
		chars += digits + (i < 3);
		length -= digits + (i < 3);
	}
	*address = read;
	return true;
}

static uint32_t
mask_of(int bits)
{
	return bits == 0 ? 0 : UINT32_MAX << (32 - bits);
}

bool
ipv4_read(const char *chars, uint32_t *address)
{
	return read_address(chars, strlen(chars), address);
}

bool
ipv4_read_subnet(const char *chars, struct ipv4_subnet *subnet)
{
	size_t length = strcspn(chars, "/");
	uint32_t address;
	long bits = 32;

	if (!read_address(chars, length, &address))
		return false;
	if (chars[length] == '/' &&
	    !read_figure(chars + length + 1, strlen(chars + length + 1), 32, &bits))
		return false;
	subnet->bits = (int)bits;
	subnet->address = address & mask_of(subnet->bits);
	return true;
}

bool
ipv4_is_within(uint32_t address, const struct ipv4_subnet *subnet)
{
	return (address & mask_of(subnet->bits)) == subnet->address;
}

const char *
ipv4_write(uint32_t address, char chars[IPV4_MAX])
{
	snprintf(chars, IPV4_MAX, "%u.%u.%u.%u", address >> 24 & 255U, address >> 16 & 255U,
	    address >> 8 & 255U, address & 255U);
	return chars;
}

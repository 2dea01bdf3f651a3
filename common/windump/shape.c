#include "config.h"

#include "windump/shape.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/calendar.h"
#include "base/hex.h"
#include "base/number.h"

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static void
copy_lower(char *to, const char *from, size_t length)
{
	for (size_t i = 0; i < length; i++)
		to[i] = lower(from[i]);
	to[length] = '\0';
}

bool
shape_is_port(const char *chars, uint16_t *port)
{
	long value;

	if (strlen(chars) > 5 || !number_whole(chars, 1, 65535, &value))
		return false;
	*port = (uint16_t)value;
	return true;
}

/* The part before the last colon and the port behind it. */
static bool
cut_port(const char *chars, char *host, size_t room, uint16_t *port)
{
	const char *colon = strrchr(chars, ':');
	size_t length = colon == NULL ? 0 : (size_t)(colon - chars);

	if (length == 0 || length >= room || !shape_is_port(colon + 1, port))
		return false;
	copy_lower(host, chars, length);
	return true;
}

static bool
is_zero(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* Windows has numbers for zones. Anything else would come into commands, in which %NAME% has a
 * meaning. */
static bool
is_zone(const char *chars)
{
	size_t digits = *chars == '%' ? strspn(chars + 1, "0123456789") : 0;

	return *chars == '\0' || (digits > 0 && chars[1 + digits] == '\0');
}

bool
shape_is_address(const char *chars, struct dump_binding *binding)
{
	char host[DUMP_HOST_MAX + 1], *inner = host;
	uint8_t bytes[sizeof(struct in6_addr)];
	uint16_t port;
	size_t length;

	if (!cut_port(chars, host, sizeof host, &port))
		return false;
	length = strlen(host);
	if (inet_pton(AF_INET, host, bytes) == 1) {
		binding->kind = DUMP_IPV4;
		binding->any = is_zero(bytes, 4);
	} else {
		char plain[DUMP_HOST_MAX + 1];

		if (host[0] == '[' && host[length - 1] == ']') {
			host[length - 1] = '\0';
			inner++;
		}
		snprintf(plain, sizeof plain, "%.*s", (int)strcspn(inner, "%"), inner);
		if (inet_pton(AF_INET6, plain, bytes) != 1 || !is_zone(inner + strlen(plain)))
			return false;
		binding->kind = DUMP_IPV6;
		binding->any = is_zero(bytes, sizeof bytes);
	}
	binding->port = port;
	snprintf(binding->host, sizeof binding->host, "%s",
	    binding->any && binding->kind == DUMP_IPV6 ? "::" : inner);
	return true;
}

bool
shape_is_name(const char *chars, struct dump_binding *binding)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789*._-";
	char host[DUMP_HOST_MAX + 1];
	uint16_t port;

	if (!cut_port(chars, host, sizeof host, &port) || host[strspn(host, allowed)] != '\0')
		return false;
	binding->kind = DUMP_NAME;
	binding->any = false;
	binding->port = port;
	memcpy(binding->host, host, sizeof host);
	return true;
}

bool
shape_is_guid(const char *chars, char guid[DUMP_OWNER_MAX])
{
	static const char pattern[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	const char *at = *chars == '{' ? chars + 1 : chars;

	for (size_t i = 0; pattern[i] != '\0'; i++)
		if (pattern[i] == 'x' ? hex_digit(at[i]) < 0 : at[i] != pattern[i])
			return false;
	at += sizeof pattern - 1;
	if (strcmp(at, *chars == '{' ? "}" : "") != 0)
		return false;
	guid[0] = '{';
	copy_lower(guid + 1, at - (sizeof pattern - 1), sizeof pattern - 1);
	memcpy(guid + sizeof pattern, "}", 2);
	return true;
}

void
shape_guid_of_bytes(const uint8_t bytes[16], char guid[DUMP_OWNER_MAX])
{
	/* The first three numbers of a GUID are little-endian. */
	static const uint8_t order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
	char *at = guid;

	*at++ = '{';
	for (size_t i = 0; i < sizeof order; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*at++ = '-';
		snprintf(at, 3, "%02x", bytes[order[i]]);
		at += 2;
	}
	memcpy(at, "}", 2);
}

/* The character between pairs of digits, '\0' when they are joined; false when it is not one that
 * stands there. */
static bool
find_separator(const char *chars, char *separator)
{
	*separator = '\0';
	if (hex_digit(chars[0]) < 0 || hex_digit(chars[1]) < 0)
		return false;
	if (chars[2] != '\0' && hex_digit(chars[2]) < 0) {
		*separator = chars[2];
		return strchr("-:,", *separator) != NULL;
	}
	return true;
}

bool
shape_is_hex(const char *chars, struct dump_hash *hash)
{
	size_t digits = 0;
	char separator;

	memset(hash, 0, sizeof *hash);
	if (!find_separator(chars, &separator))
		return false;
	for (const char *at = chars; *at != '\0'; at++) {
		int digit = hex_digit(*at);

		if (digit < 0) {
			if (*at != separator || digits % 2 != 0 || at[1] == '\0')
				return false;
			continue;
		}
		if (separator != '\0' && digits > 0 && digits % 2 == 0 && at[-1] != separator)
			return false;
		if (digits / 2 < sizeof hash->bytes)
			hash->bytes[digits / 2] = (uint8_t)(hash->bytes[digits / 2] << 4 | digit);
		digits++;
	}
	hash->present = true;
	hash->length = digits / 2;
	hash->is_bytes = digits % 2 == 0;
	return true;
}

static int
base64_digit(char c)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

size_t
shape_base64(const char *chars, uint8_t *bytes, size_t room)
{
	size_t length = strlen(chars), count = 0;
	uint32_t group = 0;
	size_t padding = 0;

	if (length == 0 || length % 4 != 0)
		return 0;
	for (size_t i = 0; i < length; i++) {
		int digit = base64_digit(chars[i]);

		if (chars[i] == '=' && i + 2 >= length) {
			padding++;
			digit = 0;
		}
		if (digit < 0 || (padding > 0 && chars[i] != '='))
			return 0;
		group = group << 6 | (uint32_t)digit;
		for (int byte = 0; i % 4 == 3 && byte < 3; byte++)
			if (count < room)
				bytes[count++] = (uint8_t)(group >> (16 - 8 * byte));
	}
	return length / 4 * 3 - padding <= room ? length / 4 * 3 - padding : 0;
}

bool
shape_is_certificate(const uint8_t *der, size_t length)
{
	/* Shorter ones, whose length takes fewer bytes, cannot hold a key and its signature. */
	return length > 4 && der[0] == 0x30 && der[1] == 0x82 &&
	       ((size_t)der[2] << 8 | der[3]) == length - 4;
}

bool
shape_is_date(const char *chars, int64_t *date)
{
	static const char pattern[] = "dddd-dd-ddTdd:dd:ddZ";
	struct tm tm = {0};

	for (size_t i = 0; i < sizeof pattern; i++)
		if (pattern[i] == 'd' ? chars[i] < '0' || chars[i] > '9' : chars[i] != pattern[i])
			return false;
	if (strptime(chars, "%Y-%m-%dT%H:%M:%SZ", &tm) == NULL)
		return false;
	*date = calendar_seconds(&tm);
	return true;
}

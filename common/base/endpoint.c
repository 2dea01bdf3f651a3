#include <arpa/inet.h>
#include <string.h>

#include "base/endpoint.h"
#include "base/idn.h"
#include "base/number.h"
#include "base/text.h"

#define NAME_MAX_LENGTH 253
#define LABEL_MAX       63

#define DIGITS     "0123456789"
#define HEX_DIGITS DIGITS "abcdef"
#define LETTERS    "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool
copy_host(struct endpoint *endpoint, enum endpoint_kind kind, const char *chars, size_t length)
{
	if (length > ENDPOINT_HOST_MAX)
		return false;
	endpoint->kind = kind;
	memcpy(endpoint->host, chars, length);
	endpoint->host[length] = '\0';
	return true;
}

static bool
is_ipv4(const char *host)
{
	struct in_addr address;
	return inet_pton(AF_INET, host, &address) == 1;
}

/* An address, perhaps with a zone such as %eth0, which is kept. */
static bool
read_ipv6(const char *chars, size_t length, struct endpoint *endpoint)
{
	if (!copy_host(endpoint, ENDPOINT_IPV6, chars, length))
		return false;
	char *zone = strchr(endpoint->host, '%');
	if (zone != NULL) {
		size_t legal = strspn(zone + 1, LETTERS CAPITALS DIGITS "._-");
		if (legal == 0 || zone[1 + legal] != '\0')
			return false;
		*zone = '\0';
	}
	struct in6_addr address;
	bool good = inet_pton(AF_INET6, endpoint->host, &address) == 1;
	if (zone != NULL)
		*zone = '%';
	return good;
}

static void
lower(char *chars)
{
	for (; *chars != '\0'; chars++)
		if (*chars >= 'A' && *chars <= 'Z')
			*chars = (char)(*chars - 'A' + 'a');
}

/* Decimal, or hexadecimal with 0x: the resolver would take a name of such labels for an address. */
static bool
is_numeric(const char *label, size_t length)
{
	if (length >= 2 && label[0] == '0' && label[1] == 'x')
		return strspn(label + 2, HEX_DIGITS) >= length - 2;
	return strspn(label, DIGITS) >= length;
}

/* Labels of a lower-case name without its final dot. A hyphen in front is taken for an option that
 * went astray. */
static bool
is_name(const char *name)
{
	if (strlen(name) > NAME_MAX_LENGTH)
		return false;
	bool numeric = true;
	for (;;) {
		size_t length = strspn(name, LETTERS DIGITS "-_");
		if (length == 0 || length > LABEL_MAX || *name == '-')
			return false;
		numeric = numeric && is_numeric(name, length);
		if (name[length] == '\0')
			return !numeric;
		if (name[length] != '.')
			return false;
		name += length + 1;
	}
}

/* Only an international name can be refused here. */
static enum endpoint_result
read_name(const char *chars, size_t length, struct endpoint *endpoint)
{
	struct text name = TEXT_EMPTY;
	struct text ascii = TEXT_EMPTY;
	text_add_bytes(&name, chars, length);
	bool good = idn_to_ascii(text_chars(&name), &ascii);
	enum endpoint_result result = ENDPOINT_OK;
	if (text_failed(&name) || text_failed(&ascii))
		result = ENDPOINT_NO_MEMORY;
	else if (!good)
		result = ENDPOINT_BAD_IDN;
	else if (!copy_host(endpoint, ENDPOINT_NAME, text_chars(&ascii), ascii.length))
		result = ENDPOINT_BAD_HOST;
	text_free(&name);
	text_free(&ascii);
	return result;
}

/* A name or an IPv4 address of LENGTH bytes. */
static enum endpoint_result
read_plain(const char *chars, size_t length, struct endpoint *endpoint)
{
	if (length == 0)
		return ENDPOINT_EMPTY;
	enum endpoint_result result = read_name(chars, length, endpoint);
	if (result != ENDPOINT_OK)
		return result;
	if (is_ipv4(endpoint->host)) {
		endpoint->kind = ENDPOINT_IPV4;
		return ENDPOINT_OK;
	}
	lower(endpoint->host);
	size_t end = strlen(endpoint->host);
	if (endpoint->host[end - 1] == '.')
		endpoint->host[end - 1] = '\0';
	return is_name(endpoint->host) ? ENDPOINT_OK : ENDPOINT_BAD_HOST;
}

/* [address], and where it ends. */
static enum endpoint_result
read_bracketed(const char *chars, struct endpoint *endpoint, const char **rest)
{
	const char *end = strchr(chars, ']');
	if (end == NULL || !read_ipv6(chars + 1, (size_t)(end - chars - 1), endpoint))
		return ENDPOINT_BAD_HOST;
	*rest = end + 1;
	return ENDPOINT_OK;
}

static enum endpoint_result
read_host(const char *chars, struct endpoint *endpoint, const char **rest)
{
	endpoint->port = 0;
	if (*chars == '[')
		return read_bracketed(chars, endpoint, rest);
	const char *colon = strchr(chars, ':');
	size_t length = strlen(chars);
	if (colon != NULL && strchr(colon + 1, ':') != NULL) {
		*rest = chars + length;
		return read_ipv6(chars, length, endpoint) ? ENDPOINT_OK : ENDPOINT_BAD_HOST;
	}
	if (colon != NULL)
		length = (size_t)(colon - chars);
	*rest = chars + length;
	return read_plain(chars, length, endpoint);
}

enum endpoint_result
endpoint_read(const char *chars, struct endpoint *endpoint)
{
	const char *rest;
	enum endpoint_result result = read_host(chars, endpoint, &rest);
	if (result != ENDPOINT_OK || *rest == '\0')
		return result;
	if (*rest != ':')
		return ENDPOINT_BAD_HOST;
	long port;
	if (!number_whole(rest + 1, 1, UINT16_MAX, &port))
		return ENDPOINT_BAD_PORT;
	endpoint->port = (uint16_t)port;
	return ENDPOINT_OK;
}

enum endpoint_result
endpoint_read_host(const char *chars, struct endpoint *endpoint)
{
	const char *rest;
	enum endpoint_result result = read_host(chars, endpoint, &rest);
	if (result == ENDPOINT_OK && *rest != '\0')
		return ENDPOINT_BAD_HOST;
	return result;
}

bool
endpoint_is_same_host(const char *one, const char *other)
{
	struct in6_addr a, b;

	if (inet_pton(AF_INET6, one, &a) == 1 && inet_pton(AF_INET6, other, &b) == 1)
		return memcmp(&a, &b, sizeof a) == 0;
	return strcmp(one, other) == 0;
}

const char *
endpoint_problem(enum endpoint_result result)
{
	switch (result) {
	case ENDPOINT_OK:
		break;
	case ENDPOINT_EMPTY:
		return "no host name or address";
	case ENDPOINT_BAD_HOST:
		return "not a host name or address";
	case ENDPOINT_BAD_PORT:
		return "not a port from 1 to 65535";
	case ENDPOINT_BAD_IDN:
		return "not an international name that DNS can carry";
	case ENDPOINT_NO_MEMORY:
		return "no memory to read it";
	}
	return "no problem";
}

const char *
endpoint_refusal(enum endpoint_result result, const char *takes)
{
	if (result == ENDPOINT_OK)
		return NULL;
	return result == ENDPOINT_NO_MEMORY ? text_no_memory : takes;
}

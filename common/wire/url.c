#include "wire/url.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HTTP_PORT 80

static const struct {
	const char *prefix;
	enum url_scheme scheme;
} schemes[] = {
    {"http://", URL_HTTP},
    {"https://", URL_HTTPS},
    {"ldap:", URL_LDAP},
    {"ldaps:", URL_LDAP},
};

enum url_scheme
url_scheme(const char *chars)
{
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncasecmp(chars, schemes[i].prefix, strlen(schemes[i].prefix)) == 0)
			return schemes[i].scheme;
	return URL_OTHER;
}

/* A CRL's name often holds blanks as they are, and nothing may break the request line. */
static bool
copy_path(struct url *url, const char *chars)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t length = 0;

	if (*chars != '/')
		url->path[length++] = '/';
	for (; *chars != '\0' && *chars != '#'; chars++) {
		unsigned char c = (unsigned char)*chars;
		bool plain = c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL;

		if (length + 3 >= sizeof url->path)
			return false;
		if (plain) {
			url->path[length++] = (char)c;
			continue;
		}
		url->path[length++] = '%';
		url->path[length++] = digits[c >> 4];
		url->path[length++] = digits[c & 15];
	}
	url->path[length] = '\0';
	return true;
}

static void
set_authority(struct url *url)
{
	bool brackets = url->host.kind == ENDPOINT_IPV6;
	size_t length;

	snprintf(url->authority, sizeof url->authority, "%s%s%s", brackets ? "[" : "",
	    url->host.host, brackets ? "]" : "");
	length = strlen(url->authority);
	if (url->host.port != HTTP_PORT)
		snprintf(
		    url->authority + length, sizeof url->authority - length, ":%u", url->host.port);
}

bool
url_read(const char *chars, struct url *url)
{
	char authority[sizeof url->authority];
	enum endpoint_result result;
	size_t length;

	errno = EINVAL;
	if (strlen(chars) > URL_MAX || url_scheme(chars) != URL_HTTP)
		return false;
	chars += strlen("http://");
	length = strcspn(chars, "/?#");
	if (length >= sizeof authority)
		return false;
	memcpy(authority, chars, length);
	authority[length] = '\0';
	result = endpoint_read(authority, &url->host);
	errno = result == ENDPOINT_NO_MEMORY ? ENOMEM : EINVAL;
	if (result != ENDPOINT_OK)
		return false;
	if (url->host.port == 0)
		url->host.port = HTTP_PORT;
	set_authority(url);
	return copy_path(url, chars + length);
}

bool
url_follow(const struct url *url, const char *location, struct url *to)
{
	if (location[0] != '/' || location[1] == '/')
		return url_read(location, to);
	errno = EINVAL;
	if (strlen(location) > URL_MAX)
		return false;
	*to = *url;
	return copy_path(to, location);
}

/*
 * url - what a certificate names to be fetched: "http://host:port/path?query" taken apart (RFC
 * 3986).
 */
#ifndef WIRE_URL_H
#define WIRE_URL_H

#include <stdbool.h>

#include "base/endpoint.h"
#include "base/text.h"

#define URL_MAX 2048 /* longest that is read */

enum url_scheme {
	URL_OTHER,
	URL_HTTP,
	URL_HTTPS,
	URL_LDAP, /* and ldaps, and LDAP without a host: "ldap:///CN=.." */
};

struct url {
	struct endpoint host;                   /* its port is never 0 */
	char authority[ENDPOINT_HOST_MAX + 10]; /* for the Host header: the port only where it
	                                           is not 80, IPv6 in brackets */
	char path[URL_MAX + 2]; /* and query, from '/' on; what must not stand in a request line
	                           is escaped, no fragment */
};

/* By the letters before the colon, in any case. */
enum url_scheme url_scheme(const char *chars);

/* Read an http URL. False for another scheme, for a user name in it, for what is too long and for
 * what has no host. errno is ENOMEM where memory ran out, otherwise EINVAL. */
bool url_read(const char *chars, struct url *url);

/* Where a redirect from URL to LOCATION leads: a whole URL, or a path on the same host. False as
 * above, and for a path that does not begin with '/'. */
bool url_follow(const struct url *url, const char *location, struct url *to);

#endif

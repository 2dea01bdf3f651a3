/*
 * endpoint - the grammar of "a host, and perhaps a port".
 *
 *   vpn.example.com        vpn.example.com:8443      203.0.113.7      203.0.113.7:8443
 *   2001:db8::1            [2001:db8::1]             [2001:db8::1]:8443    fe80::1%eth0
 *
 * Two or more colons without brackets are an IPv6 address, because monitoring agents refuse
 * brackets in arguments; a port then needs -p.
 */
#ifndef BASE_ENDPOINT_H
#define BASE_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>

#define ENDPOINT_HOST_MAX 254 /* 253 for a DNS name (RFC 1035), or an address with its zone */

enum endpoint_kind {
	ENDPOINT_NAME,
	ENDPOINT_IPV4,
	ENDPOINT_IPV6,
};

struct endpoint {
	enum endpoint_kind kind;
	char host[ENDPOINT_HOST_MAX + 1]; /* no brackets; names lower-case, as an A-label
	                                     (xn--..) when they were international, no final dot */
	uint16_t port;                    /* 0: none was given */
};

enum endpoint_result {
	ENDPOINT_OK,
	ENDPOINT_EMPTY,
	ENDPOINT_BAD_HOST, /* not a name nor an address: bad character, label over 63, too long */
	ENDPOINT_BAD_PORT, /* not a whole number from 1 to 65535 */
	ENDPOINT_BAD_IDN,  /* an international name that is not UTF-8 or cannot be encoded */
	ENDPOINT_NO_MEMORY,
};

/* Read HOST or HOST:PORT. *ENDPOINT is undefined unless ENDPOINT_OK. */
enum endpoint_result endpoint_read(const char *chars, struct endpoint *endpoint);

/* Read HOST alone: a port is ENDPOINT_BAD_HOST. */
enum endpoint_result endpoint_read_host(const char *chars, struct endpoint *endpoint);

/* Whether two hosts as above are the same, however an IPv6 address is written. */
bool endpoint_is_same_host(const char *one, const char *other);

/* A message part such as "not a host name or address". */
const char *endpoint_problem(enum endpoint_result result);

/* For an option that TAKES such a thing: what is to be said of it, text_no_memory where that was
 * lacking, NULL where all is well. */
const char *endpoint_refusal(enum endpoint_result result, const char *takes);

#endif

/*
 * http - one HTTP/1.1 request head out, one response head in (RFC 9112).
 *
 * SSTP begins with an HTTP exchange (MS-SSTP 3.2.4.1) whose body never ends: its Content-Length is
 * 2^64-1. So this codec stops at the blank line, never waits for a body or for the end of the
 * connection, and says how many bytes it took: what follows belongs to the caller (body.h).
 *
 * Taken as they come: an empty or missing reason phrase ("HTTP/1.1 200 " from HTTP.sys), lines that
 * end with LF alone, header names in any case (proxies lower-case them), bytes split anywhere,
 * interim 1xx heads (skipped), folded lines.
 */
#ifndef WIRE_HTTP_H
#define WIRE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define HTTP_LINE_MAX   8192  /* bytes in a line */
#define HTTP_HEAD_MAX   65536 /* bytes in a head, interim heads included */
#define HTTP_FIELDS_MAX 200   /* header lines in a head */
#define HTTP_VALUE_MAX  200   /* bytes kept of a header value or reason phrase */

enum http_progress {
	HTTP_MORE,     /* the head is not complete yet */
	HTTP_COMPLETE, /* the final head is in */
	HTTP_GARBAGE,  /* this is not HTTP */
	HTTP_TOO_LONG, /* it exceeds one of the caps above */
};

/* A response head. Strings are sanitised copies, "" when absent; of a header that comes more than
 * once the first is kept. */
struct http_head {
	int version_minor; /* HTTP/1.x */
	int status;        /* 100..999, as sent; of 1xx only 101 */
	char reason[HTTP_VALUE_MAX + 1];
	char server[HTTP_VALUE_MAX + 1];
	char via[HTTP_VALUE_MAX + 1];
	char location[HTTP_VALUE_MAX + 1];
	char www_authenticate[HTTP_VALUE_MAX + 1];
	bool no_memory;          /* a value above is missing because memory ran out */
	bool has_content_length; /* false also when it was not a number */
	uint64_t content_length; /* saturates at 2^64-1, which is also what SSTP means by it */
	bool chunked;            /* Transfer-Encoding: chunked, and nothing else */
	bool coded;              /* a Transfer-Encoding that is not this */
};

/* A parser in the middle of a head. Holds one line at a time, unfolded; nothing to free. */
struct http_parser {
	struct http_head head;
	size_t head_bytes; /* consumed so far */
	size_t fields;     /* header lines seen */
	size_t line_length;
	bool at_status_line;
	bool line_ended; /* a header line is in; the next may be a fold of it */
	enum http_progress progress;
	char line[HTTP_LINE_MAX];
};

void http_begin(struct http_parser *parser);

/*
 * Feed LENGTH bytes. *USED says how many were consumed: all of them, except that nothing behind the
 * head is touched once HTTP_COMPLETE is returned. Anything but HTTP_MORE is final.
 * HTTP_GARBAGE comes as soon as the bytes cannot be an HTTP/1.x status line any more.
 */
enum http_progress http_feed(
    struct http_parser *parser, const void *bytes, size_t length, size_t *used);

/* Append the request that opens an SSTP tunnel (MS-SSTP 3.2.4.1): SSTP_DUPLEX_POST with a
 * Content-Length of 2^64-1 and CORRELATION, "{GUID}", as SSTPCORRELATIONID. */
void http_add_duplex_request(
    struct text *text, const char *uri, const char *host, const char *correlation);

/* Append a request head without a body: METHOD URI HTTP/1.1, Host (left out when NULL or ""),
 * User-Agent and "Connection: close". */
void http_add_request(struct text *text, const char *method, const char *uri, const char *host);

/* The same as a POST of LENGTH BYTES of the media type TYPE. */
void http_add_post(struct text *text, const char *uri, const char *host, const char *type,
    const void *bytes, size_t length);

#endif

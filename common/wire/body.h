/*
 * body - the body of an HTTP/1.1 response, whole (RFC 9112 6.3 and 7.1).
 *
 * For what is fetched: a CRL, an OCSP response. Its end is told by Content-Length, by the last
 * chunk, or by the end of the connection. Nothing beyond a cap is kept: a body that is announced
 * longer ends at once, one that turns out longer as soon as it does.
 */
#ifndef WIRE_BODY_H
#define WIRE_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "wire/http.h"

#define BODY_CHUNK_LINE_MAX 1024 /* bytes in the line before a chunk, extensions included */
#define BODY_TRAILER_MAX    8192 /* bytes in all the lines behind the last chunk */

enum body_progress {
	BODY_MORE,     /* not complete yet */
	BODY_COMPLETE, /* all of it is in */
	BODY_CUT,      /* the connection ended before the body did */
	BODY_GARBAGE,  /* no chunk where one should be, or a coding nobody asked for */
	BODY_TOO_LONG, /* longer than the cap, or a chunk line or trailer without end */
	BODY_NO_MEMORY,
};

/* How the end is told. */
enum body_end {
	BODY_BY_LENGTH,
	BODY_BY_CHUNKS,
	BODY_BY_CLOSE,
};

/* Where in a chunked body. */
enum body_part {
	BODY_SIZE,      /* the digits of a chunk's size */
	BODY_EXTENSION, /* the rest of that line */
	BODY_DATA,
	BODY_DATA_END, /* the line end behind the data */
	BODY_TRAILER,
};

struct body {
	struct text bytes; /* what is in so far; owned */
	enum body_end end;
	enum body_part part;
	size_t max;
	uint64_t left;      /* of the body or chunk */
	size_t digits;      /* of the chunk's size */
	size_t line_length; /* of the line at hand, its end left out */
	size_t trailer;     /* bytes behind the last chunk */
	enum body_progress progress;
};

/* Begin to read what follows HEAD, a final head that is not the answer to a HEAD, keeping at most
 * MAX bytes. The progress that is returned may be final already. body_free() is due. */
enum body_progress body_begin(struct body *body, const struct http_head *head, size_t max);

/* Feed LENGTH bytes. Anything but BODY_MORE is final; bytes behind the end are ignored. */
enum body_progress body_feed(struct body *body, const void *bytes, size_t length);

/* The connection has ended. */
enum body_progress body_close(struct body *body);

void body_free(struct body *body);

#endif

/*
 * http - the one HTTP exchange that SSTP begins with, as HTTP.sys and SstpSvc hold it.
 *
 * SSTP lives at one URI. A server whose SSTP listener is registered refuses anything but the verb
 * SSTP_DUPLEX_POST there with 401: that is the sign of life that load balancers look for. Any other
 * path belongs to nobody, and HTTP.sys itself says 404. That verb opens the tunnel: a request and
 * an answer whose bodies are as long as can be said, and which are SSTP.
 */
#ifndef RRAS_HTTP_H
#define RRAS_HTTP_H

#include <stdbool.h>

#include "base/text.h"
#include "line.h"
#include "member.h"

#define HTTP_SSTP_URI      "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/"
#define HTTP_DUPLEX_LENGTH "18446744073709551615" /* 2^64 - 1 */

/* A request without its body. What cannot be read as HTTP/1.x is malformed, the rest then empty. */
struct http_request {
	char method[32];
	char target[1024];
	int version_minor;    /* of HTTP/1.x */
	char host[256];       /* "" when absent, as the next two */
	char length[32];      /* Content-Length */
	char correlation[64]; /* SSTPCORRELATIONID */
	bool malformed;
	bool wants_close; /* Connection: close, or HTTP/1.0 */
};

struct http_answer {
	struct text head;
	struct text body;
	bool closes; /* the connection ends with it */
	bool tunnel; /* SSTP begins after it */
};

/* Whether it asks for the tunnel, at the right place and in the right form. */
bool http_is_duplex(const struct http_request *request);

/* Read a request up to its blank line and not a byte more. */
bool http_read(struct line *line, struct http_request *request);

/* How MEMBER answers. The caller frees head and body. */
struct http_answer http_answer(const struct member *member, const struct http_request *request);

/* HTTP.sys's answer to bytes that are no HTTP, a ClientHello for instance. */
struct http_answer http_answer_malformed(const struct member *member);

void http_answer_free(struct http_answer *answer);

#endif

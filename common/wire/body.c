#include "wire/body.h"

#include <string.h>

#include "base/hex.h"

static bool
is_bodiless(int status)
{
	return status < 200 || status == 204 || status == 304;
}

enum body_progress
body_begin(struct body *body, const struct http_head *head, size_t max)
{
	memset(body, 0, sizeof *body);
	body->max = max;
	body->end = BODY_BY_CLOSE;
	if (head->chunked)
		body->end = BODY_BY_CHUNKS;
	else if (head->has_content_length)
		body->end = BODY_BY_LENGTH;
	if (body->end == BODY_BY_LENGTH)
		body->left = head->content_length;
	if (is_bodiless(head->status))
		body->progress = BODY_COMPLETE;
	else if (head->coded)
		body->progress = BODY_GARBAGE;
	else if (body->left > max)
		body->progress = BODY_TOO_LONG;
	else if (body->end == BODY_BY_LENGTH && body->left == 0)
		body->progress = BODY_COMPLETE;
	return body->progress;
}

/* Keep bytes, as long as they fit. */
static void
keep(struct body *body, const char *bytes, size_t length)
{
	if (length > body->max - body->bytes.length) {
		body->progress = BODY_TOO_LONG;
		return;
	}
	text_add_bytes(&body->bytes, bytes, length);
	if (text_failed(&body->bytes))
		body->progress = BODY_NO_MEMORY;
}

/* Bytes of a body or chunk whose size is known. */
static size_t
take_counted(struct body *body, const char *bytes, size_t length)
{
	if (length > body->left)
		length = (size_t)body->left;
	body->left -= length;
	keep(body, bytes, length);
	return length;
}

static void
begin_chunk(struct body *body)
{
	body->part = BODY_SIZE;
	body->left = 0;
	body->digits = 0;
	body->line_length = 0;
}

/* The line before a chunk has ended. */
static void
end_size(struct body *body)
{
	body->line_length = 0;
	body->part = body->left == 0 ? BODY_TRAILER : BODY_DATA;
	/* Announced too long is too long, whatever comes of it. */
	if (body->left > body->max - body->bytes.length)
		body->progress = BODY_TOO_LONG;
}

static void
take_size(struct body *body, char c)
{
	int digit = hex_digit(c);

	if (digit >= 0 && body->left <= UINT64_MAX >> 4) {
		body->left = body->left << 4 | (uint64_t)digit;
		body->digits++;
	} else if (digit >= 0) {
		body->progress = BODY_TOO_LONG;
	} else if (body->digits == 0) {
		body->progress = BODY_GARBAGE;
	} else if (c == '\n') {
		end_size(body);
	} else if (c == '\r' || c == ';' || c == ' ' || c == '\t') {
		body->part = BODY_EXTENSION;
	} else {
		body->progress = BODY_GARBAGE;
	}
}

static void
take_extension(struct body *body, char c)
{
	if (c == '\n')
		end_size(body);
}

static void
take_data_end(struct body *body, char c)
{
	if (c == '\n')
		begin_chunk(body);
	else if (c != '\r' || body->line_length > 1)
		body->progress = BODY_GARBAGE;
}

/* An empty line ends the trailer. Its fields mean nothing to us. */
static void
take_trailer(struct body *body, char c)
{
	if (++body->trailer > BODY_TRAILER_MAX)
		body->progress = BODY_TOO_LONG;
	else if (c == '\r')
		body->line_length--;
	else if (c == '\n' && body->line_length == 1)
		body->progress = BODY_COMPLETE;
	else if (c == '\n')
		body->line_length = 0;
}

/* A byte that is no data. */
static void
take_framing(struct body *body, char c)
{
	if (++body->line_length > BODY_CHUNK_LINE_MAX && body->part != BODY_TRAILER) {
		body->progress = BODY_TOO_LONG;
		return;
	}
	switch (body->part) {
	case BODY_SIZE:
		take_size(body, c);
		break;
	case BODY_EXTENSION:
		take_extension(body, c);
		break;
	case BODY_DATA_END:
		take_data_end(body, c);
		break;
	case BODY_TRAILER:
		take_trailer(body, c);
		break;
	case BODY_DATA:
		break;
	}
}

/* Take some of the bytes; returns how many. */
static size_t
take(struct body *body, const char *bytes, size_t length)
{
	size_t taken;

	if (body->end == BODY_BY_CLOSE) {
		keep(body, bytes, length);
		return length;
	}
	if (body->end == BODY_BY_CHUNKS && body->part != BODY_DATA) {
		take_framing(body, *bytes);
		return 1;
	}
	taken = take_counted(body, bytes, length);
	if (body->left > 0 || body->progress != BODY_MORE)
		return taken;
	if (body->end == BODY_BY_LENGTH)
		body->progress = BODY_COMPLETE;
	else
		body->part = BODY_DATA_END;
	return taken;
}

enum body_progress
body_feed(struct body *body, const void *bytes, size_t length)
{
	size_t taken = 0;

	while (body->progress == BODY_MORE && taken < length)
		taken += take(body, (const char *)bytes + taken, length - taken);
	return body->progress;
}

enum body_progress
body_close(struct body *body)
{
	if (body->progress == BODY_MORE)
		body->progress = body->end == BODY_BY_CLOSE ? BODY_COMPLETE : BODY_CUT;
	return body->progress;
}

void
body_free(struct body *body)
{
	text_free(&body->bytes);
}

/* A head reads the same in one piece and in pieces, and nothing raw of it is kept. */
#include "wire/http.h"
#include "facts/trace.h"
#include "fuzz/fuzz.h"
#include "probe/tracing.h"

/* The parser on exactly these bytes, so that a read behind them is seen. */
static enum http_progress
feed_copy(struct http_parser *parser, const uint8_t *bytes, size_t length, size_t *used)
{
	uint8_t *exact = fuzz_copy(bytes, length);
	enum http_progress progress = http_feed(parser, exact, length, used);
	FUZZ_CLAIM(*used <= length);
	FUZZ_CLAIM(progress == HTTP_COMPLETE || *used == length);
	free(exact);
	return progress;
}

static void
claim_clean(const char *chars)
{
	for (; *chars != '\0'; chars++)
		FUZZ_CLAIM((unsigned char)*chars >= ' ' && strchr("|<>\x7F", *chars) == NULL);
}

static void
claim_safe(const char kept[HTTP_VALUE_MAX + 1])
{
	FUZZ_CLAIM(memchr(kept, '\0', HTTP_VALUE_MAX + 1) != NULL);
	claim_clean(kept);
}

static void
claim_same(const struct http_head *a, const struct http_head *b)
{
	FUZZ_CLAIM(a->version_minor == b->version_minor && a->status == b->status);
	FUZZ_CLAIM(strcmp(a->reason, b->reason) == 0);
	FUZZ_CLAIM(strcmp(a->server, b->server) == 0);
	FUZZ_CLAIM(strcmp(a->via, b->via) == 0);
	FUZZ_CLAIM(strcmp(a->location, b->location) == 0);
	FUZZ_CLAIM(strcmp(a->www_authenticate, b->www_authenticate) == 0);
	FUZZ_CLAIM(a->has_content_length == b->has_content_length);
	FUZZ_CLAIM(a->content_length == b->content_length);
}

/* -vvv tells a head line by line. */
static void
claim_told(const uint8_t *bytes, size_t length)
{
	struct trace *trace = trace_create(0);
	uint8_t *exact = fuzz_copy(bytes, length);

	FUZZ_CLAIM(trace != NULL);
	tracing_head(trace, TRACE_RECEIVED, exact, length);
	for (size_t i = 0; i < trace->count; i++)
		claim_clean(trace->lines[i].words);
	free(exact);
	trace_free(trace);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct http_parser whole, parts;
	size_t used, at = 0, one;
	uint32_t state = (uint32_t)length;
	http_begin(&whole);
	enum http_progress expected = feed_copy(&whole, bytes, length, &used);

	http_begin(&parts);
	enum http_progress progress = HTTP_MORE;
	while (progress == HTTP_MORE && at < length) {
		progress = feed_copy(&parts, bytes + at, fuzz_piece(&state, length - at), &one);
		at += one;
	}
	FUZZ_CLAIM(progress == expected);
	FUZZ_CLAIM(progress != HTTP_COMPLETE || at == used);
	claim_same(&whole.head, &parts.head);
	claim_safe(whole.head.reason);
	claim_safe(whole.head.server);
	claim_safe(whole.head.via);
	claim_safe(whole.head.location);
	claim_safe(whole.head.www_authenticate);
	claim_told(bytes, length);
	if (progress == HTTP_COMPLETE)
		FUZZ_CLAIM(whole.head.status >= 101 && whole.head.status <= 999);
	return 0;
}

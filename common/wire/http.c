#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/sanitize.h"
#include "wire/http.h"

void
http_begin(struct http_parser *parser)
{
	/* Not the line: its bytes mean nothing beyond LINE_LENGTH. */
	parser->head = (struct http_head){0};
	parser->head_bytes = 0;
	parser->fields = 0;
	parser->line_length = 0;
	parser->at_status_line = true;
	parser->line_ended = false;
	parser->progress = HTTP_MORE;
}

/* Whether the bytes can be, or begin, a status line: "HTTP/1." digit SP status, then a blank or the
 * end. */
static bool
may_be_status_line(const char *line, size_t length)
{
	static const char shape[] = "HTTP/1.# *## ";
	const size_t behind_status = 12;
	for (size_t i = 0; i < length && i < sizeof shape - 1; i++) {
		bool digit = line[i] >= '0' && line[i] <= '9';
		bool good = line[i] == shape[i];
		if (shape[i] == '#')
			good = digit;
		else if (shape[i] == '*')
			good = digit && line[i] != '0';
		else if (i == behind_status && line[i] == '\r')
			good = length == i + 1;
		if (!good)
			return false;
	}
	return true;
}

/* Sanitise a value into KEPT. False when memory ran out: it must not look as if the server had not
 * sent it. */
static bool
keep(char kept[HTTP_VALUE_MAX + 1], const char *value, size_t length)
{
	bool whole;

	struct text text = TEXT_EMPTY;
	sanitize_add(&text, value, length, HTTP_VALUE_MAX);
	whole = !text_failed(&text);
	if (whole)
		memcpy(kept, text_chars(&text), text.length + 1);
	text_free(&text);
	return whole;
}

static void
keep_content_length(struct http_head *head, const char *value, size_t length)
{
	uint64_t number = 0;
	for (size_t i = 0; i < length; i++) {
		if (value[i] < '0' || value[i] > '9')
			return;
		uint64_t digit = (uint64_t)(value[i] - '0');
		number = number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : number * 10 + digit;
	}
	if (length == 0)
		return;
	head->has_content_length = true;
	head->content_length = number;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
trim(const char **chars, size_t *length)
{
	while (*length > 0 && is_blank((*chars)[*length - 1]))
		--*length;
	while (*length > 0 && is_blank(**chars)) {
		++*chars;
		--*length;
	}
}

static bool
is_named(const char *name, size_t length, const char *wanted)
{
	return strlen(wanted) == length && strncasecmp(name, wanted, length) == 0;
}

static void
keep_coding(struct http_head *head, const char *value, size_t length)
{
	bool chunked = is_named(value, length, "chunked");

	head->coded |= !chunked || head->chunked;
	head->chunked = chunked;
}

/* The line is a status line: may_be_status_line() has seen to it, but for its being whole. */
static void
take_status_line(struct http_parser *parser)
{
	const char *line = parser->line;
	const size_t shortest = strlen("HTTP/1.1 200");
	if (parser->line_length < shortest) {
		parser->progress = HTTP_GARBAGE;
		return;
	}
	struct http_head *head = &parser->head;
	head->version_minor = line[7] - '0';
	head->status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
	const char *reason = line + shortest;
	size_t length = parser->line_length - shortest;
	trim(&reason, &length);
	head->no_memory |= !keep(head->reason, reason, length);
	parser->at_status_line = false;
}

/* A tab is a legal blank in a header line, but sanitising would take it for a control character. */
static void
blank_tabs(char *line, size_t length)
{
	char *tab = line;
	while ((tab = memchr(tab, '\t', (size_t)(line + length - tab))) != NULL)
		*tab++ = ' ';
}

/* A header line, unfolded. Lines that make no sense are passed over: proxies do the same. */
static void
take_field(struct http_parser *parser)
{
	blank_tabs(parser->line, parser->line_length);
	const char *name = parser->line;
	const char *colon = memchr(name, ':', parser->line_length);
	if (colon == NULL)
		return;
	size_t name_length = (size_t)(colon - name);
	const char *value = colon + 1;
	size_t length = parser->line_length - name_length - 1;
	trim(&name, &name_length);
	trim(&value, &length);

	struct http_head *head = &parser->head;
	const struct {
		const char *name;
		char *kept;
	} kept[] = {
	    {"Server", head->server},
	    {"Via", head->via},
	    {"Location", head->location},
	    {"WWW-Authenticate", head->www_authenticate},
	};
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (*kept[i].kept == '\0' && is_named(name, name_length, kept[i].name))
			head->no_memory |= !keep(kept[i].kept, value, length);
	if (!head->has_content_length && is_named(name, name_length, "Content-Length"))
		keep_content_length(head, value, length);
	if (is_named(name, name_length, "Transfer-Encoding"))
		keep_coding(head, value, length);
}

/* The blank line: the end, unless the head was an interim one. A 101 is final, for what follows it
 * is no longer HTTP. */
static void
end_head(struct http_parser *parser)
{
	const int status = parser->head.status;
	if (status >= 200 || status == 101) {
		parser->progress = HTTP_COMPLETE;
		return;
	}
	parser->head = (struct http_head){0};
	parser->fields = 0;
	parser->at_status_line = true;
}

static void
end_line(struct http_parser *parser)
{
	if (parser->line_length > 0 && parser->line[parser->line_length - 1] == '\r')
		parser->line_length--;
	if (parser->at_status_line) {
		take_status_line(parser);
		parser->line_length = 0;
	} else if (parser->line_length == 0) {
		end_head(parser);
	} else if (++parser->fields > HTTP_FIELDS_MAX) {
		parser->progress = HTTP_TOO_LONG;
	} else {
		parser->line_ended = true;
	}
}

/* Only the first byte of the next line tells whether the one in hand is done or folded. */
static void
begin_line(struct http_parser *parser, char first)
{
	parser->line_ended = false;
	if (is_blank(first))
		return;
	take_field(parser);
	parser->line_length = 0;
}

static size_t
smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Take bytes up to the end of a line, and that. Returns how many. The caps are looked at last, so
 * that the same bytes end the same way wherever they were split. */
static size_t
take(struct http_parser *parser, const char *bytes, size_t length)
{
	if (parser->line_ended)
		begin_line(parser, *bytes);
	const char *lf = memchr(bytes, '\n', length);
	size_t count = lf != NULL ? (size_t)(lf - bytes) : length;
	size_t fits = smallest(
	    count, HTTP_LINE_MAX - parser->line_length, HTTP_HEAD_MAX - parser->head_bytes);
	memcpy(parser->line + parser->line_length, bytes, fits);
	parser->line_length += fits;
	parser->head_bytes += fits;
	if (parser->at_status_line && !may_be_status_line(parser->line, parser->line_length)) {
		parser->progress = HTTP_GARBAGE;
	} else if (fits < count || (lf != NULL && parser->head_bytes == HTTP_HEAD_MAX)) {
		parser->progress = HTTP_TOO_LONG;
	} else if (lf != NULL) {
		count++;
		parser->head_bytes++;
		end_line(parser);
	}
	return count;
}

enum http_progress
http_feed(struct http_parser *parser, const void *bytes, size_t length, size_t *used)
{
	size_t taken = 0;
	while (parser->progress == HTTP_MORE && taken < length)
		taken += take(parser, (const char *)bytes + taken, length - taken);
	*used = parser->progress == HTTP_COMPLETE ? taken : length;
	return parser->progress;
}

static void
add_start(struct text *text, const char *method, const char *uri, const char *host)
{
	text_format(text, "%s %s HTTP/1.1\r\n", method, uri);
	if (host != NULL && *host != '\0')
		text_format(text, "Host: %s\r\n", host);
	text_add(text, "User-Agent: " PACKAGE_NAME "/" PACKAGE_VERSION "\r\n");
}

void
http_add_request(struct text *text, const char *method, const char *uri, const char *host)
{
	add_start(text, method, uri, host);
	text_add(text, "Connection: close\r\n\r\n");
}

void
http_add_post(struct text *text, const char *uri, const char *host, const char *type,
    const void *bytes, size_t length)
{
	add_start(text, "POST", uri, host);
	text_format(text, "Content-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
	    type, length);
	text_add_bytes(text, bytes, length);
}

void
http_add_duplex_request(
    struct text *text, const char *uri, const char *host, const char *correlation)
{
	add_start(text, "SSTP_DUPLEX_POST", uri, host);
	text_format(text, "SSTPCORRELATIONID: %s\r\n", correlation);
	text_add(text, "Content-Length: 18446744073709551615\r\n\r\n");
}

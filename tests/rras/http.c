#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "http.h"
#include "journal.h"

#define HEAD_MAX    8192
#define DUPLEX_POST "SSTP_DUPLEX_POST"

/* The errors that HTTP.sys answers on its own, before any service hears of the request. */
struct page {
	int status;
	const char *heading;
	const char *message;
	bool closes;
};

static const struct page invalid_verb = {
    400, "Bad Request - Invalid Verb", "The request verb is invalid.", true};
static const struct page invalid_hostname = {
    400, "Bad Request - Invalid Hostname", "The request hostname is invalid.", true};
static const struct page invalid_length = {400, "Bad Request - Invalid Content Length",
    "There is an invalid content length or chunk length in the request.", true};
static const struct page not_found = {
    404, "Not Found", "The requested resource is not found.", false};
static const struct page unavailable = {
    503, "Service Unavailable", "The service is unavailable.", true};

static const char *
usual_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
	    {200, "OK"},
	    {301, "Moved Permanently"},
	    {302, "Found"},
	    {400, "Bad Request"},
	    {401, "Unauthorized"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {407, "Proxy Authentication Required"},
	    {500, "Internal Server Error"},
	    {501, "Not Implemented"},
	    {502, "Bad Gateway"},
	    {503, "Service Unavailable"},
	    {504, "Gateway Timeout"},
	};
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "";
}

/* The value of a header, up to SIZE - 1 bytes; "" when it is absent. HEAD ends with a NUL. */
static void
find_header(const char *head, const char *name, char *value, size_t size)
{
	size_t length = strlen(name);
	*value = '\0';
	for (const char *at = strchr(head, '\n'); at != NULL; at = strchr(at, '\n')) {
		at++;
		if (strncasecmp(at, name, length) != 0 || at[length] != ':')
			continue;
		at += length + 1;
		at += strspn(at, " \t");
		snprintf(value, size, "%.*s", (int)strcspn(at, "\r\n"), at);
		return;
	}
}

static bool
ends_head(const char *head, size_t length)
{
	return (length >= 2 && memcmp(head + length - 2, "\n\n", 2) == 0) ||
	       (length >= 3 && memcmp(head + length - 3, "\n\r\n", 3) == 0);
}

/* Byte by byte, for what follows the head is not HTTP any more once a tunnel begins. */
bool
http_read(struct line *line, struct http_request *request)
{
	char head[HEAD_MAX];
	char connection[32];
	size_t length = 0;
	while (!ends_head(head, length) && length < sizeof head - 1) {
		if (!line_read(line, &head[length])) {
			if (length > 0)
				journal_add(line, "http incomplete after %zu bytes", length);
			return false;
		}
		length++;
		if (!isalpha((unsigned char)head[0]))
			break; /* HTTP.sys refuses such a verb without waiting for more */
	}
	head[length] = '\0';
	*request = (struct http_request){.malformed = true};
	if (sscanf(head, "%31[^ \r\n] %1023[^ \r\n] HTTP/1.%1d", request->method, request->target,
	        &request->version_minor) == 3)
		request->malformed = false;
	find_header(head, "Host", request->host, sizeof request->host);
	find_header(head, "Content-Length", request->length, sizeof request->length);
	find_header(head, "SSTPCORRELATIONID", request->correlation, sizeof request->correlation);
	find_header(head, "Connection", connection, sizeof connection);
	request->wants_close = request->version_minor == 0 || strcasecmp(connection, "close") == 0;
	journal_add(line, "http %.*s host=%s", (int)strcspn(head, "\r\n"), head, request->host);
	return true;
}

static void
add_line(struct text *head, const struct member *member, const char *name, const char *value)
{
	text_format(head, "%s: ", name);
	member_decode(value, head);
	text_add(head, member->lf ? "\n" : "\r\n");
}

static void
add_first_line(struct text *head, const struct member *member, int status, const char *reason)
{
	const char *version = member->http_1_0 ? "1.0" : "1.1";
	for (long i = 0; i < member->interim; i++)
		text_format(
		    head, "HTTP/%s 100 Continue%s", version, member->lf ? "\n\n" : "\r\n\r\n");
	if (member->http_line != NULL)
		member_decode(member->http_line, head);
	else {
		text_format(head, "HTTP/%s %d ", version, status);
		member_decode(reason, head);
	}
	text_add(head, member->lf ? "\n" : "\r\n");
}

static void
add_server(struct text *head, const struct member *member)
{
	if (strcmp(member->server, "httpapi") == 0)
		add_line(head, member, "Server", "Microsoft-HTTPAPI/2.0");
	else if (strcmp(member->server, "iis") == 0)
		add_line(head, member, "Server", "Microsoft-IIS/10.0");
	else if (strcmp(member->server, "none") != 0)
		add_line(head, member, "Server", member->server);
}

static void
add_date(struct text *head, const struct member *member)
{
	char date[64];
	time_t now = time(NULL);
	struct tm parts;
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
	add_line(head, member, "Date", date);
}

static void
add_headers(struct text *head, const struct member *member)
{
	for (size_t i = 0; member->headers[i] != NULL; i++) {
		member_decode(member->headers[i], head);
		text_add(head, member->lf ? "\n" : "\r\n");
	}
}

/* HTTP.sys's order: its own pages have the length last. */
static struct http_answer
answer_page(const struct member *member, const struct page *page, bool close, bool with_body)
{
	struct http_answer answer = {.closes = (page->closes || close) && !member->keep_open};
	char length[24];
	text_format(&answer.body,
	    "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\""
	    "\"http://www.w3.org/TR/html4/strict.dtd\">\r\n"
	    "<HTML><HEAD><TITLE>%s</TITLE>\r\n"
	    "<META HTTP-EQUIV=\"Content-Type\" Content=\"text/html; charset=us-ascii\"></HEAD>\r\n"
	    "<BODY><h2>%s</h2>\r\n"
	    "<hr><p>HTTP Error %d. %s</p>\r\n"
	    "</BODY></HTML>\r\n",
	    usual_reason(page->status), page->heading, page->status, page->message);
	snprintf(length, sizeof length, "%zu", answer.body.length);
	add_first_line(&answer.head, member, page->status, usual_reason(page->status));
	add_line(&answer.head, member, "Content-Type", "text/html; charset=us-ascii");
	add_server(&answer.head, member);
	add_date(&answer.head, member);
	add_headers(&answer.head, member);
	if (answer.closes)
		add_line(&answer.head, member, "Connection", "close");
	add_line(&answer.head, member, "Content-Length", length);
	text_add(&answer.head, member->lf ? "\n" : "\r\n");
	if (!with_body)
		text_cut(&answer.body, 0);
	return answer;
}

/* SstpSvc's refusal, or what the knobs make of it. */
static struct http_answer
answer_sstp(const struct member *member, bool close)
{
	struct http_answer answer = {.closes = close && !member->keep_open};
	char length[24];
	const char *reason = member->reason;
	if (reason == NULL)
		reason = usual_reason((int)member->status);
	else if (strcmp(reason, "empty") == 0)
		reason = "";
	for (long i = 0; i < member->body; i++)
		text_add_char(&answer.body, 'x');
	snprintf(length, sizeof length, "%zu", answer.body.length);
	add_first_line(&answer.head, member, (int)member->status, reason);
	add_line(&answer.head, member, "Content-Length", length);
	add_server(&answer.head, member);
	add_date(&answer.head, member);
	add_headers(&answer.head, member);
	if (answer.closes)
		add_line(&answer.head, member, "Connection", "close");
	text_add(&answer.head, member->lf ? "\n" : "\r\n");
	return answer;
}

/* The page HTTP.sys has for the status that a knob asks for: SstpSvc never sends such a one. */
static const struct page *
page_for(const struct member *member)
{
	if (strcmp(member->server, "httpapi") != 0 || member->body != MEMBER_NOT_GIVEN ||
	    member->reason != NULL)
		return NULL;
	switch (member->status) {
	case 404:
		return &not_found;
	case 503:
		return &unavailable;
	}
	return NULL;
}

static struct http_answer
refuse_duplex(const struct member *member)
{
	struct member proxy = *member;
	proxy.status = member->duplex_status;
	proxy.reason = NULL;
	if (member->duplex_server != NULL)
		proxy.server = member->duplex_server;
	const struct page *page = page_for(&proxy);
	return page != NULL ? answer_page(&proxy, page, true, true) : answer_sstp(&proxy, true);
}

/* SstpSvc leaves the reason phrase empty. */
static struct http_answer
open_tunnel(const struct member *member)
{
	struct http_answer answer = {.tunnel = true};
	add_first_line(&answer.head, member, 200, "");
	if (strcmp(member->duplex_length, "none") != 0)
		add_line(&answer.head, member, "Content-Length", member->duplex_length);
	add_server(&answer.head, member);
	add_date(&answer.head, member);
	add_headers(&answer.head, member);
	text_add(&answer.head, member->lf ? "\n" : "\r\n");
	return answer;
}

static struct http_answer
answer_duplex(const struct member *member, const struct http_request *request)
{
	if (strcmp(request->length, HTTP_DUPLEX_LENGTH) != 0)
		return answer_page(member, &invalid_length, true, true);
	return member->duplex == DUPLEX_REFUSED ? refuse_duplex(member) : open_tunnel(member);
}

/* A server that does not say 401 has no SSTP either, unless a knob says otherwise. */
static bool
knows_duplex(const struct member *member, const struct http_request *request)
{
	return strcmp(request->method, DUPLEX_POST) == 0 &&
	       (member->duplex != DUPLEX_AS_STATUS || member->status == 401);
}

/* The next character of a path, however it is written. */
static int
next_of_path(const char **path)
{
	char digits[3] = {0};
	if ((*path)[0] == '%' && isxdigit((unsigned char)(*path)[1]) &&
	    isxdigit((unsigned char)(*path)[2])) {
		memcpy(digits, *path + 1, 2);
		*path += 3;
		return (int)strtol(digits, NULL, 16);
	}
	return (unsigned char)*(*path)++;
}

/* To HTTP.sys a path is the same in other letters, and SSTP passes over a query that it does not
 * know, such as a tenantid (MS-SSTP 3.2.4.1). */
static bool
is_for_sstp(const char *target)
{
	for (const char *uri = HTTP_SSTP_URI; *uri != '\0'; uri++)
		if (*target == '\0' ||
		    tolower(next_of_path(&target)) != tolower((unsigned char)*uri))
			return false;
	return *target == '\0' || *target == '?';
}

bool
http_is_duplex(const struct http_request *request)
{
	return !request->malformed && strcmp(request->method, DUPLEX_POST) == 0 &&
	       is_for_sstp(request->target) && request->host[0] != '\0' &&
	       strcmp(request->length, HTTP_DUPLEX_LENGTH) == 0;
}

struct http_answer
http_answer(const struct member *member, const struct http_request *request)
{
	bool with_body = strcmp(request->method, "HEAD") != 0;
	/* Nobody can skip the body of a duplex POST. */
	bool close = request->wants_close || strcmp(request->method, DUPLEX_POST) == 0;
	bool duplex = knows_duplex(member, request);
	const struct page *page = duplex ? NULL : page_for(member);
	if (request->malformed)
		page = &invalid_verb;
	else if (request->version_minor > 0 && request->host[0] == '\0')
		page = &invalid_hostname;
	else if (!is_for_sstp(request->target))
		page = &not_found;
	if (page != NULL)
		return answer_page(member, page, close, with_body);
	if (duplex)
		return answer_duplex(member, request);
	return answer_sstp(member, close);
}

struct http_answer
http_answer_malformed(const struct member *member)
{
	return answer_page(member, &invalid_verb, true, true);
}

void
http_answer_free(struct http_answer *answer)
{
	text_free(&answer->head);
	text_free(&answer->body);
}

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "wire/http.h"

/* What RRAS answers to the duplex POST, and the first bytes of the stream behind it. */
static const char rras[] = "HTTP/1.1 200 \r\n"
                           "Content-Length: 18446744073709551615\r\n"
                           "Server: Microsoft-HTTPAPI/2.0\r\n"
                           "Date: Thu, 09 Nov 2006 00:51:09 GMT\r\n"
                           "\r\n";
static const char stream[] = "\x10\x01\x00\x0E\r\n\r\nHTTP/1.1 500 ";

/* Everything at once: interim head, LF alone, lower case, folds, repeats, headers cut by bytes that
 * do not belong. */
static const char busy[] = "HTTP/1.1 100 Continue\r\nServer: interim\r\n\r\n"
                           "HTTP/1.0 401 Un\377authorized \n"
                           "server:Microsoft-HTTPAPI/2.0\n"
                           "VIA:\t1.1 one,\r\n\t 1.1 two\r\n"
                           "Server: second\r\n"
                           "no colon here\r\n"
                           ": no name\r\n"
                           "WWW-Authenticate :  Basic realm=\"a|b\0c\"  \r\n"
                           "content-length: 12\r\n"
                           "Location: https://vpn.example.com/\r\n \r\n"
                           "\n";

static enum http_progress
feed(struct http_parser *parser, const void *bytes, size_t length, size_t *used)
{
	http_begin(parser);
	return http_feed(parser, bytes, length, used);
}

/* Read CHARS in one piece; it must end as EXPECTED. */
static struct http_head
read_head(const char *chars, enum http_progress expected)
{
	struct http_parser parser;
	size_t used;
	enum http_progress progress = feed(&parser, chars, strlen(chars), &used);
	ck_assert_msg(progress == expected, "%s ended as %d", chars, (int)progress);
	ck_assert_uint_eq(used, strlen(chars));
	return parser.head;
}

static void
expect_same_head(const struct http_head *a, const struct http_head *b)
{
	ck_assert_int_eq(a->version_minor, b->version_minor);
	ck_assert_int_eq(a->status, b->status);
	ck_assert_str_eq(a->reason, b->reason);
	ck_assert_str_eq(a->server, b->server);
	ck_assert_str_eq(a->via, b->via);
	ck_assert_str_eq(a->location, b->location);
	ck_assert_str_eq(a->www_authenticate, b->www_authenticate);
	ck_assert_int_eq(a->has_content_length, b->has_content_length);
	ck_assert_uint_eq(a->content_length, b->content_length);
}

START_TEST(reads_rras)
{
	char bytes[sizeof rras + sizeof stream];
	size_t used;
	struct http_parser parser;
	memcpy(bytes, rras, sizeof rras - 1);
	memcpy(bytes + sizeof rras - 1, stream, sizeof stream);
	ck_assert_int_eq(feed(&parser, bytes, sizeof bytes - 1, &used), HTTP_COMPLETE);
	ck_assert_uint_eq(used, sizeof rras - 1);
	ck_assert_int_eq(parser.head.status, 200);
	ck_assert_int_eq(parser.head.version_minor, 1);
	ck_assert_str_eq(parser.head.reason, "");
	ck_assert_str_eq(parser.head.server, "Microsoft-HTTPAPI/2.0");
	ck_assert_str_eq(parser.head.via, "");
	ck_assert_str_eq(parser.head.location, "");
	ck_assert_str_eq(parser.head.www_authenticate, "");
	ck_assert(parser.head.has_content_length);
	ck_assert(parser.head.content_length == UINT64_MAX);

	/* The end is the end. */
	ck_assert_int_eq(http_feed(&parser, stream, sizeof stream, &used), HTTP_COMPLETE);
	ck_assert_uint_eq(used, 0);
	ck_assert_int_eq(parser.head.status, 200);
}
END_TEST

START_TEST(reads_busy)
{
	struct http_parser parser;
	size_t used;
	ck_assert_int_eq(feed(&parser, busy, sizeof busy - 1, &used), HTTP_COMPLETE);
	ck_assert_uint_eq(used, sizeof busy - 1);
	ck_assert_int_eq(parser.head.version_minor, 0);
	ck_assert_int_eq(parser.head.status, 401);
	ck_assert_str_eq(parser.head.reason, "Un?authorized");
	ck_assert_str_eq(parser.head.server, "Microsoft-HTTPAPI/2.0");
	ck_assert_str_eq(parser.head.via, "1.1 one,  1.1 two");
	ck_assert_str_eq(parser.head.www_authenticate, "Basic realm=\"a?b?c\"");
	ck_assert_str_eq(parser.head.location, "https://vpn.example.com/");
	ck_assert(parser.head.has_content_length);
	ck_assert_uint_eq(parser.head.content_length, 12);
}
END_TEST

static const struct {
	const char *bytes;
	size_t length;
} heads[] = {
    {rras, sizeof rras - 1},
    {busy, sizeof busy - 1},
};

START_TEST(byte_by_byte)
{
	struct http_parser whole, single;
	size_t used;
	feed(&whole, heads[_i].bytes, heads[_i].length, &used);
	http_begin(&single);
	for (size_t i = 0; i < heads[_i].length; i++) {
		enum http_progress progress = http_feed(&single, heads[_i].bytes + i, 1, &used);
		ck_assert_uint_eq(used, 1);
		bool last = i + 1 == heads[_i].length;
		ck_assert_int_eq(progress, last ? HTTP_COMPLETE : HTTP_MORE);
		ck_assert_int_eq(http_feed(&single, NULL, 0, &used), progress);
		ck_assert_uint_eq(used, 0);
	}
	expect_same_head(&single.head, &whole.head);
}
END_TEST

/* Each prefix, in a block of its own size so that a read behind it is seen, asks for more; with the
 * rest behind it, it gives the same head. */
START_TEST(split_anywhere)
{
	struct http_parser whole, halves;
	size_t used;
	feed(&whole, heads[_i].bytes, heads[_i].length, &used);
	for (size_t split = 0; split < heads[_i].length; split++) {
		char *prefix = malloc(split > 0 ? split : 1);
		memcpy(prefix, heads[_i].bytes, split);
		ck_assert_int_eq(feed(&halves, prefix, split, &used), HTTP_MORE);
		ck_assert_uint_eq(used, split);
		free(prefix);
		size_t rest = heads[_i].length - split;
		ck_assert_int_eq(
		    http_feed(&halves, heads[_i].bytes + split, rest, &used), HTTP_COMPLETE);
		ck_assert_uint_eq(used, rest);
		expect_same_head(&halves.head, &whole.head);
	}
}
END_TEST

static const struct {
	const char *chars;
	int minor, status;
	const char *reason;
} status_lines[] = {
    {"HTTP/1.1 200 OK\r\n\r\n", 1, 200, "OK"},
    {"HTTP/1.1 200 OK\n\n", 1, 200, "OK"},
    {"HTTP/1.1 200 OK\n\r\n", 1, 200, "OK"},
    {"HTTP/1.1 200 \r\n\r\n", 1, 200, ""},
    {"HTTP/1.1 200\r\n\r\n", 1, 200, ""},
    {"HTTP/1.1 200\n\n", 1, 200, ""},
    {"HTTP/1.1 200 \n\n", 1, 200, ""},
    {"HTTP/1.0 503 Service Unavailable\r\n\r\n", 0, 503, "Service Unavailable"},
    {"HTTP/1.9 404   Not  Found  \r\n\r\n", 9, 404, "Not  Found"},
    {"HTTP/1.1 101 Switching Protocols\r\n\r\n", 1, 101, "Switching Protocols"},
    {"HTTP/1.1 599 x\r\n\r\n", 1, 599, "x"},
    {"HTTP/1.1 999 Request denied\r\n\r\n", 1, 999, "Request denied"},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 \r\n\r\nHTTP/1.1 204 \r\n\r\n", 1, 204, ""},
    {"HTTP/1.1 400 a\rb\r\r\n\r\n", 1, 400, "a?b?"},
};

START_TEST(status_line)
{
	struct http_head head = read_head(status_lines[_i].chars, HTTP_COMPLETE);
	ck_assert_int_eq(head.version_minor, status_lines[_i].minor);
	ck_assert_int_eq(head.status, status_lines[_i].status);
	ck_assert_str_eq(head.reason, status_lines[_i].reason);
	ck_assert(!head.has_content_length);
}
END_TEST

/* The last byte of each is the one that cannot be. */
static const char *const garbage[] = {"\r", "\n", " ", "h", "I", "HTt", "HTTp", "HTTP ", "HTTP/2",
    "HTTP/0", "HTTP/1 ", "HTTP/1.x", "HTTP/1.10", "HTTP/1.1\t", "HTTP/1.1\r", "HTTP/1.1\n",
    "HTTP/1.1  ", "HTTP/1.1 x", "HTTP/1.1 0", "HTTP/1.1 2\r", "HTTP/1.1 2\n", "HTTP/1.1 20 ",
    "HTTP/1.1 20\n", "HTTP/1.1 20x", "HTTP/1.1 2000", "HTTP/1.1 200O", "HTTP/1.1 200\t",
    "HTTP/1.1 200\rO", "HTTP/1.1 200\r\r", "HTTP/1.1 100 \r\n\r\n\r", "HTTP/1.1 100 \r\n\r\nx",
    "HTTP/1.1 100\n\nHTTP/2", "\x15", "\x16"};

START_TEST(garbage_at_once)
{
	const char *chars = garbage[_i];
	size_t length = strlen(chars);
	struct http_parser parser;
	size_t used;
	if (length > 1)
		ck_assert_int_eq(feed(&parser, chars, length - 1, &used), HTTP_MORE);
	ck_assert_int_eq(feed(&parser, chars, length, &used), HTTP_GARBAGE);
	ck_assert_uint_eq(used, length);

	/* For good, whatever follows. */
	ck_assert_int_eq(http_feed(&parser, rras, sizeof rras - 1, &used), HTTP_GARBAGE);
	ck_assert_uint_eq(used, sizeof rras - 1);
}
END_TEST

static const struct {
	const char *value;
	bool has;
	uint64_t length;
} lengths[] = {
    {"0", true, 0},
    {"315", true, 315},
    {"007", true, 7},
    {" \t 315 \t", true, 315},
    {"9223372036854775808", true, UINT64_C(9223372036854775808)},
    {"18446744073709551614", true, UINT64_MAX - 1},
    {"18446744073709551615", true, UINT64_MAX},
    {"18446744073709551616", true, UINT64_MAX},
    {"99999999999999999999999999999999999999999999", true, UINT64_MAX},
    {"", false, 0},
    {" ", false, 0},
    {"-1", false, 0},
    {"+1", false, 0},
    {"12a", false, 0},
    {"0x10", false, 0},
    {"5, 5", false, 0},
    {"5 5", false, 0},
};

START_TEST(content_length)
{
	char chars[200] = "HTTP/1.1 200 OK\r\nContent-Length:";
	strcat(chars, lengths[_i].value);
	strcat(chars, "\r\n\r\n");
	struct http_head head = read_head(chars, HTTP_COMPLETE);
	ck_assert_int_eq(head.has_content_length, lengths[_i].has);
	ck_assert(head.content_length == lengths[_i].length);
}
END_TEST

START_TEST(interim_heads_leave_nothing)
{
	struct http_head head = read_head("HTTP/1.1 103 Early Hints\r\nVia: x\r\nLocation: y\r\n"
	                                  "Content-Length: 5\r\n\r\nHTTP/1.1 401\r\n\r\n",
	    HTTP_COMPLETE);
	ck_assert_int_eq(head.status, 401);
	ck_assert_str_eq(head.reason, "");
	ck_assert_str_eq(head.via, "");
	ck_assert_str_eq(head.location, "");
	ck_assert(!head.has_content_length);
}
END_TEST

START_TEST(values_are_cut_safely)
{
	char chars[2000] = "HTTP/1.1 401 ";
	for (int i = 0; i < 300; i++)
		strcat(chars, "ü");
	strcat(chars, "\r\nServer: \x1B[2J<b>x|y\r\nVia: ");
	char *via = chars + strlen(chars);
	memset(via, 'v', HTTP_VALUE_MAX);
	strcpy(via + HTTP_VALUE_MAX, "\r\n\r\n");
	struct http_head head = read_head(chars, HTTP_COMPLETE);
	ck_assert_uint_eq(strlen(head.reason), HTTP_VALUE_MAX);
	ck_assert_mem_eq(head.reason + HTTP_VALUE_MAX - 4, "ü..", 4);
	ck_assert_str_eq(head.server, "?[2J?b?x?y");
	ck_assert_uint_eq(strlen(head.via), HTTP_VALUE_MAX);
	ck_assert_uint_eq(strspn(head.via, "v"), HTTP_VALUE_MAX);
}
END_TEST

/* Names that only begin or end like ours are others. */
START_TEST(names_are_whole)
{
	struct http_head head =
	    read_head("HTTP/1.1 200 OK\r\nX-Server: a\r\nServers: b\r\nServ: c\r\n"
	              "Server\r\n: d\r\nserver: \r\nSERVER: e\r\n\r\n",
	        HTTP_COMPLETE);
	ck_assert_str_eq(head.server, "e");
}
END_TEST

/* A fold needs a header to belong to: behind the status line it is a header without a name. */
START_TEST(fold_behind_the_status_line)
{
	struct http_head head =
	    read_head("HTTP/1.1 200 OK\r\n more\r\nServer: a\r\n\r\n", HTTP_COMPLETE);
	ck_assert_str_eq(head.reason, "OK");
	ck_assert_str_eq(head.server, "a");
}
END_TEST

/* Feed the same bytes whole and one by one; both must end as EXPECTED. */
static void
expect_end(const char *bytes, size_t length, enum http_progress expected)
{
	struct http_parser parser;
	size_t used;
	ck_assert_int_eq(feed(&parser, bytes, length, &used), expected);
	ck_assert_uint_eq(used, length);
	http_begin(&parser);
	enum http_progress progress = HTTP_MORE;
	for (size_t i = 0; i < length; i++)
		progress = http_feed(&parser, bytes + i, 1, &used);
	ck_assert_int_eq(progress, expected);
}

START_TEST(cap_of_a_line)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "HTTP/1.1 200 ");
	while (text.length < HTTP_LINE_MAX)
		text_add_char(&text, 'x');
	expect_end(text.bytes, text.length, HTTP_MORE);
	text_add(&text, "\n\n");
	expect_end(text.bytes, text.length, HTTP_COMPLETE);
	text_cut(&text, HTTP_LINE_MAX);
	text_add_char(&text, 'x');
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);

	/* Folds add up. */
	text_cut(&text, 0);
	text_add(&text, "HTTP/1.1 200 OK\r\nVia: x");
	for (int i = 0; i < 100; i++)
		text_format(&text, "\r\n %0*d", 100, 0);
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);
	text_free(&text);
}
END_TEST

/* A head has its fields for itself, whether an interim one came before or not. */
static const char *const beginnings[] = {
    "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 \r\nA: 1\r\n\r\nHTTP/1.1 200 OK\r\n"};

START_TEST(cap_of_fields)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, beginnings[_i]);
	for (int i = 0; i < HTTP_FIELDS_MAX; i++)
		text_add(&text, "A: 1\r\n");
	size_t length = text.length;
	text_add(&text, "\r\n");
	expect_end(text.bytes, text.length, HTTP_COMPLETE);
	text_cut(&text, length);
	text_add(&text, "A: 1\r\n");
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);

	/* Folds count, or a server could send them for ever. */
	text_cut(&text, length);
	text_add(&text, " \r\n");
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);
	text_free(&text);
}
END_TEST

START_TEST(cap_of_a_head)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "HTTP/1.1 200 OK\r\n");
	while (text.length < HTTP_HEAD_MAX - 1000)
		text_format(&text, "A: %0*d\r\n", 900, 0);
	text_format(&text, "A: %0*d\r\n", (int)(HTTP_HEAD_MAX - text.length - 7), 0);
	text_add(&text, "\r\n");
	ck_assert_uint_eq(text.length, HTTP_HEAD_MAX);
	expect_end(text.bytes, text.length, HTTP_COMPLETE);
	text_cut(&text, text.length - 2);
	expect_end(text.bytes, text.length, HTTP_MORE);
	text_add(&text, " \r\n");
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);
	text_cut(&text, 0);

	/* Interim heads for ever. */
	while (text.length <= HTTP_HEAD_MAX)
		text_add(&text, "HTTP/1.1 100 Continue\r\n\r\n");
	expect_end(text.bytes, text.length, HTTP_TOO_LONG);
	text_free(&text);
}
END_TEST

/* Floods in pieces of any size end, and end alike. */
START_TEST(any_bytes_any_pieces)
{
	static const char *const pieces[] = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 \r\n", "\r\n",
	    "\n", "\r", " ", "\t", ":", "Server: a|b",
	    "via:", "Content-Length: 18446744073709551616", "\xC3\xBC", "\xFF", "HTTP/1.", "x"};
	for (int i = 0; i < 20000; i++) {
		struct text text = TEXT_EMPTY;
		text_add(&text, pieces[unit_random_below(2)]);
		for (uint32_t left = unit_random_below(30); left > 0; left--)
			text_add(&text, pieces[unit_random_below(UNIT_COUNT(pieces))]);
		struct http_parser whole, parts;
		size_t used, all = 0, at = 0;
		enum http_progress expected = feed(&whole, text.bytes, text.length, &all);
		http_begin(&parts);
		enum http_progress progress = HTTP_MORE;
		while (progress == HTTP_MORE && at < text.length) {
			size_t size = 1 + unit_random_below((uint32_t)(text.length - at));
			progress = http_feed(&parts, text.bytes + at, size, &used);
			at += used;
		}
		ck_assert_int_eq(progress, expected);
		if (progress == HTTP_COMPLETE)
			ck_assert_uint_eq(at, all);
		expect_same_head(&parts.head, &whole.head);
		text_free(&text);
	}
}
END_TEST

START_TEST(request)
{
	struct text text = TEXT_EMPTY;
	http_add_request(
	    &text, "HEAD", "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/", "vpn.example.com:8443");
	ck_assert_str_eq(text_chars(&text),
	    "HEAD /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n"
	    "Host: vpn.example.com:8443\r\n"
	    "User-Agent: sstp-monitoring-plugins/" PACKAGE_VERSION "\r\n"
	    "Connection: close\r\n"
	    "\r\n");
	text_free(&text);
}
END_TEST

static const char *const no_host[] = {NULL, ""};

START_TEST(request_without_host)
{
	struct text text = TEXT_EMPTY;
	http_add_request(&text, "GET", "/", no_host[_i]);
	ck_assert_str_eq(text_chars(&text),
	    "GET / HTTP/1.1\r\n"
	    "User-Agent: sstp-monitoring-plugins/" PACKAGE_VERSION "\r\n"
	    "Connection: close\r\n"
	    "\r\n");
	text_free(&text);
}
END_TEST

START_TEST(post)
{
	static const char bytes[] = "a\0\r\n\r\nb";
	static const char head[] = "POST /ocsp HTTP/1.1\r\n"
	                           "Host: ocsp.example.com\r\n"
	                           "User-Agent: sstp-monitoring-plugins/" PACKAGE_VERSION "\r\n"
	                           "Content-Type: application/ocsp-request\r\n"
	                           "Content-Length: 7\r\n"
	                           "Connection: close\r\n"
	                           "\r\n";
	struct text text = TEXT_EMPTY;
	http_add_post(&text, "/ocsp", "ocsp.example.com", "application/ocsp-request", bytes,
	    sizeof bytes - 1);
	ck_assert_uint_eq(text.length, sizeof head - 1 + sizeof bytes - 1);
	ck_assert_mem_eq(text.bytes, head, sizeof head - 1);
	ck_assert_mem_eq(text.bytes + sizeof head - 1, bytes, sizeof bytes - 1);
	text_free(&text);
}
END_TEST

static const struct {
	const char *fields;
	bool chunked, coded;
} codings[] = {
    {"", false, false},
    {"Transfer-Encoding: chunked\r\n", true, false},
    {"TRANSFER-ENCODING:\tChunked \r\n", true, false},
    {"Transfer-Encoding: gzip\r\n", false, true},
    {"Transfer-Encoding: gzip, chunked\r\n", false, true},
    {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", true, true},
    {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", true, true},
};

START_TEST(transfer_coding)
{
	struct text text = TEXT_EMPTY;
	text_format(&text, "HTTP/1.1 200 OK\r\n%s\r\n", codings[_i].fields);
	struct http_head head = read_head(text_chars(&text), HTTP_COMPLETE);
	ck_assert_int_eq(head.chunked, codings[_i].chunked);
	ck_assert_int_eq(head.coded, codings[_i].coded);
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, reads_rras);
	tcase_add_test(tests, reads_busy);
	unit_add_rows(tests, byte_by_byte, heads);
	unit_add_rows(tests, split_anywhere, heads);
	unit_add_rows(tests, status_line, status_lines);
	unit_add_rows(tests, garbage_at_once, garbage);
	unit_add_rows(tests, content_length, lengths);
	tcase_add_test(tests, interim_heads_leave_nothing);
	tcase_add_test(tests, values_are_cut_safely);
	tcase_add_test(tests, names_are_whole);
	tcase_add_test(tests, fold_behind_the_status_line);
	tcase_add_test(tests, cap_of_a_line);
	unit_add_rows(tests, cap_of_fields, beginnings);
	tcase_add_test(tests, cap_of_a_head);
	tcase_add_test(tests, any_bytes_any_pieces);
	tcase_add_test(tests, request);
	unit_add_rows(tests, request_without_host, no_host);
	tcase_add_test(tests, post);
	unit_add_rows(tests, transfer_coding, codings);
}

int
main(void)
{
	return unit_run("wire/http", list);
}

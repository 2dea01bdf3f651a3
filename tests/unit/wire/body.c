#include "wire/body.h"

#include <string.h>

#include "unit/unit.h"

#define MAX 64

/* The head of an answer; the body that follows it on the wire. */
static struct http_head
head_of(const char *fields)
{
	static struct http_parser parser;
	struct text text = TEXT_EMPTY;
	size_t used;

	text_format(&text, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
	http_begin(&parser);
	ck_assert_int_eq(http_feed(&parser, text_chars(&text), text.length, &used), HTTP_COMPLETE);
	text_free(&text);
	return parser.head;
}

#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define TEN     "0123456789"

static const struct {
	const char *fields, *wire;
	enum body_progress progress; /* once the connection has ended */
	const char *bytes;
} rows[] = {
    {"Content-Length: 5\r\n", "hello", BODY_COMPLETE, "hello"},
    {"Content-Length: 5\r\n", "hello, world", BODY_COMPLETE, "hello"},
    {"Content-Length: 5\r\n", "hell", BODY_CUT, "hell"},
    {"Content-Length: 0\r\n", "", BODY_COMPLETE, ""},
    {"Content-Length: 64\r\n", TEN TEN TEN TEN TEN TEN "0123", BODY_COMPLETE,
        TEN TEN TEN TEN TEN TEN "0123"},
    {"Content-Length: 65\r\n", "", BODY_TOO_LONG, ""},
    {"Content-Length: 18446744073709551615\r\n", "abc", BODY_TOO_LONG, ""},
    {"", "until the end", BODY_COMPLETE, "until the end"},
    {"", "", BODY_COMPLETE, ""},
    {"", TEN TEN TEN TEN TEN TEN TEN, BODY_TOO_LONG, NULL},
    {CHUNKED, "5\r\nhello\r\n0\r\n\r\n", BODY_COMPLETE, "hello"},
    {CHUNKED, "5\nhello\n0\n\n", BODY_COMPLETE, "hello"},
    {CHUNKED, "0005 ; a=\"b\"\r\nhello\r\nA\r\n" TEN "\r\n00\r\nX-Sum: 1\r\nY: 2\r\n\r\nbehind",
        BODY_COMPLETE, "hello" TEN},
    {CHUNKED, "0\r\n\r\n", BODY_COMPLETE, ""},
    /* What the chunks say counts, not the length beside them (RFC 9112 6.3). */
    {"Content-Length: 3\r\n" CHUNKED, "5\r\nhello\r\n0\r\n\r\n", BODY_COMPLETE, "hello"},
    {"transfer-encoding: CHUNKED\r\n", "1\r\nx\r\n0\r\n\r\n", BODY_COMPLETE, "x"},
    {CHUNKED, "5\r\nhello\r\n0\r\n", BODY_CUT, "hello"},
    {CHUNKED, "5\r\nhel", BODY_CUT, "hel"},
    {CHUNKED, "", BODY_CUT, ""},
    {CHUNKED, "\r\n", BODY_GARBAGE, ""},
    {CHUNKED, "hello", BODY_GARBAGE, ""},
    {CHUNKED, "-1\r\n", BODY_GARBAGE, ""},
    {CHUNKED, "5x\r\n", BODY_GARBAGE, ""},
    {CHUNKED, "5\r\nhello!\r\n", BODY_GARBAGE, "hello"},
    {CHUNKED, "5\r\nhello\r\r\n", BODY_GARBAGE, "hello"},
    {CHUNKED, "41\r\n", BODY_TOO_LONG, ""},
    {CHUNKED, "40\r\n" TEN TEN TEN TEN TEN TEN "0123\r\n1\r\nx", BODY_TOO_LONG,
        TEN TEN TEN TEN TEN TEN "0123"},
    {CHUNKED, "FFFFFFFFFFFFFFFFF\r\n", BODY_TOO_LONG, ""},
    {CHUNKED, "10000000000000000\r\n", BODY_TOO_LONG, ""},
    {"Transfer-Encoding: gzip\r\n", "abc", BODY_GARBAGE, ""},
    {"Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", BODY_GARBAGE, ""},
    {CHUNKED CHUNKED, "0\r\n\r\n", BODY_GARBAGE, ""},
};

static void
check_end(int row, struct body *body, enum body_progress progress)
{
	if (progress == BODY_MORE)
		progress = body_close(body);
	ck_assert_msg(progress == rows[row].progress, "%s: ended as %d, not %d", rows[row].wire,
	    (int)progress, (int)rows[row].progress);
	ck_assert_int_eq(body_close(body), progress);
	if (rows[row].bytes != NULL) {
		ck_assert_uint_eq(body->bytes.length, strlen(rows[row].bytes));
		ck_assert_str_eq(text_chars(&body->bytes), rows[row].bytes);
	}
	ck_assert_uint_le(body->bytes.length, MAX);
	body_free(body);
}

START_TEST(in_one_piece)
{
	struct http_head head = head_of(rows[_i].fields);
	struct body body;

	body_begin(&body, &head, MAX);
	check_end(_i, &body, body_feed(&body, rows[_i].wire, strlen(rows[_i].wire)));
}
END_TEST

START_TEST(byte_by_byte)
{
	struct http_head head = head_of(rows[_i].fields);
	struct body body;
	enum body_progress progress = body_begin(&body, &head, MAX);

	for (const char *c = rows[_i].wire; *c != '\0'; c++)
		progress = body_feed(&body, c, 1);
	check_end(_i, &body, progress);
}
END_TEST

START_TEST(in_two_pieces)
{
	struct http_head head = head_of(rows[_i].fields);
	size_t length = strlen(rows[_i].wire);

	for (size_t cut = 0; cut <= length; cut++) {
		struct body body;

		body_begin(&body, &head, MAX);
		body_feed(&body, rows[_i].wire, cut);
		check_end(_i, &body, body_feed(&body, rows[_i].wire + cut, length - cut));
	}
}
END_TEST

START_TEST(known_at_once)
{
	struct http_head head = head_of("Content-Length: 65\r\n");
	struct body body;

	ck_assert_int_eq(body_begin(&body, &head, MAX), BODY_TOO_LONG);
	body_free(&body);
	head = head_of("Content-Length: 0\r\n");
	ck_assert_int_eq(body_begin(&body, &head, MAX), BODY_COMPLETE);
	body_free(&body);
	head.status = 304;
	head.content_length = 5;
	ck_assert_int_eq(body_begin(&body, &head, MAX), BODY_COMPLETE);
	body_free(&body);
}
END_TEST

/* Lines without end are refused, wherever they stand. */
START_TEST(endless_lines)
{
	static const char *const begins[] = {"5;", "0\r\nX: ", "0\r\n\r", "0\r\n"};
	struct http_head head = head_of(CHUNKED);
	struct body body;

	for (size_t i = 0; i < UNIT_COUNT(begins); i++) {
		size_t fed = 0;

		body_begin(&body, &head, MAX);
		body_feed(&body, begins[i], strlen(begins[i]));
		while (body_feed(&body, i == 2 ? "\r" : "xx\r\n", i < 2 ? 1 : 1 + 3 * (i == 3)) ==
		       BODY_MORE)
			ck_assert_uint_le(++fed, BODY_TRAILER_MAX);
		ck_assert_int_eq(body.progress, BODY_TOO_LONG);
		body_free(&body);
	}
}
END_TEST

START_TEST(any_bytes)
{
	static const char alphabet[] = "05aF;\r\n :x";
	struct http_head head = head_of(CHUNKED);

	for (int run = 0; run < 20000; run++) {
		struct body whole, parts;
		char bytes[40];
		size_t length = unit_random_below(sizeof bytes);
		size_t cut = length > 0 ? unit_random_below((uint32_t)length) : 0;

		for (size_t i = 0; i < length; i++)
			bytes[i] = alphabet[unit_random_below(sizeof alphabet - 1)];
		body_begin(&whole, &head, 8);
		body_feed(&whole, bytes, length);
		body_begin(&parts, &head, 8);
		body_feed(&parts, bytes, cut);
		body_feed(&parts, bytes + cut, length - cut);
		ck_assert_int_eq(whole.progress, parts.progress);
		ck_assert_str_eq(text_chars(&whole.bytes), text_chars(&parts.bytes));
		ck_assert_uint_le(whole.bytes.length, 8);
		body_free(&whole);
		body_free(&parts);
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, in_one_piece, rows);
	unit_add_rows(tests, byte_by_byte, rows);
	unit_add_rows(tests, in_two_pieces, rows);
	tcase_add_test(tests, known_at_once);
	tcase_add_test(tests, endless_lines);
	tcase_add_test(tests, any_bytes);
}

int
main(void)
{
	return unit_run("wire/body", list);
}

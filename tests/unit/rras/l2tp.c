#include <string.h>

#include "base/hex.h"
#include "rras/l2tp.h"
#include "unit/unit.h"

enum { ROOM = 128 };

static struct cursor
read_hex(const char *digits, uint8_t bytes[ROOM])
{
	size_t length = strlen(digits) / 2;
	ck_assert(length <= ROOM && hex_read(digits, bytes, length));
	return cursor_over(bytes, length);
}

static void
assert_bytes(const struct text *text, const char *digits)
{
	struct text hex = TEXT_EMPTY;
	hex_add(&hex, (const uint8_t *)text_chars(text), text->length);
	ck_assert_str_eq(text_chars(&hex), digits);
	text_free(&hex);
}

/* --- reading --- */

/* As SoftEther sends them. */
START_TEST(reads_a_message)
{
	uint8_t bytes[ROOM];
	struct l2tp_packet packet;
	struct cursor all =
	    read_hex("C802001CD55BD9C300010003800800000000000B80080000000E0102", bytes);
	ck_assert(l2tp_read(all, &packet));
	ck_assert(packet.control);
	ck_assert_uint_eq(packet.tunnel, 0xD55B);
	ck_assert_uint_eq(packet.session, 0xD9C3);
	ck_assert_uint_eq(packet.sent, 1);
	ck_assert_uint_eq(packet.received, 3);
	ck_assert_uint_eq(packet.type, L2TP_ICRP);
	struct cursor session = l2tp_find(&packet, L2TP_SESSION);
	ck_assert_uint_eq(session.left, 2);
	ck_assert_uint_eq(cursor_u16(&session), 0x0102);
	ck_assert(l2tp_find(&packet, L2TP_TUNNEL).failed);
}
END_TEST

START_TEST(reads_an_acknowledgement)
{
	uint8_t bytes[ROOM];
	struct l2tp_packet packet;
	ck_assert(l2tp_read(read_hex("C802000CD55B000000020004", bytes), &packet));
	ck_assert(packet.control);
	ck_assert_uint_eq(packet.type, L2TP_NOTHING);
	ck_assert_uint_eq(packet.received, 4);
}
END_TEST

/* With and without length, numbers and an offset; what is behind the length is not there. */
static const char *const data[] = {
    "0002D55BD9C3FF03C021",
    "4002000CD55BD9C3FF03C021",
    "4002000CD55BD9C3FF03C0210000",
    "0802D55BD9C300010002FF03C021",
    "0202D55BD9C300020000FF03C021",
    "4A020014D55BD9C300010002000200FFFF03C021",
};

START_TEST(reads_data)
{
	uint8_t bytes[ROOM];
	struct l2tp_packet packet;
	ck_assert(l2tp_read(read_hex(data[_i], bytes), &packet));
	ck_assert(!packet.control);
	ck_assert_uint_eq(packet.tunnel, 0xD55B);
	ck_assert_uint_eq(packet.session, 0xD9C3);
	ck_assert_uint_eq(packet.body.left, 4);
	ck_assert_uint_eq(cursor_u32(&packet.body), 0xFF03C021);
}
END_TEST

/* Of another version, cut off, with a length that is wrong, with no type or a hidden one, and with
 * an attribute that is too short. */
static const char *const bad[] = {
    "",
    "C8",
    "C803000CD55B000000020004",
    "C802000C",
    "C802000DD55B000000020004",
    "C8020003D55B000000020004",
    "4002000CD55BD9",
    "0202D55BD9C30009FF",
    "C802001600000000000000008008000000090001AA",
    "C80200140000000000000000C00800000000000B",
    "C80200140000000000000000800500000000000B",
    "C80200140000000000000000800900000000000B",
};

START_TEST(refuses)
{
	uint8_t bytes[ROOM];
	struct l2tp_packet packet;
	ck_assert(!l2tp_read(read_hex(bad[_i], bytes), &packet));
}
END_TEST

/* --- writing --- */

START_TEST(writes_a_message)
{
	struct text message = TEXT_EMPTY;
	l2tp_begin(&message, L2TP_ICRQ, 0x0102, 0);
	l2tp_add_u16(&message, L2TP_SESSION, 0xD9C3);
	l2tp_add_u32(&message, L2TP_SERIAL, 1);
	l2tp_add_chars(&message, L2TP_HOST_NAME, "sim");
	l2tp_stamp(&message, 2, 0xFFFF);
	assert_bytes(&message,
	    "C802002F010200000002FFFF800800000000000A80080000000ED9C3800A0000000F00000001"
	    "80090000000773696D");
	l2tp_begin(&message, L2TP_NOTHING, 0x0102, 0);
	l2tp_stamp(&message, 3, 1);
	assert_bytes(&message, "C802000C0102000000030001");
	l2tp_begin_data(&message, 0x0102, 0x0304);
	assert_bytes(&message, "000201020304");
	text_free(&message);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, reads_a_message);
	tcase_add_test(tests, reads_an_acknowledgement);
	unit_add_rows(tests, reads_data, data);
	unit_add_rows(tests, refuses, bad);
	tcase_add_test(tests, writes_a_message);
}

int
main(void)
{
	return unit_run("rras/l2tp", list);
}

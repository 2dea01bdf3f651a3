#include "wire/eap.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/wire/wire.h"

static const struct {
	const char *digits;
	unsigned code, identifier, type;
	size_t data, length;
} packets[] = {
    {"0101 0005 01", EAP_REQUEST, 1, EAP_IDENTITY, 5, 0},
    {"0101 0009 02 48656C6C", EAP_REQUEST, 1, EAP_NOTIFICATION, 5, 4},
    {"02FF 0006 03 1A", EAP_RESPONSE, 255, EAP_NAK, 5, 1},
    {"0302 0004", EAP_SUCCESS, 2, EAP_NO_TYPE, 4, 0},
    {"0402 0004 00", EAP_FAILURE, 2, EAP_NO_TYPE, 4, 0}, /* padding behind it */
    {"0302 0005 77", EAP_SUCCESS, 2, EAP_NO_TYPE, 4, 1},
    {"0107 0006 0D 20", EAP_REQUEST, 7, EAP_TLS, 5, 1},
    {"0107 0006 19 20 FFFF", EAP_REQUEST, 7, EAP_PEAP, 5, 1},
    {"0707 0004", 7, 7, EAP_NO_TYPE, 4, 0}, /* no code that is known */
};

START_TEST(reads_packet)
{
	size_t length;
	uint8_t *bytes = wire_bytes(packets[_i].digits, &length);
	struct eap_packet packet;

	ck_assert(eap_read(bytes, length, &packet));
	ck_assert_uint_eq(packet.code, packets[_i].code);
	ck_assert_uint_eq(packet.identifier, packets[_i].identifier);
	ck_assert_uint_eq(packet.type, packets[_i].type);
	ck_assert_ptr_eq(packet.data, bytes + packets[_i].data);
	ck_assert_uint_eq(packet.length, packets[_i].length);
	free(bytes);
}
END_TEST

static const char *const no_packets[] = {"", "01", "0101", "0101 00", "0101 0003", "0101 0000",
    "0101 0004", "0201 0004 01", "0101 0006 01", "0101 FFFF 01"};

START_TEST(refuses_packet)
{
	size_t length;
	uint8_t *bytes = wire_bytes(no_packets[_i], &length);
	struct eap_packet packet;

	ck_assert(!eap_read(bytes, length, &packet));
	free(bytes);
}
END_TEST

static void
is_bytes(const struct text *text, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);

	ck_assert(!text_failed(text));
	ck_assert_uint_eq(text->length, length);
	ck_assert_mem_eq(text->bytes, bytes, length);
	free(bytes);
}

START_TEST(writes_packets)
{
	struct text text = TEXT_EMPTY;
	size_t begun = eap_begin(&text, EAP_RESPONSE, 9, EAP_IDENTITY);

	text_add(&text, "User");
	eap_end(&text, begun);
	begun = eap_begin(&text, EAP_SUCCESS, 9, EAP_NO_TYPE);
	eap_end(&text, begun);
	is_bytes(&text, "0209 0009 01 55736572 0309 0004");
	text_free(&text);
}
END_TEST

START_TEST(a_packet_too_long_is_left_out)
{
	struct text text = TEXT_EMPTY;
	size_t begun = eap_begin(&text, EAP_RESPONSE, 9, EAP_TLS);

	for (int i = 0; i < UINT16_MAX - 5; i++)
		text_add_char(&text, 'x');
	eap_end(&text, begun);
	ck_assert_uint_eq(text.length, UINT16_MAX);
	text_add_char(&text, 'x');
	eap_end(&text, begun);
	ck_assert_uint_eq(text.length, 0);
	text_free(&text);
}
END_TEST

/* The data of packets of type 26. */
static const struct {
	const char *digits;
	bool good;
	unsigned code, identifier;
	size_t length;
} mschapv2[] = {
    /* SoftEther's challenge of sixteen bytes, without a name */
    {"01 05 0015 10 5B5D7C7D7B3F2F3E3C2C602132262628", true, 1, 5, 17},
    {"03 05 0006 533D", true, 3, 5, 2},
    {"03", true, 3, 0, 0},
    {"04", true, 4, 0, 0},
    {"03 05 0004", true, 3, 5, 0},
    {"03 05 0004 5050", true, 3, 5, 0}, /* beyond its length */
    {"", false, 0, 0, 0},
    {"03 05", false, 0, 0, 0},
    {"03 05 00", false, 0, 0, 0},
    {"03 05 0003", false, 0, 0, 0},
    {"03 05 0005", false, 0, 0, 0},
    {"03 05 FFFF 50", false, 0, 0, 0},
};

START_TEST(reads_mschapv2)
{
	size_t length;
	uint8_t *bytes = wire_bytes(mschapv2[_i].digits, &length);
	struct eap_packet packet = {.type = EAP_MSCHAPV2, .data = bytes, .length = length};
	struct eap_mschapv2 got;

	ck_assert(eap_read_mschapv2(&packet, &got) == mschapv2[_i].good);
	if (mschapv2[_i].good) {
		ck_assert_uint_eq(got.code, mschapv2[_i].code);
		ck_assert_uint_eq(got.identifier, mschapv2[_i].identifier);
		ck_assert_uint_eq(got.length, mschapv2[_i].length);
	}
	free(bytes);
}
END_TEST

START_TEST(writes_mschapv2)
{
	struct text text = TEXT_EMPTY;
	size_t begun = eap_begin(&text, EAP_RESPONSE, 3, EAP_MSCHAPV2);

	eap_add_mschapv2(&text, EAP_MSCHAPV2_RESPONSE, 5, "ab", 2);
	eap_end(&text, begun);
	is_bytes(&text, "0203 000B 1A 02 05 0006 6162");
	text_free(&text);
}
END_TEST

START_TEST(reads_tlvs)
{
	size_t length;
	uint8_t *bytes = wire_bytes("8003 0002 0001 400C 0003 AABBCC 0004 0000", &length);
	struct cursor cursor = cursor_over(bytes, length);
	struct eap_tlv tlv;

	ck_assert(eap_next_tlv(&cursor, &tlv));
	ck_assert(tlv.mandatory);
	ck_assert_uint_eq(tlv.type, EAP_TLV_RESULT);
	ck_assert_uint_eq(tlv.length, 2);
	ck_assert_uint_eq(tlv.value[1], EAP_RESULT_SUCCESS);
	ck_assert(eap_next_tlv(&cursor, &tlv));
	ck_assert(!tlv.mandatory);
	ck_assert_uint_eq(tlv.type, EAP_TLV_CRYPTO_BINDING); /* a reserved bit is not part of it */
	ck_assert_uint_eq(tlv.length, 3);
	ck_assert(eap_next_tlv(&cursor, &tlv));
	ck_assert_uint_eq(tlv.length, 0);
	ck_assert(!eap_next_tlv(&cursor, &tlv));
	ck_assert(!cursor.failed);
	free(bytes);
}
END_TEST

static const char *const no_tlvs[] = {"80", "8003", "8003 00", "8003 0003 0001", "8003 FFFF 00"};

START_TEST(refuses_tlvs)
{
	size_t length;
	uint8_t *bytes = wire_bytes(no_tlvs[_i], &length);
	struct cursor cursor = cursor_over(bytes, length);
	struct eap_tlv tlv;

	ck_assert(!eap_next_tlv(&cursor, &tlv));
	ck_assert(cursor.failed);
	ck_assert(!eap_next_tlv(&cursor, &tlv));
	free(bytes);
}
END_TEST

START_TEST(writes_tlvs)
{
	struct text text = TEXT_EMPTY;

	eap_add_tlv(&text, true, EAP_TLV_RESULT, "\0\1", 2);
	eap_add_tlv(&text, false, EAP_TLV_CRYPTO_BINDING, "\xAA", 1);
	is_bytes(&text, "8003 0002 0001 000C 0001 AA");
	text_free(&text);
}
END_TEST

START_TEST(types_have_names)
{
	ck_assert_str_eq(eap_type_name(EAP_TLS), "EAP-TLS");
	ck_assert_str_eq(eap_type_name(EAP_PEAP), "PEAP");
	ck_assert_str_eq(eap_type_name(EAP_MSCHAPV2), "EAP-MSCHAPv2");
	ck_assert_ptr_null(eap_type_name(21));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_packet, packets);
	unit_add_rows(tests, refuses_packet, no_packets);
	tcase_add_test(tests, writes_packets);
	tcase_add_test(tests, a_packet_too_long_is_left_out);
	unit_add_rows(tests, reads_mschapv2, mschapv2);
	tcase_add_test(tests, writes_mschapv2);
	tcase_add_test(tests, reads_tlvs);
	unit_add_rows(tests, refuses_tlvs, no_tlvs);
	tcase_add_test(tests, writes_tlvs);
	tcase_add_test(tests, types_have_names);
}

int
main(void)
{
	return unit_run("wire/eap", list);
}

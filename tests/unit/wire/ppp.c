#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "unit/shortage.h"
#include "unit/unit.h"
#include "unit/wire/wire.h"
#include "wire/ppp.h"

static const struct {
	const char *digits;
	unsigned protocol;
	size_t body; /* where it begins */
} frames[] = {
    {"FF03 C021 01000004", PPP_LCP, 4}, {"C021 01000004", PPP_LCP, 2},
    {"FF03 C223 01000004", PPP_CHAP, 4}, {"FF03 8021 01", PPP_IPCP, 4}, {"8057", PPP_IPV6CP, 2},
    {"FF03 0021 45", PPP_IPV4, 4}, {"0021 45", PPP_IPV4, 2}, {"FF03 21 45", PPP_IPV4, 3},
    {"21 45", PPP_IPV4, 1}, {"57", PPP_IPV6, 1}, {"FF03 57", PPP_IPV6, 3}, {"0003 C021", 0x0003, 2},
    {"FF03 80FD", PPP_CCP, 4}, {"FF03 0003 FF03", 0x0003, 4}, {"03 FF03", 0x0003, 1},
    {"FF03 FF03 C021", 0x00FF, 3},
    {"C020 01", 0xC020, 2}, /* no number of a protocol, but nobody's for sure */
};

START_TEST(reads_frame)
{
	size_t length;
	uint8_t *bytes = wire_bytes(frames[_i].digits, &length);
	struct ppp_frame frame;
	ck_assert(ppp_read_frame(bytes, length, &frame));
	ck_assert_uint_eq(frame.protocol, frames[_i].protocol);
	ck_assert_ptr_eq(frame.body, bytes + frames[_i].body);
	ck_assert_uint_eq(frame.length, length - frames[_i].body);
	free(bytes);
}
END_TEST

static const char *const no_frames[] = {"", "C0", "FF03", "FF03 C0", "FF03 00", "00"};

START_TEST(refuses_frame)
{
	size_t length;
	uint8_t *bytes = wire_bytes(no_frames[_i], &length);
	struct ppp_frame frame;
	ck_assert(!ppp_read_frame(bytes, length, &frame));
	free(bytes);
}
END_TEST

START_TEST(no_frame_in_nothing)
{
	struct ppp_frame frame;
	ck_assert(!ppp_read_frame(NULL, 0, &frame));
}
END_TEST

/* Read a frame and the packet in it. */
static bool
read_packet(const uint8_t *bytes, size_t length, struct ppp_packet *packet)
{
	struct ppp_frame frame;
	ck_assert(ppp_read_frame(bytes, length, &frame));
	return ppp_read_packet(&frame, packet);
}

static const struct {
	const char *digits;
	unsigned code, identifier;
	size_t data, padding;
} packets[] = {
    {"FF03 C021 05010004", PPP_TERMINATE_REQUEST, 1, 0, 0},
    {"FF03 C021 09FF0008 00000000", PPP_ECHO_REQUEST, 255, 4, 0},
    {"C021 09000008 00000000 77", PPP_ECHO_REQUEST, 0, 4, 1},
    {"FF03 C021 FF010004", 255, 1, 0, 0},
    /* SoftEther's echo: no magic, sixteen bytes of text. */
    {"FF03 C021 09020018 00000000 41424344454647484142434445464748", PPP_ECHO_REQUEST, 2, 20, 0},
    /* MikroTik's PAP Ack: the length forgets the text. */
    {"FF03 C023 02010004 0D 4C6F67696E2073756363656564", 2, 1, 0, 14},
    {"FF03 C023 02010005 00", 2, 1, 1, 0},
};

START_TEST(reads_head)
{
	size_t length;
	uint8_t *bytes = wire_bytes(packets[_i].digits, &length);
	struct ppp_packet packet;
	ck_assert(read_packet(bytes, length, &packet));
	ck_assert_uint_eq(packet.code, packets[_i].code);
	ck_assert_uint_eq(packet.identifier, packets[_i].identifier);
	ck_assert_uint_eq(packet.length, packets[_i].data);
	ck_assert_uint_eq(packet.padding_length, packets[_i].padding);
	ck_assert_ptr_eq(packet.padding, bytes + length - packets[_i].padding);
	ck_assert_ptr_eq(packet.data, packet.padding - packets[_i].data);
	free(bytes);
}
END_TEST

/* As Windows ends LCP, IPCP and CCP; the first is on record of a server that refuses a logon. */
static const struct {
	const char *digits;
	bool is_read;
	unsigned error;
} reasons[] = {
    {"FF03 C021 05030010 05E23274 003CCD74 000002B3", true, 691},
    {"FF03 C021 050A0010 08DD6215 003CCD74 00000000", true, 0},
    {"FF03 8021 050B0010 41131244 003CCD74 FFFFFFFF", true, 0xFFFFFFFF},
    {"FF03 C021 05030010 05E23274 003CCD75 000002B3", false, 7},
    {"FF03 C021 0503000F 05E23274 003CCD74 0002B3", false, 7},
    {"FF03 C021 05030011 05E23274 003CCD74 000002B3 00", false, 7},
    {"FF03 C021 05030004", false, 7},
    {"FF03 C021 05030004 05E23274 003CCD74 000002B3", false, 7},
};

START_TEST(reads_reason)
{
	size_t length;
	uint8_t *bytes = wire_bytes(reasons[_i].digits, &length);
	struct ppp_packet packet;
	uint32_t error = 7;
	ck_assert(read_packet(bytes, length, &packet));
	ck_assert(ppp_read_ras_error(&packet, &error) == reasons[_i].is_read);
	ck_assert_uint_eq(error, reasons[_i].error);
	free(bytes);
}
END_TEST

static const char *const no_packets[] = {"FF03 C021", "FF03 C021 01", "FF03 C021 0100",
    "FF03 C021 010000", "FF03 C021 01000000", "FF03 C021 01000001", "FF03 C021 01000002",
    "FF03 C021 01000003", "FF03 C021 01000003 77", "FF03 C021 01000005", "FF03 C021 0100FFFF",
    "FF03 C021 01000104", "FF03 C021 01000009 01040578", "C021 0100000A 01040578 77"};

START_TEST(refuses_head)
{
	size_t length;
	uint8_t *bytes = wire_bytes(no_packets[_i], &length);
	struct ppp_packet packet;
	ck_assert(!read_packet(bytes, length, &packet));
	free(bytes);
}
END_TEST

/* Configure requests that were seen, the option lengths being those of their values. */
static const struct {
	const char *digits;
	const char *options;
} requests[] = {
    /* RRAS 2016, which fills 60 bytes of SSTP */
    {"FF03 C021 01000034 01040FFB 0304C227 050600112233 0702 0802 0D0306 1104064E"
     "1317010102030405060708090A0B0C0D0E0F1011121314",
        "1:0FFB 3:C227 5:00112233 7: 8: 13:06 17:064E "
        "19:010102030405060708090A0B0C0D0E0F1011121314 "},
    /* a Windows client */
    {"FF03 C021 01000030 01040FFB 050600112233 0702 0802 0D0306 1104064E"
     "1317010102030405060708090A0B0C0D0E0F1011121314",
        "1:0FFB 5:00112233 7: 8: 13:06 17:064E "
        "19:010102030405060708090A0B0C0D0E0F1011121314 "},
    /* SoftEther, first and after a Nak */
    {"FF03 C021 01000008 0304C227", "3:C227 "}, {"FF03 C021 01010009 0305C22381", "3:C22381 "},
    /* accel-ppp */
    {"FF03 C021 01010013 010405AC 0305C22381 050644556677", "1:05AC 3:C22381 5:44556677 "},
    /* pppd */
    {"FF03 C021 01010019 020600000000 0305C22381 050644556677 0702 0802",
        "2:00000000 3:C22381 5:44556677 7: 8: "},
    /* no options, and padding that is none */
    {"FF03 C021 01010004", ""}, {"FF03 C021 01010004 0304C023", ""},
    /* options that are cut: what was before them counts */
    {"FF03 C021 01010005 01", "!"}, {"FF03 C021 01010006 0100", "!"},
    {"FF03 C021 01010006 0101", "!"}, {"FF03 C021 01010006 0103", "!"},
    {"FF03 C021 01010006 01FF", "!"}, {"FF03 C021 0101000A 010405DC 0500 0702", "1:05DC !"},
    {"FF03 C021 0101000C 010405DC 0501 0702", "1:05DC !"},
    {"FF03 C021 0101000C 010405DC 05050102", "1:05DC !"},
    {"FF03 C021 0101000C 010405DC 05050102 0304", "1:05DC !"}, /* it would fit with the padding */
};

START_TEST(reads_options)
{
	size_t length;
	uint8_t *bytes = wire_bytes(requests[_i].digits, &length);
	struct ppp_packet packet;
	struct text text = TEXT_EMPTY;
	ck_assert(read_packet(bytes, length, &packet));
	ck_assert_uint_eq(packet.code, PPP_CONFIGURE_REQUEST);
	struct cursor cursor = cursor_over(packet.data, packet.length);
	struct ppp_option option;
	while (ppp_next_option(&cursor, &option)) {
		text_format(&text, "%u:", option.type);
		hex_add(&text, option.value, option.length);
		text_add_char(&text, ' ');
	}
	if (cursor.failed)
		text_add_char(&text, '!');
	else
		ck_assert_uint_eq(cursor.left, 0);
	ck_assert_str_eq(text_chars(&text), requests[_i].options);
	/* The end stays the end. */
	ck_assert(!ppp_next_option(&cursor, &option));
	text_free(&text);
	free(bytes);
}
END_TEST

START_TEST(reading_allocates_nothing)
{
	size_t length, count = 0;
	uint8_t *bytes = wire_bytes(requests[0].digits, &length);
	struct ppp_frame frame;
	struct ppp_packet packet = {0};
	struct ppp_option option;
	enum ppp_method method = PPP_METHOD_OTHER;
	unsigned before = shortage_allocations();
	bool read = ppp_read_frame(bytes, length, &frame) && ppp_read_packet(&frame, &packet);
	struct cursor cursor = cursor_over(packet.data, packet.length);
	for (; ppp_next_option(&cursor, &option); count++)
		if (option.type == PPP_AUTHENTICATION)
			method = ppp_option_method(&option);
	unsigned after = shortage_allocations();
	ck_assert_uint_eq(after, before);
	ck_assert(read);
	ck_assert_uint_eq(count, 8);
	ck_assert_int_eq(method, PPP_METHOD_EAP);
	free(bytes);
}
END_TEST

static const struct {
	enum ppp_method method;
	const char *name;
	const char *word; /* NULL for none */
	const char *option;
} methods[] = {
    {PPP_METHOD_PAP, "PAP", "pap", "0304 C023"},
    {PPP_METHOD_CHAP_MD5, "CHAP-MD5", "chap-md5", "0305 C22305"},
    {PPP_METHOD_MSCHAP_V1, "MS-CHAP v1", "mschap", "0305 C22380"},
    {PPP_METHOD_MSCHAP_V2, "MS-CHAPv2", "mschapv2", "0305 C22381"},
    {PPP_METHOD_EAP, "EAP", "eap", "0304 C227"}, {PPP_METHOD_OTHER, "unknown", NULL, "0302"},
    {PPP_METHOD_OTHER, "unknown", NULL, "0303 C0"},
    {PPP_METHOD_OTHER, "unknown", NULL, "0304 C223"},   /* CHAP of no algorithm */
    {PPP_METHOD_OTHER, "unknown", NULL, "0305 C22306"}, /* CHAP with SHA-1 */
    {PPP_METHOD_OTHER, "unknown", NULL, "0306 C2238100"},
    {PPP_METHOD_OTHER, "unknown", NULL, "0305 C02300"},
    {PPP_METHOD_OTHER, "unknown", NULL, "0305 C22705"},
    {PPP_METHOD_OTHER, "unknown", NULL, "0304 C027"}, /* SPAP */
};

START_TEST(knows_method)
{
	size_t length;
	uint8_t *bytes = wire_bytes(methods[_i].option, &length);
	struct cursor cursor = cursor_over(bytes, length);
	struct ppp_option option;
	ck_assert(ppp_next_option(&cursor, &option));
	ck_assert_uint_eq(option.type, PPP_AUTHENTICATION);
	ck_assert_int_eq(ppp_option_method(&option), methods[_i].method);
	ck_assert_str_eq(ppp_method_name(methods[_i].method), methods[_i].name);

	struct text text = TEXT_EMPTY;
	ppp_add_method(&text, methods[_i].method);
	if (methods[_i].word == NULL) {
		ck_assert_uint_eq(text.length, 0);
	} else {
		ck_assert_uint_eq(text.length, length);
		ck_assert_mem_eq(text.bytes, bytes, length);
		enum ppp_method read = PPP_METHOD_OTHER;
		ck_assert(ppp_read_method(methods[_i].word, strlen(methods[_i].word), &read));
		ck_assert_int_eq(read, methods[_i].method);
	}
	text_free(&text);
	free(bytes);
}
END_TEST

static const char *const no_words[] = {"", "p", "pa", "papa", "PAP", "chap", "chap-md", "chapmd5",
    "mschapv", "mschapv1", "mschapv22", "ms-chapv2", "ea", "eap ", " eap", "unknown"};

START_TEST(refuses_word)
{
	enum ppp_method read = PPP_METHOD_OTHER;
	ck_assert(!ppp_read_method(no_words[_i], strlen(no_words[_i]), &read));
	ck_assert_int_eq(read, PPP_METHOD_OTHER);
}
END_TEST

/* A word in a list is read by its length. */
START_TEST(word_in_a_list)
{
	enum ppp_method read;
	const char list[] = "mschapv2,eap";
	ck_assert(ppp_read_method(list, 8, &read));
	ck_assert_int_eq(read, PPP_METHOD_MSCHAP_V2);
	ck_assert(ppp_read_method(list, 6, &read));
	ck_assert_int_eq(read, PPP_METHOD_MSCHAP_V1);
	ck_assert(ppp_read_method(list + 9, 3, &read));
	ck_assert_int_eq(read, PPP_METHOD_EAP);
	ck_assert(!ppp_read_method(list, 9, &read));
	ck_assert(!ppp_read_method("eap\0", 4, &read));
}
END_TEST

static const struct {
	const char *option;
	uint32_t address; /* 0: it is none */
} addresses[] = {
    {"0306 C0A81E0A", 0xC0A81E0A}, {"8306 08080404", 0x08080404}, {"8406 FFFFFFFF", 0xFFFFFFFF},
    {"0302", 0}, {"0305 C0A81E", 0}, {"0307 C0A81E0A00", 0},
    {"030A C0A81E0AC0A81E01", 0}, /* two of them, as option 1 had it */
};

START_TEST(reads_address)
{
	size_t length;
	uint8_t *bytes = wire_bytes(addresses[_i].option, &length);
	struct cursor cursor = cursor_over(bytes, length);
	struct ppp_option option;
	uint32_t address = 0;
	ck_assert(ppp_next_option(&cursor, &option));
	ck_assert_int_eq(ppp_option_address(&option, &address), addresses[_i].address != 0);
	ck_assert_uint_eq(address, addresses[_i].address);
	if (address != 0) {
		struct text text = TEXT_EMPTY;
		ppp_add_address(&text, option.type, address);
		ck_assert_uint_eq(text.length, length);
		ck_assert_mem_eq(text.bytes, bytes, length);
		text_free(&text);
	}
	free(bytes);
}
END_TEST

static void
expect_bytes(const struct text *text, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);
	ck_assert_uint_eq(text->length, length);
	ck_assert_mem_eq(text->bytes, bytes, length);
	free(bytes);
}

START_TEST(writes)
{
	struct text text = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&text, PPP_LCP, PPP_CONFIGURE_REQUEST, 1);
	ppp_add_option(&text, PPP_MRU, "\x05\x78", 2);
	ppp_add_option(&text, PPP_PROTOCOL_COMPRESSION, NULL, 0);
	ppp_add_method(&text, PPP_METHOD_MSCHAP_V2);
	ppp_end_packet(&text, begun);
	expect_bytes(&text, "FF03 C021 0101000F 01040578 0702 0305C22381");

	/* Behind what is there. */
	begun = ppp_begin_packet(&text, PPP_IPCP, PPP_TERMINATE_ACK, 255);
	ppp_end_packet(&text, begun);
	begun = ppp_begin_packet(&text, PPP_LCP, PPP_ECHO_REPLY, 7);
	text_add_bytes(&text, "\0\0\0\0echo", 8);
	ppp_end_packet(&text, begun);
	expect_bytes(&text, "FF03 C021 0101000F 01040578 0702 0305C22381"
	                    "FF03 8021 06FF0004"
	                    "FF03 C021 0A07000C 00000000 6563686F");
	text_free(&text);
}
END_TEST

START_TEST(writes_what_fits)
{
	static const uint8_t zeros[UINT16_MAX];
	struct text text = TEXT_EMPTY;
	text_add(&text, "x");
	size_t begun = ppp_begin_packet(&text, PPP_LCP, PPP_CONFIGURE_REQUEST, 1);
	ppp_add_option(&text, PPP_ENDPOINT, zeros, 254);
	ppp_add_option(&text, PPP_ENDPOINT, zeros, SIZE_MAX);
	ck_assert_uint_eq(text.length, 9);
	ppp_add_option(&text, PPP_ENDPOINT, zeros, 253);
	ck_assert_uint_eq(text.length, 9 + 255);
	ppp_end_packet(&text, begun);
	ck_assert_mem_eq(text.bytes, "x\xFF\x03\xC0\x21\x01\x01\x01\x03\x13\xFF", 11);

	text_cut(&text, 9);
	text_add_bytes(&text, zeros, UINT16_MAX - 4);
	ppp_end_packet(&text, begun);
	ck_assert_uint_eq(text.length, 5 + UINT16_MAX);
	ck_assert_mem_eq(text.bytes + 7, "\xFF\xFF", 2);
	text_add_char(&text, '\0');
	ppp_end_packet(&text, begun);
	ck_assert_str_eq(text_chars(&text), "x");
	ck_assert_uint_eq(text.length, 1);
	text_free(&text);
}
END_TEST

/* Memory that runs out, before the packet and inside it, is remembered by the text alone. */
START_TEST(writes_without_memory)
{
	struct text none = {.failed = true};
	size_t begun = ppp_begin_packet(&none, PPP_LCP, PPP_CONFIGURE_REQUEST, 1);
	ppp_add_method(&none, PPP_METHOD_EAP);
	ppp_end_packet(&none, begun);
	ck_assert(text_failed(&none));
	ck_assert_uint_eq(none.length, 0);

	struct text text = TEXT_EMPTY;
	begun = ppp_begin_packet(&text, PPP_LCP, PPP_CONFIGURE_REQUEST, 1);
	text.failed = true;
	ppp_add_method(&text, PPP_METHOD_EAP);
	ppp_end_packet(&text, begun);
	ck_assert_uint_eq(text.length, 8);
	text_free(&text);
}
END_TEST

/* As protocols call their codes; beyond their lists there is none. */
START_TEST(names)
{
	ck_assert_str_eq(ppp_protocol_name(0xC021), "LCP");
	ck_assert_str_eq(ppp_protocol_name(0x0057), "IPv6");
	ck_assert_ptr_null(ppp_protocol_name(0xC025));
	ck_assert_str_eq(ppp_code_name(0xC021, 1), "Configure-Request");
	ck_assert_str_eq(ppp_code_name(0x8021, 13), "Time-Remaining");
	ck_assert_str_eq(ppp_code_name(0xC023, 3), "Authenticate-Nak");
	ck_assert_str_eq(ppp_code_name(0xC223, 4), "Failure");
	ck_assert_str_eq(ppp_code_name(0xC227, 1), "Request");
	ck_assert_ptr_null(ppp_code_name(0xC021, 0));
	ck_assert_ptr_null(ppp_code_name(0xC021, 14));
	ck_assert_ptr_null(ppp_code_name(0xC223, 5));
	ck_assert_ptr_null(ppp_code_name(0xC227, 255));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_frame, frames);
	unit_add_rows(tests, refuses_frame, no_frames);
	tcase_add_test(tests, no_frame_in_nothing);
	unit_add_rows(tests, reads_head, packets);
	unit_add_rows(tests, reads_reason, reasons);
	unit_add_rows(tests, refuses_head, no_packets);
	unit_add_rows(tests, reads_options, requests);
	tcase_add_test(tests, reading_allocates_nothing);
	unit_add_rows(tests, knows_method, methods);
	unit_add_rows(tests, refuses_word, no_words);
	tcase_add_test(tests, word_in_a_list);
	tcase_add_test(tests, names);
	unit_add_rows(tests, reads_address, addresses);
	tcase_add_test(tests, writes);
	tcase_add_test(tests, writes_what_fits);
	tcase_add_test(tests, writes_without_memory);
}

int
main(void)
{
	return unit_run("wire/ppp", list);
}

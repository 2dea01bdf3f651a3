#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/wire/wire.h"
#include "wire/ip.h"

static const struct {
	const char *digits;
	unsigned sum;
} sums[] = {
    {"0001 F203 F4F5 F6F7", 0x220D}, /* RFC 1071 section 3 */
    {"", 0xFFFF},
    {"FFFF", 0},
    {"01", 0xFEFF}, /* a byte alone is the high one */
    {"FFFF 0001", 0xFFFE},
    {"4500 0073 0000 4000 4011 B861 C0A80001 C0A800C7", 0},
};

START_TEST(checksum)
{
	size_t length;
	uint8_t *bytes = wire_bytes(sums[_i].digits, &length);
	ck_assert_uint_eq(ip_checksum(bytes, length), sums[_i].sum);
	free(bytes);
}
END_TEST

START_TEST(checksum_of_much)
{
	uint8_t *bytes = malloc(UINT16_MAX);
	ck_assert_ptr_nonnull(bytes);
	memset(bytes, 0xFF, UINT16_MAX);
	ck_assert_uint_eq(ip_checksum(bytes, UINT16_MAX), 0x00FF);
	ck_assert_uint_eq(ip_checksum(bytes, UINT16_MAX - 1), 0);
	free(bytes);
}
END_TEST

#define TO   "C0A81E0A C0A81E01 " /* 192.168.30.10 to 192.168.30.1 */
#define BACK "C0A81E01 C0A81E0A "
#define DATA "1234 0007 6162636465666768"

enum outcome {
	NO_PACKET,
	OTHER_PACKET,
	REQUEST,
	REPLY,
};

/* Sums that another program made. */
static const struct {
	const char *digits;
	enum outcome outcome;
} packets[] = {
    {"4500 0024 0000 0000 4001 BD7D " TO "0800 542F " DATA, REQUEST},
    {"4500 0024 0000 0000 4001 BD7D " BACK "0000 5C2F " DATA, REPLY},
    {"4500 0024 0000 4000 4001 7D7D " TO "0800 542F " DATA, REQUEST}, /* not to be fragmented */
    {"4600 0028 0000 0000 4001 BA78 " TO "01010100 0800 542F " DATA, REQUEST}, /* options */
    {"4500 0024 0000 0000 4001 BD7D " TO "0800 542F " DATA "FFFF", REQUEST},   /* padding */
    /* no echo: fragments, other protocols and types, cut, a wrong sum */
    {"4500 0024 0000 2000 4001 9D7D " TO "0800 542F " DATA, OTHER_PACKET},
    {"4500 0024 0000 0001 4001 BD7C " TO "0800 542F " DATA, OTHER_PACKET},
    {"4500 0024 0000 0000 4011 BD6D " TO "0800 542F " DATA, OTHER_PACKET},
    {"4500 0024 0000 0000 4001 BD7D " TO "0301 592E " DATA, OTHER_PACKET},
    {"4500 0024 0000 0000 4001 BD7D " TO "0801 542E " DATA, OTHER_PACKET},
    {"4500 0024 0000 0000 4001 BD7D " TO "0800 5430 " DATA, OTHER_PACKET},
    {"4500 0014 0000 0000 4001 BD8D " TO "0800 542F " DATA, OTHER_PACKET},
    {"4500 001B 0000 0000 4001 BD86 " TO "0800 542F " DATA, OTHER_PACKET},
    /* no packet: lengths and versions that lie, a wrong sum, cut */
    {"4500 0013 0000 0000 4001 BD8E " TO "0800 542F " DATA, NO_PACKET},
    {"4500 0025 0000 0000 4001 BD7C " TO "0800 542F " DATA, NO_PACKET},
    {"4400 0024 0000 0000 4001 BE7D " TO "0800 542F " DATA, NO_PACKET},
    {"4F00 0024 0000 0000 4001 B37D " TO "0800 542F " DATA, NO_PACKET},
    {"6500 0024 0000 0000 4001 9D7D " TO "0800 542F " DATA, NO_PACKET},
    {"4500 0024 0000 0000 4001 BD7E " TO "0800 542F " DATA, NO_PACKET},
    {"", NO_PACKET},
    {"45", NO_PACKET},
};

START_TEST(reads)
{
	size_t length;
	struct ip_packet packet = {0};
	struct ip_echo echo = {0};
	enum outcome outcome = packets[_i].outcome;
	uint8_t *bytes = wire_bytes(packets[_i].digits, &length);
	ck_assert_int_eq(ip_read(bytes, length, &packet), outcome != NO_PACKET);
	if (outcome != NO_PACKET) {
		ck_assert_uint_eq(packet.source, outcome == REPLY ? 0xC0A81E01 : 0xC0A81E0A);
		ck_assert_uint_eq(packet.destination, outcome == REPLY ? 0xC0A81E0A : 0xC0A81E01);
		ck_assert_int_eq(ip_read_echo(&packet, &echo), outcome >= REQUEST);
	}
	if (outcome >= REQUEST) {
		ck_assert_int_eq(echo.reply, outcome == REPLY);
		ck_assert_uint_eq(echo.identifier, 0x1234);
		ck_assert_uint_eq(echo.sequence, 7);
		ck_assert_uint_eq(echo.length, 8);
		ck_assert_mem_eq(echo.data, "abcdefgh", 8);
	}
	free(bytes);
}
END_TEST

/* Every cut is no packet, for the length says that there is more. */
START_TEST(cut)
{
	size_t length;
	struct ip_packet packet;
	uint8_t *bytes = wire_bytes(packets[0].digits, &length);
	for (size_t part = 0; part < length; part++) {
		uint8_t *block = malloc(part > 0 ? part : 1);
		ck_assert_ptr_nonnull(block);
		memcpy(block, bytes, part);
		ck_assert(!ip_read(block, part, &packet));
		free(block);
	}
	ck_assert(!ip_read(NULL, 0, &packet));
	free(bytes);
}
END_TEST

static const struct {
	const char *digits;
	uint32_t source, destination;
	struct ip_echo echo;
} written[] = {
    {"4500 0024 0000 0000 4001 BD7D " TO "0800 542F " DATA, 0xC0A81E0A, 0xC0A81E01,
        {false, 0x1234, 7, (const uint8_t *)"abcdefgh", 8}},
    {"4500 0024 0000 0000 4001 BD7D " BACK "0000 5C2F " DATA, 0xC0A81E01, 0xC0A81E0A,
        {true, 0x1234, 7, (const uint8_t *)"abcdefgh", 8}},
    {"4500 001F 0000 0000 4001 BD82 " TO "0800 2162 1234 0007 616263", 0xC0A81E0A, 0xC0A81E01,
        {false, 0x1234, 7, (const uint8_t *)"abc", 3}},
    {"4500 001C 0000 0000 4001 BD85 " TO "0800 E5C4 1234 0007", 0xC0A81E0A, 0xC0A81E01,
        {false, 0x1234, 7, NULL, 0}},
};

START_TEST(writes)
{
	size_t length;
	struct text text = TEXT_EMPTY;
	uint8_t *bytes = wire_bytes(written[_i].digits, &length);
	ip_add_echo(&text, written[_i].source, written[_i].destination, &written[_i].echo);
	ck_assert_uint_eq(text.length, length);
	ck_assert_mem_eq(text.bytes, bytes, length);
	text_free(&text);
	free(bytes);
}
END_TEST

#define LONGEST (UINT16_MAX - 28)

START_TEST(writes_what_fits)
{
	struct text text = TEXT_EMPTY;
	struct ip_packet packet;
	struct ip_echo echo = {.data = calloc(1, LONGEST + 1), .length = LONGEST + 1}, read;
	ck_assert_ptr_nonnull(echo.data);
	ip_add_echo(&text, 1, 2, &echo);
	ck_assert_uint_eq(text.length, 0);
	echo.length = LONGEST;
	ip_add_echo(&text, 1, 2, &echo);
	ck_assert_uint_eq(text.length, UINT16_MAX);
	ck_assert(ip_read(text.bytes, text.length, &packet));
	ck_assert(ip_read_echo(&packet, &read));
	ck_assert_uint_eq(read.length, LONGEST);
	free((void *)(uintptr_t)echo.data);
	text_free(&text);
}
END_TEST

START_TEST(address)
{
	char chars[IP_ADDRESS_MAX];
	ck_assert_str_eq(ip_address(0xC0000201, chars), "192.0.2.1");
	ck_assert_str_eq(ip_address(0, chars), "0.0.0.0");
	ck_assert_str_eq(ip_address(UINT32_MAX, chars), "255.255.255.255");
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, checksum, sums);
	tcase_add_test(tests, checksum_of_much);
	unit_add_rows(tests, reads, packets);
	tcase_add_test(tests, cut);
	unit_add_rows(tests, writes, written);
	tcase_add_test(tests, writes_what_fits);
	tcase_add_test(tests, address);
}

int
main(void)
{
	return unit_run("wire/ip", list);
}

#include <stdlib.h>
#include <string.h>

#include "unit/shortage.h"
#include "unit/unit.h"
#include "unit/wire/wire.h"
#include "wire/sstp.h"

/* MS-SSTP 4.7: two calls, one for each hash. */
#define NONCE_256 "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435"
#define NONCE_1   "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF"
#define CERT_256  "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"
#define CERT_1    "5826B629BDA59B8E6FD8DCD2622FD34C534805A5000000000000000000000000"
#define MAC_256   "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449"
#define MAC_1     "69915DD583D8062FEF16F61DB2F03290EC27CB6C000000000000000000000000"
#define NO_MAC    "0000000000000000000000000000000000000000000000000000000000000000"
#define REQUEST   "1001000E 00010001 00010006 0001"
#define ACK_256   "10010030 00020001 00040028 00000002" NONCE_256
#define ACK_1     "10010030 00020001 00040028 00000001" NONCE_1
#define LEAVE     "10010014 00060001 0002000C 00000000 00000000"
#define LEFT      "10010008 00070000"

/* Feed bytes that begin with a packet, in one piece. */
static size_t
feed(struct sstp_reader *reader, const uint8_t *bytes, size_t length, struct sstp_packet *packet)
{
	size_t used;
	ck_assert_int_eq(sstp_feed(reader, bytes, length, &used, packet), SSTP_PACKET);
	return used;
}

/* The packet that DIGITS are, and nothing behind it. */
static struct sstp_packet
read_packet(struct sstp_reader *reader, const char *digits)
{
	struct sstp_packet packet;
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);
	memset(&packet, 0xA5, sizeof packet);
	*reader = (struct sstp_reader){0};
	ck_assert_uint_eq(feed(reader, bytes, length, &packet), length);
	free(bytes);
	return packet;
}

static const struct {
	const char *digits;
	unsigned type, attributes;
	bool has_status;
	unsigned attribute, status;
	bool malformed;
} messages[] = {
    /* As the specification has them. */
    {REQUEST, 1, 1, false, 0, 0, false},
    {ACK_256, 2, 1, false, 0, 0, false},
    {ACK_1, 2, 1, false, 0, 0, false},
    {"10010016 00030001 0002000E 00000001 00000004 0002", 3, 1, true, 1, 4, false},
    {"10010054 00030001 0002004C 00000001 00000004" NONCE_256 NONCE_1, 3, 1, true, 1, 4, false},
    {"10010020 00030002 0002000C 00000001 0000000A 0002000C 00000004 00000003", 3, 2, true, 1, 10,
        false},
    {"10010070 00040001 00030068 00000002" NONCE_256 CERT_256 MAC_256, 4, 1, false, 0, 0, false},
    {"10010070 00040001 00030068 00000001" NONCE_1 CERT_1 MAC_1, 4, 1, false, 0, 0, false},
    {"10010014 00050001 0002000C 00000003 00000004", 5, 1, true, 3, 4, false},
    {"10010014 00050001 0002000C 000000FF 12345678", 5, 1, true, 0xFF, 0x12345678, false},
    {LEAVE, 6, 1, true, 0, 0, false},
    {LEFT, 7, 0, false, 0, 0, false},
    {"10010008 00080000", 8, 0, false, 0, 0, false},
    {"10010008 00090000", 9, 0, false, 0, 0, false},
    /* As servers have them: without attributes; accel-ppp's Abort of any cause, and its Nak whose
     * value trails behind the attribute; sorz's bare status, and its attribute of no kind. */
    {"10010008 00050000", 5, 0, false, 0, 0, false},
    {"10010008 00060000", 6, 0, false, 0, 0, false},
    {"10010014 00050001 0002000C 00000002 00000007", 5, 1, true, 2, 7, false},
    {"10010016 00030001 0002000C 00000001 00000004 0002", 3, 1, true, 1, 4, false},
    {"10010010 00050001 00020008 00000007", 5, 1, true, 0, 7, false},
    {"10010010 00060001 00000008 00000000", 6, 1, false, 0, 0, false},
    /* Types and kinds that nobody knows. */
    {"10010008 00000000", 0, 0, false, 0, 0, false},
    {"10010008 000A0000", 10, 0, false, 0, 0, false},
    {"10010008 FFFF0000", 0xFFFF, 0, false, 0, 0, false},
    {"10010008 01050000", 0x0105, 0, false, 0, 0, false},
    {"10010018 00050002 00770004 0002000C 00000003 00000004", 5, 2, true, 3, 4, false},
    {"1001000C 00050001 00FF0004", 5, 1, false, 0, 0, false},
    /* Reserved bits, wherever there are some. */
    {"10FFF014 00050001 FF02F00C FFFFFF03 00000004", 5, 1, true, 3, 4, false},
    {"10038008 00070000", 7, 0, false, 0, 0, false},
    /* A status that is cut, or is not there. */
    {"1001000C 00050001 00020004", 5, 1, true, 0, 0, true},
    {"1001000F 00050001 00020007 010203", 5, 1, true, 0, 0, true},
    {"10010011 00050001 00020009 0102030405", 5, 1, true, 0, 0, true},
    {"10010013 00050001 0002000B 01020304050607", 5, 1, true, 0, 0, true},
    /* Attributes beyond the packet, or under their own head. */
    {"10010014 00050001 0002000D 00000003 00000004", 5, 1, true, 0, 0, true},
    {"10010014 00050001 00020FFF 00000003 00000004", 5, 1, true, 0, 0, true},
    {"10010014 00050001 00020003 00000003 00000004", 5, 1, true, 0, 0, true},
    {"10010014 00050001 00020000 00000003 00000004", 5, 1, true, 0, 0, true},
    {"1001000D 00060001 00770006 00", 6, 1, false, 0, 0, true},
    {"1001000B 00060001 007700", 6, 1, false, 0, 0, true},
    {"10010009 00060001 00", 6, 1, false, 0, 0, true},
    /* More announced than there are; what fits counts. */
    {"10010008 00050001", 5, 1, false, 0, 0, true},
    {"10010008 0005FFFF", 5, 0xFFFF, false, 0, 0, true},
    {"10010014 00050002 0002000C 00000003 00000004", 5, 2, true, 3, 4, true},
    {"10010018 00050002 0002000C 00000003 00000004 00020010", 5, 2, true, 3, 4, true},
    {"10010018 00030002 00020004 0002000C 00000004 00000003", 3, 2, true, 0, 0, true},
    /* Fewer announced than there are. */
    {"10010014 00060000 0002000C 00000003 00000004", 6, 0, false, 0, 0, false},
};

START_TEST(reads_message)
{
	struct sstp_reader reader;
	struct sstp_packet packet = read_packet(&reader, messages[_i].digits);
	ck_assert(packet.control);
	ck_assert_ptr_null(packet.payload);
	ck_assert_uint_eq(packet.payload_length, 0);
	ck_assert_uint_eq(packet.type, messages[_i].type);
	ck_assert_uint_eq(packet.attributes, messages[_i].attributes);
	ck_assert_int_eq(packet.has_status, messages[_i].has_status);
	ck_assert_uint_eq(packet.status_attribute, messages[_i].attribute);
	ck_assert_uint_eq(packet.status, messages[_i].status);
	ck_assert_int_eq(packet.malformed, messages[_i].malformed);
	ck_assert_int_eq(packet.has_binding_request, packet.type == SSTP_CALL_CONNECT_ACK);
}
END_TEST

static const struct {
	const char *digits;
	bool has;
	unsigned hash_bits;
	const char *nonce;
	bool malformed;
} bindings[] = {
    {ACK_256, true, SSTP_SHA256, NONCE_256, false},
    {ACK_1, true, SSTP_SHA1, NONCE_1, false},
    {"10010030 00020001 00040028 00000003" NONCE_1, true, SSTP_SHA1 | SSTP_SHA256, NONCE_1, false},
    {"10010030 00020001 00040028 00000000" NONCE_1, true, 0, NONCE_1, false},
    {"10010030 00020001 00040028 FFFFFFFE" NONCE_1, true, SSTP_SHA256, NONCE_1, false},
    {"10010030 00020001 00040028 00000004" NONCE_1, true, 0, NONCE_1, false},
    {"10010031 00020001 00040029 00000002" NONCE_256 "77", true, SSTP_SHA256, NONCE_256, false},
    {"10010032 00020001 00040028 00000002" NONCE_256 "7777", true, SSTP_SHA256, NONCE_256, false},
    {"10010058 00020002 00040028 00000001" NONCE_1 "00040028 00000002" NONCE_256, true, SSTP_SHA1,
        NONCE_1, false},
    {"1001003C 00020002 0002000C 00000001 00000004 00040028 00000002" NONCE_256, true, SSTP_SHA256,
        NONCE_256, false},
    {"10010030 00020002 00040028 00000002" NONCE_256, true, SSTP_SHA256, NONCE_256, true},
    {"10010008 00020000", false, 0, NULL, false},
    {"1001000C 00020001 00040004", false, 0, NULL, true},
    {"10010010 00020001 00040008 00000002", false, 0, NULL, true},
    {"1001002F 00020001 00040027 00000002 000000"
     "00000000000000000000000000000000000000000000000000000000",
        false, 0, NULL, true},
    {"10010030 00020001 00040029 00000002" NONCE_256, false, 0, NULL, true},
    {"10010030 00020001 00050028 00000002" NONCE_256, false, 0, NULL, false},
};

START_TEST(reads_binding_request)
{
	struct sstp_reader reader;
	struct sstp_packet packet = read_packet(&reader, bindings[_i].digits);
	ck_assert_uint_eq(packet.type, SSTP_CALL_CONNECT_ACK);
	ck_assert_int_eq(packet.has_binding_request, bindings[_i].has);
	ck_assert_uint_eq(packet.hash_bits, bindings[_i].hash_bits);
	ck_assert_int_eq(packet.malformed, bindings[_i].malformed);
	size_t length = SSTP_NONCE;
	uint8_t *nonce =
	    bindings[_i].has ? wire_bytes(bindings[_i].nonce, &length) : calloc(1, SSTP_NONCE);
	ck_assert_uint_eq(length, SSTP_NONCE);
	ck_assert_mem_eq(packet.nonce, nonce, SSTP_NONCE);
	free(nonce);
}
END_TEST

static const struct {
	const char *digits;
	size_t length;
} payloads[] = {
    {"10000004", 0}, {"10000005 C0", 1}, {"1000000C FF03C021 09010004", 8},
    {"10FEF008 FF03C021", 4}, /* every reserved bit */
};

START_TEST(reads_payload)
{
	struct sstp_reader reader;
	struct sstp_packet packet = read_packet(&reader, payloads[_i].digits);
	size_t length;
	uint8_t *bytes = wire_bytes(payloads[_i].digits, &length);
	ck_assert(!packet.control);
	ck_assert_uint_eq(packet.payload_length, payloads[_i].length);
	ck_assert_uint_eq(packet.payload_length, length - SSTP_HEADER);
	for (size_t i = 0; i < packet.payload_length; i++)
		ck_assert_uint_eq(packet.payload[i], bytes[SSTP_HEADER + i]);
	ck_assert_uint_eq(packet.type, 0);
	ck_assert(!packet.has_status && !packet.has_binding_request && !packet.malformed);
	free(bytes);
}
END_TEST

/* A stream as a server might send it, smallest and largest packets among them. */
static void
add_stream(struct text *text)
{
	static const char *const packets[] = {(ACK_256), "10000004", "1000000C FF03C021 09010004",
	    "10010010 00050001 00020008 00000007", "10010008 00050000", LEAVE};
	static uint8_t frame[SSTP_PACKET_MAX - SSTP_HEADER];
	for (size_t i = 0; i < sizeof frame; i++)
		frame[i] = (uint8_t)(i % 251);
	for (size_t i = 0; i < UNIT_COUNT(packets); i++) {
		size_t length;
		uint8_t *bytes = wire_bytes(packets[i], &length);
		text_add_bytes(text, bytes, length);
		free(bytes);
		if (i == 2) {
			sstp_add_data(text, frame, sizeof frame);
			sstp_add_data(text, frame, 1);
		}
	}
}

#define STREAM_PACKETS 8

/* Write down what a packet says. */
static void
note(struct text *notes, const struct sstp_packet *packet)
{
	text_format(notes, "%d %u %u %d %d %u %u %d %u %u:", packet->control, packet->type,
	    packet->attributes, packet->malformed, packet->has_status, packet->status_attribute,
	    (unsigned)packet->status, packet->has_binding_request, packet->hash_bits,
	    (unsigned)packet->payload_length);
	text_add_bytes(notes, packet->nonce, sizeof packet->nonce);
	text_add_bytes(notes, packet->payload, packet->payload_length);
}

/* Feed a piece, which stands in a block of its own size. Returns how the last packet ended. */
static enum sstp_progress
feed_piece(struct sstp_reader *reader, const char *bytes, size_t length, struct text *notes)
{
	uint8_t *piece = malloc(length > 0 ? length : 1);
	memcpy(piece, bytes, length);
	enum sstp_progress progress;
	struct sstp_packet packet;
	size_t at = 0, used;
	do {
		progress = sstp_feed(reader, piece + at, length - at, &used, &packet);
		ck_assert_uint_le(used, length - at);
		ck_assert_uint_le(reader->length, SSTP_PACKET_MAX);
		at += used;
		if (progress == SSTP_PACKET)
			note(notes, &packet);
	} while (progress == SSTP_PACKET);
	ck_assert_uint_eq(at, length);
	free(piece);
	return progress;
}

static void
expect_same(const struct text *a, const struct text *b)
{
	ck_assert_uint_eq(a->length, b->length);
	ck_assert_mem_eq(a->bytes, b->bytes, a->length);
}

/* Cut at every place, after every packet, and inside each. */
START_TEST(split_anywhere)
{
	struct text stream = TEXT_EMPTY, whole = TEXT_EMPTY, halves = TEXT_EMPTY;
	struct sstp_reader reader = {0};
	add_stream(&stream);
	ck_assert_int_eq(feed_piece(&reader, stream.bytes, stream.length, &whole), SSTP_MORE);
	for (size_t split = 0; split <= stream.length; split++) {
		reader = (struct sstp_reader){0};
		text_cut(&halves, 0);
		ck_assert_int_eq(feed_piece(&reader, stream.bytes, split, &halves), SSTP_MORE);
		ck_assert_int_eq(
		    feed_piece(&reader, stream.bytes + split, stream.length - split, &halves),
		    SSTP_MORE);
		expect_same(&halves, &whole);
	}
	text_free(&halves);
	text_free(&whole);
	text_free(&stream);
}
END_TEST

START_TEST(byte_by_byte)
{
	struct text stream = TEXT_EMPTY, whole = TEXT_EMPTY, single = TEXT_EMPTY;
	struct sstp_reader reader = {0};
	add_stream(&stream);
	feed_piece(&reader, stream.bytes, stream.length, &whole);
	reader = (struct sstp_reader){0};
	for (size_t i = 0; i < stream.length; i++)
		ck_assert_int_eq(feed_piece(&reader, stream.bytes + i, 1, &single), SSTP_MORE);
	expect_same(&single, &whole);
	text_free(&single);
	text_free(&whole);
	text_free(&stream);
}
END_TEST

START_TEST(any_pieces)
{
	struct text stream = TEXT_EMPTY, whole = TEXT_EMPTY, parts = TEXT_EMPTY;
	struct sstp_reader reader = {0};
	add_stream(&stream);
	feed_piece(&reader, stream.bytes, stream.length, &whole);
	for (int round = 0; round < 200; round++) {
		reader = (struct sstp_reader){0};
		text_cut(&parts, 0);
		for (size_t at = 0, size; at < stream.length; at += size) {
			size = unit_random_below(round % 2 == 0 ? 40 : 3000);
			if (size > stream.length - at)
				size = stream.length - at;
			feed_piece(&reader, stream.bytes + at, size, &parts);
		}
		expect_same(&parts, &whole);
	}
	text_free(&parts);
	text_free(&whole);
	text_free(&stream);
}
END_TEST

/* One packet a call, and never a byte of the next; nothing is allocated. */
START_TEST(one_packet_at_a_time)
{
	struct text stream = TEXT_EMPTY;
	static struct sstp_reader reader;
	struct sstp_packet packet;
	size_t used[STREAM_PACKETS + 1] = {0};
	size_t packets = 0, at = 0;
	add_stream(&stream);
	unsigned before = shortage_allocations();
	while (packets < STREAM_PACKETS && sstp_feed(&reader, stream.bytes + at, stream.length - at,
	                                       &used[packets], &packet) == SSTP_PACKET)
		at += used[packets++];
	unsigned after = shortage_allocations();
	ck_assert_uint_eq(after, before);
	ck_assert_uint_eq(packets, STREAM_PACKETS);
	ck_assert_uint_eq(at, stream.length);
	for (size_t i = 0, head = 0; i < packets; head += used[i++])
		ck_assert_uint_eq(used[i],
		    (uint8_t)stream.bytes[head + 2] * 256U + (uint8_t)stream.bytes[head + 3]);
	ck_assert_uint_lt(sizeof reader, SSTP_PACKET_MAX + 4 * sizeof(size_t));
	text_free(&stream);
}
END_TEST

START_TEST(two_packets_in_one_buffer)
{
	size_t length, used;
	uint8_t *bytes = wire_bytes(ACK_1 "1000000C FF03C021 09010004", &length);
	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	ck_assert_uint_eq(feed(&reader, bytes, length, &packet), 48);
	ck_assert_uint_eq(packet.type, SSTP_CALL_CONNECT_ACK);
	ck_assert_uint_eq(feed(&reader, bytes + 48, length - 48, &packet), 12);
	ck_assert(!packet.control && !packet.has_binding_request);
	ck_assert_uint_eq(packet.payload_length, 8);
	/* What is in the reader is its own. */
	memset(bytes, 0, length);
	ck_assert_mem_eq(packet.payload, "\xFF\x03\xC0\x21\x09\x01\x00\x04", 8);
	free(bytes);
	ck_assert_int_eq(sstp_feed(&reader, NULL, 0, &used, &packet), SSTP_MORE);
	ck_assert_uint_eq(used, 0);
}
END_TEST

START_TEST(no_bytes)
{
	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	size_t used = 7;
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(sstp_feed(&reader, NULL, 0, &used, &packet), SSTP_MORE);
		ck_assert_uint_eq(used, 0);
	}
	ck_assert_int_eq(sstp_feed(&reader, "\x10", 1, &used, &packet), SSTP_MORE);
	ck_assert_int_eq(sstp_feed(&reader, NULL, 0, &used, &packet), SSTP_MORE);
	ck_assert_int_eq(sstp_feed(&reader, "\0\0\4", 3, &used, &packet), SSTP_PACKET);
	ck_assert_uint_eq(used, 3);
}
END_TEST

/* Whatever the length field says: LENGTH is what it means, 0 when it means nothing. */
static const struct {
	unsigned field;
	size_t data, control;
} lengths[] = {
    {0x0000, 0, 0},
    {0x0001, 0, 0},
    {0x0002, 0, 0},
    {0x0003, 0, 0},
    {0x0004, 4, 0},
    {0x0005, 5, 0},
    {0x0006, 6, 0},
    {0x0007, 7, 0},
    {0x0008, 8, 8},
    {0x0FFF, 4095, 4095},
    {0x1000, 0, 0},
    {0x1003, 0, 0},
    {0x8004, 4, 0},
    {0xF007, 7, 0},
    {0xF008, 8, 8},
    {0x1FFF, 4095, 4095},
    {0xFFFF, 4095, 4095},
};

/* The packet with these FLAGS, whose length is FIELD, ends after LENGTH bytes, or its header is
 * none.
 */
static void
expect_length(uint8_t flags, unsigned field, size_t length)
{
	uint8_t bytes[2 * SSTP_PACKET_MAX] = {0x10, flags, (uint8_t)(field >> 8), (uint8_t)field};
	bool control = flags & 1;
	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	size_t used;
	ck_assert_int_eq(sstp_feed(&reader, bytes, 3, &used, &packet), SSTP_MORE);
	ck_assert_uint_eq(used, 3);
	enum sstp_progress progress =
	    sstp_feed(&reader, bytes + 3, sizeof bytes - 3, &used, &packet);
	if (length == 0) {
		ck_assert_int_eq(progress, SSTP_BROKEN);
		ck_assert_uint_eq(used, sizeof bytes - 3);
		return;
	}
	ck_assert_int_eq(progress, SSTP_PACKET);
	ck_assert_uint_eq(used + 3, length);
	ck_assert_int_eq(packet.control, control);
	ck_assert_uint_eq(packet.payload_length, control ? 0 : length - SSTP_HEADER);

	reader = (struct sstp_reader){0};
	progress = sstp_feed(&reader, bytes, length - 1, &used, &packet);
	ck_assert_int_eq(progress, SSTP_MORE);
	ck_assert_uint_eq(used, length - 1);
}

START_TEST(reads_length)
{
	expect_length(0x00, lengths[_i].field, lengths[_i].data);
	expect_length(0xFE, lengths[_i].field, lengths[_i].data);
	expect_length(0x01, lengths[_i].field, lengths[_i].control);
	expect_length(0xFF, lengths[_i].field, lengths[_i].control);
}
END_TEST

/* The first byte tells, and nothing mends it. */
START_TEST(other_versions)
{
	for (unsigned version = 0; version <= UINT8_MAX; version++) {
		if (version == 0x10)
			continue;
		struct sstp_reader reader = {0};
		struct sstp_packet packet;
		size_t used, length;
		uint8_t first = (uint8_t)version;
		ck_assert_int_eq(sstp_feed(&reader, &first, 1, &used, &packet), SSTP_BROKEN);
		ck_assert_uint_eq(used, 1);
		ck_assert_uint_eq(reader.length, 1);
		ck_assert_uint_eq(reader.bytes[0], version);
		ck_assert_int_eq(sstp_feed(&reader, NULL, 0, &used, &packet), SSTP_BROKEN);
		uint8_t *bytes = wire_bytes(ACK_256, &length);
		ck_assert_int_eq(sstp_feed(&reader, bytes, length, &used, &packet), SSTP_BROKEN);
		ck_assert_uint_eq(used, length);
		free(bytes);
	}
}
END_TEST

/* Also behind good packets, and for good. */
START_TEST(breaks_later)
{
	size_t length, used;
	uint8_t *bytes = wire_bytes(LEFT "10010007" LEFT, &length);
	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	size_t at = feed(&reader, bytes, length, &packet);
	ck_assert_int_eq(sstp_feed(&reader, bytes + at, length - at, &used, &packet), SSTP_BROKEN);
	ck_assert_uint_eq(used, length - at);
	ck_assert_int_eq(sstp_feed(&reader, bytes, length, &used, &packet), SSTP_BROKEN);
	free(bytes);
}
END_TEST

/* An Abort of the greatest length that is full of attributes. */
START_TEST(many_attributes)
{
	uint8_t bytes[SSTP_PACKET_MAX] = {0x10, 0x01, 0x0F, 0xFF, 0, SSTP_CALL_ABORT, 0x03, 0xFD};
	for (size_t at = 8; at + 4 <= sizeof bytes; at += 4)
		bytes[at + 3] = 4;
	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	ck_assert_uint_eq(feed(&reader, bytes, sizeof bytes, &packet), sizeof bytes);
	ck_assert_uint_eq(packet.attributes, 1021);
	ck_assert(!packet.malformed);

	bytes[7]++; /* one more than there is room for */
	feed(&reader, bytes, sizeof bytes, &packet);
	ck_assert(packet.malformed);
}
END_TEST

static void
expect_bytes(struct text *text, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);
	ck_assert_uint_eq(text->length, length);
	ck_assert_mem_eq(text->bytes, bytes, length);
	free(bytes);
	text_cut(text, 0);
}

START_TEST(writes)
{
	struct text text = TEXT_EMPTY;
	sstp_add_connect_request(&text);
	expect_bytes(&text, REQUEST);
	sstp_add_message(&text, SSTP_CALL_DISCONNECT_ACK);
	expect_bytes(&text, LEFT);
	sstp_add_message(&text, SSTP_ECHO_RESPONSE);
	expect_bytes(&text, "10010008 00090000");
	sstp_add_status(&text, SSTP_CALL_DISCONNECT, SSTP_NO_ATTRIBUTE, 0);
	expect_bytes(&text, LEAVE);
	sstp_add_status(&text, SSTP_CALL_ABORT, SSTP_CRYPTO_BINDING, 4);
	expect_bytes(&text, "10010014 00050001 0002000C 00000003 00000004");
	sstp_add_status(&text, SSTP_CALL_ABORT, SSTP_STATUS_INFO, 0x89ABCDEF);
	expect_bytes(&text, "10010014 00050001 0002000C 00000002 89ABCDEF");
	sstp_add_data(&text, NULL, 0);
	expect_bytes(&text, "10000004");
	sstp_add_data(&text, "\xFF\x03\xC0\x21\x09\x01\x00\x04", 8);
	expect_bytes(&text, "1000000C FF03C021 09010004");

	/* Behind what is there. */
	sstp_add_message(&text, SSTP_ECHO_REQUEST);
	sstp_add_connect_request(&text);
	expect_bytes(&text, "10010008 00080000" REQUEST);
	text_free(&text);
}
END_TEST

static const struct {
	enum sstp_hash hash;
	const char *nonce, *certificate_hash, *packet;
} connected[] = {
    {SSTP_SHA256, NONCE_256, CERT_256,
        "10010070 00040001 00030068 00000002" NONCE_256 CERT_256 NO_MAC},
    {SSTP_SHA1, NONCE_1, CERT_1, "10010070 00040001 00030068 00000001" NONCE_1 CERT_1 NO_MAC},
};

START_TEST(writes_connected)
{
	uint8_t packet[SSTP_CONNECTED];
	size_t length;
	uint8_t *nonce = wire_bytes(connected[_i].nonce, &length);
	uint8_t *certificate_hash = wire_bytes(connected[_i].certificate_hash, &length);
	uint8_t *expected = wire_bytes(connected[_i].packet, &length);
	ck_assert_uint_eq(length, sizeof packet);
	memset(packet, 0xA5, sizeof packet);
	sstp_write_connected(packet, connected[_i].hash, nonce, certificate_hash);
	ck_assert_mem_eq(packet, expected, sizeof packet);
	free(nonce);
	free(certificate_hash);
	free(expected);
}
END_TEST

START_TEST(writes_frames_that_fit)
{
	static const uint8_t frame[SSTP_PACKET_MAX] = {[255] = 1, [SSTP_PACKET_MAX - 5] = 2};
	struct text text = TEXT_EMPTY;
	sstp_add_data(&text, frame, 252);
	ck_assert_uint_eq(text.length, 256);
	ck_assert_mem_eq(text.bytes, "\x10\x00\x01\x00", 4);
	text_cut(&text, 0);
	sstp_add_data(&text, frame, SSTP_PACKET_MAX - SSTP_HEADER + 1);
	ck_assert_uint_eq(text.length, 0);
	sstp_add_data(&text, frame, SSTP_PACKET_MAX - SSTP_HEADER);
	ck_assert_uint_eq(text.length, SSTP_PACKET_MAX);

	struct sstp_reader reader = {0};
	struct sstp_packet packet;
	feed(&reader, (const uint8_t *)text.bytes, text.length, &packet);
	ck_assert_uint_eq(packet.payload_length, SSTP_PACKET_MAX - SSTP_HEADER);
	ck_assert_mem_eq(packet.payload, frame, packet.payload_length);
	text_free(&text);
}
END_TEST

START_TEST(the_hash_to_take)
{
	ck_assert_uint_eq(sstp_choose_hash(0), 0);
	ck_assert_uint_eq(sstp_choose_hash(SSTP_SHA1), SSTP_SHA1);
	ck_assert_uint_eq(sstp_choose_hash(SSTP_SHA256), SSTP_SHA256);
	ck_assert_uint_eq(sstp_choose_hash(SSTP_SHA1 | SSTP_SHA256), SSTP_SHA256);
	ck_assert_uint_eq(sstp_choose_hash(0xFC), 0);
}
END_TEST

START_TEST(message_names)
{
	static const char *const names[] = {NULL, "Call Connect Request", "Call Connect Ack",
	    "Call Connect Nak", "Call Connected", "Call Abort", "Call Disconnect",
	    "Call Disconnect Ack", "Echo Request", "Echo Response"};
	for (size_t i = 0; i < UNIT_COUNT(names); i++)
		ck_assert_pstr_eq(sstp_message_name((uint16_t)i), names[i]);
	ck_assert_ptr_null(sstp_message_name(UNIT_COUNT(names)));
	ck_assert_ptr_null(sstp_message_name(UINT16_MAX));
}
END_TEST

START_TEST(status_names)
{
	for (uint32_t i = 0; i < 12; i++)
		ck_assert_ptr_nonnull(sstp_status_name(i));
	ck_assert_str_eq(sstp_status_name(0), "no error");
	ck_assert_str_eq(sstp_status_name(4), "value not supported");
	ck_assert_str_eq(sstp_status_name(8), "negotiation timeout");
	ck_assert_str_eq(sstp_status_name(11), "status info not supported in message");
	ck_assert_ptr_null(sstp_status_name(12));
	ck_assert_ptr_null(sstp_status_name(UINT32_MAX));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_message, messages);
	unit_add_rows(tests, reads_binding_request, bindings);
	unit_add_rows(tests, reads_payload, payloads);
	tcase_add_test(tests, split_anywhere);
	tcase_add_test(tests, byte_by_byte);
	tcase_add_test(tests, any_pieces);
	tcase_add_test(tests, one_packet_at_a_time);
	tcase_add_test(tests, two_packets_in_one_buffer);
	tcase_add_test(tests, no_bytes);
	unit_add_rows(tests, reads_length, lengths);
	tcase_add_test(tests, other_versions);
	tcase_add_test(tests, breaks_later);
	tcase_add_test(tests, many_attributes);
	tcase_add_test(tests, writes);
	unit_add_rows(tests, writes_connected, connected);
	tcase_add_test(tests, writes_frames_that_fit);
	tcase_add_test(tests, the_hash_to_take);
	tcase_add_test(tests, message_names);
	tcase_add_test(tests, status_names);
}

int
main(void)
{
	return unit_run("wire/sstp", list);
}

#include "support/capture.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/wire/wire.h"

#define HEAD        24
#define RECORD_HEAD 16

static uint8_t file[200];

/* A file of one frame. */
static size_t
write_file(uint8_t direction, const uint8_t *frame, size_t length)
{
	const uint32_t start[] = {0xa1b2c3d4u}, rest[] = {0, 0, 65535, 204};
	const uint16_t version[] = {2, 4};
	const uint32_t head[] = {1764097200, 999999, (uint32_t)length + 1, (uint32_t)length + 1};

	memcpy(file, start, sizeof start);
	memcpy(file + 4, version, sizeof version);
	memcpy(file + 8, rest, sizeof rest);
	memcpy(file + HEAD, head, sizeof head);
	file[HEAD + RECORD_HEAD] = direction;
	memcpy(file + HEAD + RECORD_HEAD + 1, frame, length);
	return HEAD + RECORD_HEAD + 1 + length;
}

static const struct {
	const char *name, *digits;
	bool sent, received; /* whether it is well then */
} frames[] = {
    {"LCP with options", "FF03 C021 0101 000E 01040FA0 0506AABBCCDD", true, true},
    {"an echo", "FF03 C021 0901 0008 AABBCCDD", true, true},
    {"CHAP", "FF03 C223 0301 0004", true, true},
    {"IPv4", "FF03 0021 4500001400000000 4001 5F95 C0A84D01 C0A84D02", true, true},
    {"padding", "FF03 C223 0301 0004 00", false, true},
    {"no FF 03", "C223 0301 0004", false, true},
    {"a short protocol", "FF03 21 4500001400000000 4001 5F95 C0A84D01 C0A84D02", false, true},
    {"nothing", "", false, false},
    {"no protocol", "FF03", false, false},
    {"half a protocol", "FF03 C0", false, false},
    {"an even protocol", "FF03 C020 0101 0004", false, false},
    {"no packet", "FF03 C021", false, false},
    {"a head that is cut", "FF03 C021 0101 00", false, false},
    {"a length below its head", "FF03 C021 0901 0003", false, false},
    {"a length beyond the frame", "FF03 C021 0901 0005", false, false},
    {"an option without a length", "FF03 C021 0101 0005 01", false, false},
    {"an option of no length", "FF03 C021 0101 0006 0100", false, false},
    {"an option beyond the packet", "FF03 8021 0101 0006 0306", false, false},
    {"IPv4 that is cut", "FF03 0021 4500", false, false},
    {"IPv4 of version 6", "FF03 0021 6500001400000000 4001 3F95 C0A84D01 C0A84D02", false, false},
    {"IPv4 with a wrong sum", "FF03 0021 4500001400000000 4001 5F96 C0A84D01 C0A84D02", false,
        false},
    {"IPv4 of another length", "FF03 0021 4500001500000000 4001 5F94 C0A84D01 C0A84D02", false,
        false},
};

START_TEST(a_frame)
{
	struct capture capture;
	size_t length, whole;
	uint8_t *bytes = wire_bytes(frames[_i].digits, &length);

	for (uint8_t direction = 0; direction < 2; direction++) {
		bool good = direction == 1 ? frames[_i].sent : frames[_i].received;
		const char *problem;

		whole = write_file(direction, bytes, length);
		problem = capture_read(file, whole, &capture);
		ck_assert_msg((problem == NULL) == good, "%s: %s", frames[_i].name,
		    problem == NULL ? "well" : problem);
		ck_assert_uint_eq(capture.sent, direction);
		ck_assert_uint_eq(capture.received, 1 - direction);
	}
	free(bytes);
}
END_TEST

/* No part of a file is a file but its head, and no byte of the head or of a length may differ. */
START_TEST(what_is_broken)
{
	static const uint8_t frame[] = {0xff, 0x03, 0xc2, 0x23, 3, 1, 0, 4};
	struct capture capture;
	size_t whole = write_file(1, frame, sizeof frame);

	ck_assert_ptr_null(capture_read(file, whole, &capture));
	ck_assert_uint_eq(capture.logon, 1);
	ck_assert_uint_eq(capture.data, 0);
	for (size_t length = 0; length < whole; length++)
		ck_assert((capture_read(file, length, &capture) == NULL) == (length == HEAD));
	for (size_t i = 0; i < HEAD + RECORD_HEAD + 1; i++) {
		if (i >= HEAD && i < HEAD + 4)
			continue; /* any second will do */
		file[i] ^= 0x80;
		if (i < HEAD + 4 || i >= HEAD + 8)
			ck_assert_ptr_nonnull(capture_read(file, whole, &capture));
		file[i] ^= 0x80;
	}
	memset(file + HEAD + 4, 0xff, 4);
	ck_assert_ptr_nonnull(capture_read(file, whole, &capture));
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, a_frame, frames);
	tcase_add_test(tests, what_is_broken);
}

int
main(void)
{
	return unit_run("support/capture", list);
}

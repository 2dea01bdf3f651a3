#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/wire/wire.h"
#include "wire/pap.h"

static const struct {
	const char *digits;
	const char *message;
} answers[] = {
    {"FF03 C023 02010010 0B 4C6F67696E206F6B617921", "Login okay!"},
    {"FF03 C023 03010005 00", ""},
    {"FF03 C023 02010004", ""},
    {"FF03 C023 02010006 01 41 4243", "A"}, /* padding */
    /* MikroTik: the length forgets the text, which may be cut as well */
    {"FF03 C023 02010004 0D 4C6F67696E2073756363656564", "Login succeed"},
    {"FF03 C023 02010005 02 4142", "AB"},
    {"FF03 C023 02010004 0D 4C", "L"},
    /* lengths that lie */
    {"FF03 C023 03010006 FF 41", "A"},
    {"FF03 C023 03010005 FF", ""},
};

START_TEST(reads_message)
{
	size_t length, message_length;
	struct ppp_frame frame;
	struct ppp_packet packet;
	uint8_t *bytes = wire_bytes(answers[_i].digits, &length);
	ck_assert(ppp_read_frame(bytes, length, &frame));
	ck_assert_uint_eq(frame.protocol, PPP_PAP);
	ck_assert(ppp_read_packet(&frame, &packet));
	const char *message = pap_message(&packet, &message_length);
	ck_assert_uint_eq(message_length, strlen(answers[_i].message));
	if (message_length > 0)
		ck_assert_mem_eq(message, answers[_i].message, message_length);
	free(bytes);
}
END_TEST

START_TEST(writes_request)
{
	size_t length;
	struct text text = TEXT_EMPTY;
	uint8_t *bytes =
	    wire_bytes("FF03 C023 01070014 04 55736572 0A 636C69656E7450617373", &length);
	ck_assert(pap_add_request(&text, 7, "User", "clientPass"));
	ck_assert_uint_eq(text.length, length);
	ck_assert_mem_eq(text.bytes, bytes, length);
	text_cut(&text, 0);
	ck_assert(pap_add_request(&text, 255, "", ""));
	ck_assert_uint_eq(text.length, 10);
	ck_assert_mem_eq(text.bytes, "\xFF\x03\xC0\x23\x01\xFF\x00\x06\x00\x00", 10);
	text_free(&text);
	free(bytes);
}
END_TEST

/* Each of the two counts its bytes in one. */
START_TEST(longest)
{
	char chars[PAP_MAX + 2];
	struct text text = TEXT_EMPTY;
	memset(chars, 'x', sizeof chars);
	chars[PAP_MAX + 1] = '\0';
	ck_assert(!pap_add_request(&text, 1, chars, ""));
	ck_assert(!pap_add_request(&text, 1, "", chars));
	ck_assert_uint_eq(text.length, 0);
	chars[PAP_MAX] = '\0';
	ck_assert(pap_add_request(&text, 1, chars, chars));
	ck_assert_uint_eq(text.length, 4 + 4 + 2 * (1 + PAP_MAX));
	ck_assert_uint_eq((uint8_t)text.bytes[8], PAP_MAX);
	ck_assert_uint_eq((uint8_t)text.bytes[8 + 1 + PAP_MAX], PAP_MAX);
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_message, answers);
	tcase_add_test(tests, writes_request);
	tcase_add_test(tests, longest);
}

int
main(void)
{
	return unit_run("wire/pap", list);
}

#include "wire/eaptls.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/wire/wire.h"

static enum eaptls_event
take(struct eaptls *eaptls, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);
	struct eap_packet packet = {
	    .code = EAP_REQUEST, .type = EAP_TLS, .data = bytes, .length = length};
	enum eaptls_event event = eaptls_receive(eaptls, &packet);

	free(bytes);
	return event;
}

/* What a server may send first, and what it means. */
static const struct {
	const char *digits;
	enum eaptls_event event;
	size_t length; /* of IN */
} firsts[] = {
    {"20", EAPTLS_START, 0},
    {"A0 00000000", EAPTLS_START, 0},
    {"", EAPTLS_WHOLE, 0}, /* flags left out */
    {"00", EAPTLS_WHOLE, 0},
    {"00 16", EAPTLS_WHOLE, 1},
    {"80 00000001 16", EAPTLS_WHOLE, 1},
    {"80 00000002 16", EAPTLS_WHOLE, 1}, /* claims more: the flags say that it ends */
    {"C0 00000002 16", EAPTLS_FRAGMENT, 1},
    {"40 16", EAPTLS_FRAGMENT, 1},
    {"40", EAPTLS_FRAGMENT, 0},
    {"80 00000000 16", EAPTLS_BROKEN, 0},
    {"80", EAPTLS_BROKEN, 0},
    {"80 000000", EAPTLS_BROKEN, 0},
    {"C0 FFFFFFFF 16", EAPTLS_BROKEN, 0},
    {"C0 00010001 16", EAPTLS_BROKEN, 0},
};

START_TEST(reads_first)
{
	struct eaptls eaptls = {0};

	ck_assert_int_eq(take(&eaptls, firsts[_i].digits), firsts[_i].event);
	ck_assert_uint_eq(eaptls.in.length, firsts[_i].length);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(joins_fragments)
{
	struct eaptls eaptls = {0};

	ck_assert_int_eq(take(&eaptls, "C0 00000003 16"), EAPTLS_FRAGMENT);
	ck_assert_int_eq(take(&eaptls, "40 03"), EAPTLS_FRAGMENT);
	ck_assert_int_eq(take(&eaptls, "00 01"), EAPTLS_WHOLE);
	ck_assert_uint_eq(eaptls.in.length, 3);
	ck_assert_mem_eq(eaptls.in.bytes, "\x16\x03\x01", 3);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(the_length_may_come_again)
{
	struct eaptls eaptls = {0};

	ck_assert_int_eq(take(&eaptls, "C0 00000003 16"), EAPTLS_FRAGMENT);
	ck_assert_int_eq(take(&eaptls, "C0 00000003 03"), EAPTLS_FRAGMENT);
	ck_assert_int_eq(take(&eaptls, "80 00000003 01"), EAPTLS_WHOLE);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(more_than_was_claimed_is_refused)
{
	struct eaptls eaptls = {0};

	ck_assert_int_eq(take(&eaptls, "C0 00000003 16"), EAPTLS_FRAGMENT);
	ck_assert_int_eq(take(&eaptls, "80 00000002 0301"), EAPTLS_BROKEN);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(nothing_for_ever_is_refused)
{
	struct eaptls eaptls = {0};
	int count = 0;

	while (take(&eaptls, "40") == EAPTLS_FRAGMENT)
		ck_assert_int_lt(++count, 10);
	ck_assert_uint_eq(eaptls.in.length, 0);
	eaptls_free(&eaptls);
}
END_TEST

/* Fragments without end, none of which claims a length. */
START_TEST(a_message_has_a_limit)
{
	struct eaptls eaptls = {0};
	uint8_t bytes[1001] = {0x40};
	struct eap_packet packet = {.data = bytes, .length = sizeof bytes};
	size_t count = 0;

	while (eaptls_receive(&eaptls, &packet) == EAPTLS_FRAGMENT)
		count++;
	ck_assert_uint_eq(count, EAPTLS_MESSAGE_MAX / 1000);
	ck_assert_uint_le(eaptls.in.length, EAPTLS_MESSAGE_MAX);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(sends_nothing_as_empty)
{
	struct eaptls eaptls = {0};
	struct text text = TEXT_EMPTY;

	eaptls_add(&eaptls, &text);
	ck_assert_uint_eq(text.length, 1);
	ck_assert_int_eq(text.bytes[0], 0);
	text_free(&text);
	eaptls_free(&eaptls);
}
END_TEST

static const struct {
	size_t length;
	size_t fragments;
} messages[] = {
    {1, 1},
    {EAPTLS_FRAGMENT_MAX - 1, 1},
    {EAPTLS_FRAGMENT_MAX, 1},
    {EAPTLS_FRAGMENT_MAX + 1, 2},
    {(size_t)3 * EAPTLS_FRAGMENT_MAX, 3},
    {20000, 20},
};

/* What one side cuts up the other one joins: only the first of several has the length. */
START_TEST(fragments_are_joined_again)
{
	static uint8_t message[20000];
	struct eaptls sender = {0}, receiver = {0};
	enum eaptls_event event = EAPTLS_FRAGMENT;
	size_t count = 0;

	for (size_t i = 0; i < messages[_i].length; i++)
		message[i] = (uint8_t)unit_random();
	eaptls_put(&sender, message, messages[_i].length);
	while (eaptls_has_more(&sender)) {
		struct text text = TEXT_EMPTY;
		struct eap_packet packet;

		ck_assert_int_eq(event, EAPTLS_FRAGMENT);
		if (count > 0)
			ck_assert_int_eq(take(&sender, "00"), EAPTLS_GO_ON);
		eaptls_add(&sender, &text);
		packet = (struct eap_packet){.data = (uint8_t *)text.bytes, .length = text.length};
		ck_assert_uint_le(text.length, EAPTLS_FRAGMENT_MAX + 5);
		ck_assert(
		    ((packet.data[0] & 0x80) != 0) == (count == 0 && messages[_i].fragments > 1));
		event = eaptls_receive(&receiver, &packet);
		text_free(&text);
		count++;
	}
	ck_assert_int_eq(event, EAPTLS_WHOLE);
	ck_assert_uint_eq(count, messages[_i].fragments);
	ck_assert_uint_eq(receiver.in.length, messages[_i].length);
	ck_assert_mem_eq(receiver.in.bytes, message, messages[_i].length);
	eaptls_free(&sender);
	eaptls_free(&receiver);
}
END_TEST

/* While fragments of ours are due the server may only ask for them. */
START_TEST(no_data_between_our_fragments)
{
	static const uint8_t message[2 * EAPTLS_FRAGMENT_MAX];
	struct eaptls eaptls = {0};
	struct text text = TEXT_EMPTY;

	eaptls_put(&eaptls, message, sizeof message);
	eaptls_add(&eaptls, &text);
	ck_assert_int_eq(take(&eaptls, "00 16"), EAPTLS_BROKEN);
	ck_assert_int_eq(take(&eaptls, "40"), EAPTLS_BROKEN);
	ck_assert_int_eq(take(&eaptls, "00"), EAPTLS_GO_ON);
	text_free(&text);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(the_length_may_go_with_every_message)
{
	struct eaptls eaptls = {.measured = true};
	struct text text = TEXT_EMPTY;

	eaptls_put(&eaptls, "\x16\x03", 2);
	eaptls_add(&eaptls, &text);
	/* Not with an empty packet, which only asks for more (MS-PEAP 2.2.2). */
	eaptls_add(&eaptls, &text);
	ck_assert_uint_eq(text.length, 8);
	ck_assert_mem_eq(text.bytes, "\x80\0\0\0\2\x16\x03\0", 8);
	text_free(&text);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(fragments_may_be_smaller)
{
	static const uint8_t message[2 * EAPTLS_INNER_MAX];
	struct eaptls eaptls = {.limit = EAPTLS_INNER_MAX};
	struct text text = TEXT_EMPTY;

	eaptls_put(&eaptls, message, sizeof message);
	eaptls_add(&eaptls, &text);
	ck_assert_uint_eq(text.length, 5 + EAPTLS_INNER_MAX);
	eaptls_add(&eaptls, &text);
	ck_assert_uint_eq(text.length, 5 + EAPTLS_INNER_MAX + 1 + EAPTLS_INNER_MAX);
	ck_assert(!eaptls_has_more(&eaptls));
	text_free(&text);
	eaptls_free(&eaptls);
}
END_TEST

START_TEST(the_version_of_peap)
{
	static const uint8_t flags[] = {0x21};
	struct eap_packet packet = {.data = flags, .length = 1};
	struct eaptls eaptls = {.version = 1};
	struct text text = TEXT_EMPTY;

	ck_assert_uint_eq(eaptls_version(&packet), 1);
	packet.length = 0;
	ck_assert_uint_eq(eaptls_version(&packet), 0);
	eaptls_add(&eaptls, &text);
	ck_assert_int_eq(text.bytes[0], 1);
	text_free(&text);
	eaptls_free(&eaptls);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_first, firsts);
	tcase_add_test(tests, joins_fragments);
	tcase_add_test(tests, the_length_may_come_again);
	tcase_add_test(tests, more_than_was_claimed_is_refused);
	tcase_add_test(tests, nothing_for_ever_is_refused);
	tcase_add_test(tests, a_message_has_a_limit);
	tcase_add_test(tests, sends_nothing_as_empty);
	unit_add_rows(tests, fragments_are_joined_again, messages);
	tcase_add_test(tests, no_data_between_our_fragments);
	tcase_add_test(tests, the_length_may_go_with_every_message);
	tcase_add_test(tests, fragments_may_be_smaller);
	tcase_add_test(tests, the_version_of_peap);
}

int
main(void)
{
	return unit_run("wire/eaptls", list);
}

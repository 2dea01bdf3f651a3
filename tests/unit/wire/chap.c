#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "unit/shortage.h"
#include "unit/unit.h"
#include "unit/wire/wire.h"
#include "wire/chap.h"
#include "wire/ppp.h"

/* WORDS are TEXT, letter by letter. */
static void
expect_words(const struct chap_words *words, const char *text)
{
	ck_assert_uint_eq(words->length, strlen(text));
	if (words->length > 0)
		ck_assert_mem_eq(words->chars, text, words->length);
}

/* A copy of LENGTH bytes in a block of their own size, so that a read behind them is seen. */
static char *
own_block(const char *bytes, size_t length)
{
	char *block = malloc(length > 0 ? length : 1);
	ck_assert_ptr_nonnull(block);
	memcpy(block, bytes, length);
	return block;
}

static const struct {
	const char *digits;
	size_t length; /* of the value; 0: it is none */
	const char *name;
} values[] = {
    {"10 5B5D7C7D7B3F2F3E3C2C602132262628 52415331", 16, "RAS1"},
    {"10 5B5D7C7D7B3F2F3E3C2C602132262628", 16, ""},
    {"01 5B", 1, ""},
    {"08 5B5D7C7D7B3F2F3E 00", 8, NULL}, /* a name of one NUL */
    {"", 0, ""},
    {"00", 0, ""},
    {"00 52415331", 0, ""},
    {"01", 0, ""},
    {"10 5B5D7C7D7B3F2F3E3C2C6021322626", 0, ""},
    {"FF 5B", 0, ""},
};

START_TEST(reads_value)
{
	size_t length;
	struct chap_value value;
	uint8_t *bytes = wire_bytes(values[_i].digits, &length);
	bool read = chap_read_value(bytes, length, &value);
	ck_assert_int_eq(read, values[_i].length > 0);
	if (read) {
		ck_assert_ptr_eq(value.value, bytes + 1);
		ck_assert_uint_eq(value.length, values[_i].length);
		if (values[_i].name != NULL)
			expect_words(&value.name, values[_i].name);
		else
			ck_assert_uint_eq(value.name.length, 1);
	}
	free(bytes);
}
END_TEST

#define PROOF "407A5589115FD0D6209F510FE9C04566932CDA56"

static const struct {
	const char *text;
	bool has_proof;
	const char *message;
} successes[] = {
    {"S=" PROOF, true, ""},
    {"S=" PROOF " M=Welcome", true, "Welcome"},
    {"S=" PROOF " M=Authentication succeeded", true, "Authentication succeeded"},
    {"S=" PROOF " M=", true, ""},
    {"S=" PROOF " M=a=b M=c", true, "a=b M=c"},
    {"S=" PROOF " ", true, ""},
    {"S=" PROOF "  \r\n M= Welcome \n", true, " Welcome"},
    {"S=" PROOF " Welcome", true, "Welcome"},
    {"S=407a5589115fd0d6209f510fe9c04566932cda56", true, ""},
    {" S=" PROOF, true, ""},
    /* no proof */
    {"", false, ""},
    {" ", false, ""},
    {"S", false, "S"},
    {"S=", false, "S="},
    {"s=" PROOF, false, "s=" PROOF},
    {"S= " PROOF, false, "S= " PROOF},
    {"S=" PROOF "0", false, "S=" PROOF "0"},
    {"S=" PROOF "M=Welcome", false, "S=" PROOF "M=Welcome"},
    {"S=407A5589115FD0D6209F510FE9C04566932CDA5", false,
        "S=407A5589115FD0D6209F510FE9C04566932CDA5"},
    {"S=407A5589115FD0D6209F510FE9C04566932CDA5G", false,
        "S=407A5589115FD0D6209F510FE9C04566932CDA5G"},
    /* A proof inside the message, or behind it, is part of it. */
    {"M=S=" PROOF, false, "M=S=" PROOF},
    {"M=Welcome S=" PROOF, false, "M=Welcome S=" PROOF},
    {"Welcome S=" PROOF, false, "Welcome S=" PROOF},
};

START_TEST(reads_success)
{
	size_t length = strlen(successes[_i].text);
	char *block = own_block(successes[_i].text, length);
	struct chap_success success;
	uint8_t proof[CHAP_PROOF];
	ck_assert(hex_read(PROOF, proof, sizeof proof));
	chap_read_success(block, length, &success);
	ck_assert_int_eq(success.has_proof, successes[_i].has_proof);
	if (success.has_proof)
		ck_assert_mem_eq(success.proof, proof, sizeof proof);
	expect_words(&success.message, successes[_i].message);
	free(block);
}
END_TEST

/* The only proof is the whole one. */
START_TEST(cut_success)
{
	static const char text[] = "S=" PROOF " M=Welcome";
	for (size_t length = 0; length < sizeof text; length++) {
		char *block = own_block(text, length);
		struct chap_success success;
		chap_read_success(block, length, &success);
		ck_assert_int_eq(success.has_proof, length >= 2 + 2 * CHAP_PROOF);
		free(block);
	}
}
END_TEST

/* EAP-MSCHAPv2 has a Success without data; UndefinedBehaviorSanitizer looks on. */
START_TEST(nothing_at_all)
{
	struct chap_success success;
	struct chap_failure failure;

	chap_read_success(NULL, 0, &success);
	ck_assert(!success.has_proof);
	expect_words(&success.message, "");
	chap_read_failure(NULL, 0, &failure);
	ck_assert(!failure.has_error);
	expect_words(&failure.message, "");
}
END_TEST

#define C_DIGITS "5B5D7C7D7B3F2F3E3C2C602132262628"
#define NONE     (-1)

static const struct {
	const char *text;
	long error, retry, version; /* NONE */
	bool has_challenge;
	const char *message;
} failures[] = {
    /* what servers send */
    {"E=691 R=1 C=" C_DIGITS " V=3 M=Authentication failed", 691, 1, 3, true,
        "Authentication failed"},
    {"E=691 R=0 V=3 M=Authentication failure", 691, 0, 3, false, "Authentication failure"},
    {"E=691 R=0 C=" C_DIGITS " V=3", 691, 0, 3, true, ""},
    {"E=691 R=0 V=3", 691, 0, 3, false, ""},
    {"E=691 R=1 C=" C_DIGITS " V=0 M=Access denied", 691, 1, 0, true, "Access denied"},
    {"E=646", 646, NONE, NONE, false, ""},
    {"E=647 R=0", 647, 0, NONE, false, ""},
    {"E=648 V=3 M=", 648, NONE, 3, false, ""},
    {"E=649 M=no dial-in", 649, NONE, NONE, false, "no dial-in"},
    {"E=709 R=0 C=" C_DIGITS " V=3 M=x", 709, 0, 3, true, "x"},
    /* in any order, and parted by any blanks */
    {"V=3 C=" C_DIGITS " R=1 E=691", 691, 1, 3, true, ""},
    {"  E=691\t\tR=0\r\nV=3  ", 691, 0, 3, false, ""},
    {"R=1", NONE, 1, NONE, false, ""},
    {"M=Account locked", NONE, NONE, NONE, false, "Account locked"},
    /* M= reaches to the end: what is in it is no field */
    {"M=why E=691 R=1", NONE, NONE, NONE, false, "why E=691 R=1"},
    {"E=691 M=E=649 M=more", 691, NONE, NONE, false, "E=649 M=more"},
    /* words that are no field */
    {"", NONE, NONE, NONE, false, ""},
    {"   ", NONE, NONE, NONE, false, ""},
    {"Login incorrect", NONE, NONE, NONE, false, "Login incorrect"},
    {"Login incorrect E=691", NONE, NONE, NONE, false, "Login incorrect E=691"},
    {"E=691 Login incorrect\r\n", 691, NONE, NONE, false, "Login incorrect"},
    {"E=691 X=1 R=0", 691, NONE, NONE, false, "X=1 R=0"},
    {"e=691", NONE, NONE, NONE, false, "e=691"},
    {"E", NONE, NONE, NONE, false, "E"},
    {"E=", NONE, NONE, NONE, false, ""},
    /* fields that cannot be read, and the first of two */
    {"E= 691", NONE, NONE, NONE, false, "691"},
    {"E=691x R=0", NONE, 0, NONE, false, ""},
    {"E=-691 R=+1", NONE, NONE, NONE, false, ""},
    {"E=4294967295", 4294967295, NONE, NONE, false, ""},
    {"E=4294967296", NONE, NONE, NONE, false, ""},
    {"E=99999999999999999999999999 R=1", NONE, 1, NONE, false, ""},
    {"E=00691", 691, NONE, NONE, false, ""},
    {"E=691 E=649 R=0 R=1 V=3 V=4", 691, 0, 3, false, ""},
    {"E=x E=649", 649, NONE, NONE, false, ""},
    {"E=691 C=5B5D7C7D7B3F2F3E V=3", 691, NONE, 3, false, ""},
    {"E=691 C=" C_DIGITS "00 V=3", 691, NONE, 3, false, ""},
    {"E=691 C=5B5D7C7D7B3F2F3E3C2C60213226262G", 691, NONE, NONE, false, ""},
};

static long
number_of(bool has, uint32_t number)
{
	return has ? (long)number : NONE;
}

START_TEST(reads_failure)
{
	size_t length = strlen(failures[_i].text);
	char *block = own_block(failures[_i].text, length);
	struct chap_failure failure;
	uint8_t challenge[CHAP_MSCHAP_CHALLENGE];
	ck_assert(hex_read(C_DIGITS, challenge, sizeof challenge));
	chap_read_failure(block, length, &failure);
	ck_assert_int_eq(number_of(failure.has_error, failure.error), failures[_i].error);
	ck_assert_int_eq(number_of(failure.has_retry, failure.retry), failures[_i].retry);
	ck_assert_int_eq(number_of(failure.has_version, failure.version), failures[_i].version);
	ck_assert_int_eq(failure.has_challenge, failures[_i].has_challenge);
	if (failure.has_challenge)
		ck_assert_mem_eq(failure.challenge, challenge, sizeof challenge);
	expect_words(&failure.message, failures[_i].message);
	free(block);
}
END_TEST

/* A NUL parts fields and ends a message, as some servers write it. */
START_TEST(failure_with_nul)
{
	struct chap_failure failure;
	chap_read_failure("E=691\0R=1\0M=no\0", 15, &failure);
	ck_assert_int_eq(number_of(failure.has_error, failure.error), 691);
	ck_assert_int_eq(number_of(failure.has_retry, failure.retry), 1);
	expect_words(&failure.message, "no");
	chap_read_failure(NULL, 0, &failure);
	ck_assert(!failure.has_error);
	ck_assert_uint_eq(failure.message.length, 0);
}
END_TEST

START_TEST(reading_allocates_nothing)
{
	static const char text[] = "E=691 R=1 C=" C_DIGITS " V=3 M=Authentication failed";
	struct chap_failure failure;
	struct chap_success success;
	struct chap_value value;
	unsigned before = shortage_allocations();
	chap_read_failure(text, sizeof text - 1, &failure);
	chap_read_success(text, sizeof text - 1, &success);
	chap_read_value(text, sizeof text - 1, &value);
	ck_assert_uint_eq(shortage_allocations(), before);
	ck_assert(failure.has_challenge && !success.has_proof);
}
END_TEST

static void
expect_bytes(const struct text *text, const char *digits)
{
	struct text written = TEXT_EMPTY, expected = TEXT_EMPTY;
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);
	hex_add(&written, (const uint8_t *)text->bytes, text->length);
	hex_add(&expected, bytes, length);
	ck_assert_str_eq(text_chars(&written), text_chars(&expected));
	text_free(&written);
	text_free(&expected);
	free(bytes);
}

START_TEST(writes_mschap)
{
	uint8_t peer[CHAP_MSCHAP_CHALLENGE], response[CHAP_MSCHAP_RESPONSE];
	struct text text = TEXT_EMPTY;
	ck_assert(hex_read("21402324255E262A28295F2B3A337C7E", peer, sizeof peer));
	ck_assert(hex_read(
	    "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", response, sizeof response));
	chap_add_mschap_response(&text, 3, peer, response, "CORP\\User");
	expect_bytes(&text, "FF03 C223 0203003F 31 21402324255E262A28295F2B3A337C7E"
	                    "0000000000000000 82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00"
	                    "434F52505C55736572");
	/* Nothing but the body, for EAP. */
	text_cut(&text, 0);
	chap_add_mschap(&text, peer, response, "");
	ck_assert_uint_eq(text.length, 50);
	text_free(&text);
}
END_TEST

START_TEST(writes_value)
{
	static const uint8_t zeros[CHAP_VALUE_MAX + 1];
	struct text text = TEXT_EMPTY;
	chap_add_response(&text, 255, "0123456789ABCDEF", 16, "User");
	expect_bytes(&text, "FF03 C223 02FF0019 10 30313233343536373839414243444546 55736572");
	text_cut(&text, 0);
	chap_add_value(&text, zeros, CHAP_VALUE_MAX, "x");
	ck_assert_uint_eq(text.length, 1 + CHAP_VALUE_MAX + 1);
	ck_assert_uint_eq((uint8_t)text.bytes[0], CHAP_VALUE_MAX);
	chap_add_value(&text, zeros, CHAP_VALUE_MAX + 1, "x");
	ck_assert_uint_eq(text.length, 1 + CHAP_VALUE_MAX + 1);
	text_free(&text);
}
END_TEST

START_TEST(writes_without_memory)
{
	const uint8_t zeros[CHAP_MSCHAP_RESPONSE] = {0};
	struct text none = {.failed = true};
	chap_add_mschap_response(&none, 1, zeros, zeros, "User");
	chap_add_response(&none, 1, zeros, 16, "User");
	ck_assert(text_failed(&none));
	ck_assert_uint_eq(none.length, 0);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads_value, values);
	unit_add_rows(tests, reads_success, successes);
	tcase_add_test(tests, cut_success);
	tcase_add_test(tests, nothing_at_all);
	unit_add_rows(tests, reads_failure, failures);
	tcase_add_test(tests, failure_with_nul);
	tcase_add_test(tests, reading_allocates_nothing);
	tcase_add_test(tests, writes_mschap);
	tcase_add_test(tests, writes_value);
	tcase_add_test(tests, writes_without_memory);
}

int
main(void)
{
	return unit_run("wire/chap", list);
}

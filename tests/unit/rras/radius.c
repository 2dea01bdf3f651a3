#include <string.h>

#include "base/hex.h"
#include "rras/radius.h"
#include "unit/unit.h"

enum { ROOM = 512 };

/* A packet that was written down. */
struct bytes {
	uint8_t room[ROOM];
	struct cursor all;
};

static struct cursor
read_hex(const char *digits, struct bytes *bytes)
{
	size_t length = strlen(digits) / 2;
	ck_assert(length <= ROOM && hex_read(digits, bytes->room, length));
	bytes->all = cursor_over(bytes->room, length);
	return bytes->all;
}

static void
read_request(const char *digits, struct text *request)
{
	struct bytes bytes;
	read_hex(digits, &bytes);
	text_cut(request, 0);
	text_add_bytes(request, bytes.all.at, bytes.all.left);
}

static void
assert_bytes(struct cursor bytes, const char *digits)
{
	struct text hex = TEXT_EMPTY;
	hex_add(&hex, bytes.at, bytes.left);
	ck_assert_str_eq(text_chars(&hex), digits);
	text_free(&hex);
}

static void
assert_text(const struct text *text, const char *digits)
{
	assert_bytes(cursor_over(text_chars(text), text->length), digits);
}

/* RFC 2865 section 7.1: "nemo" and "arctangent". */
static const char secret[] = "xyzzy5461";
static const char request_digits[] =
    "010000380F403F9473978057BD83D5CB98F4227A01066E656D6F02120DBE708D93D413CE3196E43F782A0AEE"
    "0406C0A801100506"
    "00000003";
static const char answer_digits[] =
    "0200002686FE220E7624BA2A1005F6BF9B55E0B20606000000010F06000000000E06C0A80103";

/* --- requests --- */

START_TEST(hides_a_password)
{
	struct bytes authenticator;
	struct text request = TEXT_EMPTY;
	read_hex("0F403F9473978057BD83D5CB98F4227A", &authenticator);
	radius_begin(&request, 0, authenticator.room);
	radius_add_chars(&request, RADIUS_USER_NAME, "nemo");
	radius_add_password(&request, secret, cursor_over("arctangent", 10));
	assert_text(&request,
	    "010000000F403F9473978057BD83D5CB98F4227A01066E656D6F02120DBE708D93D413CE3196E43F"
	    "782A0AEE");
	text_free(&request);
}
END_TEST

/* A password of no bytes is a block of zeros, one of 17 bytes takes two. */
START_TEST(hides_passwords_of_other_lengths)
{
	static const uint8_t zeros[RADIUS_AUTHENTICATOR] = {0};
	static const size_t blocks[] = {1, 1, 1, 2, 2, 3};
	static const size_t lengths[] = {0, 1, 16, 17, 32, 33};
	static const char password[] = "0123456789abcdef0123456789abcdef0";
	struct text request = TEXT_EMPTY;
	radius_begin(&request, 0, zeros);
	radius_add_password(&request, secret, cursor_over(password, lengths[_i]));
	ck_assert_uint_eq(request.length, 22 + 16 * blocks[_i]);
	text_free(&request);
}
END_TEST

START_TEST(writes_attributes)
{
	static const uint8_t zeros[RADIUS_AUTHENTICATOR] = {0};
	struct text request = TEXT_EMPTY;
	radius_begin(&request, 7, zeros);
	radius_add_number(&request, RADIUS_PORT_TYPE, 5);
	radius_add_microsoft(&request, RADIUS_MSCHAP_CHALLENGE, cursor_over("ABC", 3));
	radius_add(&request, RADIUS_STATE, cursor_over(NULL, 0));
	assert_text(&request, "01070000000000000000000000000000000000003D0600000005"
	                      "1A0B000001370B05414243"
	                      "1802");
	text_free(&request);
}
END_TEST

/* RFC 3579 section 3.1: a long EAP packet is in several attributes. */
START_TEST(cuts_what_is_long)
{
	static const uint8_t zeros[RADIUS_PACKET_MAX] = {0};
	struct text request = TEXT_EMPTY;
	struct text together = TEXT_EMPTY;
	radius_begin(&request, 7, zeros);
	radius_add(&request, RADIUS_EAP_MESSAGE, cursor_over(zeros, 600));
	ck_assert_uint_eq(request.length, 20 + 600 + 3 * 2);
	ck_assert_uint_eq((uint8_t)request.bytes[21], 255);
	ck_assert_uint_eq((uint8_t)request.bytes[20 + 255], RADIUS_EAP_MESSAGE);
	ck_assert_uint_eq((uint8_t)request.bytes[20 + 255 + 255 + 1], 96);
	struct radius_packet packet = {
	    RADIUS_CHALLENGE, cursor_over(request.bytes + 20, request.length - 20)};
	radius_collect(&packet, RADIUS_EAP_MESSAGE, &together);
	ck_assert_uint_eq(together.length, 600);
	text_free(&request);
	text_free(&together);
}
END_TEST

/* --- answers --- */

START_TEST(reads_an_answer)
{
	struct bytes bytes;
	struct radius_packet answer;
	struct text request = TEXT_EMPTY;
	read_request(request_digits, &request);
	ck_assert(radius_read(read_hex(answer_digits, &bytes), &request, secret, &answer));
	ck_assert_uint_eq(answer.code, RADIUS_ACCEPT);
	struct cursor service = radius_find(&answer, RADIUS_SERVICE_TYPE);
	ck_assert_uint_eq(cursor_u32(&service), 1);
	ck_assert(radius_find(&answer, RADIUS_STATE).failed);
	ck_assert(radius_find_microsoft(&answer, RADIUS_MSCHAP_ERROR).failed);
	text_free(&request);
}
END_TEST

/* Any bit that is turned over, anything cut off, and another secret. */
START_TEST(refuses_a_forged_answer)
{
	struct bytes bytes;
	struct radius_packet answer;
	struct text request = TEXT_EMPTY;
	read_request(request_digits, &request);
	struct cursor right = read_hex(answer_digits, &bytes);
	for (size_t bit = 0; bit < right.left * 8; bit++) {
		bytes.room[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!radius_read(right, &request, secret, &answer));
		bytes.room[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t length = 0; length < right.left; length++)
		ck_assert(!radius_read(cursor_over(right.at, length), &request, secret, &answer));
	ck_assert(!radius_read(right, &request, "xyzzy5462", &answer));
	ck_assert(radius_read(right, &request, secret, &answer));
	text_free(&request);
}
END_TEST

/* A logon by MS-CHAPv2 as FreeRADIUS has answered it, and the keys it said it had put in. */
static const char logon_digits[] =
    "0132009AE7670F7ACD93CA1B5C5B27C2104DF6E0010655736572200A727261732D73696D3D06000000050606"
    "000000020706000000011A18000001370B123306620C76A7A91366D735CB4B08E00E1A3A0000013719340000"
    "ACBC0E6639DF8FFFDACF91D124F32BDE0000000000000000E403A9199DF32EB6186A97B4EEDEEC8D3EE84449"
    "5B42BB3D5012D8FB79207002976990EB9081767E0F08";
static const char accept_digits[] =
    "023200B3474CDB68F997B37522F972F1C37AB0211A33000001371A2D00533D38373145434432463446443832"
    "3944413936393130344345423439304141344433334233423035331A2A000001371124844B545615E3579771"
    "93A1DC2C97BC993146B99405DF03DE926A4598194D11CE68E01A2A0000013710248AAE95D8342440E63DB14D"
    "BC9C06FFD5DC5195BF7AD4B12497449EE5A8D9CA05FFC01A0C000001370706000000021A0C00000137080600"
    "000004";

START_TEST(takes_keys)
{
	struct bytes bytes;
	struct radius_packet answer;
	struct text request = TEXT_EMPTY;
	struct text keys = TEXT_EMPTY;
	read_request(logon_digits, &request);
	struct cursor all = read_hex(accept_digits, &bytes);
	ck_assert(radius_read(all, &request, "testing123", &answer));
	ck_assert(radius_add_key(&keys, radius_find_microsoft(&answer, RADIUS_MPPE_RECEIVE_KEY),
	    &request, "testing123"));
	ck_assert(radius_add_key(
	    &keys, radius_find_microsoft(&answer, RADIUS_MPPE_SEND_KEY), &request, "testing123"));
	assert_text(&keys, "DB501E71DD64B43D638A3C2A358B0AC3A0F3FA9F5B22438F3993477BA1FD5525");
	ck_assert(!radius_add_key(
	    &keys, radius_find_microsoft(&answer, RADIUS_MSCHAP2_SUCCESS), &request, "testing123"));
	text_free(&keys);
	text_free(&request);
}
END_TEST

/* Nothing, a salt alone, a block that is not whole, and a length that is too long. */
START_TEST(refuses_bad_keys)
{
	static const uint8_t value[2 + 16] = {0};
	struct text request = TEXT_EMPTY;
	struct text keys = TEXT_EMPTY;
	read_request(logon_digits, &request);
	for (size_t length = 0; length <= sizeof value; length++)
		ck_assert(
		    !radius_add_key(&keys, cursor_over(value, length), &request, "testing123"));
	ck_assert_uint_eq(keys.length, 0);
	text_free(&request);
}
END_TEST

/* An Access-Challenge with an EAP packet, as it should be. */
static const char challenge_digits[] =
    "0B320030A4DD3002AC47047242675F74F8A263294F0603020004180461625012A00D1C29482678C9D01E9B48"
    "6730E4EF";

START_TEST(reads_a_challenge)
{
	struct bytes bytes;
	struct radius_packet answer;
	struct text request = TEXT_EMPTY;
	struct text eap = TEXT_EMPTY;
	read_request(logon_digits, &request);
	struct cursor all = read_hex(challenge_digits, &bytes);
	ck_assert(radius_read(all, &request, "testing123", &answer));
	ck_assert_uint_eq(answer.code, RADIUS_CHALLENGE);
	radius_collect(&answer, RADIUS_EAP_MESSAGE, &eap);
	assert_text(&eap, "03020004");
	assert_bytes(radius_find(&answer, RADIUS_STATE), "6162");
	text_free(&eap);
	text_free(&request);
}
END_TEST

/* Their authenticators are right all the same. An EAP packet that nothing vouches for; a MAC that
 * is wrong, and one that is short; an attribute that is shorter than can be. */
static const char *const unsound[] = {
    "0B32001ABAF7368E4C3EC2955DB32D14E8847CB04F0603020004",
    ("0B320030D7AEB4230A3090A2ADE19ECE952003C74F060302000418046162501200000000000000000000000"
     "000000001"),
    "0B32001AB4A8141AAB2ACC9AC918B0E5B09C9DD2500600000000",
    "0B320016426F2F91076F1F12FEA3BB98215668CC1801",
};

START_TEST(refuses_what_is_unsound)
{
	struct bytes bytes;
	struct radius_packet answer;
	struct text request = TEXT_EMPTY;
	read_request(logon_digits, &request);
	struct cursor all = read_hex(unsound[_i], &bytes);
	ck_assert(!radius_read(all, &request, "testing123", &answer));
	text_free(&request);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, hides_a_password);
	tcase_add_loop_test(tests, hides_passwords_of_other_lengths, 0, 6);
	tcase_add_test(tests, writes_attributes);
	tcase_add_test(tests, cuts_what_is_long);
	tcase_add_test(tests, reads_an_answer);
	tcase_add_test(tests, refuses_a_forged_answer);
	tcase_add_test(tests, reads_a_challenge);
	unit_add_rows(tests, refuses_what_is_unsound, unsound);
	tcase_add_test(tests, takes_keys);
	tcase_add_test(tests, refuses_bad_keys);
}

int
main(void)
{
	return unit_run("rras/radius", list);
}

#include <string.h>

#include "keys/digest.h"
#include "keys/md4.h"
#include "keys/mppe.h"
#include "keys/mschap.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"

/* RFC 2759 section 9.2: user "User", password "clientPass" */
#define CHALLENGE      "5B5D7C7D7B3F2F3E3C2C602132262628"
#define PEER           "21402324255E262A28295F2B3A337C7E"
#define CHALLENGE_HASH "D02E4386BCE91226"
#define PASSWORD_HASH  "44EBBA8D5312B8D611474411F56989AE"
#define HASH_HASH      "41C00C584BD2D91C4017A2A12FA59F3F"
#define RESPONSE       "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"
#define PROOF          "407A5589115FD0D6209F510FE9C04566932CDA56"
#define HLAK           "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB"

static uint8_t challenge[MSCHAP_CHALLENGE], peer[MSCHAP_CHALLENGE];

static void
read_challenges(void)
{
	vector_read(CHALLENGE, challenge, sizeof challenge);
	vector_read(PEER, peer, sizeof peer);
}

START_TEST(steps)
{
	uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH], password_hash[MSCHAP_HASH];
	uint8_t hash_hash[MSCHAP_HASH], response[MSCHAP_RESPONSE], proof[MSCHAP_PROOF];

	ck_assert_int_eq(mschap_challenge_hash(peer, challenge, "User", challenge_hash), KEYS_OK);
	vector_expect(challenge_hash, sizeof challenge_hash, CHALLENGE_HASH);
	ck_assert_int_eq(mschap_password_hash("clientPass", password_hash), KEYS_OK);
	vector_expect(password_hash, sizeof password_hash, PASSWORD_HASH);
	mschap_hash_hash(password_hash, hash_hash);
	vector_expect(hash_hash, sizeof hash_hash, HASH_HASH);
	ck_assert_int_eq(mschap_response(challenge_hash, password_hash, response), KEYS_OK);
	vector_expect(response, sizeof response, RESPONSE);
	ck_assert_int_eq(mschap_proof(hash_hash, response, challenge_hash, proof), KEYS_OK);
	vector_expect(proof, sizeof proof, PROOF);
}
END_TEST

START_TEST(responds)
{
	struct mschap_answer answer;

	ck_assert_int_eq(mschap_respond("User", "clientPass", challenge, peer, &answer), KEYS_OK);
	vector_expect(answer.response, sizeof answer.response, RESPONSE);
	vector_expect(answer.proof, sizeof answer.proof, PROOF);
	vector_expect(answer.hlak, sizeof answer.hlak, HLAK);
}
END_TEST

/* Names that are hashed as the second is. */
static const struct {
	const char *user;
	const char *hashed;
} users[] = {
    {"CORP\\User", "User"},
    {"\\User", "User"},
    {"corp.example.com\\User", "User"},
    {"FOREST\\CORP\\User", "User"},
    {"CORP\\", ""},
    {"CORP\\User@example.com", "User@example.com"},
};

static void
hash_of(const char *user, uint8_t hash[MSCHAP_CHALLENGE_HASH])
{
	ck_assert_int_eq(mschap_challenge_hash(peer, challenge, user, hash), KEYS_OK);
}

START_TEST(domain_is_stripped)
{
	uint8_t hash[MSCHAP_CHALLENGE_HASH], expected[MSCHAP_CHALLENGE_HASH];

	hash_of(users[_i].user, hash);
	hash_of(users[_i].hashed, expected);
	ck_assert_mem_eq(hash, expected, sizeof hash);
}
END_TEST

/* Nothing else is: not the realm, not the case, no slash. */
START_TEST(name_is_kept)
{
	static const char *const others[] = {"User@example.com", "user", "CORP/User", "User "};
	uint8_t hash[MSCHAP_CHALLENGE_HASH], other[MSCHAP_CHALLENGE_HASH];

	hash_of("User", hash);
	for (size_t i = 0; i < UNIT_COUNT(others); i++) {
		hash_of(others[i], other);
		ck_assert_mem_ne(hash, other, sizeof hash);
	}
	/* SHA-1 over the 32 bytes and the name as it is. */
	hash_of("User@example.com", hash);
	vector_expect(hash, sizeof hash, "7879FF91351D0A24");
}
END_TEST

/* Hashes of passwords that another program made. */
static const struct {
	const char *password;
	const char *hash;
} passwords[] = {
    {"", "31D6CFE0D16AE931B73C59D7E0C089C0"},
    {"ab", "79312F7EE81E59D4E76A15021E74B597"},
    {"p\xC3\xA4ssw\xC3\xB6rd", "0553152250AC01ADB4213CB9938663E4"},
    {"\xE2\x82\xAC"
     "uro",
        "65A07986D69E1CB33D52EACAB1A9322A"},
    {"a\xF0\x9F\x98\x80"
     "b",
        "FFDC8B254768FD97BF7C08FCFFD66FC1"},
    /* the last code of one unit, the first and the last of two */
    {"\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", "0A630FDEA0E061E69ACDCAEBB2504686"},
};

START_TEST(password_in_utf16)
{
	uint8_t hash[MSCHAP_HASH];

	ck_assert_int_eq(mschap_password_hash(passwords[_i].password, hash), KEYS_OK);
	vector_expect(hash, sizeof hash, passwords[_i].hash);
}
END_TEST

static const char *const no_utf8[] = {
    "\xFF", "good\x80", "\xC3", "p\xE4sswort", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"};

START_TEST(password_that_is_no_utf8)
{
	uint8_t hash[MSCHAP_HASH];
	struct mschap_answer answer;

	memset(hash, 0xFF, sizeof hash);
	memset(&answer, 0xFF, sizeof answer);
	ck_assert_int_eq(mschap_password_hash(no_utf8[_i], hash), KEYS_NOT_UTF8);
	vector_expect_zero(hash, sizeof hash);
	ck_assert_int_eq(
	    mschap_respond("User", no_utf8[_i], challenge, peer, &answer), KEYS_NOT_UTF8);
	vector_expect_zero(&answer, sizeof answer);
}
END_TEST

/* The limit is one of units: 256 letters or 128 characters of two. */
START_TEST(longest_password)
{
	char password[2 * KEYS_PASSWORD_UNITS + 3] = "";
	uint8_t hash[MSCHAP_HASH];

	for (int i = 0; i < KEYS_PASSWORD_UNITS; i++)
		strcat(password, "\xC3\xA9");
	ck_assert_int_eq(mschap_password_hash(password, hash), KEYS_OK);
	vector_expect(hash, sizeof hash, "9F733DC0CD60516561F43389BBE968D9");
	strcat(password, "x");
	ck_assert_int_eq(mschap_password_hash(password, hash), KEYS_TOO_LONG);
	vector_expect_zero(hash, sizeof hash);

	password[0] = '\0';
	for (int i = 0; i < KEYS_PASSWORD_UNITS / 2; i++)
		strcat(password, "\xF0\x9F\x98\x80");
	ck_assert_int_eq(mschap_password_hash(password, hash), KEYS_OK);
	vector_expect(hash, sizeof hash, "F8FA08817385E00F4344AEEC02847C21");
	/* The last character would have half of its room. */
	password[strlen(password) - 4] = '\0';
	strcat(password, "x\xF0\x9F\x98\x80");
	ck_assert_int_eq(mschap_password_hash(password, hash), KEYS_TOO_LONG);
}
END_TEST

START_TEST(proof)
{
	struct mschap_answer answer;
	uint8_t shown[MSCHAP_PROOF];

	ck_assert_int_eq(mschap_respond("User", "clientPass", challenge, peer, &answer), KEYS_OK);
	vector_read(PROOF, shown, sizeof shown);
	ck_assert(mschap_is_proven(&answer, shown));
	for (int bit = 0; bit < MSCHAP_PROOF * 8; bit++) {
		shown[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!mschap_is_proven(&answer, shown));
		shown[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
END_TEST

START_TEST(forbidden)
{
	struct mschap_answer answer;
	uint8_t password_hash[MSCHAP_HASH], response[MSCHAP_RESPONSE];
	enum keys_result respond, hash, step;

	memset(&answer, 0xFF, sizeof answer);
	memset(password_hash, 0xFF, sizeof password_hash);
	memset(response, 0xFF, sizeof response);
	vector_forbid();
	respond = mschap_respond("User", "clientPass", challenge, peer, &answer);
	hash = mschap_password_hash("clientPass", password_hash);
	step = mschap_response(peer, challenge, response);
	vector_allow();
	ck_assert_int_eq(respond, KEYS_NO_PROVIDER);
	vector_expect_zero(&answer, sizeof answer);
	/* MD4 is our own, and forbidden nevertheless. */
	ck_assert_int_eq(hash, KEYS_NO_PROVIDER);
	vector_expect_zero(password_hash, sizeof password_hash);
	ck_assert_int_eq(step, KEYS_NO_PROVIDER);
	vector_expect_zero(response, sizeof response);
}
END_TEST

/* Within a step: the password in UTF-16, which its digest wipes a copy of, the three keys of DES,
 * and the digest inside the proof. */
START_TEST(steps_wipe)
{
	static const char wide[] = "c\0l\0i\0e\0n\0t\0P\0a\0s\0s";
	uint8_t hash[MSCHAP_HASH], hash_hash[MSCHAP_HASH], challenge_hash[MSCHAP_CHALLENGE_HASH];
	uint8_t secrets[21] = {0}, response[MSCHAP_RESPONSE], shown[MSCHAP_PROOF];
	uint8_t inner[DIGEST_SHA1_SIZE];
	const struct digest_piece pieces[] = {{hash_hash, sizeof hash_hash},
	    {response, sizeof response}, {"Magic server to client signing constant", 39}};
	unsigned by_digest;

	wipes_begin();
	md4_digest(wide, sizeof wide, hash);
	by_digest = wipes_of(wide, sizeof wide);
	wipes_begin();
	ck_assert_int_eq(mschap_password_hash("clientPass", hash), KEYS_OK);
	ck_assert_uint_eq(wipes_of(wide, sizeof wide), by_digest + 1);

	wipes_begin();
	vector_read(CHALLENGE_HASH, challenge_hash, sizeof challenge_hash);
	memcpy(secrets, hash, sizeof hash);
	ck_assert_int_eq(mschap_response(challenge_hash, hash, response), KEYS_OK);
	ck_assert_uint_eq(wipes_of(secrets, sizeof secrets), 1);

	wipes_begin();
	vector_read(HASH_HASH, hash_hash, sizeof hash_hash);
	ck_assert_int_eq(digest_pieces(DIGEST_SHA1, pieces, 3, inner), KEYS_OK);
	ck_assert_int_eq(mschap_proof(hash_hash, response, challenge_hash, shown), KEYS_OK);
	ck_assert_uint_eq(wipes_of(inner, sizeof inner), 1);
}
END_TEST

/* And what one step hands to the next, beside what each of them wipes itself. */
START_TEST(what_steps_hand_on_is_wiped)
{
	uint8_t hash[MSCHAP_HASH], hash_hash[MSCHAP_HASH], challenge_hash[MSCHAP_CHALLENGE_HASH];
	uint8_t response[MSCHAP_RESPONSE];
	struct mschap_answer answer;
	struct mppe_keys keys;
	unsigned by_steps[3];

	vector_read(CHALLENGE_HASH, challenge_hash, sizeof challenge_hash);
	wipes_begin();
	ck_assert_int_eq(mschap_password_hash("clientPass", hash), KEYS_OK);
	mschap_hash_hash(hash, hash_hash);
	ck_assert_int_eq(mschap_response(challenge_hash, hash, response), KEYS_OK);
	ck_assert_int_eq(mppe_derive(hash_hash, response, &keys), KEYS_OK);
	by_steps[0] = wipes_of(hash, sizeof hash);
	by_steps[1] = wipes_of(hash_hash, sizeof hash_hash);
	by_steps[2] = wipes_of(keys.master, sizeof keys.master);
	wipes_begin();
	ck_assert_int_eq(mschap_respond("User", "clientPass", challenge, peer, &answer), KEYS_OK);
	ck_assert_uint_eq(wipes_of(hash, sizeof hash), by_steps[0] + 1);
	ck_assert_uint_eq(wipes_of(hash_hash, sizeof hash_hash), by_steps[1] + 1);
	ck_assert_uint_eq(wipes_of(keys.master, sizeof keys.master), by_steps[2] + 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, read_challenges, NULL);
	tcase_add_test(tests, steps);
	tcase_add_test(tests, responds);
	unit_add_rows(tests, domain_is_stripped, users);
	tcase_add_test(tests, name_is_kept);
	unit_add_rows(tests, password_in_utf16, passwords);
	unit_add_rows(tests, password_that_is_no_utf8, no_utf8);
	tcase_add_test(tests, longest_password);
	tcase_add_test(tests, proof);
	tcase_add_test(tests, forbidden);
	tcase_add_test(tests, steps_wipe);
	tcase_add_test(tests, what_steps_hand_on_is_wiped);
}

int
main(void)
{
	return unit_run("keys/mschap", list);
}

/*
 * The arithmetic of rras-sim against what others have published, so that it may judge the plugins.
 */
#include <string.h>

#include "base/hex.h"
#include "rras/compound.h"
#include "rras/md4.h"
#include "rras/mschapv2.h"
#include "unit/unit.h"

static void
assert_hex(const uint8_t *bytes, size_t length, const char *digits)
{
	struct text text = TEXT_EMPTY;
	hex_add(&text, bytes, length);
	ck_assert_str_eq(text_chars(&text), digits);
	text_free(&text);
}

static void
read_hex(const char *digits, uint8_t *bytes, size_t length)
{
	ck_assert(hex_read(digits, bytes, length));
}

static struct cursor
over(const char *chars)
{
	return cursor_over(chars, strlen(chars));
}

/* --- MD4 --- */

/* RFC 1320, A.5. */
static const struct {
	const char *chars;
	const char *digest;
} digests[] = {
    {"", "31D6CFE0D16AE931B73C59D7E0C089C0"},
    {"a", "BDE52CB31DE33E46245E05FBDBD6FB24"},
    {"abc", "A448017AAF21D8525FC10AE87AA6729D"},
    {"message digest", "D9130A8164549FE818874806E1C7014B"},
    {"abcdefghijklmnopqrstuvwxyz", "D79E1C308AA5BBCDEEA8ED63DF412DA9"},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "043F8582F241DB351CE627E153E7F0E4"},
    {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "E33B4DDC9C38F2199C3E7B164FCC0536"},
};

START_TEST(md4)
{
	uint8_t digest[MD4_LENGTH];
	md4_digest(digests[_i].chars, strlen(digests[_i].chars), digest);
	assert_hex(digest, sizeof digest, digests[_i].digest);
}
END_TEST

/* --- MS-CHAPv2 and its keys --- */

#define CHALLENGE "5B5D7C7D7B3F2F3E3C2C602132262628"
#define PEER      "21402324255E262A28295F2B3A337C7E"
#define KEYS      "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB"

static bool
calculate(struct mschapv2 *logon, const char *name, const char *password)
{
	uint8_t challenge[MSCHAPV2_CHALLENGE];
	uint8_t peer[MSCHAPV2_CHALLENGE];
	read_hex(CHALLENGE, challenge, sizeof challenge);
	read_hex(PEER, peer, sizeof peer);
	return mschapv2_calculate(
	    logon, password, over(name), cursor_over(challenge, sizeof challenge), peer);
}

/* RFC 2759 9.2; the domain before a name counts for nothing (section 4). */
static const char *const names[] = {"User", "BIGCO\\User", "\\User"};

START_TEST(mschapv2_of_the_rfc)
{
	struct mschapv2 logon;
	struct text proof = TEXT_EMPTY;
	ck_assert(calculate(&logon, names[_i], "clientPass"));
	assert_hex(logon.hash, sizeof logon.hash, "44EBBA8D5312B8D611474411F56989AE");
	assert_hex(logon.digest, sizeof logon.digest, "D02E4386BCE91226");
	assert_hex(logon.response, sizeof logon.response,
	    "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
	mschapv2_add_proof(&logon, &proof);
	ck_assert_str_eq(text_chars(&proof), "S=407A5589115FD0D6209F510FE9C04566932CDA56");
	text_free(&proof);
}
END_TEST

/* RFC 3079 3.5.3 has the second of the two. */
START_TEST(keys_of_the_rfc)
{
	struct mschapv2 logon;
	uint8_t keys[MSCHAPV2_KEYS];
	ck_assert(calculate(&logon, "User", "clientPass"));
	mschapv2_keys(&logon, keys);
	assert_hex(keys, sizeof keys, KEYS);
}
END_TEST

START_TEST(upn_is_whole)
{
	struct mschapv2 bare;
	struct mschapv2 upn;
	ck_assert(calculate(&bare, "User", "clientPass"));
	ck_assert(calculate(&upn, "User@bigco.example", "clientPass"));
	ck_assert_mem_ne(bare.digest, upn.digest, sizeof bare.digest);
}
END_TEST

/* The password "p\u00e4ss\u20ac\U0001f511", its UTF-16 typed out. */
START_TEST(password_is_utf16)
{
	static const uint8_t units[] = {
	    'p', 0, 0xe4, 0, 's', 0, 's', 0, 0xac, 0x20, 0x3d, 0xd8, 0x11, 0xdd};
	struct mschapv2 logon;
	uint8_t hash[MD4_LENGTH];
	ck_assert(calculate(&logon, "User", "p\xc3\xa4ss\xe2\x82\xac\xf0\x9f\x94\x91"));
	md4_digest(units, sizeof units, hash);
	ck_assert_mem_eq(logon.hash, hash, sizeof hash);
	ck_assert(!calculate(&logon, "User", "p\xe4ss"));
}
END_TEST

/* --- the Compound MAC --- */

#define ZEROS   "0000000000000000000000000000000000000000000000000000000000000000"
#define ZEROS12 "000000000000000000000000"
#define NONCE_1 "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435"
#define CERT_1  "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"
#define NONCE_2 "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF"
#define CERT_2  "5826B629BDA59B8E6FD8DCD2622FD34C534805A5" ZEROS12

/* The first two are MS-SSTP 4.7, the third a Windows client's EAP-TLS; the rest are their packets
 * with other keys. */
static const struct {
	const char *hash, *nonce, *certificate, *hlak, *key, *mac;
} bindings[] = {
    {"02", NONCE_1, CERT_1, "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164",
        "ECF59AC9FE155CF0A9E7D66ADC1B363C1AD7BA91A9217F0CEC2A534298828DF6",
        "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449"},
    {"01", NONCE_2, CERT_2, "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19",
        "A98B862A38CC7E224B42CD128586ACB22F0BD1E9" ZEROS12,
        "69915DD583D8062FEF16F61DB2F03290EC27CB6C" ZEROS12},
    {"02", "388A1ECBF302BA02F9F372CE37488EC36B71A28B5E1B19FBE44D5465A631C463",
        "7FF150176FA8E38A1F402D11FF89FF11B66505AD7F9AE81205277BA4A6B9EF9D",
        "BB2C17EDBAA643B3D511EB9848792B7CAB5F5D709FE9BDF89B5DEAF5A8C17DB7",
        "8BEC8243ED1D4E115DF606DF5042BE07946294375498F857F6612567C3C63592",
        "FE6473C7D183914E483FEA1B12A6E760A4DA16B62FAB12A0A1E54E0EC325B24E"},
    {"02", NONCE_1, CERT_1, ZEROS,
        "D342EB00477D6A37E1A184FB0168CB3EA3B6645FA0F227904D20EEF5CB8F9327",
        "37350A9168E4697495F2F535721AF42BE80A185D6DC4C4DC929F8F87E304A616"},
    {"01", NONCE_2, CERT_2, ZEROS, "AE571EDE1E11EFB7BB85B8B4F07E15F0E086761A" ZEROS12,
        "9A111C756B84D95002C9372556C181E0E5360DA7" ZEROS12},
    {"02", NONCE_1, CERT_1, KEYS,
        "150707E682B16F4CA9430560C562894AFD10050DB4182D35C3E9E06284445271",
        "FC0F8E272DD23C80526C2A271158A12195EB2DF59780B17E6EF641BA0FE699D0"},
    {"01", NONCE_2, CERT_2, KEYS, "3AFBFF0BA79DD9743BD09949FA99F9D0C92D3698" ZEROS12,
        "FF9D1B065CBAC8E7A71AD85CAD75EEE5B14890C9" ZEROS12},
};

START_TEST(binding)
{
	uint8_t packet[COMPOUND_PACKET];
	uint8_t hlak[COMPOUND_FIELD];
	uint8_t made[COMPOUND_FIELD];
	struct text digits = TEXT_EMPTY;
	text_format(&digits, "100100700004000100030068000000%s%s%s%s", bindings[_i].hash,
	    bindings[_i].nonce, bindings[_i].certificate, bindings[_i].mac);
	read_hex(text_chars(&digits), packet, sizeof packet);
	text_free(&digits);
	read_hex(bindings[_i].hlak, hlak, sizeof hlak);
	compound_key((enum compound_hash)packet[COMPOUND_HASH_AT], hlak, made);
	assert_hex(made, sizeof made, bindings[_i].key);
	compound_mac(packet, hlak, made);
	assert_hex(made, sizeof made, bindings[_i].mac);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, md4, digests);
	unit_add_rows(tests, mschapv2_of_the_rfc, names);
	tcase_add_test(tests, keys_of_the_rfc);
	tcase_add_test(tests, upn_is_whole);
	tcase_add_test(tests, password_is_utf16);
	unit_add_rows(tests, binding, bindings);
}

int
main(void)
{
	return unit_run("rras/crypto", list);
}

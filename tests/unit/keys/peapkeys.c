/* One logon as hostapd 2.10 logged it as a PEAPv0 server, with an inner EAP-MSCHAPv2 of the user
 * "User" whose password is clientPass; and Microsoft's own example, which begins in the middle. */
#include "keys/peapkeys.h"

#include <string.h>

#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"

static const char tunnel[] = "C1A6B4A1F8AC0337263D8393C94565CCD20E42372102AC3AE6A5365851A44BE0"
                             "C6AC34799ECEEDDF";
static const char inner[] = "F3ED578E8EC017F0CF0C64612978B4F6B958E8007129506F73BBCA6B9DF80AC8";
static const char ipmk[] = "C1CB78A733A191F168921BB26D9A39DB8753654342213CD59722A87AF11A2027"
                           "59CC15EBEECE19D0";
static const char cmk[] = "A813567A76DCBCA72289BCA6166260927DA5661F";
/* The server's TLV and the client's, MACs and all. */
static const char *const tlvs[] = {
    "000C00380000000090F4022C9956A2FFA4A72444316E454C5081414535246A9F"
    "EA081289F8335FE4"
    "0B7C6EE914361DECCB2B854E9BF91A9D166810DE",
    "000C0038"
    "0000000190F4022C9956A2FFA4A72444316E454C5081414535246A9FEA081289"
    "F8335FE4ACBA2FDB20C338822F573391B4CCBAEE313FD17F",
};
static const char session[] = "F9D84973D5C2E476D621A0AD4633E6B7D7763C6A50365E6F7B5F705A569D5636"
                              "689418018E3917D10AFBCE1A46F1847EF4A784CDABE5D95796C28935620E13B1"
                              "336A8FF0DA703ED418E80CCAE09CEF53C0485E1860D03E16B990845AA4DC7116"
                              "27FDDA31B691A2E4865F69109752FC5FB70784C258ACBDE0B790D5353E4C5A96";

static struct peapkeys
derive(void)
{
	uint8_t tunnel_bytes[PEAPKEYS_TUNNEL], inner_bytes[PEAPKEYS_INNER];
	struct peapkeys keys;

	vector_read(tunnel, tunnel_bytes, sizeof tunnel_bytes);
	vector_read(inner, inner_bytes, sizeof inner_bytes);
	ck_assert_int_eq(peapkeys_derive(tunnel_bytes, inner_bytes, &keys), KEYS_OK);
	return keys;
}

START_TEST(derives_keys)
{
	struct peapkeys keys = derive();

	vector_expect(keys.ipmk, sizeof keys.ipmk, ipmk);
	vector_expect(keys.cmk, sizeof keys.cmk, cmk);
}
END_TEST

START_TEST(makes_the_mac_of_both_sides)
{
	struct peapkeys keys = derive();
	uint8_t tlv[PEAPKEYS_TLV], mac[PEAPKEYS_MAC];

	vector_read(tlvs[_i], tlv, sizeof tlv);
	ck_assert_int_eq(peapkeys_mac(&keys, tlv, mac), KEYS_OK);
	ck_assert_mem_eq(mac, tlv + PEAPKEYS_MAC_AT, sizeof mac);
	ck_assert(peapkeys_is_bound(&keys, tlv));
	/* Every byte counts; the MAC's own do not go into it. */
	for (size_t i = 0; i < sizeof tlv; i++) {
		uint8_t other[PEAPKEYS_MAC];

		tlv[i] ^= 1;
		ck_assert_int_eq(peapkeys_mac(&keys, tlv, other), KEYS_OK);
		ck_assert((memcmp(mac, other, sizeof mac) == 0) == (i >= PEAPKEYS_MAC_AT));
		ck_assert(!peapkeys_is_bound(&keys, tlv));
		tlv[i] ^= 1;
	}
}
END_TEST

START_TEST(makes_the_session_key)
{
	struct peapkeys keys = derive();
	uint8_t bytes[PEAPKEYS_SESSION];

	ck_assert_int_eq(peapkeys_session(&keys, bytes), KEYS_OK);
	vector_expect(bytes, sizeof bytes, session);
}
END_TEST

/* MS-PEAP 4.4.1 to 4.4.3. */
static const struct peapkeys microsofts = {
    .ipmk = {0x3A, 0x91, 0x1C, 0x25, 0x54, 0x73, 0xE8, 0x3E, 0x9A, 0x0C, 0xC3, 0x33, 0xAE, 0x1F,
        0x8A, 0x35, 0xCD, 0xC7, 0x41, 0x63, 0xE7, 0xF6, 0x0F, 0x6C, 0x65, 0xEF, 0x71, 0xC2, 0x64,
        0x42, 0xAA, 0xAC, 0xA2, 0xB6, 0xF1, 0xEB, 0x4F, 0x25, 0xEC, 0xA3},
    .cmk = {0x33, 0x55, 0x35, 0x3B, 0x69, 0x20, 0xD0, 0x74, 0xC7, 0x82, 0xE4, 0x75, 0xDF, 0xB0,
        0x99, 0x9D, 0x4D, 0xB4, 0x67, 0xEB},
};
static const char *const microsofts_tlvs[] = {
    "000C003800000000BDA7A599FA816521AD3064C2BDDBD16EAA949E7D98A8D794"
    "3147CF425D85DA7B"
    "0CBF105E91755748224FBB83000626911CFB1B0F",
    "000C0038000000016C6BA38784237457CCC90B1A908CBDF4711B69994D0CFE8D"
    "3DB44ECBCDAD37E9"
    "42E086071D1C8B8C8E458F7021F06A6EAB16B646",
};
static const char microsofts_session[] =
    "6A02D782201BC7138BF8EFF733B496970D7CAB300AC9577278E1DDD5AEF76697"
    "1752D4E584A1C895039B4D05E3BC9A8484DDC2AA6E2CE162765C4068BFF65A45";

START_TEST(agrees_with_microsoft)
{
	uint8_t tlv[PEAPKEYS_TLV], bytes[PEAPKEYS_SESSION];

	for (size_t i = 0; i < UNIT_COUNT(microsofts_tlvs); i++) {
		vector_read(microsofts_tlvs[i], tlv, sizeof tlv);
		ck_assert(peapkeys_is_bound(&microsofts, tlv));
	}
	ck_assert_int_eq(peapkeys_session(&microsofts, bytes), KEYS_OK);
	vector_expect(bytes, 64, microsofts_session);
}
END_TEST

/* Both keys in one piece, what they are expanded from, and the last round of that: the digest is
 * the third, and was made of the second. */
START_TEST(wipes)
{
	static const char label[] = "Inner Methods Compound Keys";
	uint8_t both[PEAPKEYS_IPMK + PEAPKEYS_CMK], seed[sizeof label - 1 + PEAPKEYS_INNER];
	uint8_t round[PEAPKEYS_CMK + sizeof seed];
	struct peapkeys keys;

	memcpy(seed, label, sizeof label - 1);
	vector_read(inner, seed + sizeof label - 1, PEAPKEYS_INNER);
	wipes_begin();
	keys = derive();
	memcpy(both, keys.ipmk, PEAPKEYS_IPMK);
	memcpy(both + PEAPKEYS_IPMK, keys.cmk, PEAPKEYS_CMK);
	ck_assert_uint_eq(wipes_of(both, sizeof both), 1);
	ck_assert_uint_eq(wipes_of(seed, sizeof seed), 1);
	ck_assert_uint_eq(wipes_of(keys.cmk, PEAPKEYS_CMK), 1);
	memcpy(round, keys.ipmk + PEAPKEYS_CMK, PEAPKEYS_CMK);
	memcpy(round + PEAPKEYS_CMK, seed, sizeof seed);
	ck_assert_uint_eq(wipes_of(round, sizeof round), 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, derives_keys);
	unit_add_rows(tests, makes_the_mac_of_both_sides, tlvs);
	tcase_add_test(tests, makes_the_session_key);
	tcase_add_test(tests, agrees_with_microsoft);
	tcase_add_test(tests, wipes);
}

int
main(void)
{
	return unit_run("keys/peapkeys", list);
}

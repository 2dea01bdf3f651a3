#include <string.h>

#include "keys/cryptobind.h"
#include "keys/mschap.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"
#include "wire/sstp.h"

#define ZEROS_12 "000000000000000000000000"
#define ZEROS_32 "0000000000000000000000000000000000000000000000000000000000000000"

/* Packets of MS-SSTP 4.7, and one of a Windows client that logged on by EAP-TLS. */
enum packet {
	PACKET_1,
	PACKET_2,
	PACKET_3,
};

static const struct {
	enum cryptobind_hash hash;
	const char *nonce;
	const char *certificate_hash;
} packets[] = {
    [PACKET_1] = {CRYPTOBIND_SHA256,
        "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435",
        "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"},
    [PACKET_2] = {CRYPTOBIND_SHA1,
        "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF",
        "5826B629BDA59B8E6FD8DCD2622FD34C534805A5" ZEROS_12},
    [PACKET_3] = {CRYPTOBIND_SHA256,
        "388A1ECBF302BA02F9F372CE37488EC36B71A28B5E1B19FBE44D5465A631C463",
        "7FF150176FA8E38A1F402D11FF89FF11B66505AD7F9AE81205277BA4A6B9EF9D"},
};

#define RFC_HLAK "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB"

static const struct {
	enum packet packet;
	const char *hlak;
	const char *key;
	const char *mac;
} vectors[] = {
    {PACKET_1, "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164",
        "ECF59AC9FE155CF0A9E7D66ADC1B363C1AD7BA91A9217F0CEC2A534298828DF6",
        "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449"},
    {PACKET_2, "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19",
        "A98B862A38CC7E224B42CD128586ACB22F0BD1E9" ZEROS_12,
        "69915DD583D8062FEF16F61DB2F03290EC27CB6C" ZEROS_12},
    {PACKET_3, "BB2C17EDBAA643B3D511EB9848792B7CAB5F5D709FE9BDF89B5DEAF5A8C17DB7",
        "8BEC8243ED1D4E115DF606DF5042BE07946294375498F857F6612567C3C63592",
        "FE6473C7D183914E483FEA1B12A6E760A4DA16B62FAB12A0A1E54E0EC325B24E"},
    /* no keys: PAP and CHAP-MD5 */
    {PACKET_1, ZEROS_32, "D342EB00477D6A37E1A184FB0168CB3EA3B6645FA0F227904D20EEF5CB8F9327",
        "37350A9168E4697495F2F535721AF42BE80A185D6DC4C4DC929F8F87E304A616"},
    {PACKET_2, ZEROS_32, "AE571EDE1E11EFB7BB85B8B4F07E15F0E086761A" ZEROS_12,
        "9A111C756B84D95002C9372556C181E0E5360DA7" ZEROS_12},
    /* the user of RFC 2759 section 9.2 */
    {PACKET_1, RFC_HLAK, "150707E682B16F4CA9430560C562894AFD10050DB4182D35C3E9E06284445271",
        "FC0F8E272DD23C80526C2A271158A12195EB2DF59780B17E6EF641BA0FE699D0"},
    {PACKET_2, RFC_HLAK, "3AFBFF0BA79DD9743BD09949FA99F9D0C92D3698" ZEROS_12,
        "FF9D1B065CBAC8E7A71AD85CAD75EEE5B14890C9" ZEROS_12},
};

static void
write_packet(enum packet which, uint8_t packet[CRYPTOBIND_PACKET])
{
	uint8_t nonce[SSTP_NONCE], certificate_hash[SSTP_HASH_MAX];

	vector_read(packets[which].nonce, nonce, sizeof nonce);
	vector_read(packets[which].certificate_hash, certificate_hash, sizeof certificate_hash);
	sstp_write_connected(packet, (enum sstp_hash)packets[which].hash, nonce, certificate_hash);
}

START_TEST(vector)
{
	enum cryptobind_hash hash = packets[vectors[_i].packet].hash;
	uint8_t packet[CRYPTOBIND_PACKET], hlak[KEYS_HLAK];
	uint8_t key[CRYPTOBIND_MAC], mac[CRYPTOBIND_MAC];

	memset(key, 0xFF, sizeof key);
	memset(mac, 0xFF, sizeof mac);
	write_packet(vectors[_i].packet, packet);
	vector_read(vectors[_i].hlak, hlak, sizeof hlak);
	ck_assert_int_eq(cryptobind_key(hash, hlak, key), KEYS_OK);
	vector_expect(key, sizeof key, vectors[_i].key);
	ck_assert_int_eq(cryptobind_mac(hash, hlak, packet, mac), KEYS_OK);
	vector_expect(mac, sizeof mac, vectors[_i].mac);
}
END_TEST

/* The packet as it is sent gives the same MAC again. */
START_TEST(mac_field_does_not_matter)
{
	uint8_t packet[CRYPTOBIND_PACKET], hlak[KEYS_HLAK], mac[CRYPTOBIND_MAC];

	write_packet(PACKET_1, packet);
	vector_read(vectors[0].mac, packet + CRYPTOBIND_MAC_AT, CRYPTOBIND_MAC);
	vector_read(vectors[0].hlak, hlak, sizeof hlak);
	ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA256, hlak, packet, mac), KEYS_OK);
	vector_expect(mac, sizeof mac, vectors[0].mac);
	ck_assert_mem_eq(packet + CRYPTOBIND_MAC_AT, mac, sizeof mac);
}
END_TEST

/* Every other byte does. */
START_TEST(every_byte_is_signed)
{
	uint8_t packet[CRYPTOBIND_PACKET], hlak[KEYS_HLAK];
	uint8_t mac[CRYPTOBIND_MAC], other[CRYPTOBIND_MAC];

	write_packet(PACKET_1, packet);
	vector_read(vectors[0].hlak, hlak, sizeof hlak);
	ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA256, hlak, packet, mac), KEYS_OK);
	for (size_t i = 0; i < CRYPTOBIND_MAC_AT; i++) {
		packet[i] ^= 1;
		ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA256, hlak, packet, other), KEYS_OK);
		ck_assert_mem_ne(mac, other, sizeof mac);
		packet[i] ^= 1;
	}
}
END_TEST

/* From the logon to the MAC, as a client goes. */
START_TEST(after_mschap)
{
	uint8_t packet[CRYPTOBIND_PACKET], mac[CRYPTOBIND_MAC];
	uint8_t challenge[MSCHAP_CHALLENGE], peer[MSCHAP_CHALLENGE];
	struct mschap_answer answer;

	write_packet(PACKET_1, packet);
	vector_read("5B5D7C7D7B3F2F3E3C2C602132262628", challenge, sizeof challenge);
	vector_read("21402324255E262A28295F2B3A337C7E", peer, sizeof peer);
	ck_assert_int_eq(mschap_respond("User", "clientPass", challenge, peer, &answer), KEYS_OK);
	ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA256, answer.hlak, packet, mac), KEYS_OK);
	vector_expect(mac, sizeof mac, vectors[5].mac);
}
END_TEST

START_TEST(forbidden)
{
	const uint8_t packet[CRYPTOBIND_PACKET] = {1}, hlak[KEYS_HLAK] = {2};
	uint8_t key[CRYPTOBIND_MAC], mac[CRYPTOBIND_MAC];

	memset(key, 0xFF, sizeof key);
	memset(mac, 0xFF, sizeof mac);
	vector_forbid();
	ck_assert_int_eq(cryptobind_key(CRYPTOBIND_SHA1, hlak, key), KEYS_NO_PROVIDER);
	ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA1, hlak, packet, mac), KEYS_NO_PROVIDER);
	vector_allow();
	vector_expect_zero(key, sizeof key);
	vector_expect_zero(mac, sizeof mac);
}
END_TEST

START_TEST(wipes)
{
	uint8_t packet[CRYPTOBIND_PACKET], hlak[KEYS_HLAK];
	uint8_t key[CRYPTOBIND_MAC], mac[CRYPTOBIND_MAC];

	write_packet(PACKET_1, packet);
	vector_read(vectors[0].hlak, hlak, sizeof hlak);
	vector_read(vectors[0].key, key, sizeof key);
	wipes_begin();
	ck_assert_int_eq(cryptobind_mac(CRYPTOBIND_SHA256, hlak, packet, mac), KEYS_OK);
	ck_assert_uint_eq(wipes_of(key, sizeof key), 1);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, vector, vectors);
	tcase_add_test(tests, mac_field_does_not_matter);
	tcase_add_test(tests, every_byte_is_signed);
	tcase_add_test(tests, after_mschap);
	tcase_add_test(tests, forbidden);
	tcase_add_test(tests, wipes);
}

int
main(void)
{
	return unit_run("keys/cryptobind", list);
}

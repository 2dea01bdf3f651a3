#include "base/ipv4.h"

#include "unit/unit.h"

static const struct {
	const char *chars;
	bool good;
	uint32_t address;
} addresses[] = {
    {"192.0.2.1", true, 0xC0000201},
    {"0.0.0.0", true, 0},
    {"255.255.255.255", true, 0xFFFFFFFF},
    {"", false, 0},
    {"192.0.2", false, 0},
    {"192.0.2.", false, 0},
    {"192.0.2.1.", false, 0},
    {"192.0.2.1.5", false, 0},
    {"192.0..1", false, 0},
    {"192.0.2.256", false, 0},
    {"192.0.2.01", false, 0},
    {"192.0.2.1 ", false, 0},
    {"192.0.2.-1", false, 0},
    {"192.0.2.1/24", false, 0},
    {"0xC0000201", false, 0},
    {"3221225985", false, 0},
    {"vpn.example.com", false, 0},
    {"2001:db8::1", false, 0},
};

START_TEST(an_address)
{
	uint32_t address = 7;
	char chars[IPV4_MAX];

	ck_assert(ipv4_read(addresses[_i].chars, &address) == addresses[_i].good);
	ck_assert_uint_eq(address, addresses[_i].good ? addresses[_i].address : 7);
	if (addresses[_i].good)
		ck_assert_str_eq(ipv4_write(address, chars), addresses[_i].chars);
}
END_TEST

static const struct {
	const char *chars;
	bool good;
	int bits;
	const char *within, *outside;
} subnets[] = {
    {"192.0.2.0/24", true, 24, "192.0.2.255", "192.0.3.0"},
    {"192.0.2.77/24", true, 24, "192.0.2.0", "192.0.1.255"},
    {"10.0.0.0/8", true, 8, "10.255.255.255", "11.0.0.0"},
    {"192.0.2.1", true, 32, "192.0.2.1", "192.0.2.2"},
    {"192.0.2.1/32", true, 32, "192.0.2.1", "192.0.2.0"},
    {"128.0.0.0/1", true, 1, "255.0.0.1", "127.255.255.255"},
    {"0.0.0.0/0", true, 0, "255.255.255.255", NULL},
    {"192.0.2.0/33", false, 0, NULL, NULL},
    {"192.0.2.0/", false, 0, NULL, NULL},
    {"192.0.2.0/024", false, 0, NULL, NULL},
    {"192.0.2.0/08", false, 0, NULL, NULL},
    {"192.0.2.0/24/1", false, 0, NULL, NULL},
    {"192.0.2/24", false, 0, NULL, NULL},
    {"/24", false, 0, NULL, NULL},
};

START_TEST(a_subnet)
{
	struct ipv4_subnet subnet = {.bits = -1};
	uint32_t address;

	ck_assert(ipv4_read_subnet(subnets[_i].chars, &subnet) == subnets[_i].good);
	ck_assert_int_eq(subnet.bits, subnets[_i].good ? subnets[_i].bits : -1);
	if (subnets[_i].within != NULL) {
		ck_assert(ipv4_read(subnets[_i].within, &address));
		ck_assert(ipv4_is_within(address, &subnet));
	}
	if (subnets[_i].outside != NULL) {
		ck_assert(ipv4_read(subnets[_i].outside, &address));
		ck_assert(!ipv4_is_within(address, &subnet));
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, an_address, addresses);
	unit_add_rows(tests, a_subnet, subnets);
}

int
main(void)
{
	return unit_run("base/ipv4", list);
}

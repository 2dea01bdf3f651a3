#include <stdio.h>
#include <string.h>

#include "base/endpoint.h"
#include "unit/unit.h"

#define L63 "a23456789-123456789-123456789-123456789-123456789-123456789-123"
#define L61 "a23456789-123456789-123456789-123456789-123456789-123456789-1"

static const struct {
	const char *chars;
	enum endpoint_kind kind;
	const char *host;
	uint16_t port;
} good[] = {
    {"vpn.example.com", ENDPOINT_NAME, "vpn.example.com", 0},
    {"vpn.example.com:8443", ENDPOINT_NAME, "vpn.example.com", 8443},
    {"VPN.Example.COM.", ENDPOINT_NAME, "vpn.example.com", 0},
    {"vpn.example.com.:443", ENDPOINT_NAME, "vpn.example.com", 443},
    {"localhost", ENDPOINT_NAME, "localhost", 0},
    {"a", ENDPOINT_NAME, "a", 0},
    {"_sstp._tcp.example", ENDPOINT_NAME, "_sstp._tcp.example", 0},
    {"rras-1", ENDPOINT_NAME, "rras-1", 0},
    {"3com.example", ENDPOINT_NAME, "3com.example", 0},
    {"1.2.3.example", ENDPOINT_NAME, "1.2.3.example", 0},
    {"1.2.3.4.5a", ENDPOINT_NAME, "1.2.3.4.5a", 0},
    {"0xfeed.example", ENDPOINT_NAME, "0xfeed.example", 0},
    {"face.b00c", ENDPOINT_NAME, "face.b00c", 0},
    {"0xyz", ENDPOINT_NAME, "0xyz", 0},
    {"0xag", ENDPOINT_NAME, "0xag", 0},
    {"0face", ENDPOINT_NAME, "0face", 0},
    {"1x1", ENDPOINT_NAME, "1x1", 0},
    {"A-Z", ENDPOINT_NAME, "a-z", 0},
    {L63 "." L63 "." L63 "." L61, ENDPOINT_NAME, L63 "." L63 "." L63 "." L61, 0},
    {L63 "." L63 "." L63 "." L61 ".:1", ENDPOINT_NAME, L63 "." L63 "." L63 "." L61, 1},
    {"bücher.example", ENDPOINT_NAME, "xn--bcher-kva.example", 0},
    {"VPN.bücher.Example.:65535", ENDPOINT_NAME, "vpn.xn--bcher-kva.example", 65535},
    {"203.0.113.7", ENDPOINT_IPV4, "203.0.113.7", 0},
    {"203.0.113.7:8443", ENDPOINT_IPV4, "203.0.113.7", 8443},
    {"0.0.0.0:1", ENDPOINT_IPV4, "0.0.0.0", 1},
    {"255.255.255.255", ENDPOINT_IPV4, "255.255.255.255", 0},
    {"203.0.113.7:00443", ENDPOINT_IPV4, "203.0.113.7", 443},
    {"2001:db8::1", ENDPOINT_IPV6, "2001:db8::1", 0},
    {"2001:DB8::1", ENDPOINT_IPV6, "2001:DB8::1", 0},
    {"[2001:db8::1]", ENDPOINT_IPV6, "2001:db8::1", 0},
    {"[2001:db8::1]:8443", ENDPOINT_IPV6, "2001:db8::1", 8443},
    {"2001:db8::1:8443", ENDPOINT_IPV6, "2001:db8::1:8443", 0},
    {"::", ENDPOINT_IPV6, "::", 0},
    {"::1", ENDPOINT_IPV6, "::1", 0},
    {"[::]:443", ENDPOINT_IPV6, "::", 443},
    {"::ffff:203.0.113.7", ENDPOINT_IPV6, "::ffff:203.0.113.7", 0},
    {"2001:db8:0:1:2:3:4:5", ENDPOINT_IPV6, "2001:db8:0:1:2:3:4:5", 0},
    {"fe80::1%eth0", ENDPOINT_IPV6, "fe80::1%eth0", 0},
    {"[fe80::1%br-lan.7]:443", ENDPOINT_IPV6, "fe80::1%br-lan.7", 443},
    {"fe80::1%3", ENDPOINT_IPV6, "fe80::1%3", 0},
};

START_TEST(reads)
{
	struct endpoint endpoint;
	enum endpoint_result result = endpoint_read(good[_i].chars, &endpoint);
	ck_assert_msg(result == ENDPOINT_OK, "%s: %s", good[_i].chars, endpoint_problem(result));
	ck_assert_int_eq(endpoint.kind, good[_i].kind);
	ck_assert_str_eq(endpoint.host, good[_i].host);
	ck_assert_uint_eq(endpoint.port, good[_i].port);
}
END_TEST

/* A host that was read is read again as itself; a host with a port is no host. */
START_TEST(reads_a_host_alone)
{
	struct endpoint endpoint;
	enum endpoint_result expected = good[_i].port == 0 ? ENDPOINT_OK : ENDPOINT_BAD_HOST;
	ck_assert_int_eq(endpoint_read_host(good[_i].chars, &endpoint), expected);

	ck_assert_int_eq(endpoint_read_host(good[_i].host, &endpoint), ENDPOINT_OK);
	ck_assert_int_eq(endpoint.kind, good[_i].kind);
	ck_assert_str_eq(endpoint.host, good[_i].host);
	ck_assert_uint_eq(endpoint.port, 0);
}
END_TEST

static const struct {
	const char *chars;
	enum endpoint_result result;
} bad[] = {
    {"", ENDPOINT_EMPTY},
    {":443", ENDPOINT_EMPTY},
    {"host:", ENDPOINT_BAD_PORT},
    {"host:0", ENDPOINT_BAD_PORT},
    {"host:65536", ENDPOINT_BAD_PORT},
    {"host:-1", ENDPOINT_BAD_PORT},
    {"host:+443", ENDPOINT_BAD_PORT},
    {"host: 443", ENDPOINT_BAD_PORT},
    {"host:443 ", ENDPOINT_BAD_PORT},
    {"host:https", ENDPOINT_BAD_PORT},
    {"host:0x1bb", ENDPOINT_BAD_PORT},
    {"host:99999999999999999999999", ENDPOINT_BAD_PORT},
    {"203.0.113.7:", ENDPOINT_BAD_PORT},
    {"[::1]:", ENDPOINT_BAD_PORT},
    {"[::1]:65536", ENDPOINT_BAD_PORT},
    {".", ENDPOINT_BAD_HOST},
    {"..", ENDPOINT_BAD_HOST},
    {"a..b", ENDPOINT_BAD_HOST},
    {".a", ENDPOINT_BAD_HOST},
    {"a..", ENDPOINT_BAD_HOST},
    {" ", ENDPOINT_BAD_HOST},
    {" a", ENDPOINT_BAD_HOST},
    {"a ", ENDPOINT_BAD_HOST},
    {"a b", ENDPOINT_BAD_HOST},
    {"-p", ENDPOINT_BAD_HOST},
    {"--port", ENDPOINT_BAD_HOST},
    {"vpn.example.com/", ENDPOINT_BAD_HOST},
    {"https//vpn", ENDPOINT_BAD_HOST},
    {"https://vpn", ENDPOINT_BAD_PORT},
    {"user@vpn", ENDPOINT_BAD_HOST},
    {"*.example.com", ENDPOINT_BAD_HOST},
    {"vpn;id", ENDPOINT_BAD_HOST},
    {"vpn\n", ENDPOINT_BAD_HOST},
    {"vpn\r\nHost", ENDPOINT_BAD_HOST},
    {"vpn%eth0", ENDPOINT_BAD_HOST},
    {"1.2.3", ENDPOINT_BAD_HOST},
    {"1", ENDPOINT_BAD_HOST},
    {"1.2.3.4.", ENDPOINT_BAD_HOST},
    {"1.2.3.4.5", ENDPOINT_BAD_HOST},
    {"999.1.1.1", ENDPOINT_BAD_HOST},
    {"256.0.0.1", ENDPOINT_BAD_HOST},
    {"010.1.1.1", ENDPOINT_BAD_HOST},
    {"0x7f.1", ENDPOINT_BAD_HOST},
    {"0x7F000001", ENDPOINT_BAD_HOST},
    {"0x", ENDPOINT_BAD_HOST},
    {"203.0.113.7%eth0", ENDPOINT_BAD_HOST},
    {L63 "a", ENDPOINT_BAD_HOST},
    {L63 "." L63 "." L63 "." L61 "a", ENDPOINT_BAD_HOST},
    {L63 "." L63 "." L63 "." L61 "a.", ENDPOINT_BAD_HOST},
    {L63 "." L63 "." L63 "." L63 "." L63, ENDPOINT_BAD_HOST},
    {":::", ENDPOINT_BAD_HOST},
    {"1:2:3", ENDPOINT_BAD_HOST},
    {"host:1:2", ENDPOINT_BAD_HOST},
    {"2001:db8::1::2", ENDPOINT_BAD_HOST},
    {"2001:db8::12345", ENDPOINT_BAD_HOST},
    {"2001:db8:0:1:2:3:4:5:6", ENDPOINT_BAD_HOST},
    {"fe80::1%", ENDPOINT_BAD_HOST},
    {"fe80::1%eth 0", ENDPOINT_BAD_HOST},
    {"fe80::1%a%b", ENDPOINT_BAD_HOST},
    {"fe80::1%" L63 L63 L63 L63, ENDPOINT_BAD_HOST},
    {"%eth0::", ENDPOINT_BAD_HOST},
    {"[", ENDPOINT_BAD_HOST},
    {"[]", ENDPOINT_BAD_HOST},
    {"[]:443", ENDPOINT_BAD_HOST},
    {"[::1", ENDPOINT_BAD_HOST},
    {"::1]", ENDPOINT_BAD_HOST},
    {"[::1]443", ENDPOINT_BAD_HOST},
    {"[::1]]", ENDPOINT_BAD_HOST},
    {"[[::1]]", ENDPOINT_BAD_HOST},
    {"[vpn.example.com]", ENDPOINT_BAD_HOST},
    {"[203.0.113.7]:443", ENDPOINT_BAD_HOST},
    {"b\374cher.example", ENDPOINT_BAD_IDN},
    {"\xC3:443", ENDPOINT_BAD_IDN},
    {"ü" L63, ENDPOINT_BAD_IDN},
    {"ü..example", ENDPOINT_BAD_HOST},
    {"ü example", ENDPOINT_BAD_HOST},
    {"ü.-p", ENDPOINT_BAD_HOST},
};

START_TEST(refuses)
{
	struct endpoint endpoint;
	enum endpoint_result result = endpoint_read(bad[_i].chars, &endpoint);
	ck_assert_msg(
	    result == bad[_i].result, "\"%s\": %s", bad[_i].chars, endpoint_problem(result));
	ck_assert_int_ne(endpoint_read_host(bad[_i].chars, &endpoint), ENDPOINT_OK);
}
END_TEST

START_TEST(every_problem_has_words)
{
	for (int result = ENDPOINT_OK; result <= ENDPOINT_BAD_IDN; result++)
		for (int other = ENDPOINT_OK; other < result; other++)
			ck_assert_str_ne(endpoint_problem((enum endpoint_result)result),
			    endpoint_problem((enum endpoint_result)other));
}
END_TEST

/* Whatever is read holds nothing but what a name or an address is made of. */
START_TEST(any_bytes)
{
	static const char alphabet[] = "ab1.:[]%-_0x \xC3\xBC\xFF";
	for (int i = 0; i < 100000; i++) {
		char chars[16];
		size_t length = unit_random_below(sizeof chars);
		for (size_t j = 0; j < length; j++)
			chars[j] = alphabet[unit_random_below(sizeof alphabet - 1)];
		chars[length] = '\0';
		struct endpoint endpoint, again;
		if (endpoint_read(chars, &endpoint) != ENDPOINT_OK)
			continue;
		const char *legal = "abcdefghijklmnopqrstuvwxyz0123456789.-_:%";
		ck_assert_uint_gt(strlen(endpoint.host), 0);
		ck_assert_uint_eq(strspn(endpoint.host, legal), strlen(endpoint.host));
		ck_assert_int_eq(endpoint_read(endpoint.host, &again), ENDPOINT_OK);
		ck_assert_str_eq(again.host, endpoint.host);
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, good);
	unit_add_rows(tests, reads_a_host_alone, good);
	unit_add_rows(tests, refuses, bad);
	tcase_add_test(tests, every_problem_has_words);
	tcase_add_test(tests, any_bytes);
}

int
main(void)
{
	return unit_run("base/endpoint", list);
}

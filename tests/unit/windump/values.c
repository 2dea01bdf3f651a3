/* The forms that a value has: hashes, endpoints, dates, certificates. */
#include "windump/windump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/windump/feed.h"

/* The forms in which a hash of SSTP may be there, and what is seen of them. */
START_TEST(odd_hashes)
{
#define KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"
	static const struct {
		const char *chars;
		bool is_bytes;
		size_t length;
	} table[] = {
	    /* "Set the value to 32", taken at its word. */
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    32\n", true, 1},
	    {"[" KEY "]\n\"SHA256CertificateHash\"=hex:32\n", true, 1},
	    {"{\"sstp\": {\"SHA256CertificateHash\": \"32\"}}", true, 1},
	    {"{\"SHA256CertificateHash\": [50]}", true, 1},
	    {KEY "\n    SHA256CertificateHash    REG_DWORD    0x20\n", false, 0},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    \n", true, 0},
	    {"{\"SHA256CertificateHash\": \"\"}", true, 0},
	    {"{\"SHA256CertificateHash\": \"(not bytes)\"}", false, 0},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " FEED_SHA1 "\n", true, 20},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " FEED_SHA256 "00\n", true, 33},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " FEED_SHA256 "0\n", false, 32},
	    {KEY "\n    SHA256CertificateHash    REG_SZ    " FEED_SHA256 "\n", false, 0},
	    {"[" KEY "]\n\"SHA256CertificateHash\"=\"" FEED_SHA256 "\"\n", false, 0},
	    {KEY "\n\tsha256certificatehash\tREG_BINARY\t" FEED_SHA256 "\n", true, 32},
	    {"{\"SHA256CertificateHash\": \"ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=\"}", true,
	        32},
	    {"{\"SHA256CertificateHash\": \"ABEiM0RVZneImaq7zN3u\\/wARIjNEVWZ3iJmqu8zd7v8=\"}",
	        true, 32},
	    /* What looks like base64 and is not. */
	    {"{\"SHA256CertificateHash\": \"ABEiM0RVZneI=aq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=\"}", false,
	        0},
	    {"{\"SHA256CertificateHash\": \"ABEiM0RVZneI\\u00e9aq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=\"}",
	        false, 0},
	};
#undef KEY

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		char chars[512];

		/* A line is whole when something follows it. */
		snprintf(chars, sizeof chars, "%s\n", table[i].chars);
		feed_chars(chars);
		ck_assert_msg(feed_dump.sstp.sha256.present, "%s", table[i].chars);
		ck_assert_msg(
		    feed_dump.sstp.sha256.is_bytes == table[i].is_bytes, "%s", table[i].chars);
		ck_assert_msg(
		    feed_dump.sstp.sha256.length == table[i].length, "%s", table[i].chars);
		ck_assert(table[i].length != 32 || !table[i].is_bytes ||
		          feed_is_hash(&feed_dump.sstp.sha256, FEED_SHA256));
		dump_free(&feed_dump);
	}
}
END_TEST

/* A hash of HTTP.sys that is none stays an entry, which is told. */
START_TEST(a_hash_of_odd_length)
{
	feed_chars("    IP:port : 0.0.0.0:443\n    Hash : 0123456789abcdef0123456789abcdef0123456\n"
	           "    Id : " FEED_IIS "\n");
	ck_assert_uint_eq(feed_dump.bindings_count, 1);
	ck_assert(feed_dump.bindings[0].hash.present);
	ck_assert(!dump_is_digest(&feed_dump.bindings[0].hash));
	ck_assert_str_eq(feed_dump.bindings[0].owner, FEED_IIS);
	ck_assert(!feed_dump.cut);
	dump_free(&feed_dump);
}
END_TEST

/* A list, hexadecimal digits and base64 are the same hash of netsh's JSON. */
START_TEST(json_hashes)
{
	static const char *const table[] = {
	    "\"" FEED_SHA1 "\"",
	    "\"01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67\"",
	    "\"01-23-45-67-89-AB-CD-EF-01-23-45-67-89-AB-CD-EF-01-23-45-67\"",
	    "\"ASNFZ4mrze8BI0VniavN7wEjRWc=\"",
	    "\"ASNFZ4mrze8BI0VniavN7wEjRWc\\u003d\"",
	    "\"\\u00301\\u003A23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67\"",
	    "[1,35,69,103,137,171,205,239,1,35,69,103,137,171,205,239,1,35,69,103]",
	    "{\"inner\": \"" FEED_SHA1 "\"}",
	    "[\"" FEED_SHA1 "\"]",
	};
	char chars[512];

	snprintf(chars, sizeof chars, "[{\"IpPort\": \"0.0.0.0:443\", \"x\": %s}, {\"y\": [8443]}]",
	    table[_i]);
	feed_chars(chars);
	ck_assert_uint_eq(feed_dump.bindings_count, 1);
	ck_assert(feed_is_hash(&feed_dump.bindings[0].hash, FEED_SHA1));
	dump_free(&feed_dump);
}
END_TEST

/* Labels are nothing, whatever separates them from values. */
START_TEST(separators)
{
	static const char *const table[] = {
	    "IP:port : 0.0.0.0:443\nCertificate Hash : " FEED_SHA1 "\n",
	    "IP:port: 0.0.0.0:443\nCertificate Hash: " FEED_SHA1 "\n",
	    "Port IP\xA0: 0.0.0.0:443\nHachage\xA0: " FEED_SHA1 "\n",
	    "IP\xEF\xBC\x9A"
	    "0.0.0.0:443\nH\xEF\xBC\x9A" FEED_SHA1 "\n",
	    "a:b:c : 0.0.0.0:443  \t\r\nd::e : " FEED_SHA1 " \r\n",
	    "IP:port : 0.0.0.0:443\n\n\nHash : " FEED_SHA1 "\nunindented\n",
	};
	char chars[128];

	snprintf(chars, sizeof chars, "%s\n", table[_i]);
	feed_chars(chars);
	ck_assert_uint_eq(feed_dump.bindings_count, 1);
	ck_assert_int_eq(feed_dump.bindings[0].kind, DUMP_IPV4);
	ck_assert(feed_dump.bindings[0].any);
	ck_assert(feed_is_hash(&feed_dump.bindings[0].hash, FEED_SHA1));
	dump_free(&feed_dump);
}
END_TEST

/* The zone of an address comes into commands: it is a number, or that is no entry. */
START_TEST(zones)
{
	static const struct {
		const char *endpoint, *host;
	} table[] = {
	    {"[fe80::1]:443", "fe80::1"},
	    {"[fe80::1%12]:443", "fe80::1%12"},
	    {"[FE80::1%4294967295]:443", "fe80::1%4294967295"},
	    {"[fe80::1%]:443", NULL},
	    {"[fe80::1%path%]:443", NULL},
	    {"[fe80::1%12%]:443", NULL},
	    {"[fe80::1%1&calc]:443", NULL},
	    {"[::1%%1]:443", NULL},
	    {"[%1]:443", NULL},
	};
	char chars[256];

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		snprintf(chars, sizeof chars, "IP:port : %s\nHash : " FEED_SHA1 "\n\n",
		    table[i].endpoint);
		feed_chars(chars);
		ck_assert_msg(feed_dump.bindings_count == (table[i].host != NULL), "%s", chars);
		if (table[i].host != NULL)
			ck_assert_str_eq(feed_dump.bindings[0].host, table[i].host);
		dump_free(&feed_dump);
	}
}
END_TEST

/* A date that is none is told, and where the reading ends for good. */
START_TEST(dates_of_a_collector)
{
	static const struct {
		const char *date;
		int64_t collected;
	} table[] = {
	    {"2026-11-25T18:50:41Z", 1795632641},
	    {"2060-02-29T00:00:00Z", 2845238400},
	    {"2026-13-25T18:50:41Z", 0},
	    {"2026-11-25T18:50Z", 0},
	    {"yesterday", 0},
	    {"", 0},
	};
	char chars[128];

	snprintf(chars, sizeof chars, "{\"collected\": \"%s\", \"bindings\": []}", table[_i].date);
	feed_chars(chars);
	ck_assert_int_eq(feed_dump.collected, table[_i].collected);
	ck_assert_str_eq(
	    feed_dump.trouble, table[_i].collected != 0 ? "" : "has a date that is none");
	dump_free(&feed_dump);
}
END_TEST

/* Of two starts the last counts; none, and null, is not known. */
START_TEST(starts_of_a_collector)
{
	static const struct {
		const char *chars;
		int64_t started;
	} table[] = {
	    {"{\"started\": \"2026-11-25T18:50:41Z\"}", 1795632641},
	    {"{\"started\": null}", 0},
	    {"{}", 0},
	    {"{\"started\": \"2026-11-25T18:50:41Z\"}\n{\"started\": \"2026-11-25T18:50:40Z\"}",
	        1795632641},
	    {"{\"started\": \"2026-11-25T18:50:40Z\"}\n{\"started\": \"2026-11-25T18:50:41Z\"}",
	        1795632641},
	    {"{\"started\": \"Wednesday\"}", 0},
	};

	feed_chars(table[_i].chars);
	ck_assert_int_eq(feed_dump.started, table[_i].started);
	ck_assert_int_eq(feed_dump.collected, 0);
	ck_assert_str_eq(feed_dump.trouble,
	    strstr(table[_i].chars, "day") != NULL ? "has a date that is none" : "");
	dump_free(&feed_dump);
}
END_TEST

static void
add_base64(struct text *text, const uint8_t *bytes, size_t length)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < length; i += 3) {
		uint32_t group = (uint32_t)bytes[i] << 16;

		if (i + 1 < length)
			group |= (uint32_t)bytes[i + 1] << 8;
		if (i + 2 < length)
			group |= bytes[i + 2];
		for (size_t j = 0; j < 4; j++)
			text_add_char(text,
			    (char)(i + j > length ? '=' : digits[group >> (18 - 6 * j) & 63]));
	}
}

/* DER of the size that its head says, wherever it stands; each once. */
START_TEST(certificates)
{
	static const size_t lengths[] = {300, 301, 302, 65535, 65536, 65537, 70000};
	size_t length = lengths[_i];
	uint8_t *der = calloc(1, length);
	struct text text = TEXT_EMPTY;

	ck_assert_ptr_nonnull(der);
	memcpy(
	    der, (uint8_t[]){0x30, 0x82, (uint8_t)((length - 4) >> 8), (uint8_t)(length - 4)}, 4);
	text_add(&text, "{\"certificates\": [{\"der\": \"");
	add_base64(&text, der, length);
	text_add(&text, "\"}, \"");
	add_base64(&text, der, length);
	text_add(&text, "\"]}");
	feed_bytes(text_chars(&text), text.length, 1000);
	ck_assert(!feed_dump.cut);
	ck_assert_uint_eq(feed_dump.certificates_count, length <= DUMP_DER_MAX ? 1 : 0);
	ck_assert(feed_dump.stocked);
	if (feed_dump.certificates_count > 0) {
		ck_assert_uint_eq(feed_dump.certificates[0].length, length);
		ck_assert(memcmp(feed_dump.certificates[0].der, der, length) == 0);
	}
	dump_free(&feed_dump);
	text_free(&text);
	free(der);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, odd_hashes);
	tcase_add_test(tests, a_hash_of_odd_length);
	tcase_add_loop_test(tests, json_hashes, 0, 9);
	tcase_add_loop_test(tests, separators, 0, 6);
	tcase_add_test(tests, zones);
	tcase_add_loop_test(tests, dates_of_a_collector, 0, 6);
	tcase_add_loop_test(tests, starts_of_a_collector, 0, 6);
	tcase_add_loop_test(tests, certificates, 0, 7);
}

int
main(void)
{
	return unit_run("windump/values", list);
}

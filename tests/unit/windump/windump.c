/* What is read of whole dumps, in whatever shape, language and encoding, alone or joined. */
#include "windump/windump.h"

#include <string.h>

#include "unit/unit.h"
#include "unit/windump/feed.h"

static void
check_bindings(const struct dumps_scene *scene)
{
	ck_assert(feed_dump.listed);
	ck_assert_uint_eq(feed_dump.bindings_count, scene->entries_count);
	for (size_t i = 0; i < scene->entries_count; i++) {
		const struct dumps_entry *entry = &scene->entries[i];
		const struct dump_binding *binding = &feed_dump.bindings[i];

		ck_assert_int_eq(binding->kind, feed_kinds[i].kind);
		ck_assert_str_eq(binding->host, feed_kinds[i].host);
		ck_assert_uint_eq(binding->port, feed_kinds[i].port);
		ck_assert_int_eq(binding->any, i < 2);
		ck_assert_str_eq(binding->owner, entry->owner);
		ck_assert(entry->hash == NULL ? !dump_is_digest(&binding->hash)
		                              : feed_is_hash(&binding->hash, entry->hash));
	}
}

static void
check_number(const struct dump_number *number, int value)
{
	ck_assert_int_eq(number->known, value != DUMPS_NONE);
	ck_assert(!number->known || number->value == (uint32_t)value);
}

static void
check_sstp(const struct dumps_scene *scene)
{
	const struct dump_sstp *sstp = &feed_dump.sstp;

	ck_assert(sstp->seen && sstp->whole);
	check_number(&sstp->use_https, scene->use_https);
	check_number(&sstp->hash_by_admin, scene->by_admin);
	check_number(&sstp->port, scene->port);
	check_number(&sstp->applied_https, scene->applied_https);
	check_number(&sstp->applied_port, scene->applied_port);
	ck_assert(feed_is_hash(&sstp->sha256, scene->sha256));
	ck_assert(feed_is_hash(&sstp->sha1, scene->sha1));
}

static void
check_untroubled(void)
{
	ck_assert(
	    !feed_dump.cut && !feed_dump.contradicts && !feed_dump.crowded && !feed_dump.no_memory);
	ck_assert(dump_is_understood(&feed_dump));
}

/* Each shape in each language and encoding, in pieces of any size, says the same. */
START_TEST(every_shape_language_and_encoding)
{
	static const size_t pieces[] = {1, 2, 3, 7, 8, 9, 64, 100000};
	struct dumps_scene scene = feed_full_scene();

	for (int language = 0; language < DUMPS_LANGUAGES; language++)
		for (int encoding = 0; encoding < DUMPS_ENCODINGS; encoding++)
			for (size_t i = 0; i < UNIT_COUNT(pieces); i++) {
				struct text text = TEXT_EMPTY;

				dumps_add(&text, &scene, _i, language, encoding);
				feed_bytes(text_chars(&text), text.length, pieces[i]);
				check_bindings(&scene);
				if (dumps_tells_sstp(_i))
					check_sstp(&scene);
				check_untroubled();
				ck_assert_uint_eq(feed_dump.bytes, text.length);
				ck_assert_int_eq(
				    feed_dump.collected, _i == DUMPS_COLLECTOR ? 1795632641 : 0);
				dump_free(&feed_dump);
				text_free(&text);
			}
}
END_TEST

/* Two of any shape and encoding behind each other, as files joined or appended to. */
START_TEST(any_two_joined)
{
	struct dumps_scene scene = feed_full_scene();

	for (int other = 0; other < DUMPS_SHAPES; other++)
		for (int pair = 0; pair < DUMPS_ENCODINGS * DUMPS_ENCODINGS; pair++) {
			struct text text = TEXT_EMPTY;

			/* Nothing tells big-endian text from what follows it. */
			if (pair % DUMPS_ENCODINGS == DUMPS_UTF16_OTHER)
				continue;
			dumps_add(&text, &scene, _i, DUMPS_CHINESE, pair % DUMPS_ENCODINGS);
			dumps_add(&text, &scene, other, DUMPS_RUSSIAN, pair / DUMPS_ENCODINGS);
			feed_bytes(text_chars(&text), text.length, text.length);
			ck_assert_uint_eq(feed_dump.bindings_count, scene.entries_count);
			for (size_t i = 0; i < feed_dump.bindings_count; i++)
				ck_assert_int_eq(feed_dump.bindings[i].rejects,
				    scene.entries[i].rejects &&
				        (dumps_tells_sstp(_i) || dumps_tells_sstp(other)));
			if (dumps_tells_sstp(_i) || dumps_tells_sstp(other))
				check_sstp(&scene);
			check_untroubled();
			dump_free(&feed_dump);
			text_free(&text);
		}
}
END_TEST

/* A byte that became NUL costs its own line, not all that follow it. */
START_TEST(a_nul_in_text)
{
	static const char damaged[] = "Press any key\r\n";
	struct dumps_scene scene = feed_full_scene();
	struct text text = TEXT_EMPTY;

	text_add(&text, damaged);
	dumps_add(&text, &scene, DUMPS_NETSH_2016, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
	for (size_t at = 0; at < strlen(damaged); at++) {
		char was = text.bytes[at];

		text.bytes[at] = '\0';
		feed_bytes(text_chars(&text), text.length, 5);
		ck_assert_uint_eq(feed_dump.bindings_count, scene.entries_count);
		ck_assert(!feed_dump.cut && !feed_dump.contradicts);
		dump_free(&feed_dump);
		text.bytes[at] = was;
	}
	text_free(&text);
}
END_TEST

/* A brace in some text is no JSON, whole or not. */
START_TEST(braces_in_text)
{
	feed_chars("[ OK ] done\n{ }\n[ 1\n\n    a : 0.0.0.0:443\n    b : " FEED_SHA1
	           "\n    c : " FEED_IIS "\n");
	ck_assert(!feed_dump.cut);
	ck_assert_uint_eq(feed_dump.bindings_count, 1);
	dump_free(&feed_dump);
}
END_TEST

/* What carries a text may take the blank lines at its end, and put one line break there. */
START_TEST(a_stripped_end)
{
	for (int pair = 0; pair < DUMPS_SHAPES * DUMPS_SHAPES; pair++) {
		struct dumps_scene scene = feed_full_scene();
		struct text text = TEXT_EMPTY;

		dumps_add(&text, &scene, pair % DUMPS_SHAPES, _i / 2, DUMPS_CODE_PAGE);
		dumps_add(&text, &scene, pair / DUMPS_SHAPES, _i / 2, DUMPS_CODE_PAGE);
		while (strchr(" \r\n", text.bytes[text.length - 1]) != NULL)
			text_cut(&text, text.length - 1);
		if (_i % 2 == 1)
			text_add(&text, "\n");
		feed_bytes(text_chars(&text), text.length, text.length);
		check_bindings(&scene);
		check_untroubled();
		dump_free(&feed_dump);
		text_free(&text);
	}
}
END_TEST

/* An empty list is a list; text that only looks like its heading is not. */
START_TEST(empty_lists)
{
	static const struct {
		const char *chars;
		bool listed;
	} table[] = {
	    {"\r\nSSL Certificate bindings:\r\n-------------------------\r\n\r\n", true},
	    {"\nSSL \xD6\xA4\xCA\xE9:\n-----------\n\nHKEY_LOCAL_MACHINE\\A\n", true},
	    {"{\"SslCertificateBindings\": [], \"status\": 0}", true},
	    {"{\"bindings\": []}", true},
	    {"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\n",
	        true},
	    {"URL Reservations:\n-----------------\n\n    Reserved URL : https://+:443/sra_x/\n",
	        false},
	    {"------\n", false},
	    {"Heading:\n----\n", false},
	    {"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\n", false},
	    {"{\"other\": []}", false},
	};

	feed_chars(table[_i].chars);
	ck_assert_int_eq(feed_dump.listed, table[_i].listed);
	ck_assert_uint_eq(feed_dump.bindings_count, 0);
	ck_assert(!feed_dump.cut);
	dump_free(&feed_dump);
}
END_TEST

/* What holds neither bindings nor SSTP's values. */
START_TEST(what_is_not_understood)
{
	static const char *const table[] = {
	    "",
	    "\n",
	    "hello world\n",
	    "The system cannot find the file specified.\n",
	    "{",
	    "[]",
	    "{\"listen\": \"0.0.0.0:443\", \"name\": \"vpn.example.com:443\"}",
	    "[1, 2, 3]",
	    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
	    "  TCP    0.0.0.0:443    0.0.0.0:0    LISTENING\n",
	    "{{{{{{{{{{{{{{{{{{{{{{{{",
	    "[[[[[[[[[[[[[[[[[[[[[[[[",
	    "Name : vpn.example.com:443\nOther : something\n",
	    "HKEY_LOCAL_MACHINE\\SOFTWARE\n    SHA256CertificateHash    REG_BINARY    32\n",
	};

	feed_chars(table[_i]);
	ck_assert(!dump_is_understood(&feed_dump));
	dump_free(&feed_dump);
}
END_TEST

/* The registry has the entries for names beside those for addresses, the lists of netsh and of the
 * collector hold both. */
START_TEST(what_tells_of_names)
{
#define KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\"
#define OF_ADDRESS                                                                     \
	KEY "SslBindingInfo\\0.0.0.0:443\n    SslCertHash    REG_BINARY    " FEED_SHA1 \
	    "\n    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\n\n"
	static const struct {
		const char *chars;
		bool named;
	} table[] = {
	    {OF_ADDRESS, false},
	    {OF_ADDRESS KEY "SslSniBindingInfo\n\n", true},
	    {OF_ADDRESS KEY
	        "SslSniBindingInfo\\www.example.com:443\n    SslCertHash    REG_BINARY    " FEED_SHA1
	        "\n    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\n\n",
	        true},
	    {OF_ADDRESS "\nSSL:\n-----\n\n", true},
	    {OF_ADDRESS "    a : 0.0.0.0:443\n    b : " FEED_SHA1 "\n    c : " FEED_IIS "\n\n",
	        true},
	    {"{\"bindings\": []}", true},
	    {"{\"SslCertificateBindings\": []}", true},
	    {"{\"e\": \"0.0.0.0:443\", \"h\": \"" FEED_SHA1 "\"}", false},
	    {"{\"bindings\": [", false},
	};
#undef OF_ADDRESS
#undef KEY

	feed_chars(table[_i].chars);
	ck_assert_int_eq(feed_dump.named, table[_i].named);
	dump_free(&feed_dump);
}
END_TEST

START_TEST(one_value_alone_is_not_the_whole_key)
{
	feed_chars("HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	           "    UseHttps    REG_DWORD    0x1\n");
	ck_assert(feed_dump.sstp.seen && !feed_dump.sstp.whole);
	ck_assert(feed_dump.sstp.use_https.known && feed_dump.sstp.use_https.value == 1);
	dump_free(&feed_dump);
}
END_TEST

START_TEST(contradictions)
{
	static const char *const table[] = {
	    "    a : 0.0.0.0:443\n    b : " FEED_SHA1 "\n    a : 0.0.0.0:443\n    b : " FEED_OTHER
	    "\n\n",
	    "{\"UseHttps\": 0, \"sstp\": {\"UseHttps\": 1}}",
	    "{\"SHA1CertificateHash\": \"" FEED_SHA1 "\", \"sha1certificatehash\": \"" FEED_OTHER
	    "\"}",
	    "    a : 0.0.0.0:443\n    b : " FEED_SHA1 "\n    c : " FEED_IIS "\n"
	    "{\"e\": \"0.0.0.0:443\", \"o\": \"{ba195980-cd49-458b-9e23-c84ee0adcd75}\"}",
	};

	feed_chars(table[_i]);
	ck_assert(feed_dump.contradicts);
	dump_free(&feed_dump);
}
END_TEST

/* More entries than are kept are told, and those that are kept are right. */
START_TEST(crowds)
{
	struct text text = TEXT_EMPTY;

	for (int i = 1; i <= DUMP_BINDINGS_MAX + 5; i++)
		text_format(&text, "\n    a : 0.0.0.0:%d\n    b : " FEED_SHA1 "\n", i);
	feed_bytes(text_chars(&text), text.length, 5000);
	ck_assert_uint_eq(feed_dump.bindings_count, DUMP_BINDINGS_MAX);
	ck_assert(feed_dump.crowded && !feed_dump.listed && dump_is_understood(&feed_dump));
	for (size_t i = 0; i < feed_dump.bindings_count; i++)
		ck_assert_uint_eq(feed_dump.bindings[i].port, i + 1);
	dump_free(&feed_dump);
	text_free(&text);
}
END_TEST

/* 100 MB of anything take no more memory than a line of it, and what follows is still read. */
START_TEST(a_hundred_megabytes)
{
	static const char *const patterns[] = {
	    "no line break at all ",
	    "a line : of text\r\n",
	    "{\"a\": \"",
	    "\"x\"=hex:00,\\\n  ",
	    "\xFF\xFE\0\0\x81",
	    "[HKEY_LOCAL_MACHINE\\SYSTEM\\SstpSvc\\Parameters]\n\"a\"=dword:1\n",
	};
	static char block[1 << 16];
	size_t length = _i == 4 ? 5 : strlen(patterns[_i]), whole = sizeof block / length * length;
	struct windump windump;
	static const char entry[] =
	    "\n\n    a : 0.0.0.0:443\n    b : " FEED_SHA1 "\n    c : " FEED_IIS "\n";

	for (size_t i = 0; i < whole; i++)
		block[i] = patterns[_i][i % length];
	dump_begin(&feed_dump);
	windump_begin(&windump, &feed_dump);
	for (size_t fed = 0; fed < 100000000; fed += whole) {
		windump_feed(&windump, block, whole);
		ck_assert_uint_le(windump.json.text.room, 2 * DUMP_DER_MAX * 4 / 3 + 64);
	}
	windump_feed(&windump, entry, sizeof entry - 1);
	windump_end(&windump);
	/* Binary may have ended inside UTF-16. */
	if (_i != 4)
		ck_assert_uint_eq(feed_dump.bindings_count, 1);
	ck_assert(!feed_dump.no_memory);
	dump_free(&feed_dump);
}
END_TEST

/* Bytes at random: nothing is understood by chance, and nothing breaks. */
START_TEST(random_bytes)
{
	uint8_t bytes[2000];

	for (int round = 0; round < 500; round++) {
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (uint8_t)unit_random();
		feed_bytes(bytes, sizeof bytes, 1 + unit_random_below(100));
		ck_assert(!dump_is_understood(&feed_dump));
		dump_free(&feed_dump);
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, every_shape_language_and_encoding, 0, DUMPS_SHAPES);
	tcase_add_loop_test(tests, any_two_joined, 0, DUMPS_SHAPES);
	tcase_add_test(tests, a_nul_in_text);
	tcase_add_test(tests, braces_in_text);
	tcase_add_loop_test(tests, a_stripped_end, 0, 2 * DUMPS_LANGUAGES);
	tcase_add_loop_test(tests, empty_lists, 0, 10);
	tcase_add_loop_test(tests, what_is_not_understood, 0, 14);
	tcase_add_loop_test(tests, what_tells_of_names, 0, 9);
	tcase_add_test(tests, one_value_alone_is_not_the_whole_key);
	tcase_add_loop_test(tests, contradictions, 0, 4);
	tcase_add_test(tests, crowds);
	tcase_add_loop_test(tests, a_hundred_megabytes, 0, 6);
	tcase_add_test(tests, random_bytes);
}

int
main(void)
{
	return unit_run("windump/windump", list);
}

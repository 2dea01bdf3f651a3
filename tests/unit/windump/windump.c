#include "windump/windump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "support/dumps.h"
#include "support/slowness.h"
#include "unit/unit.h"

#define SHA1   "0123456789abcdef0123456789abcdef01234567"
#define OTHER  "fedcba9876543210fedcba9876543210fedcba98"
#define SHA256 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define IIS    "{4dc3e181-e14b-4a21-b022-59fc669b0914}"

static struct dump dump;

static void
feed(const void *bytes, size_t length, size_t piece)
{
	struct windump windump;

	dump_begin(&dump);
	windump_begin(&windump, &dump);
	for (size_t at = 0; at < length; at += piece)
		windump_feed(
		    &windump, (const char *)bytes + at, length - at < piece ? length - at : piece);
	windump_end(&windump);
}

static void
feed_chars(const char *chars)
{
	feed(chars, strlen(chars), strlen(chars) + 1);
}

static bool
is_hash(const struct dump_hash *hash, const char *digits)
{
	uint8_t bytes[DUMP_SHA256] = {0};
	size_t length = strlen(digits) / 2;

	ck_assert(hex_read(digits, bytes, length));
	return hash->present && hash->is_bytes && hash->length == length &&
	       memcmp(hash->bytes, bytes, length) == 0;
}

/* Every kind of entry, and SSTP's values. */
static struct dumps_scene
full_scene(void)
{
	struct dumps_scene scene;

	dumps_healthy(&scene, SHA1, SHA256);
	scene.entries[1].owner = IIS;
	scene.entries[1].hash = OTHER;
	scene.entries[2] = (struct dumps_entry){"vpn.example.com:443", OTHER, IIS};
	scene.entries[3] = (struct dumps_entry){"*.example.org:8443", OTHER, IIS};
	scene.entries[4] = (struct dumps_entry){"443", NULL, IIS};
	scene.entries[5] = (struct dumps_entry){"192.0.2.21:443", SHA1, IIS, true};
	scene.entries[6] = (struct dumps_entry){"[2001:db8::1]:5986", SHA256, IIS};
	scene.entries_count = 7;
	scene.collected = "2026-11-25T18:50:41Z";
	return scene;
}

static const struct {
	enum dump_kind kind;
	const char *host;
	unsigned port;
} kinds[] = {
    {DUMP_IPV4, "0.0.0.0", 443},
    {DUMP_IPV6, "::", 443},
    {DUMP_NAME, "vpn.example.com", 443},
    {DUMP_NAME, "*.example.org", 8443},
    {DUMP_STORE, "", 443},
    {DUMP_IPV4, "192.0.2.21", 443},
    {DUMP_IPV6, "2001:db8::1", 5986},
};

static void
check_bindings(const struct dumps_scene *scene)
{
	ck_assert(dump.listed);
	ck_assert_uint_eq(dump.bindings_count, scene->entries_count);
	for (size_t i = 0; i < scene->entries_count; i++) {
		const struct dumps_entry *entry = &scene->entries[i];
		const struct dump_binding *binding = &dump.bindings[i];

		ck_assert_int_eq(binding->kind, kinds[i].kind);
		ck_assert_str_eq(binding->host, kinds[i].host);
		ck_assert_uint_eq(binding->port, kinds[i].port);
		ck_assert_int_eq(binding->any, i < 2);
		ck_assert_str_eq(binding->owner, entry->owner);
		ck_assert(entry->hash == NULL ? !dump_is_digest(&binding->hash)
		                              : is_hash(&binding->hash, entry->hash));
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
	const struct dump_sstp *sstp = &dump.sstp;

	ck_assert(sstp->seen && sstp->whole);
	check_number(&sstp->use_https, scene->use_https);
	check_number(&sstp->hash_by_admin, scene->by_admin);
	check_number(&sstp->port, scene->port);
	check_number(&sstp->applied_https, scene->applied_https);
	check_number(&sstp->applied_port, scene->applied_port);
	ck_assert(is_hash(&sstp->sha256, scene->sha256));
	ck_assert(is_hash(&sstp->sha1, scene->sha1));
}

static void
check_untroubled(void)
{
	ck_assert(!dump.cut && !dump.contradicts && !dump.crowded && !dump.no_memory);
	ck_assert(dump_is_understood(&dump));
}

/* Each shape in each language and encoding, in pieces of any size, says the same. */
START_TEST(every_shape_language_and_encoding)
{
	static const size_t pieces[] = {1, 2, 3, 7, 8, 9, 64, 100000};
	struct dumps_scene scene = full_scene();

	for (int language = 0; language < DUMPS_LANGUAGES; language++)
		for (int encoding = 0; encoding < DUMPS_ENCODINGS; encoding++)
			for (size_t i = 0; i < UNIT_COUNT(pieces); i++) {
				struct text text = TEXT_EMPTY;

				dumps_add(&text, &scene, _i, language, encoding);
				feed(text_chars(&text), text.length, pieces[i]);
				check_bindings(&scene);
				if (dumps_tells_sstp(_i))
					check_sstp(&scene);
				check_untroubled();
				ck_assert_uint_eq(dump.bytes, text.length);
				ck_assert_int_eq(
				    dump.collected, _i == DUMPS_COLLECTOR ? 1795632641 : 0);
				dump_free(&dump);
				text_free(&text);
			}
}
END_TEST

/* Two of any shape and encoding behind each other, as files joined or appended to. */
START_TEST(any_two_joined)
{
	struct dumps_scene scene = full_scene();

	for (int other = 0; other < DUMPS_SHAPES; other++)
		for (int pair = 0; pair < DUMPS_ENCODINGS * DUMPS_ENCODINGS; pair++) {
			struct text text = TEXT_EMPTY;

			/* Nothing tells big-endian text from what follows it. */
			if (pair % DUMPS_ENCODINGS == DUMPS_UTF16_OTHER)
				continue;
			dumps_add(&text, &scene, _i, DUMPS_CHINESE, pair % DUMPS_ENCODINGS);
			dumps_add(&text, &scene, other, DUMPS_RUSSIAN, pair / DUMPS_ENCODINGS);
			feed(text_chars(&text), text.length, text.length);
			ck_assert_uint_eq(dump.bindings_count, scene.entries_count);
			for (size_t i = 0; i < dump.bindings_count; i++)
				ck_assert_int_eq(dump.bindings[i].rejects,
				    scene.entries[i].rejects &&
				        (dumps_tells_sstp(_i) || dumps_tells_sstp(other)));
			if (dumps_tells_sstp(_i) || dumps_tells_sstp(other))
				check_sstp(&scene);
			check_untroubled();
			dump_free(&dump);
			text_free(&text);
		}
}
END_TEST

static bool
may_be(const struct dump_number *number, int value)
{
	return !number->known || number->value == (uint32_t)value;
}

/* What was read of a text that was cut: no entry and no value that is not in the whole. Where the
 * cut was not noticed they are the first ones, and each is there with all that counts of it. */
static void
check_cut(const struct dumps_scene *scene)
{
	const struct dump_sstp *sstp = &dump.sstp;

	ck_assert(!dump.contradicts);
	ck_assert_uint_le(dump.bindings_count, scene->entries_count);
	for (size_t i = 0; i < dump.bindings_count; i++) {
		const struct dump_binding *binding = &dump.bindings[i];
		const struct dumps_entry *entry = &scene->entries[i];

		ck_assert_str_eq(binding->host, kinds[i].host);
		ck_assert(!dump_is_digest(&binding->hash) || is_hash(&binding->hash, entry->hash));
		ck_assert(dump.cut || dump_is_digest(&binding->hash) == (entry->hash != NULL));
		ck_assert(dump.cut || binding->port == kinds[i].port);
		ck_assert(dump.cut || strcmp(binding->owner, entry->owner) == 0);
	}
	ck_assert(!sstp->sha256.present || is_hash(&sstp->sha256, SHA256));
	ck_assert(!sstp->sha1.present || is_hash(&sstp->sha1, SHA1));
	ck_assert(may_be(&sstp->use_https, scene->use_https));
	/* A number of JSON may be taken before it is seen that nothing follows. */
	ck_assert(dump.cut || may_be(&sstp->port, scene->port));
	ck_assert(may_be(&sstp->hash_by_admin, scene->by_admin));
	ck_assert(may_be(&sstp->applied_https, scene->applied_https));
	ck_assert(dump.cut || may_be(&sstp->applied_port, scene->applied_port));
	ck_assert(!dump.cut || !dump.stocked);
}

/* Cut anywhere, with a line break or more behind the cut or without, and whatever came before it.
 */
START_TEST(cut_anywhere)
{
	static const struct {
		const char *before, *behind;
		enum dumps_encoding encoding;
	} table[] = {
	    {"", "", DUMPS_CODE_PAGE},
	    {"", "", DUMPS_UTF16},
	    {"", "\n", DUMPS_CODE_PAGE},
	    {"{\"UseHttps\": 1}\n", "\n", DUMPS_CODE_PAGE},
	    {"[HKLM\\X\\SstpSvc\\Parameters]\n\"A\"=dword:00000001\n\n", "\n", DUMPS_CODE_PAGE},
	};

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		struct dumps_scene scene = full_scene();
		struct text whole = TEXT_EMPTY;

		dumps_add(&whole, &scene, _i, DUMPS_GERMAN, table[i].encoding);
		/* Where that takes long each place is one of some table's. */
		for (size_t length = i % SLOWNESS; length < whole.length; length += SLOWNESS) {
			struct text text = TEXT_EMPTY;

			text_add(&text, table[i].before);
			text_add_bytes(&text, text_chars(&whole), length);
			text_add(&text, table[i].behind);
			feed(text_chars(&text), text.length, text.length + 1);
			check_cut(&scene);
			dump_free(&dump);
			text_free(&text);
		}
		text_free(&whole);
	}
}
END_TEST

/* What was read of an entry before a cut in one of its labels is kept. */
START_TEST(a_cut_in_a_label)
{
	static const struct {
		const char *rest;
		bool cut;
	} table[] = {
	    {"    Appli", true},
	    {" Ext", true},
	    {"    Ctl Identifier : (nu", false},
	    {"\n    Hostname:port : vpn.exa", true},
	    {"\n    Hostname:po", true},
	    {"\n    IP:port : 0.0", true},
	    {"\nDone: all", false},
	    {"    Ctl Store Name :", false},
	    {"    ", false},
	    {"done", false},
	};
	struct text text = TEXT_EMPTY;

	text_format(&text, "    IP:port : 0.0.0.0:443\n    Hash : " SHA1 "\n    ID : " IIS "\n%s",
	    table[_i].rest);
	feed(text_chars(&text), text.length, 100);
	ck_assert_int_eq(dump.cut, table[_i].cut);
	ck_assert_int_eq(dump.listed, !table[_i].cut);
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert(dump_is_understood(&dump));
	dump_free(&dump);
	text_free(&text);
}
END_TEST

/* What sstp-collect.cmd gives is whole with its last line alone. */
START_TEST(a_cut_between_entries)
{
	static const char whole[] =
	    "sstp-collect: begun\r\n\r\nHKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\r\n"
	    "    ListenerPort    REG_DWORD    0x1bb\r\n\r\n"
	    "sstp-collect: whole\r\n";

	for (size_t length = strlen("sstp-collect: begun\r\n"); length < sizeof whole; length++) {
		feed(whole, length, 7);
		ck_assert_int_eq(dump.cut, length < sizeof whole - 1 - strlen("\r\n"));
		dump_free(&dump);
	}
}
END_TEST

/* A byte that became NUL costs its own line, not all that follow it. */
START_TEST(a_nul_in_text)
{
	static const char damaged[] = "Press any key\r\n";
	struct dumps_scene scene = full_scene();
	struct text text = TEXT_EMPTY;

	text_add(&text, damaged);
	dumps_add(&text, &scene, DUMPS_NETSH_2016, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
	for (size_t at = 0; at < strlen(damaged); at++) {
		char was = text.bytes[at];

		text.bytes[at] = '\0';
		feed(text_chars(&text), text.length, 5);
		ck_assert_uint_eq(dump.bindings_count, scene.entries_count);
		ck_assert(!dump.cut && !dump.contradicts);
		dump_free(&dump);
		text.bytes[at] = was;
	}
	text_free(&text);
}
END_TEST

START_TEST(cut_entries_are_told)
{
	static const char without_hash[] =
	    "HKEY_LOCAL_MACHINE\\X\\HTTP\\Parameters\\SslSniBindingInfo\\vpn.example.com:443\n"
	    "    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\n";
	static const char *const table[] = {
	    "\nSSL:\n-----\n\n    IP:port : 0.0.0.0:443\n",
	    "    IP:port : 0.0.0.0:443\n    Hash : 0123456789abcdef0123456789abcdef0123",
	    "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n    SHA256CertificateHash    REG_BINARY    0011",
	    "[HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters]\n\"SHA256CertificateHash\"=hex:00,11,\\\n",
	    "[HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters]\n\"SHA256CertificateHash\"=hex:00,11,\\\n  22",
	    "{\"bindings\": [{\"endpoint\": \"0.0.0.0:443\"",
	    "{\"bindings\": [",
	    "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n    SHA256Certifi",
	    "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n    SHA256CertificateHash    RE",
	    "[HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters]\n\"SHA256Cert",
	    "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n    SHA256CertificateHash    REG_B\n",
	    "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n    ListenerPort    REG_DWORD    0x20f\n",
	    "HKEY_LOCAL_MACHINE\\X\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:44\n",
	    without_hash,
	    "\nSSL:\n-----\n\n    Hostname:port : vpn.example.com:443\n",
	    "{\"UseHttps\": 1}\n\nSSL:\n-----\n\n    IP:port : 0.0.0.0:443\n    Hash : 0123456789abcd\n",
	    "{\"bindings\": [{\"endpoint\": \"0.0.0.0:443\"\n\nHKEY_LOCAL_MACHINE\\X\n",
	    "{\"bindings\": [{\"endpoint\": \"0.0.0.0:44\n",
	};

	feed_chars(table[_i]);
	ck_assert(dump.cut);
	ck_assert_uint_eq(dump.bindings_count, 0);
	ck_assert(!dump.sstp.sha256.present);
	dump_free(&dump);
}
END_TEST

/* The owner tells that an entry is there as a whole. */
START_TEST(an_entry_without_its_owner)
{
	static const char *const behind[] = {
	    "", "\n", "\n\n", "\n    Application ID : {4dc3", "\n    Application ID : {4dc3\n"};

	for (size_t i = 0; i < UNIT_COUNT(behind); i++) {
		struct text text = TEXT_EMPTY;

		text_format(&text, "    IP:port : 0.0.0.0:443\n    Hash : " SHA1 "%s", behind[i]);
		feed(text_chars(&text), text.length, 100);
		ck_assert(dump.cut && !dump.listed);
		dump_free(&dump);
		text_free(&text);
	}
}
END_TEST

/* Another tool goes on where JSON ends too early, and is read from the start of its line. */
START_TEST(what_follows_broken_json)
{
	feed_chars("{\"collector\": \"x\",\n \"bindings\": [\n"
	           "HKEY_LOCAL_MACHINE\\X\\SstpSvc\\Parameters\n"
	           "    UseHttps    REG_DWORD    0x1\n"
	           "    SHA256CertificateHash    REG_BINARY    " SHA256 "\n\n");
	ck_assert(dump.cut);
	ck_assert(dump.sstp.use_https.known);
	ck_assert(is_hash(&dump.sstp.sha256, SHA256));
	dump_free(&dump);
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
	ck_assert_int_eq(dump.collected, table[_i].collected);
	ck_assert_str_eq(dump.trouble, table[_i].collected != 0 ? "" : "has a date that is none");
	dump_free(&dump);
}
END_TEST

/* JSON that is broken in the middle: what stood before it is kept, and it counts as cut. */
START_TEST(broken_json)
{
	static const char *const table[] = {
	    "{\"UseHttps\": 1, \"bindings\": [}",
	    "{\"UseHttps\": 1, \"bindings\": [\"\\u00g0\"]}",
	    "{\"UseHttps\": 1, \"bindings\": [\"a\nb\"]}",
	};

	feed_chars(table[_i]);
	ck_assert(dump.sstp.use_https.known);
	ck_assert(dump.cut);
	dump_free(&dump);
}
END_TEST

/* A brace in some text is no JSON, whole or not. */
START_TEST(braces_in_text)
{
	feed_chars(
	    "[ OK ] done\n{ }\n[ 1\n\n    a : 0.0.0.0:443\n    b : " SHA1 "\n    c : " IIS "\n");
	ck_assert(!dump.cut);
	ck_assert_uint_eq(dump.bindings_count, 1);
	dump_free(&dump);
}
END_TEST

/* What carries a text may take the blank lines at its end, and put one line break there. */
START_TEST(a_stripped_end)
{
	for (int pair = 0; pair < DUMPS_SHAPES * DUMPS_SHAPES; pair++) {
		struct dumps_scene scene = full_scene();
		struct text text = TEXT_EMPTY;

		dumps_add(&text, &scene, pair % DUMPS_SHAPES, _i / 2, DUMPS_CODE_PAGE);
		dumps_add(&text, &scene, pair / DUMPS_SHAPES, _i / 2, DUMPS_CODE_PAGE);
		while (strchr(" \r\n", text.bytes[text.length - 1]) != NULL)
			text_cut(&text, text.length - 1);
		if (_i % 2 == 1)
			text_add(&text, "\n");
		feed(text_chars(&text), text.length, text.length);
		check_bindings(&scene);
		check_untroubled();
		dump_free(&dump);
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
	ck_assert_int_eq(dump.listed, table[_i].listed);
	ck_assert_uint_eq(dump.bindings_count, 0);
	ck_assert(!dump.cut);
	dump_free(&dump);
}
END_TEST

/* The registry has the entries for names beside those for addresses, the lists of netsh and of the
 * collector hold both. */
START_TEST(what_tells_of_names)
{
#define KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\"
#define OF_ADDRESS                                                                \
	KEY "SslBindingInfo\\0.0.0.0:443\n    SslCertHash    REG_BINARY    " SHA1 \
	    "\n    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\n\n"
	static const struct {
		const char *chars;
		bool named;
	} table[] = {
	    {OF_ADDRESS, false},
	    {OF_ADDRESS KEY "SslSniBindingInfo\n\n", true},
	    {OF_ADDRESS KEY
	        "SslSniBindingInfo\\www.example.com:443\n    SslCertHash    REG_BINARY    " SHA1
	        "\n    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\n\n",
	        true},
	    {OF_ADDRESS "\nSSL:\n-----\n\n", true},
	    {OF_ADDRESS "    a : 0.0.0.0:443\n    b : " SHA1 "\n    c : " IIS "\n\n", true},
	    {"{\"bindings\": []}", true},
	    {"{\"SslCertificateBindings\": []}", true},
	    {"{\"e\": \"0.0.0.0:443\", \"h\": \"" SHA1 "\"}", false},
	    {"{\"bindings\": [", false},
	};
#undef OF_ADDRESS
#undef KEY

	feed_chars(table[_i].chars);
	ck_assert_int_eq(dump.named, table[_i].named);
	dump_free(&dump);
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
	ck_assert(!dump_is_understood(&dump));
	dump_free(&dump);
}
END_TEST

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
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " SHA1 "\n", true, 20},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " SHA256 "00\n", true, 33},
	    {KEY "\n    SHA256CertificateHash    REG_BINARY    " SHA256 "0\n", false, 32},
	    {KEY "\n    SHA256CertificateHash    REG_SZ    " SHA256 "\n", false, 0},
	    {"[" KEY "]\n\"SHA256CertificateHash\"=\"" SHA256 "\"\n", false, 0},
	    {KEY "\n\tsha256certificatehash\tREG_BINARY\t" SHA256 "\n", true, 32},
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
		ck_assert_msg(dump.sstp.sha256.present, "%s", table[i].chars);
		ck_assert_msg(dump.sstp.sha256.is_bytes == table[i].is_bytes, "%s", table[i].chars);
		ck_assert_msg(dump.sstp.sha256.length == table[i].length, "%s", table[i].chars);
		ck_assert(table[i].length != 32 || !table[i].is_bytes ||
		          is_hash(&dump.sstp.sha256, SHA256));
		dump_free(&dump);
	}
}
END_TEST

/* A hash of HTTP.sys that is none stays an entry, which is told. */
START_TEST(a_hash_of_odd_length)
{
	feed_chars("    IP:port : 0.0.0.0:443\n    Hash : 0123456789abcdef0123456789abcdef0123456\n"
	           "    Id : " IIS "\n");
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert(dump.bindings[0].hash.present);
	ck_assert(!dump_is_digest(&dump.bindings[0].hash));
	ck_assert_str_eq(dump.bindings[0].owner, IIS);
	ck_assert(!dump.cut);
	dump_free(&dump);
}
END_TEST

START_TEST(one_value_alone_is_not_the_whole_key)
{
	feed_chars("HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	           "    UseHttps    REG_DWORD    0x1\n");
	ck_assert(dump.sstp.seen && !dump.sstp.whole);
	ck_assert(dump.sstp.use_https.known && dump.sstp.use_https.value == 1);
	dump_free(&dump);
}
END_TEST

START_TEST(contradictions)
{
	static const char *const table[] = {
	    "    a : 0.0.0.0:443\n    b : " SHA1 "\n    a : 0.0.0.0:443\n    b : " OTHER "\n\n",
	    "{\"UseHttps\": 0, \"sstp\": {\"UseHttps\": 1}}",
	    "{\"SHA1CertificateHash\": \"" SHA1 "\", \"sha1certificatehash\": \"" OTHER "\"}",
	    "    a : 0.0.0.0:443\n    b : " SHA1 "\n    c : " IIS "\n"
	    "{\"e\": \"0.0.0.0:443\", \"o\": \"{ba195980-cd49-458b-9e23-c84ee0adcd75}\"}",
	};

	feed_chars(table[_i]);
	ck_assert(dump.contradicts);
	dump_free(&dump);
}
END_TEST

/* Labels are nothing, whatever separates them from values. */
START_TEST(separators)
{
	static const char *const table[] = {
	    "IP:port : 0.0.0.0:443\nCertificate Hash : " SHA1 "\n",
	    "IP:port: 0.0.0.0:443\nCertificate Hash: " SHA1 "\n",
	    "Port IP\xA0: 0.0.0.0:443\nHachage\xA0: " SHA1 "\n",
	    "IP\xEF\xBC\x9A"
	    "0.0.0.0:443\nH\xEF\xBC\x9A" SHA1 "\n",
	    "a:b:c : 0.0.0.0:443  \t\r\nd::e : " SHA1 " \r\n",
	    "IP:port : 0.0.0.0:443\n\n\nHash : " SHA1 "\nunindented\n",
	};
	char chars[128];

	snprintf(chars, sizeof chars, "%s\n", table[_i]);
	feed_chars(chars);
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert_int_eq(dump.bindings[0].kind, DUMP_IPV4);
	ck_assert(dump.bindings[0].any);
	ck_assert(is_hash(&dump.bindings[0].hash, SHA1));
	dump_free(&dump);
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
		snprintf(
		    chars, sizeof chars, "IP:port : %s\nHash : " SHA1 "\n\n", table[i].endpoint);
		feed_chars(chars);
		ck_assert_msg(dump.bindings_count == (table[i].host != NULL), "%s", chars);
		if (table[i].host != NULL)
			ck_assert_str_eq(dump.bindings[0].host, table[i].host);
		dump_free(&dump);
	}
}
END_TEST

/* A list, hexadecimal digits and base64 are the same hash of netsh's JSON. */
START_TEST(json_hashes)
{
	static const char *const table[] = {
	    "\"" SHA1 "\"",
	    "\"01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67\"",
	    "\"01-23-45-67-89-AB-CD-EF-01-23-45-67-89-AB-CD-EF-01-23-45-67\"",
	    "\"ASNFZ4mrze8BI0VniavN7wEjRWc=\"",
	    "\"ASNFZ4mrze8BI0VniavN7wEjRWc\\u003d\"",
	    "\"\\u00301\\u003A23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67\"",
	    "[1,35,69,103,137,171,205,239,1,35,69,103,137,171,205,239,1,35,69,103]",
	    "{\"inner\": \"" SHA1 "\"}",
	    "[\"" SHA1 "\"]",
	};
	char chars[512];

	snprintf(chars, sizeof chars, "[{\"IpPort\": \"0.0.0.0:443\", \"x\": %s}, {\"y\": [8443]}]",
	    table[_i]);
	feed_chars(chars);
	ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert(is_hash(&dump.bindings[0].hash, SHA1));
	dump_free(&dump);
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

	memcpy(
	    der, (uint8_t[]){0x30, 0x82, (uint8_t)((length - 4) >> 8), (uint8_t)(length - 4)}, 4);
	text_add(&text, "{\"certificates\": [{\"der\": \"");
	add_base64(&text, der, length);
	text_add(&text, "\"}, \"");
	add_base64(&text, der, length);
	text_add(&text, "\"]}");
	feed(text_chars(&text), text.length, 1000);
	ck_assert(!dump.cut);
	ck_assert_uint_eq(dump.certificates_count, length <= DUMP_DER_MAX ? 1 : 0);
	ck_assert(dump.stocked);
	if (dump.certificates_count > 0) {
		ck_assert_uint_eq(dump.certificates[0].length, length);
		ck_assert(memcmp(dump.certificates[0].der, der, length) == 0);
	}
	dump_free(&dump);
	text_free(&text);
	free(der);
}
END_TEST

/* More entries than are kept are told, and those that are kept are right. */
START_TEST(crowds)
{
	struct text text = TEXT_EMPTY;

	for (int i = 1; i <= DUMP_BINDINGS_MAX + 5; i++)
		text_format(&text, "\n    a : 0.0.0.0:%d\n    b : " SHA1 "\n", i);
	feed(text_chars(&text), text.length, 5000);
	ck_assert_uint_eq(dump.bindings_count, DUMP_BINDINGS_MAX);
	ck_assert(dump.crowded && !dump.listed && dump_is_understood(&dump));
	for (size_t i = 0; i < dump.bindings_count; i++)
		ck_assert_uint_eq(dump.bindings[i].port, i + 1);
	dump_free(&dump);
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
	static const char entry[] = "\n\n    a : 0.0.0.0:443\n    b : " SHA1 "\n    c : " IIS "\n";

	for (size_t i = 0; i < whole; i++)
		block[i] = patterns[_i][i % length];
	dump_begin(&dump);
	windump_begin(&windump, &dump);
	for (size_t fed = 0; fed < 100000000; fed += whole) {
		windump_feed(&windump, block, whole);
		ck_assert_uint_le(windump.json.text.room, 2 * DUMP_DER_MAX * 4 / 3 + 64);
	}
	windump_feed(&windump, entry, sizeof entry - 1);
	windump_end(&windump);
	/* Binary may have ended inside UTF-16. */
	if (_i != 4)
		ck_assert_uint_eq(dump.bindings_count, 1);
	ck_assert(!dump.no_memory);
	dump_free(&dump);
}
END_TEST

/* Bytes at random: nothing is understood by chance, and nothing breaks. */
START_TEST(random_bytes)
{
	uint8_t bytes[2000];

	for (int round = 0; round < 500; round++) {
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (uint8_t)unit_random();
		feed(bytes, sizeof bytes, 1 + unit_random_below(100));
		ck_assert(!dump_is_understood(&dump));
		dump_free(&dump);
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, every_shape_language_and_encoding, 0, DUMPS_SHAPES);
	tcase_add_loop_test(tests, any_two_joined, 0, DUMPS_SHAPES);
	tcase_add_loop_test(tests, cut_anywhere, 0, DUMPS_SHAPES);
	tcase_add_test(tests, a_cut_between_entries);
	tcase_add_test(tests, a_nul_in_text);
	tcase_add_loop_test(tests, a_cut_in_a_label, 0, 10);
	tcase_add_loop_test(tests, cut_entries_are_told, 0, 18);
	tcase_add_test(tests, an_entry_without_its_owner);
	tcase_add_test(tests, what_follows_broken_json);
	tcase_add_loop_test(tests, dates_of_a_collector, 0, 6);
	tcase_add_loop_test(tests, broken_json, 0, 3);
	tcase_add_test(tests, braces_in_text);
	tcase_add_loop_test(tests, a_stripped_end, 0, 2 * DUMPS_LANGUAGES);
	tcase_add_loop_test(tests, empty_lists, 0, 10);
	tcase_add_loop_test(tests, what_is_not_understood, 0, 14);
	tcase_add_loop_test(tests, what_tells_of_names, 0, 9);
	tcase_add_test(tests, odd_hashes);
	tcase_add_test(tests, a_hash_of_odd_length);
	tcase_add_test(tests, one_value_alone_is_not_the_whole_key);
	tcase_add_loop_test(tests, contradictions, 0, 4);
	tcase_add_loop_test(tests, separators, 0, 6);
	tcase_add_test(tests, zones);
	tcase_add_loop_test(tests, json_hashes, 0, 9);
	tcase_add_loop_test(tests, certificates, 0, 7);
	tcase_add_test(tests, crowds);
	tcase_add_loop_test(tests, a_hundred_megabytes, 0, 6);
	tcase_add_test(tests, random_bytes);
}

int
main(void)
{
	return unit_run("windump/windump", list);
}

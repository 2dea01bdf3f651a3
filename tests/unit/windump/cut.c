/* A dump that ends before it is whole. */
#include "windump/windump.h"

#include <string.h>

#include "support/slowness.h"
#include "unit/unit.h"
#include "unit/windump/feed.h"

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
	const struct dump_sstp *sstp = &feed_dump.sstp;

	ck_assert(!feed_dump.contradicts);
	ck_assert_uint_le(feed_dump.bindings_count, scene->entries_count);
	for (size_t i = 0; i < feed_dump.bindings_count; i++) {
		const struct dump_binding *binding = &feed_dump.bindings[i];
		const struct dumps_entry *entry = &scene->entries[i];

		ck_assert_str_eq(binding->host, feed_kinds[i].host);
		ck_assert(
		    !dump_is_digest(&binding->hash) || feed_is_hash(&binding->hash, entry->hash));
		ck_assert(feed_dump.cut || dump_is_digest(&binding->hash) == (entry->hash != NULL));
		ck_assert(feed_dump.cut || binding->port == feed_kinds[i].port);
		ck_assert(feed_dump.cut || strcmp(binding->owner, entry->owner) == 0);
	}
	ck_assert(!sstp->sha256.present || feed_is_hash(&sstp->sha256, FEED_SHA256));
	ck_assert(!sstp->sha1.present || feed_is_hash(&sstp->sha1, FEED_SHA1));
	ck_assert(may_be(&sstp->use_https, scene->use_https));
	/* A number of JSON may be taken before it is seen that nothing follows. */
	ck_assert(feed_dump.cut || may_be(&sstp->port, scene->port));
	ck_assert(may_be(&sstp->hash_by_admin, scene->by_admin));
	ck_assert(may_be(&sstp->applied_https, scene->applied_https));
	ck_assert(feed_dump.cut || may_be(&sstp->applied_port, scene->applied_port));
	ck_assert(!feed_dump.cut || !feed_dump.stocked);
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
		struct dumps_scene scene = feed_full_scene();
		struct text whole = TEXT_EMPTY;

		dumps_add(&whole, &scene, _i, DUMPS_GERMAN, table[i].encoding);
		/* Where that takes long each place is one of some table's. */
		for (size_t length = i % SLOWNESS; length < whole.length; length += SLOWNESS) {
			struct text text = TEXT_EMPTY;

			text_add(&text, table[i].before);
			text_add_bytes(&text, text_chars(&whole), length);
			text_add(&text, table[i].behind);
			feed_bytes(text_chars(&text), text.length, text.length + 1);
			check_cut(&scene);
			dump_free(&feed_dump);
			text_free(&text);
		}
		text_free(&whole);
	}
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
		feed_bytes(whole, length, 7);
		ck_assert_int_eq(feed_dump.cut, length < sizeof whole - 1 - strlen("\r\n"));
		dump_free(&feed_dump);
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

	text_format(&text,
	    "    IP:port : 0.0.0.0:443\n    Hash : " FEED_SHA1 "\n    ID : " FEED_IIS "\n%s",
	    table[_i].rest);
	feed_bytes(text_chars(&text), text.length, 100);
	ck_assert_int_eq(feed_dump.cut, table[_i].cut);
	ck_assert_int_eq(feed_dump.listed, !table[_i].cut);
	ck_assert_uint_eq(feed_dump.bindings_count, 1);
	ck_assert(dump_is_understood(&feed_dump));
	dump_free(&feed_dump);
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
	ck_assert(feed_dump.cut);
	ck_assert_uint_eq(feed_dump.bindings_count, 0);
	ck_assert(!feed_dump.sstp.sha256.present);
	dump_free(&feed_dump);
}
END_TEST

/* The owner tells that an entry is there as a whole. */
START_TEST(an_entry_without_its_owner)
{
	static const char *const behind[] = {
	    "", "\n", "\n\n", "\n    Application ID : {4dc3", "\n    Application ID : {4dc3\n"};

	for (size_t i = 0; i < UNIT_COUNT(behind); i++) {
		struct text text = TEXT_EMPTY;

		text_format(
		    &text, "    IP:port : 0.0.0.0:443\n    Hash : " FEED_SHA1 "%s", behind[i]);
		feed_bytes(text_chars(&text), text.length, 100);
		ck_assert(feed_dump.cut && !feed_dump.listed);
		dump_free(&feed_dump);
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
	           "    SHA256CertificateHash    REG_BINARY    " FEED_SHA256 "\n\n");
	ck_assert(feed_dump.cut);
	ck_assert(feed_dump.sstp.use_https.known);
	ck_assert(feed_is_hash(&feed_dump.sstp.sha256, FEED_SHA256));
	dump_free(&feed_dump);
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
	ck_assert(feed_dump.sstp.use_https.known);
	ck_assert(feed_dump.cut);
	dump_free(&feed_dump);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, cut_anywhere, 0, DUMPS_SHAPES);
	tcase_add_test(tests, a_cut_between_entries);
	tcase_add_loop_test(tests, a_cut_in_a_label, 0, 10);
	tcase_add_loop_test(tests, cut_entries_are_told, 0, 18);
	tcase_add_test(tests, an_entry_without_its_owner);
	tcase_add_test(tests, what_follows_broken_json);
	tcase_add_loop_test(tests, broken_json, 0, 3);
}

int
main(void)
{
	return unit_run("windump/cut", list);
}

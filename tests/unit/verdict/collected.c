/* What was collected in part, long ago, before the certificate was issued, or not so that it can be
 * read. */
#include "verdict/windows.h"

#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "unit/verdict/server.h"
#include "verdict/boundpraise.h"

#define X1 SERVER_X1
#define Y1 SERVER_Y1
#define X2 SERVER_X2
#define Y2 SERVER_Y2

#define SSTP   DUMP_OWNER_SSTP
#define IIS    DUMP_OWNER_IIS
#define SCRIPT SERVER_SCRIPT

/* SSTP's values alone, and the list of netsh alone. */
START_TEST(parts)
{
	static const struct {
		bool bindings;
		char shown;
		const char *causes;
	} table[] = {
	    {false, 'x', ""},
	    {false, 'y', "windows.hash-mismatch"},
	    {false, 0, "windows.not-comparable"},
	    {true, 'x', "windows.not-comparable"},
	    {true, 'y', "windows.wire-differs"},
	    {true, 0, "windows.not-comparable"},
	};

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		struct dumps_scene scene;

		server_begin(table[i].shown);
		dumps_healthy(&scene, X1, X2);
		server_tell(&scene, table[i].bindings ? DUMPS_NETSH_2022 : DUMPS_REG_QUERY,
		    DUMPS_GERMAN, DUMPS_CODE_PAGE);
		if (!table[i].bindings) {
			server.dump.bindings_count = 0;
			server.dump.listed = false;
		}
		server_judge();
		server_expect(table[i].causes, "parts");
		server_end();
	}
}
END_TEST

/* A file is compared with what was collected only: no entry and no hash is no other certificate. */
START_TEST(a_file_and_nothing_to_compare)
{
	server_begin('x');
	server.facts.from_file = true;
	server_read("HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	            "    UseHttps    REG_DWORD    0x1\n\n");
	server_judge();
	server_expect("windows.not-comparable", "a file");
	server_end();
}
END_TEST

/* The certificate in the dump compares where the wire was not seen. */
START_TEST(a_certificate_of_the_dump_compares)
{
	for (int wrong = 0; wrong < 2; wrong++) {
		struct dumps_scene scene;

		server_begin(0);
		dumps_healthy(&scene, X1, wrong ? Y2 : X2);
		scene.sha1 = NULL;
		server_tell(&scene, DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8);
		dump_add_certificate(&server.dump, "x", 1);
		ck_assert(hex_read(X1, server.dump.certificates[0].sha1, 20));
		ck_assert(hex_read(X2, server.dump.certificates[0].sha256, 32));
		server.dump.certificates[0].digested = true;
		server_judge();
		server_expect(wrong ? "windows.hash-mismatch" : "", "");
		server_end();
	}
}
END_TEST

static bool
is_told(enum cause cause)
{
	for (size_t i = 0; i < server.verdict.findings_count; i++)
		if (server.verdict.findings[i].cause == cause)
			return true;
	return false;
}

/* What is seen, and no entry explains, may come from one that is not listed. */
START_TEST(an_entry_that_is_not_listed)
{
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0] = (struct dumps_entry){"192.0.2.21:443", Y1, IIS};
	scene.entries_count = 1;
	for (int listed = 0; listed <= 1; listed++) {
		server_begin('x');
		server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
		ck_assert(server.dump.listed);
		server.dump.listed = listed == 1;
		server_judge();
		ck_assert(is_told(CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES) == (listed == 1));
		server_end();
	}
}
END_TEST

/* A port that is not listed may be any, not the usual one; in a whole key it is that. */
START_TEST(a_port_that_is_not_listed)
{
	static const char chars[] =
	    "HKLM\\SYSTEM\\SstpSvc\\Parameters\\ConfigStore\n"
	    "    ListenerPort    REG_DWORD    0x20fb\n    UseHttps    REG_DWORD    0x1\n\n"
	    "HKLM\\SYSTEM\\SstpSvc\\Parameters\n    UseHttps    REG_DWORD    0x1\n\n";

	for (int whole = 0; whole <= 1; whole++) {
		server_begin(0);
		server_read(chars);
		ck_assert(!server.dump.sstp.whole);
		server.dump.sstp.whole = whole == 1;
		server_judge();
		ck_assert(is_told(CAUSE_WINDOWS_HALF_REVERTED) == (whole == 1));
		server_end();
	}
}
END_TEST

/* What was issued after the list was collected may be bound by now. */
START_TEST(issued_since)
{
	static const struct {
		int64_t issued; /* after it was collected */
		bool from_file;
		const char *remedy;
	} table[] = {
	    {1, false, "collect anew, it was issued after that, or find what terminates TLS"},
	    {0, false, "find what terminates TLS before it, let it pass TCP"},
	    {1, true, "assign it in RRAS, or give the file of the one in use"},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	server_begin('y');
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	server.dump.collected = SERVER_DATE - 3600;
	server.facts.from_file = table[_i].from_file;
	server.facts.tls.chain->not_before = server.dump.collected + table[_i].issued;
	server_judge();
	server_expect("windows.wire-differs", "");
	ck_assert_str_eq(server.verdict.findings[0].remedy, table[_i].remedy);
	server_end();
}
END_TEST

/* The certificate is right and told to SSTP, yet RemoteAccess runs since before there was one. */
START_TEST(restarted_since)
{
	static const struct {
		int use_https;
		int64_t started; /* before the certificate was issued */
		const char *trusted, *causes;
	} table[] = {
	    {1, 1, X2, "windows.restart-pending"}, {0, 1, X2, "windows.restart-pending"},
	    {1, 0, X2, ""}, {0, -3600, X2, ""}, {0, 1, Y2, "windows.offload-hash-stale"},
	    {0, 1, NULL, "windows.sha256-missing"}, {0, SERVER_DATE - 7200, X2, ""}, /* not known */
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, table[_i].trusted);
	scene.sha1 = NULL;
	scene.by_admin = 1;
	scene.use_https = scene.applied_https = table[_i].use_https;
	scene.applied_port = table[_i].use_https == 1 ? 443 : 80;
	server_begin('x');
	server.facts.from_file = true;
	server_tell(&scene, DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8);
	server.facts.tls.chain->not_before = SERVER_DATE - 7200;
	server.dump.started = SERVER_DATE - 7200 - table[_i].started;
	server_judge();
	server_expect(table[_i].causes, "");
	if (strcmp(table[_i].causes, "windows.restart-pending") == 0) {
		ck_assert_str_eq(server.verdict.findings[0].summary,
		    "RemoteAccess started before C3AB8FF1.. was issued");
		ck_assert_str_eq(server.verdict.findings[0].steps,
		    "powershell.exe Restart-Service RemoteAccess -Force # every tunnel drops\n");
	}
	server_end();
}
END_TEST

/* What cannot be judged, or contradicts itself, is not judged, and not praised either. */
START_TEST(what_is_not_judged_is_not_praised)
{
	struct dumps_scene scene;
	struct windows windows;

	dumps_healthy(&scene, X1, X2);
	server_begin('x');
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	windows = server_judge();
	ck_assert_str_eq(boundpraise_say(&windows), ", bound in HTTP.sys and trusted by SSTP");
	server.dump.contradicts = true;
	ck_assert_str_eq(boundpraise_say(&windows), "");
	server.dump.contradicts = false;
	strcpy(server.dump.trouble, "is of two servers");
	ck_assert_str_eq(boundpraise_say(&windows), "");
	server_end();
}
END_TEST

/* Behind where it is cut anything may follow: what is missing is no fault. */
START_TEST(what_was_cut_off_is_not_missing)
{
#define KEY "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	static const char *const table[] = {
	    "a : 0.0.0.0:5986\nb : " Y1 "\nc : " SCRIPT "\na : 0.0.0.0:443\n",
	    "a : 0.0.0.0:443\nb : " X1 "\nc : " SSTP "\na : [::]:443\nb : a1b2c3d4e5",
	    KEY "    UseHttps    REG_DWORD    0x1\n    ListenerPort    REG_DWORD    0x0\n"
	        "    SHA256CertificateHash    REG_BINARY    C3AB",
	    KEY "    UseHttps    REG_DWORD    0x0\n    ListenerPort    REG_DWORD    0x0\n"
	        "    isHashConfi",
	    "{\"bindings\": [{\"endpoint\": \"0.0.0.0:5986\", \"hash\": \"" Y1 "\"}], \"sstp\": {",
	};
#undef KEY

	server_begin('x');
	server_read(table[_i]);
	server_judge();
	ck_assert_int_eq(server.verdict.state, STATE_UNKNOWN);
	ck_assert_int_eq(server.verdict.findings[0].cause, CAUSE_WINDOWS_UNREADABLE);
	ck_assert_str_eq(server.verdict.findings[0].summary, "rras1.txt is cut short");
	server_end();
}
END_TEST

/* What cannot be read is never green, and says why. */
START_TEST(unreadable)
{
	static const struct {
		const char *chars, *summary;
	} table[] = {
	    {"", "rras1.txt is empty"},
	    {"nothing of the kind\n", "rras1.txt holds neither bindings nor values of SSTP"},
	    {"\x01\x02\xFF\xFE\x03", "rras1.txt holds neither bindings nor values of SSTP"},
	    {"a : 0.0.0.0:443\n", "rras1.txt is cut short"},
	    {"a : 0.0.0.0:443\nb : " X1 "\na : 0.0.0.0:443\nb : " Y1 "\nc : " IIS "\n",
	        "rras1.txt gives two values for one thing"},
	    {"a : 0.0.0.0:443\nb : a1b2c3d4e5f60718293a4b5c6d7e8f900112233\nc : " IIS "\n",
	        "rras1.txt has no whole hash for 0.0.0.0:443"},
	    {"a : [::]:443\nb : a1b2c3d4e5f60718293a4b5c6d7e8f9001122334aa\nc : " IIS "\n",
	        "rras1.txt has no whole hash for [::]:443"},
	    {"{\"computer\": \"RRAS1\", \"bindings\": [{\"endpoint\": \"0.0.0.0:443\", \"hash\": \"" X1
	     "\"}]}\n{\"computer\": \"RRAS2\", \"bindings\": []}\n",
	        "rras1.txt is of two servers"},
	    {"HKLM\\SYSTEM\\SstpSvc\\Parameters\n    SHA256CertificateHash    REG_BINARY    " X1
	     "0\n\n",
	        "rras1.txt has no whole hash for SHA256CertificateHash"},
	    {"{\"sstp\": {\"SHA256CertificateHash\": \"" X2 "\", \"SHA1CertificateHash\": "
	     "\"a1b2c3d\"}}",
	        "rras1.txt has no whole hash for SHA1CertificateHash"},
	};

	server_begin('x');
	server_read(table[_i].chars);
	server_judge();
	ck_assert_uint_ge(server.verdict.findings_count, 1);
	ck_assert(server.verdict.state != STATE_OK);
	for (size_t i = 0; i < server.verdict.findings_count; i++)
		if (server.verdict.findings[i].cause == CAUSE_WINDOWS_UNREADABLE) {
			ck_assert_str_eq(server.verdict.findings[i].summary, table[_i].summary);
			server_end();
			return;
		}
	ck_abort_msg("%s", server.verdict.findings[0].summary);
}
END_TEST

START_TEST(trouble)
{
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	server_begin('x');
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
	server.dump.crowded = true;
	server_judge();
	server_expect("windows.unreadable", "");
	ck_assert_str_eq(
	    server.verdict.findings[0].summary, "rras1.txt holds more entries than can be kept");
	server_end();

	server_begin('x');
	strcpy(server.dump.trouble, "cannot be read: No such file or directory");
	server_judge();
	server_expect("windows.unreadable", "");
	ck_assert_str_eq(server.verdict.findings[0].summary,
	    "rras1.txt cannot be read: No such file or directory");
	server_end();
}
END_TEST

/* Old or from the future: not judged at all. */
START_TEST(stale)
{
	static const struct {
		int64_t age;
		const char *summary;
	} table[] = {
	    {0, NULL},
	    {93600, NULL},
	    {-3600, NULL},
	    {93601, "rras1.txt was collected 26 h ago, the limit is 26 h"},
	    {2592000, "rras1.txt was collected 30 d ago, the limit is 26 h"},
	    {-3601, "rras1.txt was collected 60 min in the future, the limit is 26 h"},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, Y1, X2);
	scene.sha1 = NULL;
	server_begin('y');
	server_tell(&scene, DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16);
	server.dump.collected = SERVER_DATE - table[_i].age;
	server_judge();
	server_expect(table[_i].summary != NULL ? "windows.stale" : "windows.hash-mismatch", "");
	if (table[_i].summary != NULL)
		ck_assert_str_eq(server.verdict.findings[0].summary, table[_i].summary);
	server_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, parts);
	tcase_add_test(tests, a_file_and_nothing_to_compare);
	tcase_add_test(tests, a_certificate_of_the_dump_compares);
	tcase_add_test(tests, an_entry_that_is_not_listed);
	tcase_add_test(tests, a_port_that_is_not_listed);
	tcase_add_loop_test(tests, issued_since, 0, 3);
	tcase_add_loop_test(tests, restarted_since, 0, 7);
	tcase_add_test(tests, what_is_not_judged_is_not_praised);
	tcase_add_loop_test(tests, what_was_cut_off_is_not_missing, 0, 5);
	tcase_add_loop_test(tests, unreadable, 0, 10);
	tcase_add_test(tests, trouble);
	tcase_add_loop_test(tests, stale, 0, 6);
}

int
main(void)
{
	return unit_run("verdict/collected", list);
}

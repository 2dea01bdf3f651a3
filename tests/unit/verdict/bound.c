/* Which entry of HTTP.sys is in the way: that depends on the name, the address and the port for
 * which a certificate was seen, and on those that clients dial. */
#include "verdict/windows.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "unit/verdict/server.h"
#include "verdict/boundpraise.h"

#define X1 SERVER_X1
#define Y1 SERVER_Y1
#define X2 SERVER_X2
#define Y2 SERVER_Y2

#define SSTP DUMP_OWNER_SSTP
#define IIS  DUMP_OWNER_IIS

#define VPN   SERVER_NAME
#define OTHER "vpn2.example.com"

/* The right certificate is seen, and an entry for an address or a name has another: the wire clears
 * it only where it would have shown it, and where it did not because another one wins over it. */
START_TEST(what_the_wire_clears)
{
	static const struct {
		const char *endpoint,
		    *other; /* an entry with another certificate, one with the right */
		const char *name, *further; /* -H, NULL: an address; --name, or NULL */
		const char *asked;          /* SNI, NULL: a file */
		const char *causes;
		const char *address; /* that was looked at, NULL: whichever */
	} table[] = {
	    {"*.example.com:443", NULL, VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, "", ""},
	    {"www.example.com:443", NULL, VPN, NULL, "", ""},
	    {"www.example.com:443", NULL, VPN, NULL, NULL, ""},
	    /* The very name or address that was looked at wins over all addresses. */
	    {"vpn.example.com:443", NULL, VPN, NULL, VPN, "windows.hostname-overrides"},
	    {"vpn2.example.com:443", NULL, VPN, OTHER, OTHER, "windows.hostname-overrides"},
	    {"vpn.example.com:443", "192.0.2.21:443", VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, "windows.specific-ip-overrides", "192.0.2.21"},
	    {"192.0.2.21:443", VPN ":443", VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "192.0.2.21"},
	    {"192.0.2.21:443", "443", VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "192.0.2.21"},
	    {"192.0.2.21:443", "443", VPN, NULL, VPN, "", "192.0.2.22"},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, "", "192.0.2.22"},
	    {"[2001:db8::1]:443", NULL, VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "2001:db8::1"},
	    /* A file. */
	    {"vpn.example.com:443", NULL, VPN, NULL, NULL, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, NULL, NULL, "windows.hostname-overrides"},
	    {"192.0.2.21:443", NULL, VPN, NULL, NULL, "windows.specific-ip-overrides"},
	    /* Another name was asked for, or none. */
	    {"vpn.example.com:443", NULL, VPN, NULL, "", "windows.hostname-overrides"},
	    {"vpn.example.com:443", NULL, VPN, NULL, OTHER, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, NULL, "", "windows.hostname-overrides"},
	    {"*.example.com:443", VPN ":443", VPN, NULL, "", ""},
	    /* A further name that clients dial. */
	    {"vpn2.example.com:443", NULL, VPN, OTHER, VPN, "windows.hostname-overrides"},
	    {"*.example.com:443", VPN ":443", VPN, OTHER, VPN, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, OTHER, OTHER, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, "rras1", NULL, "windows.hostname-overrides"},
	    {"vpn2.example.com:443", NULL, NULL, OTHER, "", "windows.hostname-overrides"},
	    {"www.example.com:443", NULL, NULL, OTHER, "", ""},
	    {"*.example.com:443", NULL, NULL, "rras1", "", ""},
	    /* Nobody told which. */
	    {"vpn.example.com:443", NULL, NULL, NULL, "", "windows.not-comparable"},
	    {"vpn.example.com:443", NULL, NULL, NULL, NULL, "windows.not-comparable"},
	    {"192.0.2.21:443", NULL, NULL, NULL, "", ""},
	    /* A central store, whose certificates the dump does not tell. */
	    {"443", NULL, VPN, NULL, VPN, ""},
	    {"443", NULL, VPN, NULL, NULL, "windows.not-comparable"},
	    {"443", NULL, VPN, NULL, "", "windows.not-comparable"},
	    {"443", NULL, VPN, OTHER, VPN, "windows.not-comparable"},
	    {"443", VPN ":443", VPN, NULL, NULL, ""},
	    {"443", NULL, NULL, NULL, "", "windows.not-comparable"},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){
	    table[_i].endpoint, strcmp(table[_i].endpoint, "443") == 0 ? NULL : Y1, IIS};
	scene.entries[3] = (struct dumps_entry){table[_i].other, X1, SSTP};
	if (table[_i].other != NULL && strcmp(table[_i].other, "443") == 0)
		scene.entries[3].hash = NULL;
	scene.entries_count = table[_i].other != NULL ? 4 : 3;
	server_begin('x');
	free(server.facts.name);
	server.facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	server.facts.from_file = table[_i].asked == NULL;
	strcpy(server.facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	strcpy(server.facts.address, table[_i].address != NULL ? table[_i].address : "");
	server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	server_judge_dialled(&table[_i].further, table[_i].further != NULL ? 1 : 0);
	server_expect(table[_i].causes, table[_i].endpoint);
	server_end();
}
END_TEST

/* The entries for addresses alone were collected: one for a name may be in the way of all who dial
 * a name that was not asked for. */
START_TEST(names_were_not_collected)
{
	static const struct {
		const char *name, *further, *asked; /* -H; --name; SNI, NULL: a file */
		bool listed;
		const char *causes;
	} table[] = {
	    {VPN, NULL, VPN, true, ""},
	    {VPN, NULL, "", true, "windows.not-comparable"},
	    {VPN, NULL, NULL, true, "windows.not-comparable"},
	    {VPN, OTHER, VPN, true, "windows.not-comparable"},
	    {NULL, VPN, VPN, true, ""},
	    {NULL, VPN, "", true, "windows.not-comparable"},
	    {NULL, NULL, "", true, "windows.not-comparable"},
	    /* Nor was anything else of HTTP.sys. */
	    {VPN, NULL, NULL, false, ""},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	server_begin('x');
	free(server.facts.name);
	server.facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	server.facts.from_file = table[_i].asked == NULL;
	strcpy(server.facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF16);
	server.dump.named = false;
	server.dump.listed = table[_i].listed;
	server_judge_dialled(&table[_i].further, table[_i].further != NULL ? 1 : 0);
	server_expect(table[_i].causes, "names");
	if (server.verdict.findings_count > 0)
		ck_assert_str_eq(server.verdict.findings[0].remedy, "add netsh http show sslcert");
	server_end();
}
END_TEST

/* The right certificate is seen and an entry for the name holds it: that explains what is seen only
 * to those who asked for the name. */
START_TEST(what_explains)
{
	static const struct {
		const char *asked, *causes;
	} table[] = {{VPN, ""}, {"", "windows.specific-ip-overrides"}};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0] = (struct dumps_entry){"192.0.2.21:443", Y1, IIS};
	scene.entries[1] = (struct dumps_entry){VPN ":443", X1, SSTP};
	server_begin('x');
	strcpy(server.facts.tls.sni, table[_i].asked);
	server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	server_judge();
	server_expect(table[_i].causes, table[_i].asked);
	server_end();
}
END_TEST

/* What is shown for a site of another name, which was asked for by --sni, is the site's own. */
START_TEST(what_a_site_shows)
{
	static const struct {
		const char *endpoint, *hash; /* an entry beside the healthy ones */
		const char *asked, *further; /* SNI, NULL: a file; --name, or NULL */
		const char *causes;
	} table[] = {
	    {"www.example.com:443", Y1, "www.example.com", NULL, ""},
	    {"443", NULL, "www.example.com", NULL, "windows.not-comparable"},
	    {"www.example.com:443", Y1, "www.example.com", "www.example.com",
	        "windows.hostname-overrides"},
	    {"*.example.com:443", Y1, "www.example.com", NULL, "windows.hostname-overrides"},
	    {"www.example.com:443", Y1, "mail.example.com", NULL, "windows.wire-differs"},
	    {"www.example.com:443", Y1, VPN, NULL, "windows.wire-differs"},
	    /* Out of a central store comes only what was asked for by name. */
	    {"443", NULL, VPN, NULL, "windows.hostname-overrides"},
	    {"443", NULL, "", NULL, "windows.wire-differs"},
	    {"443", NULL, NULL, NULL, "windows.wire-differs"},
	};
	const char *further = table[_i].further;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){table[_i].endpoint, table[_i].hash, IIS};
	scene.entries_count = 3;
	server_begin('y');
	server.facts.from_file = table[_i].asked == NULL;
	strcpy(server.facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	server_judge_dialled(&further, further != NULL ? 1 : 0);
	server_expect(table[_i].causes, server.facts.tls.sni);
	server_end();
}
END_TEST

/* A wrong certificate is seen, and an entry for a name that was not asked for holds it: that entry
 * did not show it, may be right for a site, and is not to be deleted. */
START_TEST(what_cannot_have_answered)
{
	static const struct {
		const char *name, *asked; /* -H, NULL: an address; SNI, NULL: a file */
		const char *causes, *summary;
	} table[] = {
	    {NULL, "", "windows.wire-differs",
	        "the wire shows certificate 5CE8A111.., Windows has another on 443"},
	    {NULL, NULL, "windows.wire-differs",
	        "the file holds certificate 5CE8A111.., Windows has another on 443"},
	    /* It wins over the others for those who dial it, and that is told. */
	    {"www.example.com", "", "windows.hostname-overrides", NULL},
	    {"www.example.com", NULL, "windows.hostname-overrides", NULL},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){"www.example.com:443", Y1, IIS};
	scene.entries_count = 3;
	server_begin('y');
	free(server.facts.name);
	server.facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	server.facts.from_file = table[_i].asked == NULL;
	strcpy(server.facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	server_tell_whole(&scene, DUMPS_NETSH_2016, DUMPS_PORTUGUESE, DUMPS_UTF8);
	server_judge();
	server_expect(table[_i].causes, table[_i].asked);
	if (table[_i].summary != NULL) {
		ck_assert_str_eq(server.verdict.findings[0].summary, table[_i].summary);
		ck_assert_ptr_null(server.verdict.findings[0].steps);
	}
	server_end();
}
END_TEST

/* Where SSTP's values do not tell its port the one that is looked at is meant. */
START_TEST(the_port)
{
	static const struct {
		uint16_t looked_at;
		int port; /* ListenerPort; DUMPS_NONE: SSTP's values were not collected */
		const char *endpoint;
		char shown;
		const char *causes, *summary;
	} table[] = {
	    {443, DUMPS_NONE, "0.0.0.0:443", 'y', "windows.wire-differs windows.family-missing",
	        "the wire shows certificate 5CE8A111.., Windows has another on 443"},
	    {8443, DUMPS_NONE, "0.0.0.0:8443", 'y', "windows.wire-differs windows.family-missing",
	        "the wire shows certificate 5CE8A111.., Windows has another on 8443"},
	    {8443, DUMPS_NONE, "0.0.0.0:443", 'y', "windows.not-comparable",
	        "not comparable: no entry for port 8443, that of SSTP not told"},
	    {8443, DUMPS_NONE, "0.0.0.0:443", 0, "windows.no-binding",
	        "HTTP.sys has no certificate for port 8443"},
	    {8443, 0, "0.0.0.0:443", 'x', "windows.family-missing", NULL},
	    {8443, 0, "0.0.0.0:8443", 'x', "windows.no-binding",
	        "HTTP.sys has no certificate for port 443"},
	    {443, 8443, "0.0.0.0:8443", 'x', "windows.family-missing", NULL},
	    {8443, 0x10050, "0.0.0.0:443", 'x', "windows.family-missing", NULL}, /* no port */
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = table[_i].endpoint;
	scene.entries_count = 1;
	scene.port = scene.applied_port = table[_i].port;
	server_begin(table[_i].shown);
	server.facts.port = table[_i].looked_at;
	if (table[_i].port == DUMPS_NONE)
		server_tell(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	else
		server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	server_judge();
	server_expect(table[_i].causes, "the port");
	if (table[_i].summary != NULL)
		ck_assert_str_eq(server.verdict.findings[0].summary, table[_i].summary);
	server_end();
}
END_TEST

/* Another port than SSTP's is looked at, and HTTP.sys itself shows another certificate there. */
START_TEST(the_port_of_another)
{
	static const struct {
		const char *beside; /* an entry beside those of SSTP on 8443 */
		const char *summary, *remedy;
	} table[] = {
	    {"0.0.0.0:443", "SSTP is on port 8443, the wire shows 0.0.0.0:443 (owner IIS)",
	        "lead clients to that port, or look there with -p 8443"},
	    {"0.0.0.0:444", "the wire shows certificate 5CE8A111.., Windows has another on 8443",
	        "find what terminates TLS before it, let it pass TCP"},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = "0.0.0.0:8443";
	scene.entries[1].endpoint = "[::]:8443";
	scene.entries[2] = (struct dumps_entry){table[_i].beside, Y1, IIS};
	scene.entries_count = 3;
	scene.port = scene.applied_port = 8443;
	server_begin('y');
	server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	server_judge();
	server_expect("windows.wire-differs", table[_i].beside);
	ck_assert_str_eq(server.verdict.findings[0].summary, table[_i].summary);
	ck_assert_str_eq(server.verdict.findings[0].remedy, table[_i].remedy);
	server_end();
}
END_TEST

/* With TLS offloaded the certificate on the server's own port 443 tells nothing of the balancer's,
 * and is nothing to set the hash to. */
START_TEST(offloaded_but_asked_itself)
{
	static const struct {
		const char *host;
		const char *bound, *sha256; /* SHA-1 of an entry; the offload hash */
		bool found;                 /* the address is one of the name's */
		const char *causes, *praise;
	} table[] = {
	    {"rras1", X1, Y2, false, "windows.not-comparable", ""},
	    {"rras1", X1, X2, false, "windows.not-comparable", ""},
	    {"rras1", X1, NULL, false, "windows.sha256-missing windows.not-comparable", ""},
	    {"rras1", Y1, Y2, false, "windows.offload-hash-stale", ""},
	    {"rras1", Y1, X2, false, "", ", the one of the offload hash"},
	    {VPN, X1, Y2, false, "windows.offload-hash-stale", ""},
	    {VPN, X1, X2, false, "", ", the one of the offload hash"},
	    {"203.0.113.10", X1, Y2, true, "windows.offload-hash-stale", ""},
	};
	struct dumps_scene scene;
	struct windows windows;

	dumps_healthy(&scene, table[_i].bound, table[_i].sha256);
	scene.sha1 = NULL;
	scene.use_https = scene.applied_https = 0;
	scene.applied_port = 80;
	scene.by_admin = 1;
	server_begin('x');
	free(server.facts.host);
	server.facts.host = strdup(table[_i].host);
	server.facts.address_found = table[_i].found;
	server_tell_whole(&scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	windows = server_judge();
	server_expect(table[_i].causes, table[_i].host);
	for (size_t i = 0; i < server.verdict.findings_count; i++)
		ck_assert(server.verdict.findings[i].steps == NULL ||
		          strcmp(table[_i].host, "rras1") != 0 || strcmp(table[_i].bound, X1) != 0);
	ck_assert_str_eq(boundpraise_say(&windows), table[_i].praise);
	server_end();

	/* With a list that may lack the hash nothing is compared. */
	server_begin('x');
	server_read("HKLM\\SYSTEM\\SstpSvc\\Parameters\n    UseHttps    REG_DWORD    0x0\n\n");
	ck_assert(!server.dump.sstp.whole);
	server_judge();
	server_expect("windows.not-comparable", "a part");
	ck_assert_str_eq(server.verdict.findings[0].summary,
	    "not comparable: the hash SSTP trusts was not collected");
	ck_assert_str_eq(server.verdict.findings[0].remedy, "add reg query of the key of SstpSvc");
	server_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, what_the_wire_clears, 0, 37);
	tcase_add_loop_test(tests, names_were_not_collected, 0, 8);
	tcase_add_loop_test(tests, what_explains, 0, 2);
	tcase_add_loop_test(tests, what_a_site_shows, 0, 9);
	tcase_add_loop_test(tests, what_cannot_have_answered, 0, 4);
	tcase_add_loop_test(tests, the_port, 0, 8);
	tcase_add_loop_test(tests, the_port_of_another, 0, 2);
	tcase_add_loop_test(tests, offloaded_but_asked_itself, 0, 8);
}

int
main(void)
{
	return unit_run("verdict/bound", list);
}

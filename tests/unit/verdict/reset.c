/* What the server says explains a reset, plain HTTP on the port of TLS, and a port that is refused.
 */
#include "verdict/windows.h"

#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "unit/verdict/server.h"

#define X1 SERVER_X1
#define Y1 SERVER_Y1
#define X2 SERVER_X2

/* What these tests have read, of one target on 443. */
static const struct windows just_read = {
    .age_max = 93600,
    .date = SERVER_DATE,
    .port = 443,
    .seen = {.dump = &server.dump, .facts = &server.facts, .count = 1},
};

/* That nothing is bound is not the reason of a reset where something is, or where TLS is offloaded.
 */
START_TEST(a_reset)
{
	static const struct {
		const char *address, *endpoint; /* the only entry */
		int use_https;
		int64_t age;
		bool contradicts;
		const struct cause_row *row;
	} table[] = {
	    {"192.0.2.21", "0.0.0.0:443", 1, 0, false, &causes_reset_though_bound},
	    {"2001:db8::1", "[::]:443", 1, 0, false, &causes_reset_though_bound},
	    {"192.0.2.21", "0.0.0.0:443", 0, 0, false, &causes_reset_offloaded},
	    {"192.0.2.21", "[::]:443", 1, 0, false, NULL},
	    {"192.0.2.21", "0.0.0.0:8443", 1, 0, false, NULL},
	    {"192.0.2.21", "192.0.2.22:443", 1, 0, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 1, 93601, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 0, 93601, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 1, 0, true, NULL},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = table[_i].endpoint;
	scene.entries_count = 1;
	scene.use_https = table[_i].use_https;
	server_begin(0);
	strcpy(server.facts.address, table[_i].address);
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	server.dump.collected = SERVER_DATE - table[_i].age;
	server.dump.contradicts = table[_i].contradicts;
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	server_end();
}
END_TEST

/* The entry turns away whoever comes, with a certificate in the store or without. */
START_TEST(a_reset_that_is_meant)
{
	static const struct {
		enum dumps_shape shape;
		size_t which; /* entry that rejects */
		const struct cause_row *row;
	} table[] = {
	    {DUMPS_COLLECTOR, 0, &causes_reset_rejected},
	    {DUMPS_REG_QUERY, 0, &causes_reset_rejected},
	    {DUMPS_REG_EXPORT, 0, &causes_reset_rejected},
	    {DUMPS_REG_QUERY, 1, &causes_reset_though_bound},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[table[_i].which].rejects = true;
	server_begin(0);
	strcpy(server.facts.address, "192.0.2.21");
	server_tell(&scene, table[_i].shape, DUMPS_ENGLISH, DUMPS_UTF16);
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	server_end();
}
END_TEST

/* The certificate of an entry is in no store of the server: only who looked there knows. */
START_TEST(a_reset_without_the_certificate)
{
	static const struct {
		enum dumps_shape shape;
		const char *hash; /* of the entry */
		bool has_other, has_bound, undigested;
		const struct cause_row *row;
	} table[] = {
	    {DUMPS_COLLECTOR, X1, false, false, false, &causes_reset_unstocked},
	    {DUMPS_COLLECTOR, X1, true, false, false, &causes_reset_unstocked},
	    {DUMPS_COLLECTOR, X1, true, true, false, &causes_reset_though_bound},
	    {DUMPS_COLLECTOR, X1, true, false, true, &causes_reset_though_bound},
	    {DUMPS_COLLECTOR, X2, false, false, false, &causes_reset_though_bound},
	    {DUMPS_REG_QUERY, X1, false, false, false, &causes_reset_though_bound},
	    {DUMPS_NETSH_JSON, X1, false, false, false, &causes_reset_though_bound},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, table[_i].hash, X2);
	server_begin(0);
	strcpy(server.facts.address, "192.0.2.21");
	server_tell(&scene, table[_i].shape, DUMPS_ENGLISH, DUMPS_UTF8);
	for (int own = 0; own < 2; own++)
		if (own == 0 ? table[_i].has_other : table[_i].has_bound) {
			struct dump_certificate *certificate;

			dump_add_certificate(&server.dump, own == 0 ? "x" : "y", 1);
			certificate = &server.dump.certificates[server.dump.certificates_count - 1];
			ck_assert(hex_read(own == 0 ? Y1 : X1, certificate->sha1, 20));
			certificate->digested = !table[_i].undigested;
		}
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	server_end();
}
END_TEST

/* That TLS is offloaded is not the reason of plain HTTP where it is not. */
START_TEST(plain_http)
{
	static const struct {
		int use_https, applied; /* DUMPS_NONE: not told */
		int64_t age;
		const struct cause_row *row;
	} table[] = {
	    {1, 1, 0, &causes_plain_though_https},
	    {1, DUMPS_NONE, 0, &causes_plain_though_https},
	    {1, 0, 0, NULL},
	    {0, 0, 0, NULL},
	    {DUMPS_NONE, 1, 0, NULL},
	    {1, 1, 93601, NULL},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.use_https = table[_i].use_https;
	scene.applied_https = table[_i].applied;
	server_begin(0);
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	server.dump.collected = SERVER_DATE - table[_i].age;
	ck_assert_ptr_eq(windows_plaintext(&just_read), table[_i].row);
	server_end();
}
END_TEST

/* Nothing listens on 443 where SSTP is on another port: that is said, unless it is yet to be
 * applied or cannot be told. */
START_TEST(a_refusal)
{
	static const struct {
		int use_https, port, applied_port; /* DUMPS_NONE: not told */
		int64_t age;
		const struct cause_row *row;
	} table[] = {
	    {1, 8443, 8443, 0, &causes_refused_elsewhere},
	    {1, 8443, DUMPS_NONE, 0, &causes_refused_elsewhere},
	    {DUMPS_NONE, 8443, 8443, 0, &causes_refused_elsewhere},
	    {1, 8443, 443, 0, NULL},
	    {1, 443, 443, 0, NULL},
	    {1, 443, 8443, 0, NULL},
	    {1, 0, 443, 0, NULL},
	    {1, DUMPS_NONE, DUMPS_NONE, 0, NULL},
	    {DUMPS_NONE, 0, DUMPS_NONE, 0, NULL},
	    {1, 0x10050, DUMPS_NONE, 0, NULL}, /* no port */
	    {0, 0, 80, 0, &causes_refused_offloaded},
	    {0, 8080, 8080, 0, &causes_refused_offloaded},
	    {0, 443, 443, 0, NULL},
	    {1, 8443, 8443, 93601, NULL},
	};
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.use_https = scene.applied_https = table[_i].use_https;
	scene.port = table[_i].port;
	scene.applied_port = table[_i].applied_port;
	server_begin(0);
	server_tell(&scene, DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8);
	server.dump.collected = SERVER_DATE - table[_i].age;
	ck_assert_ptr_eq(windows_refused(&just_read), table[_i].row);
	server_end();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, a_reset, 0, 9);
	tcase_add_loop_test(tests, a_reset_that_is_meant, 0, 4);
	tcase_add_loop_test(tests, a_reset_without_the_certificate, 0, 7);
	tcase_add_loop_test(tests, plain_http, 0, 6);
	tcase_add_loop_test(tests, a_refusal, 0, 14);
}

int
main(void)
{
	return unit_run("verdict/reset", list);
}

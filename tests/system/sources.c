#include "config.h"

#include "sources.h"

#include <check.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/crowd.h"
#include "process.h"
#include "support/scratch.h"

#define HOUR INT64_C(3600)

struct sources_scene sources_scene;

void
sources_fill(char *chars, size_t size, const char *template)
{
	*chars = '\0';
	while (*template != '\0' && strlen(chars) + 8 < size) {
		size_t length = strlen(chars);

		if (strncmp(template, "{port}", 6) == 0) {
			snprintf(
			    chars + length, size - length, "%u", sources_scene.issuer.http_port);
			template += 6;
		} else if (strncmp(template, "{refused}", 9) == 0) {
			snprintf(chars + length, size - length, "%d", sources_scene.refused_port);
			template += 9;
		} else {
			snprintf(chars + length, size - length, "%c", *template ++);
		}
	}
}

void
sources_make(struct pki_party *party, const char *cn, const char *serial, const char *extensions,
    const struct pki_party *by)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_wish wish = {cn, serial, extensions, now - PKI_DAY, now + 30 * PKI_DAY};

	pki_make(party, &wish, by);
}

void
sources_make_own(const struct sources_row *row, const struct pki_party *by)
{
	char points[400] = "", extensions[1200];

	if (row->points != NULL)
		sources_fill(points, sizeof points, row->points);
	else if (row->crl != SOURCES_NONE)
		sources_fill(points, sizeof points, "URI:http://127.0.0.1:{port}/ca.crl");
	snprintf(extensions, sizeof extensions, "subjectAltName = DNS:" SOURCES_NAME "\n%s%s\n",
	    *points != '\0' ? "crlDistributionPoints = " : "", points);
	if (row->ocsp != SOURCES_NONE)
		snprintf(extensions + strlen(extensions), 200,
		    "authorityInfoAccess = OCSP;URI:http://127.0.0.1:%u/ocsp\n",
		    sources_scene.issuer.http_port);
	sources_make(&sources_scene.issuer.own, SOURCES_NAME, SOURCES_SERIAL, extensions, by);
}

int64_t
sources_begin(enum sources_gives gives)
{
	int64_t ago = gives == SOURCES_NEAR   ? 100 * HOUR
	              : gives == SOURCES_AGED ? 241 * HOUR
	                                      : 24 * HOUR;

	return (int64_t)time(NULL) - ago;
}

int64_t
sources_end(enum sources_gives gives)
{
	int64_t left = gives == SOURCES_STALE  ? -3 * HOUR - 60
	               : gives == SOURCES_NEAR ? HOUR
	                                       : 24 * HOUR;

	return gives == SOURCES_ENDLESS || gives == SOURCES_AGED ? 0 : (int64_t)time(NULL) + left;
}

#define IS_DELTA       "2.5.29.27 = critical,DER:020101\n"
#define IS_DELTA_AHEAD "2.5.29.27 = critical,DER:020102\n"

static unsigned char *
make_crl(
    enum sources_gives gives, const char *extensions, const struct pki_party *by, size_t *length)
{
	struct pki_revoked revoked = {SOURCES_SERIAL, 1, (int64_t)time(NULL) - 20 * HOUR - 60};
	struct pki_list list = {
	    .this_update = sources_begin(gives),
	    .next_update = sources_end(gives),
	    .extensions = extensions,
	    .revoked = &revoked,
	    .revoked_count = gives == SOURCES_REVOKED,
	};

	if (gives == SOURCES_GARBAGE) {
		*length = 6;
		return OPENSSL_memdup("<html>", 6);
	}
	return pki_crl(
	    &list, by, gives == SOURCES_FORGED ? sources_scene.impostor.key : by->key, length);
}

unsigned char *
sources_make_crl(enum sources_gives gives, const struct pki_party *by, size_t *length)
{
	return make_crl(gives, gives == SOURCES_DELTA ? IS_DELTA : NULL, by, length);
}

/* The name is that which the CA of Windows gives it. */
static void
add_with_delta(const struct sources_row *row)
{
	unsigned char *bytes;
	char extensions[200];
	size_t length;

	sources_fill(extensions, sizeof extensions,
	    "crlNumber = DER:020101\nfreshestCRL = URI:ldap:///CN=x,URI:http://127.0.0.1:{port}/ca+.crl\n");
	bytes = make_crl(row->crl, extensions, &sources_scene.root, &length);
	sources_add_page("/ca.crl", row->crl_way, NULL, bytes, length);
	bytes = make_crl(row->delta, row->delta == SOURCES_AHEAD ? IS_DELTA_AHEAD : IS_DELTA,
	    &sources_scene.root, &length);
	sources_add_page("/ca+.crl", row->delta_way, NULL, bytes, length);
}

static unsigned char *
make_ocsp(enum sources_gives gives, size_t *length)
{
	struct pki_status status = {
	    .status = gives == SOURCES_REVOKED   ? V_OCSP_CERTSTATUS_REVOKED
	              : gives == SOURCES_UNKNOWN ? V_OCSP_CERTSTATUS_UNKNOWN
	                                         : V_OCSP_CERTSTATUS_GOOD,
	    .reason = 1,
	    .revoked_on = gives == SOURCES_REVOKED ? (int64_t)time(NULL) - 20 * HOUR - 60 : 0,
	    .this_update = sources_begin(gives),
	    .next_update = sources_end(gives),
	    .digest = EVP_sha1(),
	};

	return pki_ocsp(&status,
	    gives == SOURCES_OTHER ? sources_scene.stranger.x509 : sources_scene.issuer.own.x509,
	    sources_scene.root.x509,
	    gives == SOURCES_FORGED ? &sources_scene.impostor : &sources_scene.root, length);
}

void
sources_add_page(
    const char *path, enum issuer_way way, const char *to, unsigned char *bytes, size_t length)
{
	sources_scene.issuer.pages[sources_scene.issuer.pages_count++] =
	    (struct issuer_page){path, way, to, bytes, length};
}

void
sources_write_root(void)
{
	FILE *file;

	(void)scratch_make();
	sources_scene.ca_file = scratch_path("ca.pem");
	file = fopen(sources_scene.ca_file, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, sources_scene.root.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
}

void
sources_set(const struct sources_row *row)
{
	static char to[200];
	size_t length;
	unsigned char *bytes;

	issuer_open(&sources_scene.issuer);
	sources_scene.refused_port = process_refused_port(&sources_scene.refused);
	sources_make(&sources_scene.root, "Test CA", "01", PKI_CA, NULL);
	sources_make(&sources_scene.impostor, "Test CA", "01", PKI_CA, NULL);
	sources_make(&sources_scene.stranger, "other", "02", NULL, &sources_scene.root);
	sources_make_own(row, &sources_scene.root);
	sources_write_root();
	if (row->to != NULL)
		sources_fill(to, sizeof to, row->to);
	if (row->delta != SOURCES_NONE) {
		add_with_delta(row);
	} else if (row->crl != SOURCES_NONE) {
		bytes = sources_make_crl(row->crl, &sources_scene.root, &length);
		sources_add_page("/ca.crl", row->crl_way, to, bytes, length);
	}
	if (row->crl != SOURCES_NONE && row->crl_way == ISSUER_MOVED) {
		bytes = sources_make_crl(row->crl, &sources_scene.root, &length);
		sources_add_page("/moved", ISSUER_WHOLE, NULL, bytes, length);
	}
	if (row->ocsp != SOURCES_NONE) {
		bytes = make_ocsp(row->ocsp, &length);
		sources_add_page("/ocsp", row->ocsp_way, NULL, bytes, length);
	}
	if (row->staple != SOURCES_NONE)
		sources_scene.issuer.staple =
		    make_ocsp(row->staple, &sources_scene.issuer.staple_length);
	issuer_serve(&sources_scene.issuer);
}

void
sources_strike(const char *path, size_t *count)
{
	for (size_t i = 0; i < 2; i++)
		facts_free(&sources_scene.facts[i]);
	issuer_close(&sources_scene.issuer, path, count);
	pki_free(&sources_scene.root);
	pki_free(&sources_scene.impostor);
	pki_free(&sources_scene.stranger);
	close(sources_scene.refused);
	scratch_remove();
}

void
sources_look_at(
    enum facts_revocation_mode mode, const unsigned *ports, size_t count, size_t width, int seconds)
{
	struct plan_run run = {.security_level = -1,
	    .ca_file = sources_scene.ca_file,
	    .revocation = mode,
	    .crl_max = SOURCES_MAX};
	int64_t timeout = seconds * DEADLINE_SECOND;
	struct plan plans[2] = {0};

	for (size_t i = 0; i < count; i++)
		plans[i] = (struct plan){
		    .label = SOURCES_NAME,
		    .name = SOURCES_NAME,
		    .address = "127.0.0.1",
		    .port = (uint16_t)ports[i],
		    .sni = SOURCES_NAME,
		    .host = SOURCES_NAME,
		    .uri = "/",
		    .method = "HEAD",
		    .level = FACTS_TLS,
		    .timeout = timeout,
		    .deadline = deadline_after(deadline_now(), timeout),
		};
	ck_assert_pstr_eq(crowd_run(&run, plans, sources_scene.facts, count, width), NULL);
	for (size_t i = 0; i < count; i++) {
		ck_assert_int_eq(facts_failed_stage(&sources_scene.facts[i]), FACTS_STAGES);
		ck_assert(!sources_scene.facts[i].no_memory);
	}
}

void
sources_look(enum facts_revocation_mode mode, size_t count, int seconds)
{
	const unsigned ports[2] = {sources_scene.issuer.tls_port, sources_scene.issuer.tls_port};

	sources_look_at(mode, ports, count, count, seconds);
}

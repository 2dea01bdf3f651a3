#include "config.h"

#include "server.h"

#include <check.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "base/text.h"
#include "system/issuer.h"
#include "system/process.h"

#define SIM    "tests/rras/rras-sim"
#define SERIAL "FEDC"

static bool is_sim;
static struct process_sim sim;
static struct issuer issuer;
static struct pki_party root;

static void
make(struct pki_party *party, const char *cn, const char *extensions, const struct pki_party *by)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_wish wish = {cn, SERIAL, extensions, now - PKI_DAY, now + 60 * PKI_DAY};

	pki_make(party, &wish, by);
}

static void
make_own(void)
{
	struct text extensions = TEXT_EMPTY;

	text_format(&extensions,
	    "subjectAltName = DNS:vpn.example.com\n"
	    "crlDistributionPoints = URI:http://127.0.0.1:%u/ca.crl\n"
	    "authorityInfoAccess = OCSP;URI:http://127.0.0.1:%u/ocsp\n",
	    issuer.http_port, issuer.http_port);
	make(&issuer.own, "vpn.example.com", text_chars(&extensions), &root);
	text_free(&extensions);
}

static void
add_page(const char *path, unsigned char *bytes, size_t length)
{
	issuer.pages[issuer.pages_count++] =
	    (struct issuer_page){.path = path, .bytes = bytes, .length = length};
}

static void
add_pages(void)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_list list = {.this_update = now - PKI_DAY, .next_update = now + PKI_DAY};
	struct pki_status status = {
	    .status = V_OCSP_CERTSTATUS_GOOD,
	    .this_update = now - PKI_DAY,
	    .next_update = now + PKI_DAY,
	    .digest = EVP_sha1(),
	};
	size_t length;
	unsigned char *bytes = pki_crl(&list, &root, root.key, &length);

	add_page("/ca.crl", bytes, length);
	bytes = pki_ocsp(&status, issuer.own.x509, root.x509, &root, &length);
	add_page("/ocsp", bytes, length);
}

static void
write_root(const char *folder)
{
	struct text path = TEXT_EMPTY;
	FILE *file;

	text_format(&path, "%s/ca.pem", folder);
	file = fopen(text_chars(&path), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, root.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
	text_free(&path);
}

int
server_begin(const char *members, const char *folder)
{
	struct text line = TEXT_EMPTY;

	is_sim = members != NULL;
	if (!is_sim) {
		issuer_open(&issuer);
		make(&root, "Test CA", PKI_CA, NULL);
		make_own();
		add_pages();
		write_root(folder);
		issuer_serve(&issuer);
		return (int)issuer.tls_port;
	}
	text_format(&line, "--ca-out %s/ca.pem %s", folder, members);
	process_start_sim(SIM, text_chars(&line), &sim);
	text_free(&line);
	return sim.port;
}

void
server_end(void)
{
	if (is_sim) {
		process_stop_sim(&sim);
		return;
	}
	issuer_close(&issuer, "/", NULL);
	pki_free(&root);
}

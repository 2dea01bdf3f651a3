#include "cert/trust.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "facts/facts.h"
#include "scene.h"
#include "unit/unit.h"

#define NO_CA "basicConstraints = critical,CA:FALSE\nkeyUsage = critical,digitalSignature\n"
#define CA    "basicConstraints = critical,CA:TRUE\n"
#define ANY   "extendedKeyUsage = anyExtendedKeyUsage\n"

/* Who is given which purposes, and whether that serves a server of TLS. */
static const struct {
	const char *issuing;
	const char *own;
	size_t errors; /* about purposes */
} rows[] = {
    {PKI_CA, "extendedKeyUsage = serverAuth\n", 0},
    {PKI_CA, ANY, 0},
    {PKI_CA, ANY "keyUsage = critical,digitalSignature\n", 0},
    {PKI_CA, ANY "keyUsage = critical,nonRepudiation\n", 1},
    {PKI_CA, "extendedKeyUsage = clientAuth\n", 1},
    {PKI_CA ANY, "extendedKeyUsage = serverAuth\n", 0},
    {PKI_CA ANY, ANY, 0},
    {CA ANY, "extendedKeyUsage = serverAuth\n", 0},
    {NO_CA ANY, "extendedKeyUsage = serverAuth\n", 1},
    {PKI_CA "extendedKeyUsage = clientAuth\n", "extendedKeyUsage = serverAuth\n", 1},
    {PKI_CA "extendedKeyUsage = clientAuth\n", "extendedKeyUsage = clientAuth\n", 2},
};

static struct trust *
trust_in(X509 *root)
{
	char name[] = "trust.XXXXXX";
	FILE *file = fdopen(mkstemp(name), "w");
	const char *problem;
	struct trust *trust;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, root), 1);
	ck_assert_int_eq(fclose(file), 0);
	trust = trust_create(name, NULL, &problem);
	unlink(name);
	ck_assert_ptr_nonnull(trust);
	return trust;
}

START_TEST(purposes)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct pki_party root, issuing, own;
	struct trust *trust;
	struct facts facts;
	size_t errors = 0;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&issuing, "Issuing CA", "02", rows[_i].issuing, &root);
	scene_add(&own, "vpn.example.com", "03", rows[_i].own, &issuing);
	sk_X509_push(chain, own.x509);
	sk_X509_push(chain, issuing.x509);
	trust = trust_in(root.x509);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	for (size_t i = 0; i < facts.tls.trust.errors_count; i++)
		errors += facts.tls.trust.errors[i].problem == FACTS_CHAIN_PURPOSE;
	ck_assert_uint_eq(errors, rows[_i].errors);
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	pki_free(&issuing);
	pki_free(&root);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, purposes, rows);
}

int
main(void)
{
	return unit_run("cert/trust", list);
}

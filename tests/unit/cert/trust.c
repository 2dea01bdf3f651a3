#include "cert/trust.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "facts/facts.h"
#include "scene.h"
#include "support/scratch.h"
#include "unit/shortage.h"
#include "unit/unit.h"

#define NO_CA "basicConstraints = critical,CA:FALSE\nkeyUsage = critical,digitalSignature\n"
#define CA    "basicConstraints = critical,CA:TRUE\n"
#define ANY   "extendedKeyUsage = anyExtendedKeyUsage\n"

/* Who is given which purposes, and whether that serves a server of TLS. */
static const struct {
	const char *issuing;
	const char *own;
	size_t errors; /* about extended key usages */
	size_t others; /* about the server's key usage, or that somebody is no CA */
} rows[] = {
    {PKI_CA, "extendedKeyUsage = serverAuth\n", 0},
    {PKI_CA, ANY, 0},
    {PKI_CA, ANY "keyUsage = critical,digitalSignature\n", 0},
    {PKI_CA, ANY "keyUsage = critical,nonRepudiation\n", 0, 1},
    {PKI_CA, "extendedKeyUsage = serverAuth\nkeyUsage = critical,nonRepudiation\n", 0, 1},
    {PKI_CA, "extendedKeyUsage = serverAuth\nkeyUsage = keyAgreement,digitalSignature\n", 0},
    {PKI_CA, "extendedKeyUsage = serverAuth\nkeyUsage = keyAgreement\n", 0, 1},
    {PKI_CA, "extendedKeyUsage = serverAuth\nkeyUsage = keyEncipherment\n", 0, 1},
    {PKI_CA, "extendedKeyUsage = serverAuth\nnsCertType = client\n", 0, 1},
    {PKI_CA, "extendedKeyUsage = clientAuth\nkeyUsage = critical,nonRepudiation\n", 1},
    {PKI_CA, "extendedKeyUsage = clientAuth\n", 1},
    {PKI_CA ANY, "extendedKeyUsage = serverAuth\n", 0},
    {PKI_CA ANY, ANY, 0},
    {CA ANY, "extendedKeyUsage = serverAuth\n", 0},
    {NO_CA ANY, "extendedKeyUsage = serverAuth\n", 0, 1},
    {PKI_CA "extendedKeyUsage = clientAuth\n", "extendedKeyUsage = serverAuth\n", 1},
    {PKI_CA "extendedKeyUsage = clientAuth\n", "extendedKeyUsage = clientAuth\n", 2},
};

/* Trust in ROOT, and in OTHER unless that is NULL. */
static struct trust *
trust_in(X509 *root, X509 *other)
{
	char name[] = "trust.XXXXXX";
	FILE *file = fdopen(mkstemp(name), "w");
	const char *problem;
	struct trust *trust;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, root), 1);
	ck_assert(other == NULL || PEM_write_X509(file, other) == 1);
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
	size_t errors = 0, others = 0;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&issuing, "Issuing CA", "02", rows[_i].issuing, &root);
	scene_add(&own, "vpn.example.com", "03", rows[_i].own, &issuing);
	sk_X509_push(chain, own.x509);
	sk_X509_push(chain, issuing.x509);
	trust = trust_in(root.x509, NULL);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	for (size_t i = 0; i < facts.tls.trust.errors_count; i++) {
		const struct facts_chain_error *error = &facts.tls.trust.errors[i];

		errors += error->problem == FACTS_CHAIN_PURPOSE;
		others += error->problem ==
		          (error->depth == 0 ? FACTS_CHAIN_KEY_USAGE : FACTS_CHAIN_OTHER);
	}
	ck_assert_uint_eq(errors, rows[_i].errors);
	ck_assert_uint_eq(others, rows[_i].others);
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	pki_free(&issuing);
	pki_free(&root);
}
END_TEST

/* What is sent of own <- I2 <- I1 <- Root, of which the root is known, and who is then missing. */
static const struct {
	bool first, second;
	int depth; /* of the certificate whose issuer is; -1: all is well */
	const char *issuer;
} sent[] = {
    {true, true, -1, NULL},
    {false, true, 1, "I1"},
    {true, false, 0, "I2"},
    {false, false, 0, "I2"},
};

START_TEST(the_one_that_is_missing)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct pki_party root, first, second, own;
	struct trust *trust;
	struct facts facts;
	const struct facts_chain_error *error;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&first, "I1", "02", PKI_CA, &root);
	scene_add(&second, "I2", "03", PKI_CA, &first);
	scene_add(&own, "vpn.example.com", "04", "extendedKeyUsage = serverAuth\n", &second);
	sk_X509_push(chain, own.x509);
	if (sent[_i].second)
		sk_X509_push(chain, second.x509);
	if (sent[_i].first)
		sk_X509_push(chain, first.x509);
	trust = trust_in(root.x509, NULL);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	ck_assert_uint_eq(facts.tls.trust.errors_count, sent[_i].issuer != NULL);
	error = &facts.tls.trust.errors[0];
	if (sent[_i].issuer != NULL) {
		ck_assert_int_eq(error->problem, FACTS_CHAIN_NO_ISSUER);
		ck_assert_int_eq(error->depth, sent[_i].depth);
		ck_assert_str_eq(error->issuer, sent[_i].issuer);
	}
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	pki_free(&second);
	pki_free(&first);
	pki_free(&root);
}
END_TEST

static const struct {
	const char *field;
	int form;
	const char *value;
	int length;
	const char *told;
} names[] = {
    {"CN", V_ASN1_UTF8STRING, "Z\xC3\xBCrich CA", -1, "Z\xC3\xBCrich CA"},
    /* as the certificate services of Windows write it */
    {"CN", V_ASN1_BMPSTRING, "\0Z\0\xFC\0r\0i\0c\0h\0 \0C\0A", 18, "Z\xC3\xBCrich CA"},
    {"CN", V_ASN1_T61STRING, "Z\xFCrich CA", -1, "Z\xC3\xBCrich CA"},
    {"OU", V_ASN1_UTF8STRING, "Only a unit", -1, "OU=Only a unit"},
    /* RFC 5280 4.1.2.6: the names may be in subjectAltName alone. */
    {NULL, 0, NULL, 0, "no name"},
};

START_TEST(the_name_of_an_issuer)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	X509_NAME *name = X509_NAME_new();
	struct pki_party root, own;
	struct trust *trust;
	struct facts facts;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&own, "vpn.example.com", "02", "extendedKeyUsage = serverAuth\n", &root);
	if (names[_i].field != NULL)
		ck_assert_int_eq(
		    X509_NAME_add_entry_by_txt(name, names[_i].field, names[_i].form,
		        (const unsigned char *)names[_i].value, names[_i].length, -1, 0),
		    1);
	X509_set_issuer_name(own.x509, name);
	sk_X509_push(chain, own.x509);
	trust = trust_in(root.x509, NULL);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert_uint_ge(facts.tls.trust.errors_count, 1);
	ck_assert_int_eq(facts.tls.trust.errors[0].problem, FACTS_CHAIN_NO_ISSUER);
	ck_assert_str_eq(facts.tls.trust.errors[0].about, "vpn.example.com");
	ck_assert_str_eq(facts.tls.trust.errors[0].issuer, names[_i].told);
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	X509_NAME_free(name);
	pki_free(&own);
	pki_free(&root);
}
END_TEST

/* Of the path there is all or nothing, the root included that was not sent. */
START_TEST(memory_runs_out)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct facts_certificate sent_chain[2] = {{.subject = NULL}};
	struct pki_party root, issuing, own;
	struct trust *trust;
	struct facts facts;
	bool failed;
	long at = 0;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&issuing, "Issuing CA", "02", PKI_CA, &root);
	scene_add(&own, "vpn.example.com", "03", "extendedKeyUsage = serverAuth\n", &issuing);
	sk_X509_push(chain, own.x509);
	sk_X509_push(chain, issuing.x509);
	trust = trust_in(root.x509, NULL);
	do {
		facts_begin(&facts);
		facts.tls.chain = sent_chain;
		facts.tls.chain_count = 2;
		shortage_begin(at++, _i);
		trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
		failed = shortage_end();
		ck_assert(facts.tls.trust.checked == !failed);
		ck_assert_uint_eq(facts.tls.trust.path_count, failed ? 0 : 3);
		ck_assert_uint_eq(facts.tls.trust.known_count, failed ? 0 : 1);
		if (!failed)
			ck_assert_str_eq(facts_path_at(&facts.tls, 2)->subject, "CN=Root");
		facts.tls.chain = NULL;
		facts.tls.chain_count = 0;
		facts_free(&facts);
	} while (failed);
	ck_assert_int_gt(at, 5);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	pki_free(&issuing);
	pki_free(&root);
}
END_TEST

/* A certificate that is its own anchor may stand in the bundle alone, which is read when the hashed
 * directory does not know it. */
START_TEST(self_signed_in_the_bundle)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct pki_party own;
	struct trust *trust;
	struct facts facts;
	const char *problem;
	FILE *file;

	scratch_make();
	scene_add(&own, "vpn.example.com", "04", "extendedKeyUsage = serverAuth\n", NULL);
	sk_X509_push(chain, own.x509);
	scratch_write("00000000.0", "", 0);
	file = fopen(scratch_path("bundle.pem"), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, own.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(setenv("SSL_CERT_DIR", scratch_path("."), 1), 0);
	ck_assert_int_eq(setenv("SSL_CERT_FILE", scratch_path("bundle.pem"), 1), 0);
	trust = trust_create(NULL, NULL, &problem);
	ck_assert_ptr_nonnull(trust);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	ck_assert(!facts.tls.trust.no_anchors);
	ck_assert_uint_eq(facts.tls.trust.errors_count, 0);
	facts_free(&facts);
	trust_destroy(trust);
	unsetenv("SSL_CERT_DIR");
	unsetenv("SSL_CERT_FILE");
	sk_X509_free(chain);
	pki_free(&own);
	scratch_remove();
}
END_TEST

/* Certificates of an authority that two others certify, and of one of these; what is sent behind
 * the server's own and what is known here, and whether there is a path in order. */
enum who {
	BY_A = 1,
	BY_B,
	BY_B_LATE, /* expired */
	ROOT_A,
	ROOT_A_LATE, /* expired */
	ROOT_A_BY_B,
	ROOT_B,
	IMPOSTOR, /* who bears its name alone */
	PARTIES,
};

static const struct {
	enum who sent[4];
	enum who known[2];
	size_t errors;
} ways[] = {
    {{BY_A, BY_B}, {ROOT_A}, 0},
    {{BY_B, BY_A}, {ROOT_A}, 0},
    {{BY_A, BY_B}, {ROOT_B}, 0},
    {{BY_B, BY_A}, {ROOT_B}, 0},
    {{BY_B, BY_B, BY_A}, {ROOT_A}, 0},
    {{IMPOSTOR, BY_A}, {ROOT_A}, 0},
    {{BY_B_LATE, BY_A}, {ROOT_A, ROOT_B}, 0},
    {{BY_B_LATE, BY_A}, {ROOT_B}, 1},
    {{BY_B_LATE}, {ROOT_B}, 1},
    {{BY_A, ROOT_A_BY_B}, {ROOT_A_LATE, ROOT_B}, 0},
    {{BY_A, ROOT_A_BY_B}, {ROOT_A_LATE}, 1},
    {{BY_A}, {ROOT_A_LATE, ROOT_A}, 0},
    {{BY_A, BY_B}, {ROOT_A_LATE}, 1},
};

static void
certify(struct pki_party *party, const char *cn, EVP_PKEY *key, bool late,
    const struct pki_party *issuer)
{
	struct pki_wish wish = {
	    .cn = cn,
	    .serial = "31",
	    .extensions = PKI_CA,
	    .from = SCENE_DATE - 100 * PKI_DAY,
	    .until = SCENE_DATE + (late ? -1 : 100) * PKI_DAY,
	    .key = key,
	};

	pki_make(party, &wish, issuer);
}

START_TEST(the_best_of_several_ways)
{
	struct pki_party parties[PARTIES], own;
	STACK_OF(X509) *chain = sk_X509_new_null();
	EVP_PKEY *key, *key_a;
	struct trust *trust;
	struct facts facts;

	certify(&parties[ROOT_A], "A", NULL, false, NULL);
	key_a = parties[ROOT_A].key;
	certify(&parties[ROOT_B], "B", NULL, false, NULL);
	certify(&parties[ROOT_A_LATE], "A", key_a, true, NULL);
	certify(&parties[ROOT_A_BY_B], "A", key_a, false, &parties[ROOT_B]);
	certify(&parties[BY_A], "CA", NULL, false, &parties[ROOT_A]);
	key = parties[BY_A].key;
	certify(&parties[BY_B], "CA", key, false, &parties[ROOT_B]);
	certify(&parties[BY_B_LATE], "CA", key, true, &parties[ROOT_B]);
	certify(&parties[IMPOSTOR], "CA", NULL, false, &parties[ROOT_A]);
	scene_add(&own, "vpn.example.com", "32", "extendedKeyUsage = serverAuth\n", &parties[BY_A]);
	sk_X509_push(chain, own.x509);
	for (size_t i = 0; i < 4 && ways[_i].sent[i] != 0; i++)
		sk_X509_push(chain, parties[ways[_i].sent[i]].x509);
	trust = trust_in(parties[ways[_i].known[0]].x509,
	    ways[_i].known[1] == 0 ? NULL : parties[ways[_i].known[1]].x509);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	ck_assert_uint_eq(facts.tls.trust.errors_count, ways[_i].errors);
	ck_assert(ways[_i].errors > 0 || facts.tls.trust.path_count > 2);
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	for (size_t i = 1; i < PARTIES; i++)
		pki_free(&parties[i]);
}
END_TEST

/* A server may send any number of certificates by the same name: not all paths are tried. */
START_TEST(not_every_way)
{
	enum { MANY = 40 };
	struct pki_party root, parties[MANY], own;
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct trust *trust;
	struct facts facts;

	certify(&root, "A", NULL, false, NULL);
	for (size_t i = 0; i < MANY; i++)
		certify(&parties[i], "CA", NULL, false, &root);
	scene_add(&own, "vpn.example.com", "32", NULL, &parties[MANY - 1]);
	sk_X509_push(chain, own.x509);
	for (size_t i = 0; i < MANY; i++)
		sk_X509_push(chain, parties[i].x509);
	trust = trust_in(root.x509, NULL);
	facts_begin(&facts);
	trust_check(trust, chain, SCENE_DATE, &facts.tls.trust);
	ck_assert(facts.tls.trust.checked);
	ck_assert_uint_gt(facts.tls.trust.errors_count, 0);
	facts_free(&facts);
	trust_destroy(trust);
	sk_X509_free(chain);
	pki_free(&own);
	for (size_t i = 0; i < MANY; i++)
		pki_free(&parties[i]);
	pki_free(&root);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, purposes, rows);
	unit_add_rows(tests, the_best_of_several_ways, ways);
	tcase_add_test(tests, not_every_way);
	unit_add_rows(tests, the_one_that_is_missing, sent);
	unit_add_rows(tests, the_name_of_an_issuer, names);
	tcase_add_loop_test(tests, memory_runs_out, false, true + 1);
	tcase_add_test(tests, self_signed_in_the_bundle);
}

int
main(void)
{
	return unit_run("cert/trust", list);
}

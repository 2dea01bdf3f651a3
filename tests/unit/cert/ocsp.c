#include "cert/ocsp.h"

#include <openssl/crypto.h>
#include <string.h>

#include "scene.h"
#include "unit/unit.h"

#define ON (SCENE_DATE - 5 * PKI_DAY)

static const struct pki_status good = {
    .status = V_OCSP_CERTSTATUS_GOOD,
    .this_update = SCENE_DATE - PKI_DAY,
    .next_update = SCENE_DATE + PKI_DAY,
};

static struct facts_source
read_der(const void *bytes, size_t length, struct scene *scene)
{
	struct facts_source facts = {.kind = FACTS_SOURCE_OCSP};

	ocsp_read(bytes, length, scene->leaf.x509, scene->issuing.x509, NULL, SCENE_DATE, &facts);
	return facts;
}

/* An answer about PARTY, of ISSUER, by SIGNER. */
static struct facts_source
answer(const struct pki_status *status, const struct pki_party *party,
    const struct pki_party *issuer, const struct pki_party *signer, struct scene *scene)
{
	struct pki_status made = *status;
	struct facts_source facts;
	size_t length;
	unsigned char *bytes;

	if (made.digest == NULL)
		made.digest = EVP_sha1();
	bytes = pki_ocsp(&made, party->x509, issuer->x509, signer, &length);
	facts = read_der(bytes, length, scene);
	OPENSSL_free(bytes);
	return facts;
}

static const struct {
	int status, reason;
	int64_t revoked_on;
	enum facts_said said;
	int said_reason;
} rows[] = {
    {V_OCSP_CERTSTATUS_GOOD, 0, 0, FACTS_SAID_GOOD, -1},
    {V_OCSP_CERTSTATUS_UNKNOWN, 0, 0, FACTS_SAID_UNKNOWN, -1},
    {V_OCSP_CERTSTATUS_REVOKED, 1, ON, FACTS_SAID_REVOKED, 1},
    {V_OCSP_CERTSTATUS_REVOKED, 6, ON, FACTS_SAID_REVOKED, 6},
    {V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_NOSTATUS, ON, FACTS_SAID_REVOKED, -1},
};

START_TEST(what_it_says)
{
	struct pki_status status = good;
	struct facts_source facts;
	struct scene scene;

	scene_make(&scene);
	status.status = rows[_i].status;
	status.reason = rows[_i].reason;
	status.revoked_on = rows[_i].revoked_on;
	facts = answer(&status, &scene.leaf, &scene.issuing, &scene.issuing, &scene);
	ck_assert_int_eq(facts.said, rows[_i].said);
	ck_assert_int_eq(facts.reason, rows[_i].said_reason);
	ck_assert_int_eq(facts.revoked_on, rows[_i].revoked_on);
	ck_assert_int_eq(facts.this_update, SCENE_DATE - PKI_DAY);
	ck_assert_int_eq(facts.next_update, SCENE_DATE + PKI_DAY);
	status.next_update = 0;
	facts = answer(&status, &scene.leaf, &scene.issuing, &scene.issuing, &scene);
	ck_assert_int_eq(facts.next_update, 0);
	scene_free(&scene);
}
END_TEST

/* A stapled answer may name the certificate by another digest than we would. */
START_TEST(by_any_digest)
{
	const EVP_MD *const digests[] = {EVP_sha1(), EVP_sha256(), EVP_sha512()};
	struct scene scene;

	scene_make(&scene);
	for (size_t i = 0; i < UNIT_COUNT(digests); i++) {
		struct pki_status status = good;

		status.digest = digests[i];
		ck_assert_int_eq(
		    answer(&status, &scene.leaf, &scene.issuing, &scene.issuing, &scene).said,
		    FACTS_SAID_GOOD);
	}
	scene_free(&scene);
}
END_TEST

START_TEST(about_another)
{
	struct pki_party twin; /* the same serial number of another authority */
	struct scene scene;

	scene_make(&scene);
	ck_assert_int_eq(
	    answer(&good, &scene.stranger, &scene.issuing, &scene.issuing, &scene).said,
	    FACTS_SAID_OTHER);
	scene_add(&twin, "twin", SCENE_SERIAL, NULL, &scene.root);
	/* What the issuer signs about another authority's certificates is not for it to say. */
	ck_assert_int_eq(
	    answer(&good, &twin, &scene.root, &scene.issuing, &scene).said, FACTS_SAID_BAD_SIGNER);
	pki_free(&twin);
	scene_free(&scene);
}
END_TEST

/* What must be understood and is not may take back all the rest says. */
START_TEST(critical_extensions)
{
	struct pki_status part = good, whole = good;
	struct scene scene;

	scene_make(&scene);
	part.critical_part = true;
	whole.critical_whole = true;
	ck_assert_int_eq(answer(&part, &scene.leaf, &scene.issuing, &scene.issuing, &scene).said,
	    FACTS_SAID_NOT_JUDGED);
	ck_assert_int_eq(answer(&whole, &scene.leaf, &scene.issuing, &scene.issuing, &scene).said,
	    FACTS_SAID_NOT_JUDGED);
	scene_free(&scene);
}
END_TEST

#define MAY_SIGN "extendedKeyUsage = OCSPSigning\n"

START_TEST(who_signed_it)
{
	struct pki_party responder, server, old, foreign;
	struct pki_wish past = {
	    .cn = "old responder",
	    .serial = "12",
	    .extensions = MAY_SIGN,
	    .from = SCENE_DATE - 20 * PKI_DAY,
	    .until = SCENE_DATE - PKI_DAY,
	};
	struct facts_source facts;
	struct scene scene;

	scene_make(&scene);
	scene_add(&responder, "responder", "10", MAY_SIGN, &scene.issuing);
	scene_add(&server, "server", "11", "extendedKeyUsage = serverAuth\n", &scene.issuing);
	pki_make(&old, &past, &scene.issuing);
	scene_add(&foreign, "foreign", "13", MAY_SIGN, &scene.root);

	ck_assert_int_eq(
	    answer(&good, &scene.leaf, &scene.issuing, &responder, &scene).said, FACTS_SAID_GOOD);
	facts = answer(&good, &scene.leaf, &scene.issuing, &server, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);
	ck_assert_ptr_null(facts.words);
	facts = answer(&good, &scene.leaf, &scene.issuing, &old, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);
	ck_assert_pstr_eq(facts.words, "signed with a certificate that has expired");
	ck_assert_int_eq(answer(&good, &scene.leaf, &scene.issuing, &foreign, &scene).said,
	    FACTS_SAID_BAD_SIGNER);
	ck_assert_int_eq(answer(&good, &scene.leaf, &scene.issuing, &scene.impostor, &scene).said,
	    FACTS_SAID_BAD_SIGNER);
	ck_assert_int_eq(answer(&good, &scene.leaf, &scene.issuing, &scene.leaf, &scene).said,
	    FACTS_SAID_BAD_SIGNER);
	ck_assert_int_eq(answer(&good, &scene.leaf, &scene.issuing, &scene.root, &scene).said,
	    FACTS_SAID_BAD_SIGNER);
	pki_free(&foreign);
	pki_free(&old);
	pki_free(&server);
	pki_free(&responder);
	scene_free(&scene);
}
END_TEST

/* Another one who was sent may bear the issuer's name. */
START_TEST(beside_a_namesake)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct facts_source facts = {.kind = FACTS_SOURCE_OCSP};
	struct pki_status status = good;
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	sk_X509_push(chain, scene.leaf.x509);
	sk_X509_push(chain, scene.impostor.x509);
	sk_X509_push(chain, scene.issuing.x509);
	status.digest = EVP_sha1();
	bytes = pki_ocsp(&status, scene.leaf.x509, scene.issuing.x509, &scene.issuing, &length);
	ocsp_read(bytes, length, scene.leaf.x509, scene.issuing.x509, chain, SCENE_DATE, &facts);
	ck_assert_int_eq(facts.said, FACTS_SAID_GOOD);
	OPENSSL_free(bytes);
	sk_X509_free(chain);
	scene_free(&scene);
}
END_TEST

START_TEST(cut_short)
{
	struct pki_status status = good;
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	status.digest = EVP_sha1();
	bytes = pki_ocsp(&status, scene.leaf.x509, scene.issuing.x509, &scene.issuing, &length);
	ck_assert_int_eq(read_der(bytes, length, &scene).said, FACTS_SAID_GOOD);
	for (size_t i = 0; i < length; i++)
		ck_assert_int_eq(read_der(bytes, i, &scene).said, FACTS_SAID_GARBAGE);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

static const struct {
	const char *bytes;
	size_t length;
	enum facts_said said;
	const char *words;
} errors[] = {
    {"\x30\x03\x0a\x01\x01", 5, FACTS_SAID_ERROR, "the error malformedRequest"},
    {"\x30\x03\x0a\x01\x02", 5, FACTS_SAID_ERROR, "the error internalError"},
    {"\x30\x03\x0a\x01\x03", 5, FACTS_SAID_ERROR, "the error tryLater"},
    {"\x30\x03\x0a\x01\x05", 5, FACTS_SAID_ERROR, "the error sigRequired"},
    {"\x30\x03\x0a\x01\x06", 5, FACTS_SAID_ERROR, "the error unauthorized"},
    {"\x30\x03\x0a\x01\x63", 5, FACTS_SAID_ERROR, "an unknown error"},
    {"\x30\x03\x0a\x01\x00", 5, FACTS_SAID_GARBAGE, NULL},
    {"<html>", 6, FACTS_SAID_GARBAGE, NULL},
    {"", 0, FACTS_SAID_GARBAGE, NULL},
};

START_TEST(errors_of_responders)
{
	struct facts_source facts;
	struct scene scene;

	scene_make(&scene);
	facts = read_der(errors[_i].bytes, errors[_i].length, &scene);
	ck_assert_int_eq(facts.said, errors[_i].said);
	ck_assert_pstr_eq(facts.words, errors[_i].words);
	scene_free(&scene);
}
END_TEST

START_TEST(requests)
{
	struct text request = TEXT_EMPTY;
	const unsigned char *at;
	OCSP_REQUEST *read;
	struct scene scene;

	scene_make(&scene);
	ocsp_add_request(&request, scene.leaf.x509, scene.issuing.x509);
	at = (const unsigned char *)request.bytes;
	read = d2i_OCSP_REQUEST(NULL, &at, (long)request.length);
	ck_assert_ptr_nonnull(read);
	ck_assert_int_eq(OCSP_request_onereq_count(read), 1);
	/* No nonce: answers may be made in advance. */
	ck_assert_int_eq(OCSP_REQUEST_get_ext_count(read), 0);
	OCSP_REQUEST_free(read);
	text_free(&request);
	scene_free(&scene);
}
END_TEST

static const struct {
	const char *bytes, *path;
} paths[] = {
    {"", ""},
    {"f", "Zg%3D%3D"},
    {"fo", "Zm8%3D"},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg%3D%3D"},
    {"\xfb\xff\xfe", "%2B%2F%2F%2B"},
};

START_TEST(paths_of_a_get)
{
	struct text request = TEXT_EMPTY, path = TEXT_EMPTY;

	text_add(&request, paths[_i].bytes);
	ocsp_add_path(&path, &request);
	ck_assert_str_eq(text_chars(&path), paths[_i].path);
	text_free(&request);
	text_free(&path);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, what_it_says, rows);
	tcase_add_test(tests, by_any_digest);
	tcase_add_test(tests, about_another);
	tcase_add_test(tests, critical_extensions);
	tcase_add_test(tests, who_signed_it);
	tcase_add_test(tests, beside_a_namesake);
	tcase_add_test(tests, cut_short);
	unit_add_rows(tests, errors_of_responders, errors);
	tcase_add_test(tests, requests);
	unit_add_rows(tests, paths_of_a_get, paths);
}

int
main(void)
{
	return unit_run("cert/ocsp", list);
}

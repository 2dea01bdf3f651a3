#include "cert/crl.h"

#include <openssl/crypto.h>
#include <string.h>

#include "scene.h"
#include "unit/unit.h"

#define IDP "issuingDistributionPoint = critical,@idp\n[idp]\n"
#define ON  (SCENE_DATE - 5 * PKI_DAY)

static const struct pki_revoked leaf[] = {{"FE", -1, ON - 1}, {SCENE_SERIAL, 1, ON}, {"07", 4, ON}};
static const struct pki_revoked without_reason[] = {{SCENE_SERIAL, -1, ON}};
static const struct pki_revoked held[] = {{SCENE_SERIAL, 6, ON}};
static const struct pki_revoked released[] = {{SCENE_SERIAL, 8, ON}};
static const struct pki_revoked others[] = {{"FE", 1, ON}, {"-1", 1, ON}, {"01FF", 1, ON}};
static const struct pki_revoked odd[] = {{SCENE_SERIAL, 1, ON, "1.2.3.4"}};
static const struct pki_revoked beside_odd[] = {{"FE", -1, ON, "1.2.3.4"}, {SCENE_SERIAL, 1, ON}};
static const struct pki_revoked odd_alone[] = {{"FE", -1, ON, "1.2.3.4"}};

#define OF(list) list, UNIT_COUNT(list)

static const struct {
	const char *what;
	const struct pki_revoked *revoked;
	size_t count;
	const char *extensions;
	enum facts_said said;
	int reason;
	const char *words;
} rows[] = {
    {"an empty list", NULL, 0, NULL, FACTS_SAID_GOOD, -1, NULL},
    {"listed", OF(leaf), NULL, FACTS_SAID_REVOKED, 1, NULL},
    {"listed without a reason", OF(without_reason), NULL, FACTS_SAID_REVOKED, -1, NULL},
    {"on hold", OF(held), NULL, FACTS_SAID_REVOKED, 6, NULL},
    {"taken off the list", OF(released), NULL, FACTS_SAID_GOOD, -1, NULL},
    /* FF is 255, and neither -1 nor 511. */
    {"others listed", OF(others), NULL, FACTS_SAID_GOOD, -1, NULL},
    {"usual extensions", OF(leaf),
        "crlNumber = DER:020105\nauthorityKeyIdentifier = DER:30048002ABCD\n", FACTS_SAID_REVOKED,
        1, NULL},
    {"its own part", OF(leaf), IDP "fullname = URI:" SCENE_URL "\n", FACTS_SAID_REVOKED, 1, NULL},
    {"one of the names of its own part", OF(leaf),
        IDP "fullname = URI:http://other.example/,URI:" SCENE_URL "\n", FACTS_SAID_REVOKED, 1,
        NULL},
    {"another part", NULL, 0, IDP "fullname = URI:http://crl.example.com/2.crl\n", FACTS_SAID_OTHER,
        -1, NULL},
    {"a part by a relative name", NULL, 0, IDP "relativename = rn\n[rn]\nCN = 1\n",
        FACTS_SAID_OTHER, -1, NULL},
    {"for users", OF(leaf), IDP "onlyuser = TRUE\n", FACTS_SAID_REVOKED, 1, NULL},
    {"for authorities", NULL, 0, IDP "onlyCA = TRUE\n", FACTS_SAID_OTHER, -1, NULL},
    {"for attributes", NULL, 0, IDP "onlyAA = TRUE\n", FACTS_SAID_OTHER, -1, NULL},
    {"for some reasons", NULL, 0, IDP "onlysomereasons = keyCompromise\n", FACTS_SAID_NOT_JUDGED,
        -1, "a CRL for some reasons only"},
    {"indirect", NULL, 0, IDP "indirectCRL = TRUE\n", FACTS_SAID_NOT_JUDGED, -1, "an indirect CRL"},
    {"a delta", OF(leaf), "2.5.29.27 = critical,DER:020101\n", FACTS_SAID_NOT_JUDGED, -1,
        "a delta CRL"},
    {"an unknown critical extension", OF(leaf), "1.2.3.4 = critical,DER:0500\n",
        FACTS_SAID_NOT_JUDGED, -1, "a CRL with a critical extension that is unknown here"},
    {"an unknown critical extension of its entry", OF(odd), NULL, FACTS_SAID_NOT_JUDGED, -1,
        "a CRL with a critical extension that is unknown here"},
    {"such an extension of the entry before", OF(beside_odd), NULL, FACTS_SAID_NOT_JUDGED, -1,
        "a CRL with a critical extension that is unknown here"},
    {"such an extension of the only entry", OF(odd_alone), NULL, FACTS_SAID_NOT_JUDGED, -1,
        "a CRL with a critical extension that is unknown here"},
    {"an unknown extension", OF(leaf), "1.2.3.4 = DER:0500\n", FACTS_SAID_REVOKED, 1, NULL},
    {"a broken scope", NULL, 0, "issuingDistributionPoint = critical,DER:0500\n",
        FACTS_SAID_GARBAGE, -1, NULL},
};

static struct facts_source
read_der(const void *bytes, size_t length, struct scene *scene)
{
	struct facts_source facts = {.kind = FACTS_SOURCE_CRL};

	crl_read(bytes, length, scene->leaf.x509, scene->issuing.x509, &facts);
	return facts;
}

static struct facts_source
read_made(
    const struct pki_list *list, const struct pki_party *issuer, EVP_PKEY *key, struct scene *scene)
{
	size_t length;
	unsigned char *bytes = pki_crl(list, issuer, key, &length);
	struct facts_source facts = read_der(bytes, length, scene);

	OPENSSL_free(bytes);
	return facts;
}

START_TEST(what_it_says)
{
	struct pki_list wish = {
	    .this_update = SCENE_DATE - PKI_DAY,
	    .next_update = SCENE_DATE + PKI_DAY,
	    .revoked = rows[_i].revoked,
	    .revoked_count = rows[_i].count,
	    .extensions = rows[_i].extensions,
	};
	struct scene scene;
	struct facts_source facts;

	scene_make(&scene);
	facts = read_made(&wish, &scene.issuing, scene.issuing.key, &scene);
	ck_assert_msg(facts.said == rows[_i].said, "%s: %s", rows[_i].what,
	    facts_revocation_said_name(facts.said));
	ck_assert_int_eq(facts.reason, rows[_i].reason);
	ck_assert_pstr_eq(facts.words, rows[_i].words);
	ck_assert_int_eq(facts.this_update, SCENE_DATE - PKI_DAY);
	ck_assert_int_eq(facts.next_update, SCENE_DATE + PKI_DAY);
	ck_assert_int_eq(facts.revoked_on, facts.said == FACTS_SAID_REVOKED ? ON : 0);
	scene_free(&scene);
}
END_TEST

/* Of an authority's own certificate. */
START_TEST(of_an_authority)
{
	struct pki_list wish = {
	    .this_update = SCENE_DATE,
	    .extensions = _i == 0 ? IDP "onlyuser = TRUE\n" : IDP "onlyCA = TRUE\n",
	};
	struct facts_source facts = {.kind = FACTS_SOURCE_CRL};
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	bytes = pki_crl(&wish, &scene.root, scene.root.key, &length);
	crl_read(bytes, length, scene.issuing.x509, scene.root.x509, &facts);
	ck_assert_int_eq(facts.said, _i == 0 ? FACTS_SAID_OTHER : FACTS_SAID_GOOD);
	ck_assert_int_eq(facts.next_update, 0);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

/* A certificate names other points beside that of its part: one without a name, a relative one. */
START_TEST(of_one_of_several_points)
{
	static const char *const scopes[] = {IDP "fullname = URI:" SCENE_URL "\n",
	    IDP "fullname = URI:http://crl.example.com/2.crl\n",
	    IDP "relativename = rn\n[rn]\nCN = 1\n"};
	struct pki_list wish = {.this_update = SCENE_DATE, .extensions = scopes[_i]};
	struct facts_source facts = {.kind = FACTS_SOURCE_CRL};
	struct pki_party own;
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	scene_add(&own, "vpn.example.com", "20",
	    "crlDistributionPoints = nameless,relative,usual\n[nameless]\nCRLissuer = dirName:dn\n"
	    "[relative]\nrelativename = rn\n[usual]\nfullname = URI:" SCENE_URL "\n"
	    "[dn]\nCN = Other\n[rn]\nCN = 1\n",
	    &scene.issuing);
	bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
	crl_read(bytes, length, own.x509, scene.issuing.x509, &facts);
	ck_assert_int_eq(facts.said, _i == 0 ? FACTS_SAID_GOOD : FACTS_SAID_OTHER);
	OPENSSL_free(bytes);
	pki_free(&own);
	scene_free(&scene);
}
END_TEST

START_TEST(who_signed_it)
{
	struct pki_list wish = {.this_update = SCENE_DATE};
	struct pki_party silent; /* an authority that may sign certificates, and no more */
	struct facts_source facts = {.kind = FACTS_SOURCE_CRL};
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	/* Another key, under the right name and under another one. */
	facts = read_made(&wish, &scene.issuing, scene.impostor.key, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);
	facts = read_made(&wish, &scene.root, scene.root.key, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);
	/* The right key under another name. */
	facts = read_made(&wish, &scene.root, scene.issuing.key, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);

	scene_add(&silent, "Silent CA", "03",
	    "basicConstraints = critical,CA:TRUE\nkeyUsage = keyCertSign\n", &scene.root);
	bytes = pki_crl(&wish, &silent, silent.key, &length);
	crl_read(bytes, length, scene.leaf.x509, silent.x509, &facts);
	ck_assert_int_eq(facts.said, FACTS_SAID_BAD_SIGNER);
	OPENSSL_free(bytes);
	pki_free(&silent);
	scene_free(&scene);
}
END_TEST

START_TEST(a_bit_turned)
{
	struct pki_list wish = {.this_update = SCENE_DATE, .next_update = SCENE_DATE + PKI_DAY};
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
	ck_assert_int_eq(read_der(bytes, length, &scene).said, FACTS_SAID_GOOD);
	for (size_t i = 0; i < 8 * length; i++) {
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		ck_assert_int_ne(read_der(bytes, length, &scene).said, FACTS_SAID_GOOD);
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	for (size_t i = 0; i < length; i++)
		ck_assert_int_eq(read_der(bytes, i, &scene).said, FACTS_SAID_GARBAGE);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

START_TEST(no_list_at_all)
{
	static const char page[] = "<html>Not found</html>";
	static const char pem[] = "-----BEGIN X509 CRL-----\nMIIB\n";
	struct scene scene;

	scene_make(&scene);
	ck_assert_int_eq(read_der(page, strlen(page), &scene).said, FACTS_SAID_GARBAGE);
	ck_assert_int_eq(read_der(pem, strlen(pem), &scene).said, FACTS_SAID_GARBAGE);
	ck_assert_int_eq(read_der(NULL, 0, &scene).said, FACTS_SAID_GARBAGE);
	scene_free(&scene);
}
END_TEST

START_TEST(where_the_delta_is)
{
	struct pki_list wish = {
	    .this_update = SCENE_DATE,
	    .extensions = "freshestCRL = URI:ldap:///x,URI:http://crl.example.com/delta.crl\n",
	};
	struct points_list list;
	struct facts_source facts;
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
	facts = read_der(bytes, length, &scene);
	ck_assert_int_eq(facts.said, FACTS_SAID_GOOD);
	ck_assert(facts.names_a_delta);
	ck_assert(crl_read_freshest(bytes, length, &list));
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.urls[0], "ldap:///x");
	ck_assert_str_eq(list.urls[1], "http://crl.example.com/delta.crl");
	points_list_free(&list);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

/* A delta that was asked for: what it holds counts, and what it takes off. */
#define IS_DELTA "2.5.29.27 = critical,DER:020101\n"
static const struct {
	struct pki_revoked revoked;
	const char *extensions;
	enum facts_said said;
	int reason;
} deltas[] = {
    {{"FE", 1, ON}, IS_DELTA, FACTS_SAID_GOOD, -1},
    {{SCENE_SERIAL, 1, ON}, IS_DELTA, FACTS_SAID_REVOKED, 1},
    {{SCENE_SERIAL, 8, ON}, IS_DELTA, FACTS_SAID_GOOD, FACTS_REASON_REMOVED},
    /* Its own name, that of the list, and that of another part. */
    {{SCENE_SERIAL, 1, ON}, IS_DELTA IDP "fullname = URI:http://crl.example.com/ca+.crl\n",
        FACTS_SAID_REVOKED, 1},
    {{SCENE_SERIAL, 1, ON}, IS_DELTA IDP "fullname = URI:" SCENE_URL "\n", FACTS_SAID_REVOKED, 1},
    {{SCENE_SERIAL, 1, ON}, IS_DELTA IDP "fullname = URI:http://crl.example.com/ca+.cr\n",
        FACTS_SAID_OTHER, -1},
};

START_TEST(a_delta_that_was_asked_for)
{
	struct pki_list wish = {
	    .this_update = SCENE_DATE,
	    .extensions = deltas[_i].extensions,
	    .revoked = &deltas[_i].revoked,
	    .revoked_count = 1,
	};
	static char url[] = "http://crl.example.com/ca+.crl";
	struct facts_source facts = {.kind = FACTS_SOURCE_DELTA, .url = url};
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
	crl_read(bytes, length, scene.leaf.x509, scene.issuing.x509, &facts);
	ck_assert_int_eq(facts.said, deltas[_i].said);
	ck_assert_int_eq(facts.reason, deltas[_i].reason);
	ck_assert(!facts.names_a_delta);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

/* By its number a CRL is told from the one that a delta adds to. */
static const struct {
	enum facts_source_kind kind;
	const char *extensions;
	int64_t number;
} numbers[] = {
    {FACTS_SOURCE_CRL, "crlNumber = DER:020105\n", 5},
    {FACTS_SOURCE_CRL, "crlNumber = DER:02087FFFFFFFFFFFFFFF\n", INT64_MAX},
    {FACTS_SOURCE_CRL, "crlNumber = DER:0209008000000000000000\n", -1},
    {FACTS_SOURCE_CRL, "crlNumber = DER:020185\n", -1},
    {FACTS_SOURCE_CRL, "freshestCRL = URI:http://crl.example.com/delta.crl\n", -1},
    {FACTS_SOURCE_DELTA, "crlNumber = DER:020105\n" IS_DELTA, 1},
    {FACTS_SOURCE_DELTA, "crlNumber = DER:020105\n", -1},
};

START_TEST(its_number)
{
	struct pki_list wish = {
	    .this_update = SCENE_DATE,
	    .extensions = numbers[_i].extensions,
	};
	static char url[] = "http://crl.example.com/ca.crl";
	struct facts_source facts = {.kind = numbers[_i].kind, .url = url};
	struct scene scene;
	size_t length;
	unsigned char *bytes;

	scene_make(&scene);
	bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
	crl_read(bytes, length, scene.leaf.x509, scene.issuing.x509, &facts);
	ck_assert_int_eq(facts.said, FACTS_SAID_GOOD);
	ck_assert(facts.number == numbers[_i].number);
	OPENSSL_free(bytes);
	scene_free(&scene);
}
END_TEST

/* Serial numbers as they come: long, negative, with the sign's own byte. */
static const char *const serials[] = {
    "01",
    "7F",
    "80",
    "FF",
    "0100",
    "-01",
    "-80",
    "-FF",
    "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
};

START_TEST(serials_are_numbers)
{
	struct scene scene;

	scene_make(&scene);
	for (size_t i = 0; i < UNIT_COUNT(serials); i++) {
		struct pki_revoked revoked = {serials[i], 1, ON};
		struct pki_list wish = {
		    .this_update = SCENE_DATE, .revoked = &revoked, .revoked_count = 1};
		struct pki_party own;
		struct facts_source facts = {.kind = FACTS_SOURCE_CRL};
		size_t length;
		unsigned char *bytes;

		scene_add(&own, "own", serials[_i], NULL, &scene.issuing);
		bytes = pki_crl(&wish, &scene.issuing, scene.issuing.key, &length);
		crl_read(bytes, length, own.x509, scene.issuing.x509, &facts);
		ck_assert_msg((facts.said == FACTS_SAID_REVOKED) == (i == (size_t)_i),
		    "%s listed, %s looked up", serials[i], serials[_i]);
		OPENSSL_free(bytes);
		pki_free(&own);
	}
	scene_free(&scene);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, what_it_says, rows);
	tcase_add_loop_test(tests, of_an_authority, 0, 2);
	tcase_add_loop_test(tests, of_one_of_several_points, 0, 3);
	tcase_add_test(tests, who_signed_it);
	tcase_add_test(tests, a_bit_turned);
	tcase_add_test(tests, no_list_at_all);
	tcase_add_test(tests, where_the_delta_is);
	unit_add_rows(tests, a_delta_that_was_asked_for, deltas);
	unit_add_rows(tests, its_number, numbers);
	unit_add_rows(tests, serials_are_numbers, serials);
}

int
main(void)
{
	return unit_run("cert/crl", list);
}

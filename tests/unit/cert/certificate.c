#include "cert/certificate.h"

#include <openssl/bn.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "cert/names.h"
#include "facts/facts.h"
#include "scene.h"
#include "unit/unit.h"
#include "verdict/judge_cert.h"
#include "verdict/judge_identity.h"

/* Signatures, and how they are told; NULL for the digest: as the key brings it. */
static const struct {
	const char *key;
	const char *digest;
	bool pss;
	const char *name;
	bool weak;
} rows[] = {
    {"EC", "SHA256", false, "ecdsa-with-SHA256", false},
    {"EC", "SHA1", false, "ecdsa-with-SHA1", true},
    {"RSA", "SHA256", false, "sha256WithRSAEncryption", false},
    {"RSA", "SHA1", false, "sha1WithRSAEncryption", true},
    {"RSA", "MD5", false, "md5WithRSAEncryption", true},
    {"RSA", "SHA512", true, "rsassaPss-with-SHA512", false},
    {"RSA", "SHA1", true, "rsassaPss-with-SHA1", true},
    {"ED25519", NULL, false, "ED25519", false},
};

/* To find a group takes time: that of RFC 3526 3, whose generator 2 squared is in that of half the
 * order, serves as well. */
static EVP_PKEY *
dsa_key(void)
{
	BIGNUM *p = BN_get_rfc3526_prime_2048(NULL), *q = BN_new(), *g = BN_new(), *own = BN_new();
	OSSL_PARAM_BLD *parts = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DSA", NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;

	ck_assert(BN_rshift1(q, p) == 1 && BN_set_word(g, 4) == 1 && BN_set_word(own, 16) == 1);
	ck_assert(OSSL_PARAM_BLD_push_BN(parts, "p", p) == 1 &&
	          OSSL_PARAM_BLD_push_BN(parts, "q", q) == 1 &&
	          OSSL_PARAM_BLD_push_BN(parts, "g", g) == 1 &&
	          OSSL_PARAM_BLD_push_BN(parts, "pub", own) == 1);
	params = OSSL_PARAM_BLD_to_param(parts);
	ck_assert_int_eq(EVP_PKEY_fromdata_init(context), 1);
	ck_assert_int_eq(EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(parts);
	EVP_PKEY_CTX_free(context);
	BN_free(own);
	BN_free(g);
	BN_free(q);
	BN_free(p);
	return key;
}

static EVP_PKEY *
pss_key(void)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA-PSS", NULL);
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(EVP_PKEY_keygen_init(context), 1);
	ck_assert_int_eq(EVP_PKEY_generate(context, &key), 1);
	EVP_PKEY_CTX_free(context);
	return key;
}

static EVP_PKEY *
key_of(const char *kind)
{
	EVP_PKEY *key = strcmp(kind, "RSA") == 0       ? EVP_RSA_gen(2048)
	                : strcmp(kind, "RSA-PSS") == 0 ? pss_key()
	                : strcmp(kind, "DSA") == 0     ? dsa_key()
	                : strcmp(kind, "EC") == 0      ? EVP_EC_gen("P-256")
	                : kind[0] == 'P'               ? EVP_EC_gen(kind)
	                                               : EVP_PKEY_Q_keygen(NULL, NULL, kind);

	ck_assert_ptr_nonnull(key);
	return key;
}

/* Sign X509 anew, by itself. */
static void
sign(X509 *x509, EVP_PKEY *key, const char *digest, bool pss)
{
	const EVP_MD *md = digest == NULL ? NULL : EVP_get_digestbyname(digest);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *settings;

	ck_assert_int_eq(X509_set_pubkey(x509, key), 1);
	ck_assert_int_eq(EVP_DigestSignInit(context, &settings, md, NULL, key), 1);
	if (pss)
		ck_assert_int_eq(EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING), 1);
	ck_assert_int_gt(X509_sign_ctx(x509, context), 0);
	EVP_MD_CTX_free(context);
}

static size_t
count_findings(const struct facts *facts, enum cause cause)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct policy policy;
	struct words words;
	size_t count = 0;

	policy_begin(&policy);
	words_begin(&words, facts, &policy, &verdict);
	judge_cert_presented(&words);
	verdict_close(&verdict);
	for (size_t i = 0; i < verdict.findings_count; i++)
		count += verdict.findings[i].cause == cause;
	verdict_free(&verdict);
	return count;
}

/* The digest counts, wherever it stands. */
START_TEST(how_it_is_signed)
{
	EVP_PKEY *key = key_of(rows[_i].key);
	struct pki_party own;
	struct facts facts;

	scene_add(&own, "vpn.example.com", "01", NULL, NULL);
	sign(own.x509, key, rows[_i].digest, rows[_i].pss);
	facts_begin(&facts);
	facts.tls.chain = calloc(1, sizeof *facts.tls.chain);
	facts.tls.chain_count = 1;
	ck_assert(certificate_read(own.x509, &facts.tls.chain[0]));
	ck_assert_str_eq(facts.tls.chain[0].signature, rows[_i].name);
	ck_assert_uint_eq(count_findings(&facts, CAUSE_CERT_WEAK_SIGNATURE), rows[_i].weak);
	facts_free(&facts);
	pki_free(&own);
	EVP_PKEY_free(key);
}
END_TEST

/* Keys of a server, and of its issuer, and what Windows makes of them. */
static const struct {
	const char *key;
	const char *kind;
	enum state own;
	enum state issuer;
} kinds[] = {
    {"RSA", "RSA", STATE_OK, STATE_OK},
    {"RSA-PSS", "RSA-PSS", STATE_CRITICAL, STATE_OK},
    {"DSA", "DSA", STATE_WARNING, STATE_OK},
    {"X25519", "X25519", STATE_CRITICAL, STATE_OK},
    {"P-256", "prime256v1", STATE_OK, STATE_OK},
    {"P-384", "secp384r1", STATE_OK, STATE_OK},
    {"P-224", "secp224r1", STATE_WARNING, STATE_OK},
    {"P-521", "secp521r1", STATE_WARNING, STATE_OK},
    {"ED25519", "Ed25519", STATE_CRITICAL, STATE_CRITICAL},
    {"ED448", "Ed448", STATE_CRITICAL, STATE_CRITICAL},
};

static enum state
judge_kind(const struct facts *facts)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct policy policy;
	struct words words;
	enum state state;

	policy_begin(&policy);
	words_begin(&words, facts, &policy, &verdict);
	judge_cert_presented(&words);
	verdict_close(&verdict);
	state = verdict.state;
	ck_assert_uint_eq(verdict.findings_count, state != STATE_OK);
	if (state != STATE_OK)
		ck_assert_int_eq(verdict.findings[0].cause, CAUSE_CERT_KEY_TYPE);
	verdict_free(&verdict);
	return state;
}

START_TEST(what_kind_of_key)
{
	EVP_PKEY *key = key_of(kinds[_i].key);
	struct pki_party root, issuing, own;
	struct facts_certificate *chain;
	struct facts facts;

	scene_add(&root, "Root", "01", PKI_CA, NULL);
	scene_add(&issuing, "Issuing CA", "02", PKI_CA, &root);
	scene_add(&own, "vpn.example.com", "03", NULL, &issuing);
	facts_begin(&facts);
	chain = facts.tls.chain = calloc(2, sizeof *facts.tls.chain);
	facts.tls.chain_count = 2;
	ck_assert(certificate_read(own.x509, &chain[0]));
	ck_assert_int_eq(X509_set_pubkey(issuing.x509, key), 1);
	ck_assert(certificate_read(issuing.x509, &chain[1]));
	ck_assert_int_eq(judge_kind(&facts), kinds[_i].issuer);
	facts_free(&facts);

	facts_begin(&facts);
	chain = facts.tls.chain = calloc(1, sizeof *facts.tls.chain);
	facts.tls.chain_count = 1;
	ck_assert_int_eq(X509_set_pubkey(own.x509, key), 1);
	ck_assert(certificate_read(own.x509, &chain[0]));
	ck_assert_str_eq(chain[0].kind, kinds[_i].kind);
	ck_assert_int_eq(judge_kind(&facts), kinds[_i].own);
	facts_free(&facts);
	EVP_PKEY_free(key);
	pki_free(&own);
	pki_free(&issuing);
	pki_free(&root);
}
END_TEST

/* A name of no length is no word to print, and stands for a name: the common name does not count.
 */
START_TEST(an_empty_name)
{
	struct pki_party own;
	struct facts_certificate certificate;

	scene_add(&own, "vpn.example.com", "04", "subjectAltName = DER:30058200820161\n", NULL);
	ck_assert(certificate_read(own.x509, &certificate));
	ck_assert_uint_eq(certificate.names_count, 2);
	ck_assert_str_eq(certificate.names[0], "?");
	ck_assert_str_eq(certificate.names[1], "a");
	ck_assert_int_eq(names_match(own.x509, "vpn.example.com"), FACTS_NAME_DIFFERS);
	facts_certificate_free(&certificate);
	pki_free(&own);
}
END_TEST

/* Of a kind that OpenSSL does not know there is no length, but a name. */
START_TEST(a_key_that_cannot_be_read)
{
	struct pki_party own;
	struct facts facts;
	unsigned char *der = NULL;
	const unsigned char *at;
	X509 *x509;
	int length;

	scene_add(&own, "vpn.example.com", "03", NULL, NULL);
	ck_assert_int_eq(
	    X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(own.x509), OBJ_txt2obj("1.2.3.4", 1),
	        V_ASN1_UNDEF, NULL, (unsigned char *)OPENSSL_strdup("key"), 3),
	    1);
	length = i2d_X509(own.x509, &der);
	at = der;
	x509 = d2i_X509(NULL, &at, length);
	ck_assert_ptr_nonnull(x509);
	facts_begin(&facts);
	facts.tls.chain = calloc(1, sizeof *facts.tls.chain);
	facts.tls.chain_count = 1;
	ck_assert(certificate_read(x509, &facts.tls.chain[0]));
	ck_assert_int_eq(facts.tls.chain[0].key_bits, 0);
	ck_assert_str_eq(facts.tls.chain[0].kind, "1.2.3.4");
	ck_assert_int_eq(judge_kind(&facts), STATE_CRITICAL);
	facts_free(&facts);
	X509_free(x509);
	OPENSSL_free(der);
	pki_free(&own);
}
END_TEST

/* An issuer's name is looked for as it is told, with its escapes, and as people write it. */
static const struct {
	const char *expected;
	bool is;
} issuers[] = {
    {"GoDaddy.com, Inc. + Sons", true},
    {"godaddy.COM\\, inc. \\+ Sons", true},
    {"CN=GoDaddy.com, Inc.", true},
    {"a\\b", true},
    {"a\\\\b", true},
    {"GoDaddy.com Inc.", false},
    {"GoDaddy.com\\\\, Inc.", false},
};

START_TEST(whose_it_is)
{
	struct pki_party authority, own;
	struct verdict verdict = VERDICT_EMPTY;
	struct facts facts;
	struct policy policy;
	struct words words;

	scene_add(&authority, "GoDaddy.com, Inc. + Sons, a\\b", "01", PKI_CA, NULL);
	scene_add(&own, "vpn.example.com", "02", NULL, &authority);
	facts_begin(&facts);
	facts.tls.chain = calloc(1, sizeof *facts.tls.chain);
	facts.tls.chain_count = 1;
	ck_assert(certificate_read(own.x509, &facts.tls.chain[0]));
	policy_begin(&policy);
	policy.certificate.issuer = issuers[_i].expected;
	words_begin(&words, &facts, &policy, &verdict);
	judge_identity_presented(&words);
	verdict_close(&verdict);
	ck_assert_msg((verdict.findings_count == 0) == issuers[_i].is, "%s", issuers[_i].expected);
	verdict_free(&verdict);
	facts_free(&facts);
	pki_free(&own);
	pki_free(&authority);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, how_it_is_signed, rows);
	unit_add_rows(tests, what_kind_of_key, kinds);
	tcase_add_test(tests, a_key_that_cannot_be_read);
	tcase_add_test(tests, an_empty_name);
	unit_add_rows(tests, whose_it_is, issuers);
}

int
main(void)
{
	return unit_run("cert/certificate", list);
}

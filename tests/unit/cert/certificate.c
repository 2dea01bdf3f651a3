#include "cert/certificate.h"

#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

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

static EVP_PKEY *
key_of(const char *kind)
{
	EVP_PKEY *key = strcmp(kind, "RSA") == 0  ? EVP_RSA_gen(2048)
	                : strcmp(kind, "EC") == 0 ? EVP_EC_gen("P-256")
	                : kind[0] == 'P'          ? EVP_EC_gen(kind)
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
	const char *curve;
	enum state own;
	enum state issuer;
} kinds[] = {
    {"RSA", "", STATE_OK, STATE_OK},
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
	ck_assert_str_eq(chain[0].curve, kinds[_i].curve);
	ck_assert_int_eq(judge_kind(&facts), kinds[_i].own);
	facts_free(&facts);
	EVP_PKEY_free(key);
	pki_free(&own);
	pki_free(&issuing);
	pki_free(&root);
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
	unit_add_rows(tests, whose_it_is, issuers);
}

int
main(void)
{
	return unit_run("cert/certificate", list);
}

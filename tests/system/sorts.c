#include "sorts.h"

#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY 86400.0
#define CA  "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"

#define SAN(names)  "subjectAltName=" names "\n"
#define EKU(usages) "extendedKeyUsage=" usages "\n"
#define SIGNS       "keyUsage=critical,digitalSignature\n"
#define LEAF        "basicConstraints=critical,CA:FALSE\n" SIGNS
#define USUAL       LEAF EKU("serverAuth") SAN("DNS:vpn.example.com")

struct party {
	EVP_PKEY *key;
	X509 *x509;
};

struct sorts_authorities {
	struct party root, issuing, nobody, expired, no_ca, forger;
};

/* clang-format off */
const struct sort sorts[] = {
    {"usual"},
    {"P-384", .key = SORT_P384},
    {"P-521", .key = SORT_P521},
    {"P-224", .key = SORT_P224},
    {"Ed25519", .key = SORT_ED25519},
    {"Ed448", .key = SORT_ED448},
    {"RSA 1024", .key = SORT_RSA, .bits = 1024},
    {"RSA 2047", .key = SORT_RSA, .bits = 2047},
    {"RSA 2048", .key = SORT_RSA, .bits = 2048},
    {"RSA 3072", .key = SORT_RSA, .bits = 3072},
    {"RSA 4096", .key = SORT_RSA, .bits = 4096},
    {"RSA 8192", .key = SORT_RSA, .bits = 8192},
    {"by the root", .issuer = SORT_BY_ROOT},
    {"by itself", .issuer = SORT_BY_ITSELF},
    {"by nobody", .issuer = SORT_BY_NOBODY},
    {"by an expired CA", .issuer = SORT_BY_EXPIRED},
    {"by no CA", .issuer = SORT_BY_NO_CA},
    {"by a forger", .issuer = SORT_BY_FORGER},
    {"by itself, RSA in the name of others", .issuer = SORT_BY_ITSELF, .cn = "www.other.example"},
    {"signed with SHA-1", .sha1 = true},
    {"signed with SHA-1 by the root", .sha1 = true, .issuer = SORT_BY_ROOT},
    {"expired", .from = -90, .until = -3},
    {"expired for years", .from = -4000, .until = -3000},
    {"expired and by nobody", .from = -90, .until = -3, .issuer = SORT_BY_NOBODY},
    {"not yet valid", .from = 2, .until = 92},
    {"not yet valid for years", .from = 1000, .until = 2000},
    {"valid for a day", .from = -0.5, .until = 0.5},
    {"valid for 30 years", .from = -5000, .until = 5950},
    {"ends before it begins", .from = 10, .until = -10},
    {"from 1950", .from_text = "500101000000Z", .until_text = "491231235959Z"},
    {"until 2050", .from_text = "200101000000Z", .until_text = "20500101000000Z"},
    {"until 9999", .from_text = "200101000000Z", .until_text = "99991231235959Z"},
    {"expired in 1951", .from_text = "500101000000Z", .until_text = "510101000000Z"},
    {"a leap day", .from_text = "240229235959Z", .until_text = "480229000000Z"},
    {"serial 0", .serial = "00"},
    {"serial 1", .serial = "01"},
    {"serial of 20 bytes", .serial = "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"},
    {"serial with a high bit", .serial = "FF00112233445566"},
    {"serial of 34 bytes",
        .serial = "AA00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF00"},
    {"negative serial", .serial = "-0123"},
    {"two names",
        .extensions = LEAF EKU("serverAuth") SAN("DNS:www.example.com,DNS:vpn.example.com")},
    {"another name", .extensions = LEAF EKU("serverAuth") SAN("DNS:www.other.example")},
    {"a wildcard", .extensions = LEAF EKU("serverAuth") SAN("DNS:*.example.com")},
    {"a wildcard over two labels", .extensions = LEAF EKU("serverAuth") SAN("DNS:*.com")},
    {"a wildcard in a label", .extensions = LEAF EKU("serverAuth") SAN("DNS:*.b.example.com")},
    {"a wildcard alone", .extensions = LEAF EKU("serverAuth") SAN("DNS:*")},
    {"capitals", .extensions = LEAF EKU("serverAuth") SAN("DNS:VPN.Example.COM")},
    {"a final dot", .extensions = LEAF EKU("serverAuth") SAN("DNS:vpn.example.com.")},
    {"a name within a name",
        .extensions = LEAF EKU("serverAuth") SAN("DNS:vpn.example.com.evil.example")},
    {"a suffix", .extensions = LEAF EKU("serverAuth") SAN("DNS:.example.com")},
    {"the CN beside alternative names",
        .extensions = LEAF EKU("serverAuth") SAN("DNS:www.other.example"), .cn = "vpn.example.com"},
    {"the CN beside an address", .extensions = LEAF EKU("serverAuth") SAN("IP:192.0.2.1")},
    {"the CN beside a mail address",
        .extensions = LEAF EKU("serverAuth") SAN("email:a@example.com")},
    {"the CN alone", .extensions = LEAF EKU("serverAuth")},
    {"another CN alone", .extensions = LEAF EKU("serverAuth"), .cn = "vpn"},
    {"a wildcard in the CN alone", .extensions = LEAF EKU("serverAuth"), .cn = "*.example.com"},
    {"addresses",
        .extensions = LEAF EKU("serverAuth") SAN("DNS:vpn.example.com,IP:192.0.2.1,IP:127.0.0.2")},
    {"an address as a name", .extensions = LEAF EKU("serverAuth") SAN("DNS:192.0.2.1")},
    {"a URI", .extensions = LEAF EKU("serverAuth") SAN("URI:https\\://vpn.example.com/")},
    {"an A-label",
        .extensions = LEAF EKU("serverAuth") SAN("DNS:xn--bcher-kva.example,DNS:vpn.example.com")},
    {"an underscore", .extensions = LEAF EKU("serverAuth") SAN("DNS:_vpn.example.com")},
    {"for clients", .extensions = LEAF EKU("clientAuth") SAN("DNS:vpn.example.com")},
    {"for servers and clients",
        .extensions = LEAF EKU("serverAuth,clientAuth") SAN("DNS:vpn.example.com")},
    {"for code", .extensions = LEAF EKU("codeSigning,timeStamping") SAN("DNS:vpn.example.com")},
    {"for an own purpose",
        .extensions = LEAF EKU("1.3.6.1.4.1.99999.1,OCSPSigning") SAN("DNS:vpn.example.com")},
    {"critical usage", .extensions = LEAF EKU("critical,serverAuth") SAN("DNS:vpn.example.com")},
    {"for IKE too",
        .extensions = LEAF EKU("serverAuth,1.3.6.1.5.5.7.3.17") SAN("DNS:vpn.example.com")},
    {"for no purpose in particular", .extensions = LEAF SAN("DNS:vpn.example.com")},
    {"a key that may not sign",
        .extensions = "basicConstraints=CA:FALSE\nkeyUsage=critical,cRLSign\n" EKU("serverAuth")
            SAN("DNS:vpn.example.com")},
    {"a CA as a server", .extensions = CA SAN("DNS:vpn.example.com")},
    {"no extensions", .extensions = ""},
    {"an unknown critical extension",
        .extensions = USUAL "1.3.6.1.4.1.99999.2=critical,ASN1:UTF8:x\n"},
};
/* clang-format on */

const size_t sorts_count = sizeof sorts / sizeof sorts[0];

static void
must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "sorts: cannot %s\n", what);
	ERR_print_errors_fp(stderr);
	abort();
}

/* A public key whose private one does not exist: generating 8192 bits takes half a minute. */
static EVP_PKEY *
make_rsa(int bits)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	BIGNUM *n = BN_new();
	EVP_PKEY *key = NULL;
	OSSL_PARAM *parameters;

	must(build != NULL && ctx != NULL && n != NULL &&
	         BN_rand(n, bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD) == 1 &&
	         OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
	         OSSL_PARAM_BLD_push_uint(build, OSSL_PKEY_PARAM_RSA_E, 65537) == 1,
	    "choose an RSA key");
	parameters = OSSL_PARAM_BLD_to_param(build);
	must(parameters != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
	         EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1,
	    "make an RSA key");
	OSSL_PARAM_free(parameters);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	BN_free(n);
	return key;
}

static EVP_PKEY *
make_key(const struct sort *sort)
{
	static const char *const curves[] = {
	    [SORT_EC] = "P-256",
	    [SORT_P384] = "P-384",
	    [SORT_P521] = "P-521",
	    [SORT_P224] = "P-224",
	};
	EVP_PKEY *key;

	if (sort->key == SORT_RSA)
		key = make_rsa(sort->bits);
	else if (sort->key == SORT_ED25519 || sort->key == SORT_ED448)
		key = EVP_PKEY_Q_keygen(NULL, NULL, sort->key == SORT_ED448 ? "ED448" : "ED25519");
	else
		key = EVP_EC_gen(curves[sort->key]);
	must(key != NULL, "make a key");
	return key;
}

static void
set_date(ASN1_TIME *time_of, const char *chars, double days)
{
	must(chars != NULL ? ASN1_TIME_set_string(time_of, chars) == 1
	                   : ASN1_TIME_set(time_of, time(NULL) + (time_t)(days * DAY)) != NULL,
	    "set a date");
}

static void
extend(X509 *x509, X509 *issuer, const char *lines)
{
	CONF *conf = NCONF_new(NULL);
	BIO *bio = BIO_new(BIO_s_mem());
	X509V3_CTX context;

	must(conf != NULL && bio != NULL && BIO_printf(bio, "[x]\n%s", lines) > 0 &&
	         NCONF_load_bio(conf, bio, NULL) == 1,
	    "read extensions");
	X509V3_set_ctx(&context, issuer, x509, NULL, NULL, 0);
	X509V3_set_nconf(&context, conf);
	must(X509V3_EXT_add_nconf(conf, &context, "x", x509) == 1, "extend a certificate");
	BIO_free(bio);
	NCONF_free(conf);
}

static void
set_names(X509 *x509, const char *cn, X509 *issuer)
{
	X509_NAME *name = X509_NAME_new();

	must(name != NULL &&
	         X509_NAME_add_entry_by_txt(
	             name, "CN", MBSTRING_UTF8, (const unsigned char *)cn, -1, -1, 0) == 1 &&
	         X509_set_subject_name(x509, name) == 1 &&
	         X509_set_issuer_name(
	             x509, issuer != NULL ? X509_get_subject_name(issuer) : name) == 1,
	    "name a certificate");
	X509_NAME_free(name);
}

static void
set_serial(X509 *x509, const char *digits)
{
	BIGNUM *number = NULL;

	must(BN_hex2bn(&number, digits) > 0 &&
	         BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) != NULL,
	    "number a certificate");
	BN_free(number);
}

static X509 *
make(const struct sort *sort, EVP_PKEY *key, const struct party *issuer)
{
	bool usual = sort->from == 0 && sort->until == 0;
	EVP_PKEY *signer = issuer != NULL ? issuer->key : key;
	const EVP_MD *digest = sort->sha1 ? EVP_sha1() : EVP_sha256();
	X509 *x509 = X509_new();

	must(x509 != NULL && X509_set_version(x509, X509_VERSION_3) == 1 &&
	         X509_set_pubkey(x509, key) == 1,
	    "begin a certificate");
	set_serial(x509, sort->serial != NULL ? sort->serial : "4711");
	set_names(x509, sort->cn != NULL ? sort->cn : "vpn.example.com",
	    issuer != NULL ? issuer->x509 : NULL);
	set_date(X509_getm_notBefore(x509), sort->from_text, usual ? -30 : sort->from);
	set_date(X509_getm_notAfter(x509), sort->until_text, usual ? 60 : sort->until);
	extend(x509, issuer != NULL ? issuer->x509 : x509,
	    sort->extensions != NULL ? sort->extensions : USUAL);
	if (EVP_PKEY_is_a(signer, "ED25519") || EVP_PKEY_is_a(signer, "ED448"))
		digest = NULL;
	must(X509_sign(x509, signer, digest) > 0, "sign a certificate");
	return x509;
}

static struct party
make_party(const struct sort *sort, const struct party *issuer)
{
	struct party party = {.key = make_key(sort)};

	party.x509 = make(sort, party.key, issuer);
	return party;
}

struct sorts_authorities *
sorts_begin(void)
{
	struct sorts_authorities *all = calloc(1, sizeof *all);
	struct sort ca = {.cn = "Root of Tests", .extensions = CA, .from = -365, .until = 3650};

	must(all != NULL, "allocate");
	all->root = make_party(&ca, NULL);
	ca.cn = "Issuing CA of Tests";
	all->issuing = make_party(&ca, &all->root);
	all->forger = make_party(&ca, NULL);
	ca.cn = "Nobody";
	all->nobody = make_party(&ca, NULL);
	ca.cn = "No CA";
	ca.extensions = LEAF;
	all->no_ca = make_party(&ca, &all->root);
	ca.cn = "Expired CA";
	ca.extensions = CA;
	ca.until = -2;
	all->expired = make_party(&ca, &all->root);
	return all;
}

static void
free_party(struct party *party)
{
	EVP_PKEY_free(party->key);
	X509_free(party->x509);
}

void
sorts_end(struct sorts_authorities *all)
{
	free_party(&all->root);
	free_party(&all->issuing);
	free_party(&all->nobody);
	free_party(&all->expired);
	free_party(&all->no_ca);
	free_party(&all->forger);
	free(all);
}

static const struct party *
party_of(const struct sorts_authorities *all, enum sort_issuer issuer)
{
	switch (issuer) {
	case SORT_BY_ISSUING:
		return &all->issuing;
	case SORT_BY_ROOT:
		return &all->root;
	case SORT_BY_NOBODY:
		return &all->nobody;
	case SORT_BY_EXPIRED:
		return &all->expired;
	case SORT_BY_NO_CA:
		return &all->no_ca;
	case SORT_BY_FORGER:
		return &all->forger;
	case SORT_BY_ITSELF:
		break;
	}
	return NULL;
}

X509 *
sorts_make(struct sorts_authorities *all, const struct sort *sort)
{
	EVP_PKEY *key = make_key(sort);
	X509 *x509 = make(sort, key, party_of(all, sort->issuer));

	EVP_PKEY_free(key);
	return x509;
}

void
sorts_write_deep(struct sorts_authorities *all, const struct sort *sort, int depth, FILE *file)
{
	struct sort ca = {.extensions = CA, .from = -300, .until = 300};
	struct party *parties = calloc((size_t)depth, sizeof *parties);
	EVP_PKEY *key = make_key(sort);
	X509 *leaf;
	char cn[32];

	must(parties != NULL && depth > 0, "allocate");
	for (int i = 0; i < depth; i++) {
		snprintf(cn, sizeof cn, "CA %d", i);
		ca.cn = cn;
		parties[i] = make_party(&ca, i == 0 ? &all->root : &parties[i - 1]);
	}
	leaf = make(sort, key, &parties[depth - 1]);
	must(PEM_write_X509(file, leaf) == 1, "write");
	for (int i = depth; i-- > 0;) {
		must(PEM_write_X509(file, parties[i].x509) == 1, "write");
		free_party(&parties[i]);
	}
	X509_free(leaf);
	EVP_PKEY_free(key);
	free(parties);
}

X509 *
sorts_root(const struct sorts_authorities *all)
{
	return all->root.x509;
}

X509 *
sorts_issuer(const struct sorts_authorities *all, const struct sort *sort)
{
	const struct party *party;

	if (sort->issuer == SORT_BY_ITSELF || sort->issuer == SORT_BY_NOBODY ||
	    sort->issuer == SORT_BY_ROOT)
		return NULL;
	if (sort->issuer == SORT_BY_FORGER)
		return all->issuing.x509;
	party = party_of(all, sort->issuer);
	return party == NULL ? NULL : party->x509;
}

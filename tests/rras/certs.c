#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "certs.h"

#define DAY      86400.0
#define LIFETIME 90 /* days */
#define AGE      30

#define ISSUER_LEFT 3650.0

/* Something that signs. */
struct authority {
	EVP_PKEY *key;
	X509 *certificate;
};

struct made {
	const struct member *asked; /* the first who asked for it */
	struct authority issuing;   /* its own, where the usual one will not do */
	struct certs_identity identity;
	struct made *next;
};

struct certs {
	struct authority root;
	struct authority issuing;
	struct authority untrusted_root;
	struct authority untrusted_issuing;
	EVP_PKEY *keys[KEYS]; /* of servers, made when asked for */
	struct made *made;
};

/* Who is in a certificate, and for how long. */
struct holder {
	X509_NAME *name;
	EVP_PKEY *key;
	time_t from;
	time_t until;
};

static void
must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "rras-sim: cannot %s\n", what);
	ERR_print_errors_fp(stderr);
	exit(1);
}

static bool
is_utf8(const struct text *text)
{
	unsigned long character;
	for (size_t at = 0; at < text->length;) {
		int taken = UTF8_getc(
		    (const unsigned char *)text->bytes + at, (int)(text->length - at), &character);
		if (taken <= 0)
			return false;
		at += (size_t)taken;
	}
	return true;
}

/* The decoded bytes go in as they are. What is no UTF-8 passes as T61String, which takes anything;
 * clients could not read the certificate otherwise. */
static void
name_add(X509_NAME *name, int nid, const char *value)
{
	struct text bytes = TEXT_EMPTY;
	member_decode(value, &bytes);
	int type = is_utf8(&bytes) ? V_ASN1_UTF8STRING : V_ASN1_T61STRING;
	must(bytes.length == 0 ||
	         X509_NAME_add_entry_by_NID(name, nid, type,
	             (const unsigned char *)text_chars(&bytes), (int)bytes.length, -1, 0) == 1,
	    "make a name");
	text_free(&bytes);
}

static void
extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	must(extension != NULL && X509_add_ext(certificate, extension, -1) == 1, "extend");
	X509_EXTENSION_free(extension);
}

/* A certificate for HOLDER, complete but for its use and its signature. */
static X509 *
begin(const struct holder *holder, X509 *issuer)
{
	X509 *certificate = X509_new();
	must(certificate != NULL, "make a certificate");
	if (issuer == NULL)
		issuer = certificate;
	unsigned char serial[8];
	must(RAND_bytes(serial, sizeof serial) == 1, "make a serial number");
	serial[0] = (unsigned char)((serial[0] & 0x7f) | 0x40); /* positive, always as long */
	BIGNUM *number = BN_bin2bn(serial, sizeof serial, NULL);
	must(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL &&
	         X509_set_version(certificate, X509_VERSION_3) == 1 &&
	         X509_set_subject_name(certificate, holder->name) == 1 &&
	         X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
	         ASN1_TIME_set(X509_getm_notBefore(certificate), holder->from) != NULL &&
	         ASN1_TIME_set(X509_getm_notAfter(certificate), holder->until) != NULL &&
	         X509_set_pubkey(certificate, holder->key) == 1,
	    "fill a certificate");
	BN_free(number);
	extend(certificate, issuer, NID_subject_key_identifier, "hash");
	extend(certificate, issuer, NID_authority_key_identifier, "keyid");
	return certificate;
}

static struct authority
make_authority(const char *cn, const struct authority *parent, bool rsa, double days_left)
{
	struct authority authority = {.key = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256")};
	time_t now = time(NULL);
	struct holder holder = {.name = X509_NAME_new(),
	    .key = authority.key,
	    .from = now - (time_t)(365 * DAY),
	    .until = now + (time_t)(days_left * DAY)};
	must(holder.key != NULL && holder.name != NULL, "make a key");
	name_add(holder.name, NID_commonName, cn);
	authority.certificate = begin(&holder, parent != NULL ? parent->certificate : NULL);
	X509_NAME_free(holder.name);
	if (parent == NULL)
		parent = &authority;
	extend(
	    authority.certificate, parent->certificate, NID_basic_constraints, "critical,CA:TRUE");
	extend(authority.certificate, parent->certificate, NID_key_usage,
	    "critical,keyCertSign,cRLSign");
	must(X509_sign(authority.certificate, parent->key, EVP_sha256()) > 0, "sign");
	return authority;
}

struct certs *
certs_create(bool rsa)
{
	struct certs *certs = calloc(1, sizeof *certs);
	must(certs != NULL, "allocate");
	certs->root = make_authority("Test Root", NULL, rsa, ISSUER_LEFT);
	certs->issuing = make_authority("Test Issuing CA", &certs->root, rsa, ISSUER_LEFT);
	certs->untrusted_root = make_authority("Test Untrusted Root", NULL, rsa, ISSUER_LEFT);
	certs->untrusted_issuing =
	    make_authority("Test Untrusted Issuing CA", &certs->untrusted_root, rsa, ISSUER_LEFT);
	return certs;
}

static void
free_authority(struct authority *authority)
{
	EVP_PKEY_free(authority->key);
	X509_free(authority->certificate);
}

void
certs_free(struct certs *certs)
{
	for (struct made *made = certs->made, *next; made != NULL; made = next) {
		next = made->next;
		X509_free(made->identity.own);
		X509_free(made->identity.stranger);
		sk_X509_free(made->identity.sent);
		free_authority(&made->issuing);
		free(made);
	}
	for (int kind = 0; kind < KEYS; kind++)
		EVP_PKEY_free(certs->keys[kind]);
	free_authority(&certs->root);
	free_authority(&certs->issuing);
	free_authority(&certs->untrusted_root);
	free_authority(&certs->untrusted_issuing);
	free(certs);
}

/* Keys cost time and prove nothing by being many: one per kind. */
static EVP_PKEY *
server_key(struct certs *certs, int kind)
{
	EVP_PKEY **key = &certs->keys[kind];
	if (*key != NULL)
		return *key;
	switch (kind) {
	case KEY_EC:
		*key = EVP_EC_gen("P-256");
		break;
	case KEY_RSA2048:
		*key = EVP_RSA_gen(2048);
		break;
	case KEY_RSA1024:
		*key = EVP_RSA_gen(1024);
		break;
	case KEY_ED25519:
		*key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
		break;
	case KEY_P521:
		*key = EVP_EC_gen("P-521");
		break;
	}
	must(*key != NULL, "make a key");
	return *key;
}

static X509_NAME *
subject_of(const struct member *member)
{
	X509_NAME *name = X509_NAME_new();
	struct text cn = TEXT_EMPTY;
	must(name != NULL, "make a name");
	if (member->cn != NULL)
		text_add(&cn, member->cn);
	else if (strcmp(member->names, "none") == 0)
		text_add(&cn, "vpn.example.com");
	else
		text_add_bytes(&cn, member->names, strcspn(member->names, "+"));
	if (member->subject != NULL)
		name_add(name, NID_organizationName, member->subject);
	name_add(name, NID_commonName, text_chars(&cn));
	text_free(&cn);
	return name;
}

/* One subject alternative name; what reads as an address goes in as an address. */
static GENERAL_NAME *
alternative_name(const char *item)
{
	struct text bytes = TEXT_EMPTY;
	member_decode(item, &bytes);
	GENERAL_NAME *name = GENERAL_NAME_new();
	ASN1_OCTET_STRING *address = a2i_IPADDRESS(text_chars(&bytes));
	must(name != NULL, "make a name");
	if (address != NULL)
		GENERAL_NAME_set0_value(name, GEN_IPADD, address);
	else {
		ASN1_IA5STRING *dns = ASN1_IA5STRING_new();
		must(ASN1_STRING_set(dns, text_chars(&bytes), (int)bytes.length) == 1,
		    "make a name");
		GENERAL_NAME_set0_value(name, GEN_DNS, dns);
	}
	text_free(&bytes);
	return name;
}

static void
add_names(X509 *certificate, const char *names)
{
	if (strcmp(names, "none") == 0)
		return;
	GENERAL_NAMES *list = GENERAL_NAMES_new();
	char *copy = strdup(names);
	char *rest = NULL;
	must(list != NULL && copy != NULL, "make names");
	for (char *item = strtok_r(copy, "+", &rest); item != NULL;
	     item = strtok_r(NULL, "+", &rest))
		sk_GENERAL_NAME_push(list, alternative_name(item));
	must(X509_add1_ext_i2d(certificate, NID_subject_alt_name, list, 0, 0) == 1, "add names");
	GENERAL_NAMES_free(list);
	free(copy);
}

static void
set_validity(struct holder *holder, const struct member *member)
{
	double left = LIFETIME - AGE;
	double age = AGE;
	if (member->cert == CERT_EXPIRED)
		left = -3;
	if (member->cert == CERT_RENEWED)
		age = 0.1;
	if (member->cert == CERT_NOT_YET) {
		age = -2;
		left = LIFETIME + 2;
	}
	if (member->days_left < MEMBER_DAYS_AS_USUAL)
		left = member->days_left;
	if (left < -age)
		age = LIFETIME - left;
	time_t now = time(NULL);
	holder->from = now - (time_t)(age * DAY);
	holder->until = now + (time_t)(left * DAY);
}

static X509 *
make_own(struct certs *certs, const struct member *member, const struct authority *issuer)
{
	static const char *const usages[] = {"serverAuth", "clientAuth", "anyExtendedKeyUsage"};
	struct holder holder = {.name = subject_of(member), .key = server_key(certs, member->key)};
	set_validity(&holder, member);
	X509 *own = begin(&holder, issuer != NULL ? issuer->certificate : NULL);
	X509_NAME_free(holder.name);
	extend(own, own, NID_basic_constraints, "critical,CA:FALSE");
	extend(own, own, NID_key_usage,
	    EVP_PKEY_is_a(holder.key, "RSA") ? "critical,digitalSignature,keyEncipherment"
	                                     : "critical,digitalSignature");
	if (member->eku != EKU_NONE)
		extend(own, own, NID_ext_key_usage, usages[member->eku]);
	add_names(own, member->names);
	const EVP_MD *digest = member->md == MD_SHA1 ? EVP_sha1() : EVP_sha256();
	EVP_PKEY *signer = issuer != NULL ? issuer->key : holder.key;
	if (member->cert == CERT_BAD_SIGNATURE)
		signer = certs->untrusted_issuing.key;
	if (EVP_PKEY_is_a(signer, "ED25519"))
		digest = NULL; /* it brings its own */
	must(X509_sign(own, signer, digest) > 0, "sign");
	return own;
}

/* The same for somebody else. */
static X509 *
make_stranger(struct certs *certs, const struct member *member, const struct authority *issuer)
{
	struct member stranger = *member;
	if (member->sni != SNI_STRANGER)
		return NULL;
	stranger.names = "stranger.example";
	stranger.cn = NULL;
	return make_own(certs, &stranger, issuer);
}

static void
make_identity(struct certs *certs, struct made *made)
{
	const struct member *member = made->asked;
	const struct authority *root = &certs->root;
	const struct authority *issuing = &certs->issuing;
	if (member->cert == CERT_UNTRUSTED) {
		root = &certs->untrusted_root;
		issuing = &certs->untrusted_issuing;
	}
	if (member->issuer_days < MEMBER_DAYS_AS_USUAL) {
		made->issuing = make_authority(
		    "Test Issuing CA", root, EVP_PKEY_is_a(root->key, "RSA"), member->issuer_days);
		issuing = &made->issuing;
	}
	if (member->cert == CERT_SELF_SIGNED)
		issuing = NULL;
	struct certs_identity identity = {.key = server_key(certs, member->key),
	    .own = make_own(certs, member, issuing),
	    .stranger = make_stranger(certs, member, issuing),
	    .sent = sk_X509_new_null()};
	must(identity.sent != NULL, "make a chain");
	if (issuing != NULL && member->cert != CERT_NO_INTERMEDIATE)
		sk_X509_push(identity.sent, issuing->certificate);
	if (member->cert == CERT_ROOT_SENT || member->cert == CERT_UNTRUSTED)
		sk_X509_push(identity.sent, root->certificate);
	made->identity = identity;
}

static bool
same_text(const char *one, const char *other)
{
	return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool
same(const struct member *one, const struct member *other)
{
	return one->cert == other->cert && one->days_left == other->days_left &&
	       one->issuer_days == other->issuer_days &&
	       (one->sni == SNI_STRANGER) == (other->sni == SNI_STRANGER) &&
	       one->key == other->key && one->md == other->md && one->eku == other->eku &&
	       same_text(one->names, other->names) && same_text(one->cn, other->cn) &&
	       same_text(one->subject, other->subject);
}

const struct certs_identity *
certs_for(struct certs *certs, const struct member *member)
{
	for (struct made *made = certs->made; made != NULL; made = made->next)
		if (same(made->asked, member))
			return &made->identity;
	struct made *made = malloc(sizeof *made);
	must(made != NULL, "allocate");
	*made = (struct made){.asked = member, .next = certs->made};
	make_identity(certs, made);
	certs->made = made;
	return &made->identity;
}

static void
write_pem(X509 *certificate, const char *file)
{
	struct text new = TEXT_EMPTY;
	text_format(&new, "%s.new", file);
	FILE *stream = fopen(text_chars(&new), "w");
	must(stream != NULL && PEM_write_X509(stream, certificate) == 1 && fclose(stream) == 0 &&
	         rename(text_chars(&new), file) == 0,
	    "write the CA file");
	text_free(&new);
}

void
certs_write_root(const struct certs *certs, const char *file)
{
	write_pem(certs->root.certificate, file);
}

void
certs_write_untrusted_root(const struct certs *certs, const char *file)
{
	write_pem(certs->untrusted_root.certificate, file);
}

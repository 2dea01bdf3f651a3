#include "support/pki.h"

#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "pki: cannot %s\n", what);
	ERR_print_errors_fp(stderr);
	abort();
}

static void
set_serial(ASN1_INTEGER *serial, const char *digits)
{
	BIGNUM *number = NULL;

	must(BN_hex2bn(&number, digits) > 0 && BN_to_ASN1_INTEGER(number, serial) != NULL,
	    "set a serial number");
	BN_free(number);
}

/* The lines as a section called "x". */
static CONF *
read_extensions(const char *lines)
{
	CONF *conf = NCONF_new(NULL);
	BIO *bio = BIO_new(BIO_s_mem());

	must(conf != NULL && bio != NULL && BIO_printf(bio, "[x]\n%s", lines) > 0 &&
	         NCONF_load_bio(conf, bio, NULL) == 1,
	    "read extensions");
	BIO_free(bio);
	return conf;
}

static void
extend(X509 *x509, X509 *issuer, const char *lines)
{
	CONF *conf = read_extensions(lines);
	X509V3_CTX context;

	X509V3_set_ctx(&context, issuer, x509, NULL, NULL, 0);
	X509V3_set_nconf(&context, conf);
	must(X509V3_EXT_add_nconf(conf, &context, "x", x509) == 1, "extend a certificate");
	NCONF_free(conf);
}

void
pki_make(struct pki_party *party, const struct pki_wish *wish, const struct pki_party *issuer)
{
	X509_NAME *name = X509_NAME_new();
	X509 *x509 = X509_new();

	if (issuer == NULL)
		issuer = party;
	party->key = wish->key != NULL ? wish->key : EVP_EC_gen("P-256");
	party->x509 = x509;
	must(wish->key == NULL || EVP_PKEY_up_ref(wish->key) == 1, "share a key");
	must(party->key != NULL && name != NULL && x509 != NULL, "allocate");
	set_serial(X509_get_serialNumber(x509), wish->serial);
	must(X509_NAME_add_entry_by_txt(
	         name, "CN", MBSTRING_UTF8, (const unsigned char *)wish->cn, -1, -1, 0) == 1 &&
	         X509_set_version(x509, X509_VERSION_3) == 1 &&
	         X509_set_subject_name(x509, name) == 1 &&
	         X509_set_issuer_name(x509, X509_get_subject_name(issuer->x509)) == 1 &&
	         ASN1_TIME_set(X509_getm_notBefore(x509), (time_t)wish->from) != NULL &&
	         ASN1_TIME_set(X509_getm_notAfter(x509), (time_t)wish->until) != NULL &&
	         X509_set_pubkey(x509, party->key) == 1,
	    "fill a certificate");
	if (wish->extensions != NULL)
		extend(x509, issuer->x509, wish->extensions);
	must(X509_sign(x509, issuer->key, EVP_sha256()) > 0, "sign a certificate");
	X509_NAME_free(name);
}

void
pki_free(struct pki_party *party)
{
	EVP_PKEY_free(party->key);
	X509_free(party->x509);
	memset(party, 0, sizeof *party);
}

/* What holds a NULL, and that is critical. */
static void
add_critical(X509_REVOKED *entry, const char *oid)
{
	static const unsigned char null[] = {5, 0};
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	ASN1_OCTET_STRING *octets = ASN1_OCTET_STRING_new();
	X509_EXTENSION *extension;

	must(object != NULL && ASN1_OCTET_STRING_set(octets, null, sizeof null) == 1, "allocate");
	extension = X509_EXTENSION_create_by_OBJ(NULL, object, 1, octets);
	must(extension != NULL && X509_REVOKED_add_ext(entry, extension, -1) == 1,
	    "extend an entry");
	X509_EXTENSION_free(extension);
	ASN1_OCTET_STRING_free(octets);
	ASN1_OBJECT_free(object);
}

static void
add_revoked(X509_CRL *crl, const struct pki_revoked *revoked)
{
	X509_REVOKED *entry = X509_REVOKED_new();
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	ASN1_TIME *on = ASN1_TIME_set(NULL, (time_t)revoked->on);
	ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();

	set_serial(serial, revoked->serial);
	must(X509_REVOKED_set_serialNumber(entry, serial) == 1 &&
	         X509_REVOKED_set_revocationDate(entry, on) == 1,
	    "fill an entry");
	if (revoked->reason >= 0)
		must(ASN1_ENUMERATED_set(reason, revoked->reason) == 1 &&
		         X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0) == 1,
		    "give a reason");
	if (revoked->critical != NULL)
		add_critical(entry, revoked->critical);
	must(X509_CRL_add0_revoked(crl, entry) == 1, "add an entry");
	ASN1_ENUMERATED_free(reason);
	ASN1_TIME_free(on);
	ASN1_INTEGER_free(serial);
}

static void
date_crl(X509_CRL *crl, const struct pki_list *list)
{
	ASN1_TIME *this_update = ASN1_TIME_set(NULL, (time_t)list->this_update);
	ASN1_TIME *next_update = ASN1_TIME_set(NULL, (time_t)list->next_update);

	must(X509_CRL_set1_lastUpdate(crl, this_update) == 1, "date a CRL");
	if (list->next_update != 0)
		must(X509_CRL_set1_nextUpdate(crl, next_update) == 1, "date a CRL");
	ASN1_TIME_free(this_update);
	ASN1_TIME_free(next_update);
}

unsigned char *
pki_crl(const struct pki_list *list, const struct pki_party *issuer, EVP_PKEY *key, size_t *length)
{
	X509_CRL *crl = X509_CRL_new();
	unsigned char *bytes = NULL;
	int size;

	must(crl != NULL && X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
	         X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer->x509)) == 1,
	    "fill a CRL");
	date_crl(crl, list);
	for (size_t i = 0; i < list->revoked_count; i++)
		add_revoked(crl, &list->revoked[i]);
	if (list->extensions != NULL) {
		CONF *conf = read_extensions(list->extensions);
		X509V3_CTX context;

		X509V3_set_ctx(&context, issuer->x509, NULL, NULL, crl, 0);
		X509V3_set_nconf(&context, conf);
		must(X509V3_EXT_CRL_add_nconf(conf, &context, "x", crl) == 1, "extend a CRL");
		NCONF_free(conf);
	}
	X509_CRL_sort(crl);
	must(X509_CRL_sign(crl, key, EVP_sha256()) > 0, "sign a CRL");
	size = i2d_X509_CRL(crl, &bytes);
	must(size > 0, "encode a CRL");
	X509_CRL_free(crl);
	*length = (size_t)size;
	return bytes;
}

static ASN1_TIME *
date_of(int64_t date)
{
	return date == 0 ? NULL : ASN1_GENERALIZEDTIME_set(NULL, (time_t)date);
}

static X509_EXTENSION *
critical_extension(void)
{
	ASN1_OBJECT *type = OBJ_txt2obj("1.3.6.1.4.1.55555.1", 1);
	ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
	X509_EXTENSION *extension = X509_EXTENSION_create_by_OBJ(NULL, type, 1, value);

	must(extension != NULL, "make an extension");
	ASN1_OCTET_STRING_free(value);
	ASN1_OBJECT_free(type);
	return extension;
}

unsigned char *
pki_ocsp(const struct pki_status *status, X509 *x509, X509 *issuer, const struct pki_party *signer,
    size_t *length)
{
	OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
	OCSP_CERTID *id = OCSP_cert_to_id(status->digest, x509, issuer);
	ASN1_TIME *revoked = date_of(status->revoked_on);
	ASN1_TIME *this_update = date_of(status->this_update);
	ASN1_TIME *next_update = date_of(status->next_update);
	X509_EXTENSION *extension = critical_extension();
	OCSP_SINGLERESP *single;
	OCSP_RESPONSE *response;
	unsigned char *bytes = NULL;
	int size;

	must(basic != NULL && id != NULL, "begin an OCSP response");
	single = OCSP_basic_add1_status(
	    basic, id, status->status, status->reason, revoked, this_update, next_update);
	must(single != NULL &&
	         (!status->critical_part || OCSP_SINGLERESP_add_ext(single, extension, -1) == 1) &&
	         (!status->critical_whole || OCSP_BASICRESP_add_ext(basic, extension, -1) == 1) &&
	         OCSP_basic_sign(basic, signer->x509, signer->key, EVP_sha256(), NULL, 0) == 1,
	    "fill an OCSP response");
	X509_EXTENSION_free(extension);
	response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
	size = i2d_OCSP_RESPONSE(response, &bytes);
	must(size > 0, "encode an OCSP response");
	OCSP_RESPONSE_free(response);
	ASN1_TIME_free(next_update);
	ASN1_TIME_free(this_update);
	ASN1_TIME_free(revoked);
	OCSP_CERTID_free(id);
	OCSP_BASICRESP_free(basic);
	*length = (size_t)size;
	return bytes;
}

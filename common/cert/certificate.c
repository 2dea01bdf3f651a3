#include "config.h"

#include "cert/certificate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/calendar.h"
#include "base/hex.h"
#include "base/sanitize.h"
#include "base/text.h"

#define SUBJECT_MAX   400 /* bytes kept of a subject or issuer */
#define NAME_MAX_KEPT 255
#define NAMES_MAX     1000 /* alternative names kept */
#define SERIAL_MAX    64   /* bytes of a serial number; RFC 5280 allows 20 */

static char *
taken(struct text *text, bool *complete)
{
	char *chars = text_take(text);

	*complete &= chars != NULL;
	return chars;
}

/* BIO is for scratch: to make one costs as much as to print a name. */
static char *
read_distinguished_name(BIO *bio, const X509_NAME *name, bool *complete)
{
	struct text text = TEXT_EMPTY;
	char *bytes = NULL;
	long length;

	if (bio != NULL && BIO_reset(bio) == 1 &&
	    X509_NAME_print_ex(bio, name, 0, (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB)) >= 0) {
		length = BIO_get_mem_data(bio, &bytes);
		sanitize_add(&text, bytes, (size_t)length, SUBJECT_MAX);
	}
	*complete &= bio != NULL;
	return taken(&text, complete);
}

static char *
read_common_name(const X509_NAME *name, bool *complete)
{
	struct text text = TEXT_EMPTY;
	int index = -1, next;
	unsigned char *utf8 = NULL;
	int length;

	while ((next = X509_NAME_get_index_by_NID(name, NID_commonName, index)) >= 0)
		index = next;
	if (index >= 0) {
		length = ASN1_STRING_to_UTF8(
		    &utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
		if (length > 0)
			sanitize_add(&text, utf8, (size_t)length, SUBJECT_MAX);
		OPENSSL_free(utf8);
	}
	return taken(&text, complete);
}

static char *
read_serial(const X509 *x509, bool *complete)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x509);
	int length = ASN1_STRING_length(serial);
	struct text text = TEXT_EMPTY;

	if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER)
		text_add_char(&text, '-');
	hex_add(&text, ASN1_STRING_get0_data(serial),
	    (size_t)(length < SERIAL_MAX ? length : SERIAL_MAX));
	if (length > SERIAL_MAX)
		text_add(&text, "..");
	return taken(&text, complete);
}

int64_t
certificate_date(const ASN1_TIME *time)
{
	struct tm tm;

	/* Without a time OpenSSL takes it to be now. */
	return time != NULL && ASN1_TIME_to_tm(time, &tm) == 1 ? calendar_seconds(&tm) : 0;
}

static void
add_address(struct text *text, const ASN1_OCTET_STRING *octets)
{
	int length = ASN1_STRING_length(octets);
	char chars[INET6_ADDRSTRLEN];

	if ((length == 4 || length == 16) &&
	    inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(octets), chars,
	        sizeof chars) != NULL)
		text_add(text, chars);
	else
		text_add(text, "?");
}

static void
read_names(X509 *x509, struct facts_certificate *certificate, bool *complete)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x509, NID_subject_alt_name, NULL, NULL);
	int count = names == NULL ? 0 : sk_GENERAL_NAME_num(names);

	if (count > NAMES_MAX)
		count = NAMES_MAX;
	certificate->names = calloc((size_t)count + 1, sizeof *certificate->names);
	*complete &= certificate->names != NULL;
	for (int i = 0; certificate->names != NULL && i < count; i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
		struct text text = TEXT_EMPTY;

		if (name->type == GEN_DNS)
			sanitize_add(&text, ASN1_STRING_get0_data(name->d.dNSName),
			    (size_t)ASN1_STRING_length(name->d.dNSName), NAME_MAX_KEPT);
		else if (name->type == GEN_IPADD)
			add_address(&text, name->d.iPAddress);
		else
			continue;
		/* An empty one is a name all the same: where there is one, the CN is of no account.
		 */
		if (text.length == 0)
			text_add(&text, "?");
		certificate->names[certificate->names_count++] = taken(&text, complete);
	}
	GENERAL_NAMES_free(names);
}

/* Parameters may be written out in place of the name of a curve. */
static void
read_curve(const EVP_PKEY *key, struct facts_certificate *certificate)
{
	if (EVP_PKEY_get_group_name(key, certificate->kind, sizeof certificate->kind, NULL) != 1)
		snprintf(certificate->kind, sizeof certificate->kind, "?");
}

/* What OpenSSL cannot read has at least a name or a number. */
static void
read_algorithm(X509 *x509, struct facts_certificate *certificate)
{
	ASN1_OBJECT *algorithm;

	if (X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, X509_get_X509_PUBKEY(x509)) == 1)
		OBJ_obj2txt(certificate->kind, sizeof certificate->kind, algorithm, 0);
}

static void
read_key(X509 *x509, struct facts_certificate *certificate)
{
	EVP_PKEY *key = X509_get0_pubkey(x509);
	const char *kind = NULL;

	if (key == NULL) {
		read_algorithm(x509, certificate);
		return;
	}
	certificate->key_bits = EVP_PKEY_get_bits(key);
	switch (EVP_PKEY_get_base_id(key)) {
	case EVP_PKEY_RSA:
		certificate->key = FACTS_KEY_RSA;
		kind = "RSA";
		break;
	case EVP_PKEY_RSA_PSS:
		certificate->key = FACTS_KEY_RSA_PSS;
		kind = "RSA-PSS";
		break;
	case EVP_PKEY_DSA:
		certificate->key = FACTS_KEY_DSA;
		kind = "DSA";
		break;
	case EVP_PKEY_EC:
		certificate->key = FACTS_KEY_EC;
		read_curve(key, certificate);
		break;
	case EVP_PKEY_ED25519:
	case EVP_PKEY_ED448:
		certificate->key = FACTS_KEY_EDWARDS;
		kind = EVP_PKEY_is_a(key, "ED25519") ? "Ed25519" : "Ed448";
		break;
	default:
		certificate->key = FACTS_KEY_OTHER;
		read_algorithm(x509, certificate);
	}
	if (kind != NULL)
		snprintf(certificate->kind, sizeof certificate->kind, "%s", kind);
}

static void
read_eku(X509 *x509, struct facts_certificate *certificate, bool *complete)
{
	EXTENDED_KEY_USAGE *usages = X509_get_ext_d2i(x509, NID_ext_key_usage, NULL, NULL);
	int count = usages == NULL ? 0 : sk_ASN1_OBJECT_num(usages);

	certificate->has_eku = usages != NULL;
	certificate->eku = calloc((size_t)count + 1, sizeof *certificate->eku);
	*complete &= certificate->eku != NULL;
	for (int i = 0; certificate->eku != NULL && i < count; i++) {
		struct text text = TEXT_EMPTY;
		char oid[80];

		OBJ_obj2txt(oid, sizeof oid, sk_ASN1_OBJECT_value(usages, i), 1);
		text_add(&text, oid);
		certificate->eku[certificate->eku_count++] = taken(&text, complete);
	}
	EXTENDED_KEY_USAGE_free(usages);
}

/* RSASSA-PSS has its digest not in its name, but among its parameters. */
static char *
read_signature(X509 *x509, bool *complete)
{
	int nid = X509_get_signature_nid(x509), digest = NID_undef;
	const char *algorithm = OBJ_nid2ln(nid);
	struct text text = TEXT_EMPTY;

	text_add(&text, algorithm == NULL ? "unknown" : algorithm);
	if (nid == NID_rsassaPss && X509_get_signature_info(x509, &digest, NULL, NULL, NULL) == 1 &&
	    digest != NID_undef)
		text_format(&text, "-with-%s", OBJ_nid2sn(digest));
	return taken(&text, complete);
}

bool
certificate_read(X509 *x509, struct facts_certificate *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	bool complete = true;

	memset(certificate, 0, sizeof *certificate);
	complete &= X509_digest(x509, EVP_sha1(), certificate->sha1, NULL) == 1;
	complete &= X509_digest(x509, EVP_sha256(), certificate->sha256, NULL) == 1;
	certificate->subject = read_distinguished_name(bio, X509_get_subject_name(x509), &complete);
	certificate->issuer = read_distinguished_name(bio, X509_get_issuer_name(x509), &complete);
	BIO_free(bio);
	certificate->common_name = read_common_name(X509_get_subject_name(x509), &complete);
	certificate->serial = read_serial(x509, &complete);
	certificate->not_before = certificate_date(X509_get0_notBefore(x509));
	certificate->not_after = certificate_date(X509_get0_notAfter(x509));
	certificate->self_issued =
	    X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0;
	certificate->signature = read_signature(x509, &complete);
	read_key(x509, certificate);
	read_names(x509, certificate, &complete);
	read_eku(x509, certificate, &complete);
	return complete;
}

char *
certificate_name(const X509_NAME *name)
{
	bool complete = true;
	char *chars = read_common_name(name, &complete);
	BIO *bio;

	if (chars == NULL || *chars != '\0')
		return chars;
	free(chars);
	bio = BIO_new(BIO_s_mem());
	chars = read_distinguished_name(bio, name, &complete);
	BIO_free(bio);
	if (chars == NULL || *chars != '\0')
		return chars;
	free(chars);
	return strdup("no name");
}

char *
certificate_about(X509 *x509)
{
	return certificate_name(X509_get_subject_name(x509));
}

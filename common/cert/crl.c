#include "cert/crl.h"

#include <limits.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "cert/certificate.h"

/* Whether a critical one of EXTENSIONS, which may be NULL, is none of the COUNT that are KNOWN. */
static bool
holds_unknown(const STACK_OF(X509_EXTENSION) * extensions, const int *known, size_t count)
{
	for (int i = 0; i < sk_X509_EXTENSION_num(extensions); i++) {
		X509_EXTENSION *extension = sk_X509_EXTENSION_value(extensions, i);
		size_t j = 0;
		int nid;

		if (!X509_EXTENSION_get_critical(extension))
			continue; /* as nearly all are, of which there may be millions */
		nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
		while (j < count && known[j] != nid)
			j++;
		if (j == count)
			return true;
	}
	return false;
}

/* A critical extension that is not looked at below forbids to use the list, and one of any entry
 * does so for all (RFC 5280 5.2, 5.3). */
static bool
has_unknown_critical(X509_CRL *crl)
{
	static const int known[] = {
	    NID_authority_key_identifier,
	    NID_crl_number,
	    NID_delta_crl,
	    NID_freshest_crl,
	    NID_issuing_distribution_point,
	};
	static const int of_entries[] = {NID_crl_reason, NID_invalidity_date};
	const STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);

	for (int i = 0; i < sk_X509_REVOKED_num(entries); i++)
		if (holds_unknown(X509_REVOKED_get0_extensions(sk_X509_REVOKED_value(entries, i)),
		        of_entries, sizeof of_entries / sizeof of_entries[0]))
			return true;
	return holds_unknown(X509_CRL_get0_extensions(crl), known, sizeof known / sizeof known[0]);
}

/* Whether a name of the list's own distribution point is among those of POINTS. */
static bool
is_named(const DIST_POINT_NAME *name, const CRL_DIST_POINTS *points)
{
	for (int i = 0; i < sk_DIST_POINT_num(points); i++) {
		const DIST_POINT_NAME *other = sk_DIST_POINT_value(points, i)->distpoint;

		if (other == NULL || other->type != 0)
			continue;
		for (int j = 0; j < sk_GENERAL_NAME_num(name->name.fullname); j++)
			for (int k = 0; k < sk_GENERAL_NAME_num(other->name.fullname); k++)
				if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(name->name.fullname, j),
				        sk_GENERAL_NAME_value(other->name.fullname, k)) == 0)
					return true;
	}
	return false;
}

static bool
holds_url(const DIST_POINT_NAME *name, const char *url)
{
	for (int i = 0; i < sk_GENERAL_NAME_num(name->name.fullname); i++) {
		const GENERAL_NAME *one = sk_GENERAL_NAME_value(name->name.fullname, i);
		const ASN1_IA5STRING *uri = one->d.uniformResourceIdentifier;

		if (one->type == GEN_URI && (size_t)ASN1_STRING_length(uri) == strlen(url) &&
		    memcmp(ASN1_STRING_get0_data(uri), url, strlen(url)) == 0)
			return true;
	}
	return false;
}

/* A large authority splits its list: the part fetched must be that of the certificate, or one who
 * stands between could hide a revocation behind another part. A delta may go by the name that the
 * list has for it: the CA of Windows marks that with a +. */
static bool
is_part_for(X509 *x509, const DIST_POINT_NAME *name, const struct facts_source *facts)
{
	CRL_DIST_POINTS *points;
	bool named;

	if (name == NULL)
		return true;
	points = X509_get_ext_d2i(x509, NID_crl_distribution_points, NULL, NULL);
	named = name->type == 0 && is_named(name, points);
	if (name->type == 0 && facts->kind == FACTS_SOURCE_DELTA)
		named |= holds_url(name, facts->url);
	CRL_DIST_POINTS_free(points);
	return named;
}

/* -1: there is none, or it does not fit. */
static int64_t
number_of(const X509_CRL *crl, int nid)
{
	ASN1_INTEGER *integer = X509_CRL_get_ext_d2i(crl, nid, NULL, NULL);
	int64_t number = -1;
	bool fits = integer != NULL && ASN1_INTEGER_get_int64(&number, integer) == 1;

	ASN1_INTEGER_free(integer);
	return fits && number >= 0 ? number : -1;
}

/* The issuing distribution point: whether the list's scope holds the certificate. */
static enum facts_said
check_scope(X509 *x509, const ISSUING_DIST_POINT *scope, struct facts_source *facts)
{
	bool is_authority = (X509_get_extension_flags(x509) & EXFLAG_CA) != 0;

	if (scope->indirectCRL > 0) {
		facts->words = "an indirect CRL";
		return FACTS_SAID_NOT_JUDGED;
	}
	if (scope->onlysomereasons != NULL) {
		facts->words = "a CRL for some reasons only";
		return FACTS_SAID_NOT_JUDGED;
	}
	if (scope->onlyattr > 0 || (scope->onlyuser > 0 && is_authority) ||
	    (scope->onlyCA > 0 && !is_authority) || !is_part_for(x509, scope->distpoint, facts))
		return FACTS_SAID_OTHER;
	return FACTS_SAID_GOOD;
}

static bool
is_signed_by(X509_CRL *crl, X509 *issuer)
{
	EVP_PKEY *key = X509_get0_pubkey(issuer);

	/* Without a key usage extension everything is allowed: all bits are set then. */
	return key != NULL && (X509_get_key_usage(issuer) & X509v3_KU_CRL_SIGN) != 0 &&
	       X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) == 0 &&
	       X509_CRL_verify(crl, key) == 1;
}

static void
record_revoked(const X509_REVOKED *entry, struct facts_source *facts)
{
	ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);

	if (reason != NULL)
		facts->reason = (int)ASN1_ENUMERATED_get(reason);
	ASN1_ENUMERATED_free(reason);
	facts->revoked_on = certificate_date(X509_REVOKED_get0_revocationDate(entry));
}

/* The list is signed and in scope. Serial numbers are compared as numbers. */
static enum facts_said
look_up(X509_CRL *crl, X509 *x509, struct facts_source *facts)
{
	const int on_list = 1, taken_off = 2;
	X509_REVOKED *entry;
	int found = X509_CRL_get0_by_serial(crl, &entry, X509_get0_serialNumber(x509));

	if (found == taken_off && facts->kind == FACTS_SOURCE_DELTA)
		facts->reason = FACTS_REASON_REMOVED;
	if (found != on_list)
		return FACTS_SAID_GOOD;
	record_revoked(entry, facts);
	return FACTS_SAID_REVOKED;
}

static enum facts_said
read_list(X509_CRL *crl, X509 *x509, X509 *issuer, struct facts_source *facts)
{
	int found;
	ISSUING_DIST_POINT *scope =
	    X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &found, NULL);
	enum facts_said said = FACTS_SAID_GOOD;

	if (scope != NULL)
		said = check_scope(x509, scope, facts);
	else if (found != -1)
		said = FACTS_SAID_GARBAGE;
	ISSUING_DIST_POINT_free(scope);
	/* Who signs an indirect list is named elsewhere. */
	if (said == FACTS_SAID_NOT_JUDGED || said == FACTS_SAID_GARBAGE)
		return said;
	if (!is_signed_by(crl, issuer))
		return FACTS_SAID_BAD_SIGNER;
	if (said != FACTS_SAID_GOOD)
		return said;
	if (facts->kind != FACTS_SOURCE_DELTA &&
	    X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0)
		facts->words = "a delta CRL";
	else if (has_unknown_critical(crl))
		facts->words = "a CRL with a critical extension that is unknown here";
	if (facts->words != NULL)
		return FACTS_SAID_NOT_JUDGED;
	facts->names_a_delta = facts->kind != FACTS_SOURCE_DELTA &&
	                       X509_CRL_get_ext_by_NID(crl, NID_freshest_crl, -1) >= 0;
	return look_up(crl, x509, facts);
}

void
crl_read(const void *bytes, size_t length, X509 *x509, X509 *issuer, struct facts_source *facts)
{
	const unsigned char *at = bytes;
	X509_CRL *crl = NULL;

	ERR_clear_error();
	facts->reason = -1;
	facts->said = FACTS_SAID_GARBAGE;
	if (length <= LONG_MAX)
		crl = d2i_X509_CRL(NULL, &at, (long)length);
	if (crl != NULL) {
		facts->this_update = certificate_date(X509_CRL_get0_lastUpdate(crl));
		facts->next_update = certificate_date(X509_CRL_get0_nextUpdate(crl));
		facts->number = number_of(
		    crl, facts->kind == FACTS_SOURCE_DELTA ? NID_delta_crl : NID_crl_number);
		facts->said = read_list(crl, x509, issuer, facts);
	}
	X509_CRL_free(crl);
	ERR_clear_error();
}

bool
crl_read_freshest(const void *bytes, size_t length, struct points_list *list)
{
	const unsigned char *at = bytes;
	X509_CRL *crl = length <= LONG_MAX ? d2i_X509_CRL(NULL, &at, (long)length) : NULL;
	bool complete = crl != NULL && points_read_freshest(crl, list);

	X509_CRL_free(crl);
	ERR_clear_error();
	return complete;
}

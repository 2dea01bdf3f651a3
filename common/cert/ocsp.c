#include "cert/ocsp.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "cert/certificate.h"

void
ocsp_add_request(struct text *text, X509 *x509, X509 *issuer)
{
	OCSP_REQUEST *request = OCSP_REQUEST_new();
	OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), x509, issuer);
	unsigned char *bytes = NULL;
	int length = -1;

	if (request != NULL && id != NULL && OCSP_request_add0_id(request, id) != NULL) {
		id = NULL;
		length = i2d_OCSP_REQUEST(request, &bytes);
	}
	if (length > 0)
		text_add_bytes(text, bytes, (size_t)length);
	else
		text->failed = true;
	OPENSSL_free(bytes);
	OCSP_CERTID_free(id);
	OCSP_REQUEST_free(request);
}

void
ocsp_add_path(struct text *text, const struct text *request)
{
	static const char base64[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < request->length; i += 3) {
		size_t left = request->length - i;
		uint32_t group = 0;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 | (j < left ? (uint8_t)request->bytes[i + j] : 0);
		for (size_t j = 0; j < 4; j++) {
			char c = '=';

			if (j <= left)
				c = base64[group >> (18 - 6 * j) & 63];

			if (c == '+' || c == '/' || c == '=')
				text_format(text, "%%%02X", c);
			else
				text_add_char(text, c);
		}
	}
}

/* Whether ID names the certificate, with whatever digest it does so. */
static bool
is_about(const OCSP_CERTID *id, X509 *x509, X509 *issuer)
{
	ASN1_OBJECT *algorithm;
	const EVP_MD *digest = NULL;
	OCSP_CERTID *own = NULL;
	bool same;

	if (OCSP_id_get0_info(NULL, &algorithm, NULL, NULL, (OCSP_CERTID *)(uintptr_t)id) == 1)
		digest = EVP_get_digestbyobj(algorithm);
	if (digest != NULL)
		own = OCSP_cert_to_id(digest, x509, issuer);
	same = own != NULL && OCSP_id_cmp(own, id) == 0;
	OCSP_CERTID_free(own);
	return same;
}

static OCSP_SINGLERESP *
find(OCSP_BASICRESP *basic, X509 *x509, X509 *issuer)
{
	for (int i = 0; i < OCSP_resp_count(basic); i++) {
		OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);

		if (is_about(OCSP_SINGLERESP_get0_id(single), x509, issuer))
			return single;
	}
	return NULL;
}

/* The issuer alone is the anchor here: that it is to be trusted itself is judged elsewhere. */
static X509_STORE *
anchor(X509 *issuer, int64_t date)
{
	X509_STORE *store = X509_STORE_new();

	if (store == NULL)
		return NULL;
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)date);
	if (X509_STORE_add_cert(store, issuer) == 1)
		return store;
	X509_STORE_free(store);
	return NULL;
}

/* By the issuer, or by one with a certificate for that from the issuer (RFC 6960 4.2.2.2). */
static bool
is_signed(OCSP_BASICRESP *basic, X509 *issuer, STACK_OF(X509) * chain, int64_t date)
{
	X509_STORE *store = anchor(issuer, date);
	STACK_OF(X509) *known = chain != NULL ? sk_X509_dup(chain) : sk_X509_new_null();
	bool good = false;

	/* First: others of the chain may bear its name. */
	if (store != NULL && known != NULL && sk_X509_unshift(known, issuer) > 0)
		good = OCSP_basic_verify(basic, known, store, OCSP_PARTIAL_CHAIN) == 1;
	sk_X509_free(known);
	X509_STORE_free(store);
	return good;
}

/* Whether it was in order until the responder's certificate expired. */
static bool
was_signed(OCSP_BASICRESP *basic, X509 *issuer, STACK_OF(X509) * chain, int64_t date)
{
	X509 *signer = NULL;
	int64_t until;

	if (OCSP_resp_get0_signer(basic, &signer, NULL) != 1)
		return false;
	until = certificate_date(X509_get0_notAfter(signer));
	return until < date && is_signed(basic, issuer, chain, until - 1);
}

static void
record(OCSP_SINGLERESP *single, struct facts_source *facts)
{
	ASN1_GENERALIZEDTIME *revoked = NULL, *this_update = NULL, *next_update = NULL;
	int reason = -1;
	int status = OCSP_single_get0_status(single, &reason, &revoked, &this_update, &next_update);

	if (this_update != NULL)
		facts->this_update = certificate_date(this_update);
	if (next_update != NULL)
		facts->next_update = certificate_date(next_update);
	facts->said = FACTS_SAID_UNKNOWN;
	if (status == V_OCSP_CERTSTATUS_GOOD)
		facts->said = FACTS_SAID_GOOD;
	if (status != V_OCSP_CERTSTATUS_REVOKED)
		return;
	facts->said = FACTS_SAID_REVOKED;
	facts->reason = reason;
	if (revoked != NULL)
		facts->revoked_on = certificate_date(revoked);
}

static void
read_basic(OCSP_BASICRESP *basic, X509 *x509, X509 *issuer, STACK_OF(X509) * chain, int64_t date,
    struct facts_source *facts)
{
	OCSP_SINGLERESP *single = find(basic, x509, issuer);

	if (!is_signed(basic, issuer, chain, date)) {
		facts->said = FACTS_SAID_BAD_SIGNER;
		if (was_signed(basic, issuer, chain, date))
			facts->words = "signed with a certificate that has expired";
		return;
	}
	if (single == NULL) {
		facts->said = FACTS_SAID_OTHER;
		return;
	}
	record(single, facts);
	if (OCSP_SINGLERESP_get_ext_by_critical(single, 1, -1) < 0 &&
	    OCSP_BASICRESP_get_ext_by_critical(basic, 1, -1) < 0)
		return;
	facts->said = FACTS_SAID_NOT_JUDGED;
	facts->words = "an answer with a critical extension that is unknown here";
}

static const char *
words_of(int status)
{
	switch (status) {
	case OCSP_RESPONSE_STATUS_MALFORMEDREQUEST:
		return "the error malformedRequest";
	case OCSP_RESPONSE_STATUS_INTERNALERROR:
		return "the error internalError";
	case OCSP_RESPONSE_STATUS_TRYLATER:
		return "the error tryLater";
	case OCSP_RESPONSE_STATUS_SIGREQUIRED:
		return "the error sigRequired";
	case OCSP_RESPONSE_STATUS_UNAUTHORIZED:
		/* RFC 5019: it has no answer for this certificate. */
		return "the error unauthorized";
	default:
		return "an unknown error";
	}
}

void
ocsp_read(const void *bytes, size_t length, X509 *x509, X509 *issuer, STACK_OF(X509) * chain,
    int64_t date, struct facts_source *facts)
{
	const unsigned char *at = bytes;
	OCSP_RESPONSE *response = NULL;
	OCSP_BASICRESP *basic = NULL;

	ERR_clear_error();
	facts->reason = -1;
	facts->said = FACTS_SAID_GARBAGE;
	if (length <= LONG_MAX)
		response = d2i_OCSP_RESPONSE(NULL, &at, (long)length);
	if (response != NULL && OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
		facts->said = FACTS_SAID_ERROR;
		facts->words = words_of(OCSP_response_status(response));
	} else if (response != NULL) {
		basic = OCSP_response_get1_basic(response);
	}
	if (basic != NULL)
		read_basic(basic, x509, issuer, chain, date, facts);
	OCSP_BASICRESP_free(basic);
	OCSP_RESPONSE_free(response);
	ERR_clear_error();
}

/* A response says something of a certificate only when its issuer signed it. */
#include "cert/ocsp.h"

#include <openssl/ocsp.h>

#include "fuzz/authority.h"

static struct facts_source
read_response(const uint8_t *bytes, size_t length)
{
	struct facts_source facts = {.kind = FACTS_SOURCE_OCSP};
	uint8_t *exact = fuzz_copy(bytes, length);

	ocsp_read(
	    exact, length, authority()->own, authority()->issuer, NULL, AUTHORITY_DATE, &facts);
	free(exact);
	FUZZ_CLAIM(facts.said > FACTS_SAID_NOTHING && facts.said < FACTS_SAIDS);
	return facts;
}

/* Read the response signed anew, with the issuer's key. */
static void
sign_anew(OCSP_BASICRESP *basic)
{
	OCSP_RESPONSE *response;
	unsigned char *bytes = NULL;
	int length;

	if (OCSP_basic_sign(basic, authority()->issuer, authority()->key, EVP_sha256(), NULL, 0) !=
	    1)
		return;
	response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
	length = response != NULL ? i2d_OCSP_RESPONSE(response, &bytes) : 0;
	if (length > 0)
		read_response(bytes, (size_t)length);
	OPENSSL_free(bytes);
	OCSP_RESPONSE_free(response);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct facts_source facts = read_response(bytes, length);
	const unsigned char *at = bytes;
	OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, (long)length);
	OCSP_BASICRESP *basic = response != NULL ? OCSP_response_get1_basic(response) : NULL;

	if (basic == NULL)
		FUZZ_CLAIM(facts.said == FACTS_SAID_GARBAGE || facts.said == FACTS_SAID_ERROR);
	else
		sign_anew(basic);
	OCSP_BASICRESP_free(basic);
	OCSP_RESPONSE_free(response);
	return 0;
}

/* A list says something of a certificate only when its issuer signed it; one that is signed anew is
 * never refused for its signer. */
#include "cert/crl.h"

#include "fuzz/authority.h"

static void
read_freshest(const uint8_t *bytes, size_t length)
{
	struct points_list list;

	FUZZ_CLAIM(crl_read_freshest(bytes, length, &list));
	FUZZ_CLAIM(list.count <= POINTS_MAX);
	points_list_free(&list);
}

static struct facts_source
read_as(enum facts_source_kind kind, const uint8_t *bytes, size_t length)
{
	static char url[] = "http://crl.example.com/ca+.crl";
	struct facts_source facts = {.kind = kind, .url = url};
	uint8_t *exact = fuzz_copy(bytes, length);

	crl_read(exact, length, authority()->own, authority()->issuer, &facts);
	FUZZ_CLAIM(facts.said > FACTS_SAID_NOTHING && facts.said < FACTS_SAIDS);
	FUZZ_CLAIM((facts.said == FACTS_SAID_NOT_JUDGED) == (facts.words != NULL));
	FUZZ_CLAIM(facts.number >= -1);
	FUZZ_CLAIM(!facts.names_a_delta || kind == FACTS_SOURCE_CRL);
	if (facts.names_a_delta)
		read_freshest(exact, length);
	free(exact);
	return facts;
}

/* As a whole list; what it is taken for does not matter to who signed it. */
static struct facts_source
read_list(const uint8_t *bytes, size_t length)
{
	struct facts_source delta = read_as(FACTS_SOURCE_DELTA, bytes, length);
	struct facts_source whole = read_as(FACTS_SOURCE_CRL, bytes, length);

	FUZZ_CLAIM((delta.said == FACTS_SAID_BAD_SIGNER) == (whole.said == FACTS_SAID_BAD_SIGNER));
	return whole;
}

static bool
answers(const struct facts_source *facts)
{
	return facts->said == FACTS_SAID_GOOD || facts->said == FACTS_SAID_REVOKED;
}

/* The same list under the issuer's signature: what is behind it is reached. */
static void
sign_anew(X509_CRL *crl)
{
	struct facts_source facts;
	unsigned char *bytes = NULL;
	int length;

	if (X509_CRL_set_issuer_name(crl, X509_get_subject_name(authority()->issuer)) != 1 ||
	    X509_CRL_sign(crl, authority()->key, EVP_sha256()) <= 0)
		return;
	length = i2d_X509_CRL(crl, &bytes);
	if (length > 0) {
		facts = read_list(bytes, (size_t)length);
		FUZZ_CLAIM(facts.said != FACTS_SAID_BAD_SIGNER);
	}
	OPENSSL_free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct facts_source facts = read_list(bytes, length);
	const unsigned char *at = bytes;
	X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)length);

	FUZZ_CLAIM((crl == NULL) <= (facts.said == FACTS_SAID_GARBAGE));
	if (answers(&facts))
		FUZZ_CLAIM(X509_CRL_verify(crl, authority()->key) == 1);
	if (crl != NULL)
		sign_anew(crl);
	X509_CRL_free(crl);
	return 0;
}

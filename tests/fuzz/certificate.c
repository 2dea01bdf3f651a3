/* Whatever a certificate holds, its facts are clean text; a chain in any form gives facts or a
 * problem, and a path through it ends. */
#include "cert/certificate.h"
#include "cert/certfile.h"
#include "cert/names.h"
#include "cert/path.h"
#include "cert/points.h"
#include "cert/trust.h"
#include "fuzz/fuzz.h"

static void
claim_clean(const char *chars)
{
	FUZZ_CLAIM(chars != NULL);
	for (; *chars != '\0'; chars++)
		FUZZ_CLAIM((unsigned char)*chars >= ' ' && strchr("|<>\x7F", *chars) == NULL);
}

static void
claim_all_clean(const struct facts_certificate *facts)
{
	claim_clean(facts->subject);
	claim_clean(facts->issuer);
	claim_clean(facts->common_name);
	claim_clean(facts->serial);
	claim_clean(facts->signature);
	for (size_t i = 0; i < facts->names_count; i++)
		claim_clean(facts->names[i]);
	for (size_t i = 0; i < facts->eku_count; i++)
		claim_clean(facts->eku[i]);
}

static void
claim_list(const struct points_list *list)
{
	FUZZ_CLAIM(list->count <= POINTS_MAX);
	FUZZ_CLAIM(list->left_out == 0 || list->count == POINTS_MAX);
	for (size_t i = 0; i < list->count; i++)
		FUZZ_CLAIM(list->urls[i] != NULL);
}

static void
claim_points(X509 *x509)
{
	struct points points;

	FUZZ_CLAIM(points_read(x509, &points));
	claim_list(&points.crl);
	claim_list(&points.ocsp);
	points_free(&points);
}

/* Nobody is met twice, whoever bears whose name. */
static void
claim_path(STACK_OF(X509) * chain)
{
	struct path path;

	FUZZ_CLAIM(path_build(&path, NULL, chain, NULL, false));
	FUZZ_CLAIM(path.count <= PATH_LINKS_MAX && path.count <= (size_t)sk_X509_num(chain));
	FUZZ_CLAIM(path.count == 0 || path.links[0].x509 == sk_X509_value(chain, 0));
	for (size_t i = 0; i < path.count; i++) {
		claim_clean(path.links[i].about);
		for (size_t j = 0; j < i; j++)
			FUZZ_CLAIM(path.links[i].x509 != path.links[j].x509);
	}
	path_free(&path);
}

/* An empty set of anchors, which this file is as good for as any. */
static struct trust *
make_trust(void)
{
	const char *problem;

	setenv("SSL_CERT_DIR", "/nonexistent", 1);
	setenv("SSL_CERT_FILE", "/nonexistent", 1);
	return trust_create(NULL, NULL, &problem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct trust *trust;
	uint8_t *copy = fuzz_copy(bytes, length);
	const char *problem;
	STACK_OF(X509) *chain = certfile_read(copy, length, "", &problem);
	struct facts_tls tls = {.alert = -1};

	free(copy);
	if (trust == NULL)
		FUZZ_CLAIM((trust = make_trust()) != NULL);
	FUZZ_CLAIM((chain == NULL) == (problem != NULL));
	for (int i = 0; i < sk_X509_num(chain); i++) {
		struct facts_certificate facts;

		FUZZ_CLAIM(certificate_read(sk_X509_value(chain, i), &facts));
		claim_all_clean(&facts);
		claim_points(sk_X509_value(chain, i));
		(void)names_match(sk_X509_value(chain, i), "vpn.example.com");
		facts_certificate_free(&facts);
	}
	if (chain != NULL) {
		claim_path(chain);
		trust_check(trust, chain, 1800000000, &tls.trust);
		FUZZ_CLAIM(tls.trust.path_count == 0);
	}
	facts_chain_free(&tls);
	sk_X509_pop_free(chain, X509_free);
	return 0;
}

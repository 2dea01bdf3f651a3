#include "cert/path.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "cert/certificate.h"

/* Whoever of the chain bears the issuer's name. */
static X509 *
namesake(STACK_OF(X509) * chain, X509 *x509)
{
	for (int i = 0; i < sk_X509_num(chain); i++)
		if (X509_check_issued(sk_X509_value(chain, i), x509) == X509_V_OK)
			return sk_X509_value(chain, i);
	return NULL;
}

static bool
is_root(X509 *x509)
{
	return X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0;
}

static bool
add_link(struct path *path, struct trust *trust, X509 *x509)
{
	struct path_link *link = &path->links[path->count];

	if (X509_up_ref(x509) != 1)
		return false;
	path->count++;
	link->x509 = x509;
	if (trust != NULL)
		link->issuer = trust_issuer(trust, path->chain, x509);
	link->about = certificate_about(x509);
	return link->about != NULL && X509_digest(x509, EVP_sha256(), link->sha256, NULL) == 1;
}

bool
path_build(struct path *path, struct trust *trust, STACK_OF(X509) * chain, bool leaf_alone)
{
	X509 *x509 = sk_X509_value(chain, 0);

	memset(path, 0, sizeof *path);
	path->chain = X509_chain_up_ref(chain);
	if (path->chain == NULL)
		return false;
	while (x509 != NULL && !is_root(x509) && path->count < PATH_LINKS_MAX) {
		if (!add_link(path, trust, x509))
			return false;
		x509 = trust != NULL ? path->links[path->count - 1].issuer : namesake(chain, x509);
		if (leaf_alone)
			break;
	}
	return true;
}

void
path_free(struct path *path)
{
	for (size_t i = 0; i < path->count; i++) {
		X509_free(path->links[i].x509);
		X509_free(path->links[i].issuer);
		free(path->links[i].about);
	}
	sk_X509_pop_free(path->chain, X509_free);
	memset(path, 0, sizeof *path);
}

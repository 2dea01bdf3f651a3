#include "cert/path.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "cert/certificate.h"

static bool
is_on(const struct path *path, const X509 *x509)
{
	for (size_t i = 0; i < path->count; i++)
		if (path->links[i].x509 == x509)
			return true;
	return false;
}

/* Whoever of the chain bears the issuer's name, and has not been met: all may bear the same. */
static X509 *
namesake(const struct path *path, X509 *x509)
{
	for (int i = 0; i < sk_X509_num(path->chain); i++) {
		X509 *other = sk_X509_value(path->chain, i);

		if (!is_on(path, other) && X509_check_issued(other, x509) == X509_V_OK)
			return other;
	}
	return NULL;
}

/* A root has signed itself: an authority may bear the name of another, or give it to a server. */
static bool
is_root(X509 *x509)
{
	bool is = X509_self_signed(x509, 1) == 1;

	ERR_clear_error();
	return is;
}

/* The issuer of the last link by the path that was verified; NULL where that was not sent. */
static X509 *
verified_issuer(const struct path *path, const struct facts_trust *verified)
{
	if (verified == NULL || path->count >= verified->path_count)
		return NULL;
	/* NULL also for one that is known here, whose place is behind the chain. */
	return sk_X509_value(path->chain, (int)verified->path[path->count]);
}

/* Without trust to find issuers by. */
static X509 *
next_of(const struct path *path, const struct facts_trust *verified, X509 *x509)
{
	if (verified != NULL && verified->path_count > 0)
		return verified_issuer(path, verified);
	return namesake(path, x509);
}

static bool
add_link(struct path *path, struct trust *trust, const struct facts_trust *verified, X509 *x509)
{
	struct path_link *link = &path->links[path->count];

	if (X509_up_ref(x509) != 1)
		return false;
	path->count++;
	link->x509 = x509;
	if (trust != NULL)
		link->issuer =
		    trust_issuer(trust, path->chain, verified_issuer(path, verified), x509);
	link->about = certificate_about(x509);
	return link->about != NULL && X509_digest(x509, EVP_sha256(), link->sha256, NULL) == 1;
}

bool
path_build(struct path *path, struct trust *trust, STACK_OF(X509) * chain,
    const struct facts_trust *verified, bool leaf_alone)
{
	X509 *x509 = sk_X509_value(chain, 0);

	memset(path, 0, sizeof *path);
	path->chain = X509_chain_up_ref(chain);
	if (path->chain == NULL)
		return false;
	while (x509 != NULL && !is_root(x509) && path->count < PATH_LINKS_MAX) {
		if (!add_link(path, trust, verified, x509))
			return false;
		x509 = trust != NULL ? path->links[path->count - 1].issuer
		                     : next_of(path, verified, x509);
		if (leaf_alone)
			break;
	}
	path->cut = path->count == PATH_LINKS_MAX && x509 != NULL && !is_root(x509);
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

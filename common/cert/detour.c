#include "cert/detour.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

bool
detour_begin(struct detour *detour, STACK_OF(X509) * chain)
{
	detour->left = sk_X509_dup(chain);
	detour->sent_first = false;
	return detour->left != NULL;
}

void
detour_end(struct detour *detour)
{
	sk_X509_free(detour->left);
	detour->left = NULL;
}

/* Whether somebody else who was sent may have issued X509. */
static bool
has_other(const struct detour *detour, X509 *issuer, X509 *x509)
{
	for (int i = 0; i < sk_X509_num(detour->left); i++) {
		X509 *other = sk_X509_value(detour->left, i);

		if (X509_cmp(other, issuer) != 0 && X509_cmp(other, x509) != 0 &&
		    X509_check_issued(other, x509) == X509_V_OK)
			return true;
	}
	return false;
}

/* However often it was sent; false when it was not. */
static bool
leave_out(struct detour *detour, X509 *x509)
{
	int count = sk_X509_num(detour->left);

	for (int i = count - 1; i >= 0; i--)
		if (X509_cmp(sk_X509_value(detour->left, i), x509) == 0)
			sk_X509_delete(detour->left, i);
	return sk_X509_num(detour->left) < count;
}

bool
detour_take(struct detour *detour, STACK_OF(X509) * path)
{
	bool found = false;

	for (int i = sk_X509_num(path) - 1; i > 0 && !found; i--) {
		X509 *issuer = sk_X509_value(path, i);

		if (!has_other(detour, issuer, sk_X509_value(path, i - 1)))
			continue;
		found = leave_out(detour, issuer);
		if (!found && !detour->sent_first)
			found = detour->sent_first = true;
	}
	ERR_clear_error();
	return found;
}

#include "cert/points.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

static bool
add(struct points_list *list, const GENERAL_NAME *name)
{
	const ASN1_IA5STRING *uri = name->d.uniformResourceIdentifier;
	size_t length;

	if (name->type != GEN_URI)
		return true;
	if (list->count == POINTS_MAX) {
		list->left_out++;
		return true;
	}
	length = (size_t)ASN1_STRING_length(uri);
	if (memchr(ASN1_STRING_get0_data(uri), '\0', length) != NULL)
		length = 0;
	list->urls[list->count] = strndup((const char *)ASN1_STRING_get0_data(uri), length);
	return list->urls[list->count] != NULL && ++list->count > 0;
}

/* Frees POINTS, which may be NULL. */
static bool
take_crl(CRL_DIST_POINTS *points, struct points_list *list)
{
	bool complete = true;

	for (int i = 0; i < sk_DIST_POINT_num(points); i++) {
		const DIST_POINT_NAME *name = sk_DIST_POINT_value(points, i)->distpoint;

		/* The other type is a name in a directory, without a protocol to ask it by. */
		if (name == NULL || name->type != 0)
			continue;
		for (int j = 0; j < sk_GENERAL_NAME_num(name->name.fullname); j++)
			complete &= add(list, sk_GENERAL_NAME_value(name->name.fullname, j));
	}
	CRL_DIST_POINTS_free(points);
	return complete;
}

static bool
read_ocsp(X509 *x509, struct points_list *list)
{
	AUTHORITY_INFO_ACCESS *access = X509_get_ext_d2i(x509, NID_info_access, NULL, NULL);
	bool complete = true;

	for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access); i++) {
		const ACCESS_DESCRIPTION *one = sk_ACCESS_DESCRIPTION_value(access, i);

		if (OBJ_obj2nid(one->method) == NID_ad_OCSP)
			complete &= add(list, one->location);
	}
	AUTHORITY_INFO_ACCESS_free(access);
	return complete;
}

bool
points_read(X509 *x509, struct points *points)
{
	bool complete;

	memset(points, 0, sizeof *points);
	complete =
	    take_crl(X509_get_ext_d2i(x509, NID_crl_distribution_points, NULL, NULL), &points->crl);
	return read_ocsp(x509, &points->ocsp) && complete;
}

bool
points_read_freshest(const X509_CRL *crl, struct points_list *list)
{
	memset(list, 0, sizeof *list);
	return take_crl(X509_CRL_get_ext_d2i(crl, NID_freshest_crl, NULL, NULL), list);
}

void
points_list_free(struct points_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->urls[i]);
	list->count = 0;
}

void
points_free(struct points *points)
{
	points_list_free(&points->crl);
	points_list_free(&points->ocsp);
}

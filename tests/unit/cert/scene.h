/*
 * scene - the authorities and certificates that the tests of revocation share.
 *
 *   Root -> Issuing CA -> leaf (serial 00FF: with the sign byte that DER needs)
 *
 * with a CRL distribution point http://crl.example.com/ca.crl and a responder in the leaf.
 */
#ifndef CERT_SCENE_H
#define CERT_SCENE_H

#include "support/pki.h"

#define SCENE_DATE   INT64_C(1800000000) /* the day the tests live in */
#define SCENE_SERIAL "FF"
#define SCENE_URL    "http://crl.example.com/ca.crl"
#define SCENE_POINTS                                                                              \
	"crlDistributionPoints = URI:" SCENE_URL ",URI:ldap:///CN=CA?certificateRevocationList\n" \
	"authorityInfoAccess = caIssuers;URI:http://crl.example.com/ca.crt,"                      \
	"OCSP;URI:http://ocsp.example.com,OCSP;URI:http://ocsp2.example.com/\n"

struct scene {
	struct pki_party root, issuing, leaf;
	struct pki_party impostor; /* another authority by the name of the issuing one */
	struct pki_party stranger; /* a further certificate of the issuing one, serial FE */
};

void scene_make(struct scene *scene);
void scene_free(struct scene *scene);

/* A certificate in it that is valid at SCENE_DATE. */
void scene_add(struct pki_party *party, const char *cn, const char *serial, const char *extensions,
    const struct pki_party *issuer);

#endif

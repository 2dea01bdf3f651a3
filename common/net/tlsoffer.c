#include "config.h"

#include "net/tlsoffer.h"

#include <openssl/x509v3.h>

static bool
apply(SSL_CTX *offer, const struct tlsoffer_settings *settings)
{
	if (settings->wide_open) {
		SSL_CTX_set_options(offer, SSL_OP_LEGACY_SERVER_CONNECT);
		SSL_CTX_set_security_level(offer, 0);
		return SSL_CTX_set_min_proto_version(offer, 0) == 1 &&
		       SSL_CTX_set_max_proto_version(offer, 0) == 1 &&
		       SSL_CTX_set_cipher_list(offer, "ALL") == 1;
	}
	if (settings->no_tickets)
		SSL_CTX_set_options(offer, SSL_OP_NO_TICKET);
	if (settings->staple)
		SSL_CTX_set_tlsext_status_type(offer, TLSEXT_STATUSTYPE_ocsp);
	if (settings->legacy_renegotiation)
		SSL_CTX_set_options(offer, SSL_OP_LEGACY_SERVER_CONNECT);
	if (settings->security_level >= 0)
		SSL_CTX_set_security_level(offer, settings->security_level);
	if (settings->version_min != 0 &&
	    SSL_CTX_set_min_proto_version(offer, settings->version_min) != 1)
		return false;
	return settings->version_max == 0 ||
	       SSL_CTX_set_max_proto_version(offer, settings->version_max) == 1;
}

SSL_CTX *
tlsoffer_create(const struct tlsoffer_settings *settings, char *reason, size_t size)
{
	SSL_CTX *offer = tls_prepare();

	if (offer != NULL && apply(offer, settings))
		return offer;
	tls_describe_error(reason, size);
	SSL_CTX_free(offer);
	return NULL;
}

void
tlsoffer_destroy(SSL_CTX *offer)
{
	/* Without TLS none of libssl's code is called, nor taken into memory. */
	if (offer != NULL)
		SSL_CTX_free(offer);
}

void
tlsoffer_range(SSL_CTX *offer, int *low, int *high)
{
	*low = (int)SSL_CTX_get_min_proto_version(offer);
	*high = (int)SSL_CTX_get_max_proto_version(offer);
	if (*high == 0)
		*high = TLS1_3_VERSION;
	/* Versions before 1.2 need SHA-1 signatures, which security level 1 already forbids. */
	if (*low < TLS1_2_VERSION && SSL_CTX_get_security_level(offer) >= 1)
		*low = TLS1_2_VERSION;
	if (*low == 0)
		*low = TLS1_VERSION;
}

static bool
is_old_digest(int nid)
{
	return nid == NID_md5 || nid == NID_sha1 || nid == NID_md5_sha1;
}

/* In the server's own signature, or below the root of its chain. */
static bool
has_old_signature(SSL *ssl, STACK_OF(X509) * chain)
{
	int nid;

	if (SSL_get_peer_signature_nid(ssl, &nid) == 1 && is_old_digest(nid))
		return true;
	for (int i = 0; i < sk_X509_num(chain); i++) {
		X509 *x509 = sk_X509_value(chain, i);

		if (X509_get_signature_info(x509, &nid, NULL, NULL, NULL) == 1 &&
		    is_old_digest(nid) && (X509_get_extension_flags(x509) & EXFLAG_SS) == 0)
			return true;
	}
	return false;
}

static bool
offers_cipher(SSL_CTX *offer, const SSL_CIPHER *cipher)
{
	SSL *ssl = SSL_new(offer);
	STACK_OF(SSL_CIPHER) *offered = ssl == NULL ? NULL : SSL_get1_supported_ciphers(ssl);
	bool found = offered != NULL && sk_SSL_CIPHER_find(offered, cipher) >= 0;

	sk_SSL_CIPHER_free(offered);
	SSL_free(ssl);
	return found;
}

/* Whether the server's share of the key exchange is as strong as OFFER asks for; not, where it may
 * be its group that was not offered. */
static bool
is_strong_enough(SSL_CTX *offer, SSL *ssl)
{
	static const int bits[] = {0, 80, 112, 128, 192, 256};
	int level = SSL_CTX_get_security_level(offer), strength;
	EVP_PKEY *share;

	if (level <= 0 || SSL_get_peer_tmp_key(ssl, &share) != 1)
		return true;
	strength = EVP_PKEY_get_security_bits(share);
	EVP_PKEY_free(share);
	return strength >= bits[level < 5 ? level : 5];
}

bool
tlsoffer_covers(SSL_CTX *offer, const struct tls *tls)
{
	SSL *ssl = tls_ssl(tls);
	int version = SSL_version(ssl), low, high;

	tlsoffer_range(offer, &low, &high);
	return version >= low && version <= high && !has_old_signature(ssl, tls_chain(tls)) &&
	       is_strong_enough(offer, ssl) && offers_cipher(offer, SSL_get_current_cipher(ssl));
}

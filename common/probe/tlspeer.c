#include "config.h"

#include "probe/tlspeer.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "cert/certificate.h"
#include "cert/trust.h"
#include "net/memory.h"
#include "net/tls.h"
#include "probe/handshake.h"

#define FILE_MAX (1 << 20) /* bytes of a file with a certificate or a key */

struct tlspeer_context {
	SSL_CTX *ssl_ctx;
	struct trust *trust;
	char *server_name;
	bool has_certificate;
	struct facts_certificate certificate;
};

struct tlspeer {
	struct tlspeer_context *context;
	SSL *ssl;
	BIO *in, *out; /* owned by SSL */
	struct facts_tls *facts;
	int64_t date;
	bool failed;
};

/* ---- the context ---- */

/* A passphrase that is missing is not asked for on the terminal. */
static int
give_passphrase(char *room, int size, int writing, void *passphrase)
{
	size_t length = passphrase == NULL ? 0 : strlen(passphrase);

	(void)writing;
	if (passphrase == NULL || length > (size_t)size)
		return -1;
	for (size_t i = 0; i < length; i++)
		room[i] = ((const char *)passphrase)[i];
	return (int)length;
}

/* All of a file, in which there may be a key: no buffer of anybody else's shall keep that. Nothing
 * when it cannot be read. The caller frees it. */
static struct text
read_file(const char *path)
{
	struct text bytes = {.secret = true};

	if (!file_read_path(path, FILE_MAX, &bytes))
		text_cut(&bytes, 0);
	return bytes;
}

/* NULL when it is none. */
static PKCS12 *
read_pkcs12(const struct text *bytes)
{
	const unsigned char *at = (const unsigned char *)text_chars(bytes);

	return d2i_PKCS12(NULL, &at, (long)bytes->length);
}

/* Certificate, key and chain are in it. OpenSSL 3 has left behind what Windows long wrote: RC2. */
static const char *
use_pkcs12(SSL_CTX *ssl_ctx, PKCS12 *pkcs12, const char *passphrase)
{
	const char *problem = NULL;
	STACK_OF(X509) *chain = NULL;
	EVP_PKEY *key = NULL;
	X509 *x509 = NULL;

	if (PKCS12_mac_present(pkcs12) != 1)
		problem = "--eap-cert takes PKCS#12 with a MAC: export it anew, without -nomac";
	else if (PKCS12_parse(pkcs12, passphrase, &key, &x509, &chain) != 1)
		problem =
		    PKCS12_verify_mac(pkcs12, passphrase, -1) == 1
		        ? "--eap-cert: the passphrase opens the PKCS#12 file, and OpenSSL does not read what it is encrypted with: export it with AES256"
		        : "--eap-cert: the PKCS#12 file does not open with this passphrase";
	else if (key == NULL || x509 == NULL ||
	         SSL_CTX_use_cert_and_key(ssl_ctx, x509, key, chain, 1) != 1)
		problem = "--eap-cert: the PKCS#12 file holds no certificate with its private key";
	sk_X509_pop_free(chain, X509_free);
	X509_free(x509);
	EVP_PKEY_free(key);
	return problem;
}

/* NULL when there is none that can be read. */
static EVP_PKEY *
read_key(const struct text *bytes, const char *passphrase)
{
	BIO *bio = BIO_new_mem_buf(text_chars(bytes), (int)bytes->length);
	EVP_PKEY *key = NULL;

	if (bio != NULL)
		key = PEM_read_bio_PrivateKey(
		    bio, NULL, give_passphrase, (void *)(uintptr_t)passphrase);
	BIO_free(bio);
	return key;
}

/* BESIDE: what the certificate was in. */
static const char *
use_key(SSL_CTX *ssl_ctx, const struct tlspeer_settings *settings, const struct text *beside)
{
	bool apart = settings->key != NULL, failed, used;
	struct text bytes = apart ? read_file(settings->key) : (struct text)TEXT_EMPTY;
	EVP_PKEY *key = read_key(apart ? &bytes : beside, settings->passphrase);

	failed = text_failed(&bytes);
	text_free(&bytes);
	if (failed) {
		EVP_PKEY_free(key);
		return text_no_memory;
	}
	if (key == NULL)
		return apart
		           ? "--eap-key takes a file with the private key of --eap-cert, PEM, that its passphrase opens"
		           : "--eap-cert holds no private key that can be read: give --eap-key, or its passphrase";
	used = SSL_CTX_use_PrivateKey(ssl_ctx, key) == 1 && SSL_CTX_check_private_key(ssl_ctx) == 1;
	EVP_PKEY_free(key);
	return used
	           ? NULL
	           : "--eap-key takes the private key of --eap-cert, and this one belongs to another";
}

/* The first certificate in BIO is the client's own, the others lead to its authority. */
static bool
use_chain(SSL_CTX *ssl_ctx, BIO *bio)
{
	X509 *x509 = PEM_read_bio_X509_AUX(bio, NULL, give_passphrase, NULL);
	bool used = x509 != NULL && SSL_CTX_use_certificate(ssl_ctx, x509) == 1;

	X509_free(x509);
	while (used && (x509 = PEM_read_bio_X509(bio, NULL, give_passphrase, NULL)) != NULL) {
		used = SSL_CTX_add0_chain_cert(ssl_ctx, x509) == 1;
		if (!used)
			X509_free(x509);
	}
	/* Whether that was the end. */
	return used && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

static const char *
use_pem(SSL_CTX *ssl_ctx, const struct tlspeer_settings *settings, const struct text *bytes)
{
	BIO *bio = BIO_new_mem_buf(text_chars(bytes), (int)bytes->length);
	bool used = bio != NULL && use_chain(ssl_ctx, bio);

	BIO_free(bio);
	return used ? use_key(ssl_ctx, settings, bytes)
	            : "--eap-cert takes a file with a certificate, PEM or PKCS#12";
}

static const char *
use_certificate(struct tlspeer_context *context, const struct tlspeer_settings *settings)
{
	const char *problem;
	struct text bytes;
	PKCS12 *pkcs12;

	if (settings->certificate == NULL)
		return NULL;
	memory_watch(true);
	bytes = read_file(settings->certificate);
	pkcs12 = read_pkcs12(&bytes);
	if (pkcs12 != NULL)
		problem = use_pkcs12(context->ssl_ctx, pkcs12,
		    settings->passphrase == NULL ? "" : settings->passphrase);
	else
		problem = use_pem(context->ssl_ctx, settings, &bytes);
	PKCS12_free(pkcs12);
	if (text_failed(&bytes))
		problem = text_no_memory;
	text_free(&bytes);
	return problem;
}

/* Windows shows one for any purpose as well. */
static bool
is_for_clients(X509 *x509)
{
	return X509_check_purpose(x509, X509_PURPOSE_SSL_CLIENT, 0) == 1 ||
	       ((X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) != 0 &&
	           (X509_get_extended_key_usage(x509) & XKU_ANYEKU) != 0);
}

/* What a server would refuse anyhow is said before anybody is called. */
static const char *
check_certificate(X509 *x509)
{
	if (X509_cmp_current_time(X509_get0_notAfter(x509)) < 0)
		return "--eap-cert takes a certificate that is valid, and this one has expired";
	if (X509_cmp_current_time(X509_get0_notBefore(x509)) > 0)
		return "--eap-cert takes a certificate that is valid, and this one is not yet";
	if (!is_for_clients(x509))
		return "--eap-cert takes a certificate for clients (extended key usage clientAuth)";
	return NULL;
}

/* What goes wrong in here is told as the server's untrusted certificate, by facts_tls. */
static int
check_server(X509_STORE_CTX *store_ctx, void *unused)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store_ctx, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tlspeer *tlspeer = ssl == NULL ? NULL : SSL_get_app_data(ssl);
	struct facts_tls *facts;

	(void)unused;
	/* There was no memory to say whose it is. */
	if (tlspeer == NULL) {
		X509_STORE_CTX_set_error(store_ctx, X509_V_ERR_OUT_OF_MEM);
		return 0;
	}
	facts = tlspeer->facts;
	if (!handshake_record_chain(X509_STORE_CTX_get0_untrusted(store_ctx),
	        tlspeer->context->trust, tlspeer->date, tlspeer->context->server_name, facts))
		X509_STORE_CTX_set_error(store_ctx, X509_V_ERR_OUT_OF_MEM);
	else if (facts->trust.errors_count > 0)
		X509_STORE_CTX_set_error(store_ctx, facts->trust.errors[0].code);
	else if (facts->name_match != FACTS_NAME_MATCHES &&
	         facts->name_match != FACTS_NAME_BY_COMMON_NAME)
		X509_STORE_CTX_set_error(store_ctx, X509_V_ERR_HOSTNAME_MISMATCH);
	else
		return 1;
	return 0;
}

static void
record_alert(const SSL *ssl, int where, int value)
{
	struct tlspeer *tlspeer = SSL_get_app_data(ssl);

	if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && value >> 8 == SSL3_AL_FATAL)
		tlspeer->facts->alert = value & 0xff;
}

/* Called when the server asks for a certificate, whether there is one or not. */
static int
note_request(SSL *ssl, void *unused)
{
	struct tlspeer *tlspeer = SSL_get_app_data(ssl);

	(void)unused;
	tlspeer->facts->certificate_requested = true;
	return 1;
}

static const char *
set_up(struct tlspeer_context *context, const struct tlspeer_settings *settings)
{
	const char *problem = NULL;

	context->ssl_ctx = SSL_CTX_new(TLS_client_method());
	context->server_name = strdup(settings->server_name);
	if (context->ssl_ctx == NULL || context->server_name == NULL)
		return text_no_memory;
	context->trust = trust_create(settings->ca_file, NULL, &problem);
	if (context->trust == NULL)
		return problem == NULL ? text_no_memory
		                       : "--eap-ca-file takes a PEM file with certificates";
	if (SSL_CTX_set_max_proto_version(context->ssl_ctx, settings->version_max) != 1)
		return "--eap-tls-max takes a version that OpenSSL knows";
	problem = use_certificate(context, settings);
	if (problem != NULL)
		return problem;
	if (settings->certificate != NULL)
		problem = check_certificate(SSL_CTX_get0_certificate(context->ssl_ctx));
	if (problem != NULL)
		return problem;
	if (settings->certificate != NULL &&
	    !certificate_read(SSL_CTX_get0_certificate(context->ssl_ctx), &context->certificate))
		return text_no_memory;
	context->has_certificate = settings->certificate != NULL;
	/* A new handshake would ask for the credential again, and what a server says may be a
	 * password that it was told. */
	SSL_CTX_set_options(context->ssl_ctx,
	    SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_CLEANSE_PLAINTEXT);
	SSL_CTX_set_session_cache_mode(context->ssl_ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_verify(context->ssl_ctx, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_cert_verify_callback(context->ssl_ctx, check_server, NULL);
	SSL_CTX_set_cert_cb(context->ssl_ctx, note_request, NULL);
	SSL_CTX_set_info_callback(context->ssl_ctx, record_alert);
	return NULL;
}

struct tlspeer_context *
tlspeer_context_create(const struct tlspeer_settings *settings, const char **problem)
{
	struct tlspeer_context *context = calloc(1, sizeof *context);

	*problem = context == NULL ? text_no_memory : set_up(context, settings);
	ERR_clear_error();
	if (*problem == NULL)
		return context;
	tlspeer_context_destroy(context);
	return NULL;
}

void
tlspeer_context_destroy(struct tlspeer_context *context)
{
	if (context == NULL)
		return;
	facts_certificate_free(&context->certificate);
	trust_destroy(context->trust);
	SSL_CTX_free(context->ssl_ctx);
	free(context->server_name);
	free(context);
}

const struct facts_certificate *
tlspeer_certificate(const struct tlspeer_context *context)
{
	return context->has_certificate ? &context->certificate : NULL;
}

/* ---- a connection ---- */

struct tlspeer *
tlspeer_create(struct tlspeer_context *context, struct facts_tls *facts, int64_t date)
{
	struct tlspeer *tlspeer = calloc(1, sizeof *tlspeer);

	if (tlspeer == NULL)
		return NULL;
	ERR_clear_error();
	facts->alert = -1;
	tlspeer->context = context;
	tlspeer->facts = facts;
	tlspeer->date = date;
	tlspeer->ssl = SSL_new(context->ssl_ctx);
	tlspeer->in = BIO_new(BIO_s_mem());
	tlspeer->out = BIO_new(BIO_s_mem());
	if (tlspeer->ssl == NULL || tlspeer->in == NULL || tlspeer->out == NULL) {
		BIO_free(tlspeer->in);
		BIO_free(tlspeer->out);
		SSL_free(tlspeer->ssl);
		free(tlspeer);
		return NULL;
	}
	/* An empty one is not at its end: more will come. */
	BIO_set_mem_eof_return(tlspeer->in, -1);
	SSL_set_bio(tlspeer->ssl, tlspeer->in, tlspeer->out);
	SSL_set_app_data(tlspeer->ssl, tlspeer);
	SSL_set_connect_state(tlspeer->ssl);
	return tlspeer;
}

void
tlspeer_destroy(struct tlspeer *tlspeer)
{
	if (tlspeer == NULL)
		return;
	SSL_free(tlspeer->ssl);
	free(tlspeer);
}

/* The words that tell what OpenSSL stumbled over. */
static void
fail(struct tlspeer *tlspeer)
{
	struct facts_tls *facts = tlspeer->facts;

	tlspeer->failed = true;
	if (facts->alert >= 0)
		snprintf(facts->reason, sizeof facts->reason, "alert %d, %s", facts->alert,
		    SSL_alert_desc_string_long(facts->alert));
	else if (ERR_peek_error() == 0)
		snprintf(facts->reason, sizeof facts->reason, "the server ended TLS");
	else
		tls_describe_error(facts->reason, sizeof facts->reason);
}

static void
take_out(struct tlspeer *tlspeer, struct text *out)
{
	char *bytes = NULL;
	long length = BIO_get_mem_data(tlspeer->out, &bytes);

	if (length > 0)
		text_add_bytes(out, bytes, (size_t)length);
	(void)BIO_reset(tlspeer->out);
}

/* Whether it waits for more of the server's; else it has failed. */
static bool
waits(struct tlspeer *tlspeer, int returned)
{
	if (SSL_get_error(tlspeer->ssl, returned) == SSL_ERROR_WANT_READ)
		return true;
	fail(tlspeer);
	return false;
}

enum tlspeer_state
tlspeer_feed(struct tlspeer *tlspeer, const void *bytes, size_t length, struct text *out)
{
	struct facts_tls *facts = tlspeer->facts;
	int returned;

	if (tlspeer->failed)
		return TLSPEER_FAILED;
	ERR_clear_error();
	if (length > 0 && BIO_write(tlspeer->in, bytes, (int)length) != (int)length) {
		fail(tlspeer);
		return TLSPEER_FAILED;
	}
	if (facts->done)
		return TLSPEER_UP;
	returned = SSL_do_handshake(tlspeer->ssl);
	take_out(tlspeer, out);
	if (returned != 1)
		return waits(tlspeer, returned) ? TLSPEER_GOING : TLSPEER_FAILED;
	facts->done = true;
	snprintf(facts->version, sizeof facts->version, "%s", SSL_get_version(tlspeer->ssl));
	snprintf(facts->cipher, sizeof facts->cipher, "%s", SSL_get_cipher_name(tlspeer->ssl));
	return TLSPEER_UP;
}

bool
tlspeer_read(struct tlspeer *tlspeer, struct text *plain, struct text *out)
{
	char bytes[1024];
	size_t taken;
	int returned;

	if (tlspeer->failed)
		return false;
	ERR_clear_error();
	while ((returned = SSL_read_ex(tlspeer->ssl, bytes, sizeof bytes, &taken)) == 1)
		text_add_bytes(plain, bytes, taken);
	secret_wipe(bytes, sizeof bytes);
	if (waits(tlspeer, returned))
		return true;
	take_out(tlspeer, out);
	return false;
}

bool
tlspeer_write(struct tlspeer *tlspeer, const void *bytes, size_t length, struct text *out)
{
	size_t taken;

	if (tlspeer->failed)
		return false;
	ERR_clear_error();
	if (SSL_write_ex(tlspeer->ssl, bytes, length, &taken) != 1) {
		fail(tlspeer);
		return false;
	}
	take_out(tlspeer, out);
	return true;
}

/* RFC 5216 2.3 has no context, which is another thing than an empty one; RFC 9190 2.3 has the type
 * for its context, and keys of another length would be other keys. */
bool
tlspeer_export(struct tlspeer *tlspeer, uint8_t type, uint8_t keys[TLSPEER_KEYS])
{
	static const char label[] = "client EAP encryption";
	static const char label_13[] = "EXPORTER_EAP_TLS_Key_Material";

	ERR_clear_error();
	if (SSL_version(tlspeer->ssl) >= TLS1_3_VERSION)
		return SSL_export_keying_material(tlspeer->ssl, keys, TLSPEER_KEYS, label_13,
		           sizeof label_13 - 1, &type, 1, 1) == 1;
	return SSL_export_keying_material(
	           tlspeer->ssl, keys, TLSPEER_KEYS, label, sizeof label - 1, NULL, 0, 0) == 1;
}

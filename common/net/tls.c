#include "config.h"

#include "net/tls.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define CHAIN_MAX (1 << 20) /* bytes of what a server shows */
#define TURN_MAX  (1 << 16) /* bytes that are read in one call of ours, and a record more */

struct tls {
	SSL *ssl;
	STACK_OF(X509) * chain;
	int alert;
	int error; /* errno */
	bool certificate_requested;
	bool no_memory; /* the chain could not be kept */
	char reason[120];
	unsigned char first[16]; /* what came from the server before anything else */
	size_t first_length;
	size_t turn; /* bytes that were read in this call */
	tls_watcher *watcher;
	void *watcher_owner;
};

/* OpenSSL's texts cost three million instructions to load, so only a failure does it. */
void
tls_describe_error(char *reason, size_t size)
{
	static bool loaded;
	unsigned long code = ERR_peek_error();
	const char *words;

	if (!loaded) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
		ERR_load_SSL_strings();
		ERR_load_X509_strings();
		ERR_load_EVP_strings();
		/* of a certificate that cannot be read */
		ERR_load_ASN1_strings();
#pragma GCC diagnostic pop
		loaded = true;
	}
	words = code == 0 ? NULL : ERR_reason_error_string(code);
	/* Those of a provider have no words; what OpenSSL made of them comes behind. */
	while (words == NULL && ERR_get_error() != 0)
		words = ERR_reason_error_string(ERR_peek_error());
	if (words != NULL)
		snprintf(reason, size, "%s", words);
	else
		snprintf(reason, size, "error %lx", code);
}

/* Keep the chain in the moment it arrives: it is a fact whatever becomes of the handshake. Whether
 * it can be trusted is judged elsewhere, afterwards. */
static int
record_chain(X509_STORE_CTX *store_ctx, void *unused)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store_ctx, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls *tls = ssl == NULL ? NULL : SSL_get_app_data(ssl);
	STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store_ctx);

	(void)unused;
	/* There was no memory to say whose it is. */
	if (tls == NULL)
		return 0;
	if (tls->chain == NULL && sent != NULL) {
		tls->chain = X509_chain_up_ref(sent);
		tls->no_memory = tls->chain == NULL;
	}
	return 1;
}

static int
refuse_client_certificate(SSL *ssl, X509 **certificate, EVP_PKEY **key)
{
	struct tls *tls = SSL_get_app_data(ssl);

	(void)certificate;
	(void)key;
	tls->certificate_requested = true;
	return 0;
}

static void
record_alert(const SSL *ssl, int where, int value)
{
	struct tls *tls = SSL_get_app_data(ssl);

	if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && value >> 8 == SSL3_AL_FATAL)
		tls->alert = value & 0xff;
}

static void
record_first_bytes(struct tls *tls, const char *bytes, size_t length)
{
	size_t room = sizeof tls->first - tls->first_length;
	size_t taken = length < room ? length : room;

	memcpy(tls->first + tls->first_length, bytes, taken);
	tls->first_length += taken;
}

/* OpenSSL reads on for as long as there are messages that it skips, such as a HelloRequest within a
 * handshake: a server that floods us with them would hold us, and all others in the loop, beyond
 * the deadline. What it would read after TURN_MAX is for the next call. */
static long
mind_reading(BIO *bio, int operation, const char *bytes, size_t length, int argi, long argl,
    int result, size_t *processed)
{
	struct tls *tls = (struct tls *)BIO_get_callback_arg(bio);

	(void)length;
	(void)argi;
	(void)argl;
	if (operation == BIO_CB_READ && tls->turn >= TURN_MAX) {
		BIO_set_retry_read(bio);
		return -1;
	}
	if (operation != (BIO_CB_READ | BIO_CB_RETURN) || result <= 0 || processed == NULL)
		return result;
	tls->turn += *processed;
	record_first_bytes(tls, bytes, *processed);
	return result;
}

SSL_CTX *
tls_prepare(void)
{
	SSL_CTX *context;

	/* The configuration file is loaded all the same: it holds the system's crypto policy. */
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_SSL_STRINGS | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
	                     OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ATEXIT,
	    NULL);
	ERR_clear_error();
	context = SSL_CTX_new(TLS_client_method());
	if (context == NULL)
		return NULL;
	SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
	                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
	                              SSL_MODE_RELEASE_BUFFERS);
	/* Else a chain over 100 KiB is refused as a fault of the handshake, before anybody saw it.
	 */
	SSL_CTX_set_max_cert_list(context, CHAIN_MAX);
	/* Else one read goes on for as long as a server sends key updates or tickets. */
	SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
	/* What a server says may be a password that it was told. */
	SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_CLEANSE_PLAINTEXT);
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_cert_verify_callback(context, record_chain, NULL);
	SSL_CTX_set_client_cert_cb(context, refuse_client_certificate);
	SSL_CTX_set_info_callback(context, record_alert);
	return context;
}

/* What SSL_set_tlsext_host_name() does, without its cast. */
static long
set_server_name(SSL *ssl, const char *name)
{
	return SSL_ctrl(
	    ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, (void *)(uintptr_t)name);
}

struct tls *
tls_create(SSL_CTX *context, int descriptor, const char *sni)
{
	struct tls *tls = calloc(1, sizeof *tls);

	if (tls == NULL)
		return NULL;
	ERR_clear_error();
	tls->alert = -1;
	tls->ssl = SSL_new(context);
	if (tls->ssl == NULL || SSL_set_fd(tls->ssl, descriptor) != 1 ||
	    (sni != NULL && set_server_name(tls->ssl, sni) != 1)) {
		tls_destroy(tls);
		return NULL;
	}
	SSL_set_app_data(tls->ssl, tls);
	SSL_set_connect_state(tls->ssl);
	BIO_set_callback_arg(SSL_get_rbio(tls->ssl), (char *)tls);
	BIO_set_callback_ex(SSL_get_rbio(tls->ssl), mind_reading);
	return tls;
}

void
tls_destroy(struct tls *tls)
{
	if (tls == NULL)
		return;
	SSL_free(tls->ssl);
	sk_X509_pop_free(tls->chain, X509_free);
	free(tls);
}

/* Records and their padding are told of too, by numbers of the library's own. */
static void
tell_watcher(
    int sent, int version, int content, const void *bytes, size_t length, SSL *ssl, void *owner)
{
	struct tls *tls = owner;

	(void)version;
	(void)ssl;
	if (content >= SSL3_RT_CHANGE_CIPHER_SPEC && content <= SSL3_RT_HANDSHAKE)
		tls->watcher(tls->watcher_owner, sent != 0, content, bytes, length);
}

void
tls_watch(struct tls *tls, tls_watcher *watcher, void *owner)
{
	tls->watcher = watcher;
	tls->watcher_owner = owner;
	SSL_set_msg_callback(tls->ssl, tell_watcher);
	SSL_set_msg_callback_arg(tls->ssl, tls);
}

/* A TLS record begins with a content type (RFC 8446 5.1) and major version 3. */
static bool
looks_like_tls(const struct tls *tls)
{
	if (tls->first_length == 0)
		return true;
	if (tls->first[0] < 20 || tls->first[0] > 24)
		return false;
	return tls->first_length < 2 || tls->first[1] == 3;
}

/* OpenSSL stops after the five bytes of a record's header; what is there tells more. */
static void
read_more_first_bytes(struct tls *tls)
{
	ssize_t count = recv(SSL_get_fd(tls->ssl), tls->first + tls->first_length,
	    sizeof tls->first - tls->first_length, MSG_DONTWAIT);

	if (count > 0)
		tls->first_length += (size_t)count;
}

/* What the library stumbled over: the server's doing, or ours. */
static enum tls_result
whose_fault(unsigned long code)
{
	switch (ERR_GET_REASON(code)) {
	case ERR_R_MALLOC_FAILURE:
		return TLS_NO_MEMORY;
	case SSL_R_NO_PROTOCOLS_AVAILABLE:
	case SSL_R_NO_CIPHERS_AVAILABLE:
	case ERR_R_INTERNAL_ERROR:
		return TLS_OURS;
	default:
		return TLS_REFUSED;
	}
}

static enum tls_result
result_of(struct tls *tls, int returned)
{
	int saved = errno;
	int error = SSL_get_error(tls->ssl, returned);
	enum tls_result whose;

	if (error == SSL_ERROR_WANT_READ)
		return TLS_WANT_READ;
	if (error == SSL_ERROR_WANT_WRITE)
		return TLS_WANT_WRITE;
	tls->error = error == SSL_ERROR_SYSCALL ? saved : 0;
	if (tls->alert >= 0) {
		snprintf(tls->reason, sizeof tls->reason, "alert %d, %s", tls->alert,
		    SSL_alert_desc_string_long(tls->alert));
		return TLS_ALERT;
	}
	if (error == SSL_ERROR_ZERO_RETURN)
		return TLS_EOF;
	if (error == SSL_ERROR_SYSCALL) {
		if (saved == ECONNRESET || saved == EPIPE)
			return TLS_RESET;
		return saved == 0 ? TLS_EOF : TLS_SYSTEM;
	}
	if (!looks_like_tls(tls)) {
		read_more_first_bytes(tls);
		return TLS_NOT_TLS;
	}
	if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
		return TLS_EOF;
	whose = whose_fault(ERR_peek_error());
	tls_describe_error(tls->reason, sizeof tls->reason);
	return whose;
}

/* OpenSSL's error queue is shared by all connections, and errno is only set when it is needed. */
static void
begin_call(struct tls *tls)
{
	tls->turn = 0;
	ERR_clear_error();
	errno = 0;
}

enum tls_result
tls_handshake(struct tls *tls)
{
	int returned;

	begin_call(tls);
	returned = SSL_do_handshake(tls->ssl);
	return returned == 1 ? TLS_DONE : result_of(tls, returned);
}

enum tls_result
tls_read(struct tls *tls, void *bytes, size_t room, size_t *taken)
{
	int returned;

	begin_call(tls);
	returned = SSL_read_ex(tls->ssl, bytes, room, taken);
	return returned == 1 ? TLS_DONE : result_of(tls, returned);
}

enum tls_result
tls_write(struct tls *tls, const void *bytes, size_t length, size_t *taken)
{
	int returned;

	begin_call(tls);
	returned = SSL_write_ex(tls->ssl, bytes, length, taken);
	return returned == 1 ? TLS_DONE : result_of(tls, returned);
}

/* struct tls_session is OpenSSL's SSL_SESSION under another name: what is above need not know. */
static SSL_SESSION *
session_of(const struct tls_session *session)
{
	return (SSL_SESSION *)(uintptr_t)session;
}

struct tls_session *
tls_session_take(const struct tls *tls)
{
	SSL_SESSION *session = SSL_get1_session(tls->ssl);

	if (session != NULL && SSL_SESSION_is_resumable(session) != 1) {
		SSL_SESSION_free(session);
		session = NULL;
	}
	return (struct tls_session *)session;
}

void
tls_session_free(struct tls_session *session)
{
	SSL_SESSION_free(session_of(session));
}

bool
tls_session_is_ticket(const struct tls_session *session)
{
	return SSL_SESSION_has_ticket(session_of(session)) == 1;
}

bool
tls_offer(struct tls *tls, const struct tls_session *session)
{
	/* A copy: a connection that ends badly spoils the session that it used. */
	SSL_SESSION *copy = SSL_SESSION_dup(session_of(session));
	bool set = copy != NULL && SSL_set_session(tls->ssl, copy) == 1;

	SSL_SESSION_free(copy);
	return set;
}

bool
tls_resumed(const struct tls *tls)
{
	return SSL_session_reused(tls->ssl) == 1;
}

void
tls_close(struct tls *tls)
{
	begin_call(tls);
	if (SSL_is_init_finished(tls->ssl))
		SSL_shutdown(tls->ssl);
}

STACK_OF(X509) * tls_chain(const struct tls *tls)
{
	return tls->chain;
}

const unsigned char *
tls_stapled(const struct tls *tls, size_t *length)
{
	const unsigned char *bytes;
	long size = SSL_get_tlsext_status_ocsp_resp(tls->ssl, &bytes);

	*length = size > 0 ? (size_t)size : 0;
	return size > 0 ? bytes : NULL;
}

int
tls_alert(const struct tls *tls)
{
	return tls->alert;
}

const char *
tls_reason(const struct tls *tls)
{
	return tls->reason;
}

int
tls_errno(const struct tls *tls)
{
	return tls->error;
}

const char *
tls_version(const struct tls *tls)
{
	return SSL_get_version(tls->ssl);
}

const char *
tls_cipher(const struct tls *tls)
{
	const char *name = SSL_get_cipher_name(tls->ssl);

	return name == NULL ? "" : name;
}

bool
tls_no_memory(const struct tls *tls)
{
	return tls->no_memory;
}

bool
tls_certificate_requested(const struct tls *tls)
{
	return tls->certificate_requested;
}

SSL *
tls_ssl(const struct tls *tls)
{
	return tls->ssl;
}

bool
tls_heard(const struct tls *tls)
{
	return tls->first_length > 0;
}

const unsigned char *
tls_first_bytes(const struct tls *tls, size_t *length)
{
	*length = looks_like_tls(tls) ? 0 : tls->first_length;
	return tls->first;
}

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "journal.h"
#include "tls.h"

enum { RECORD_ALERT = 21, RECORD_HANDSHAKE = 22, RECORD_HEADER = 5, RECORD_MAX = 16384 };

/*
 * All that the server sends during its handshake passes through here, and may go astray. An alert
 * is a record of its own: type, version (2), length (2), level, description.
 */
static bool
write_handshake(struct line *line, const unsigned char *bytes, size_t length)
{
	const struct member *member = line->member;
	if (line->end == LINE_RST)
		return false;
	if (member->mismatch == MISMATCH_RESETS && bytes[0] == RECORD_ALERT &&
	    length == RECORD_HEADER + 2 &&
	    (bytes[6] == SSL_AD_HANDSHAKE_FAILURE || bytes[6] == SSL_AD_PROTOCOL_VERSION))
		return line_over(line, LINE_RST);
	if (member->tls_cut >= 0 && line->sent + length >= (size_t)member->tls_cut) {
		line_raw_write(line, bytes, (size_t)member->tls_cut - line->sent);
		return line_over(line, member->tls == TLS_RESETS_LATE ? LINE_RST : LINE_FIN);
	}
	if (member->tls == TLS_STALLS) {
		line_raw_write(line, bytes, length / 2);
		return line_over(line, LINE_SILENCE);
	}
	if (member->tls == TLS_DRIPS)
		return line_drip(line, bytes, length, member->drip, line_raw_write);
	return line_raw_write(line, bytes, length);
}

static int
bio_write(BIO *bio, const char *bytes, int length)
{
	struct line *line = BIO_get_data(bio);
	bool done = line->shaking
	                ? write_handshake(line, (const unsigned char *)bytes, (size_t)length)
	                : line_raw_write(line, bytes, (size_t)length);
	return done ? length : -1;
}

static int
bio_read(BIO *bio, char *bytes, int room)
{
	struct line *line = BIO_get_data(bio);
	size_t taken;
	BIO_clear_retry_flags(bio);
	if (!line_raw_read(line, bytes, (size_t)room, &taken)) {
		if (line->late)
			BIO_set_retry_read(bio);
		return line->late ? -1 : 0;
	}
	if (line->shaking && line->member->tls == TLS_RESETS_LATE && line->sent > 0) {
		line_over(line, LINE_RST);
		return -1;
	}
	return (int)taken;
}

static long
bio_control(BIO *bio, int command, long number, void *pointer)
{
	(void)bio, (void)number, (void)pointer;
	return command == BIO_CTRL_FLUSH;
}

/* How OpenSSL reaches a line, in place of its own socket calls. */
static BIO_METHOD *
bio_method(void)
{
	BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "line");
	if (method != NULL) {
		BIO_meth_set_write(method, bio_write);
		BIO_meth_set_read(method, bio_read);
		BIO_meth_set_ctrl(method, bio_control);
	}
	return method;
}

static BIO *
bio_over(struct line *line)
{
	BIO *bio = BIO_new(SSL_CTX_get_app_data(line->member->context));
	if (bio != NULL) {
		BIO_set_data(bio, line);
		BIO_set_init(bio, 1);
	}
	return bio;
}

static int
on_server_name(SSL *ssl, int *alert, void *argument)
{
	(void)argument;
	struct line *line = SSL_get_app_data(ssl);
	const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
	snprintf(line->sni, sizeof line->sni, "%s", name != NULL ? name : "");
	*alert = SSL_AD_UNRECOGNIZED_NAME;
	switch (line->member->sni) {
	case SNI_STRICT:
		if (name == NULL ||
		    X509_check_host(SSL_get_certificate(ssl), name, 0, 0, NULL) != 1)
			return SSL_TLSEXT_ERR_ALERT_FATAL;
		break;
	case SNI_STRANGER:
		if (name == NULL ||
		    X509_check_host(SSL_get_certificate(ssl), name, 0, 0, NULL) != 1)
			SSL_use_certificate(ssl, line->member->stranger);
		break;
	case SNI_REQUIRED:
		if (name == NULL) {
			line_over(line, LINE_RST);
			return SSL_TLSEXT_ERR_ALERT_FATAL;
		}
		break;
	}
	return SSL_TLSEXT_ERR_OK;
}

static int
on_alpn(SSL *ssl, const unsigned char **chosen, unsigned char *chosen_length,
    const unsigned char *offered, unsigned int offered_length, void *argument)
{
	(void)chosen, (void)chosen_length, (void)offered, (void)offered_length, (void)argument;
	struct line *line = SSL_get_app_data(ssl);
	line->alpn = true;
	return SSL_TLSEXT_ERR_NOACK;
}

static int
accept_any(int preverified, X509_STORE_CTX *context)
{
	(void)preverified, (void)context;
	return 1;
}

/* OpenSSL keeps the cipher suites of TLS 1.3 apart from all older ones. */
static bool
set_ciphers(SSL_CTX *context, const char *list)
{
	struct text old = TEXT_EMPTY;
	struct text new = TEXT_EMPTY;
	while (*list != '\0') {
		size_t length = strcspn(list, ":");
		struct text *target = strncmp(list, "TLS_", 4) == 0 ? &new : &old;
		if (target->length > 0)
			text_add_char(target, ':');
		text_add_bytes(target, list, length);
		list += length;
		list += *list == ':';
	}
	bool done = (old.length == 0 || SSL_CTX_set_cipher_list(context, text_chars(&old)) == 1) &&
	            (new.length == 0 || SSL_CTX_set_ciphersuites(context, text_chars(&new)) == 1);
	text_free(&old);
	text_free(&new);
	return done;
}

static int
verify_mode(const struct member *member)
{
	switch (member->client_cert) {
	case CLIENT_CERT_REQUESTED:
		return SSL_VERIFY_PEER;
	case CLIENT_CERT_REQUIRED:
		return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
	}
	return SSL_VERIFY_NONE;
}

/* Security level 0: it is for the client to be particular. */
static bool
prepare(SSL_CTX *context, const struct member *member, const struct certs_identity *identity)
{
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_dh_auto(context, 1);
	SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
	SSL_CTX_set_verify(context, verify_mode(member), accept_any);
	SSL_CTX_set_tlsext_servername_callback(context, on_server_name);
	SSL_CTX_set_alpn_select_cb(context, on_alpn, NULL);
	/* TLS 1.3 tickets are a flight that answers nothing: with delay= they would cost a round
	 * trip that no real network takes. */
	if (member->delay > 0)
		SSL_CTX_set_num_tickets(context, 0);
	if (member->no_tickets || member->sessions == SESSIONS_REFUSED)
		SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
	if (member->sessions == SESSIONS_REFUSED)
		SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	BIO_METHOD *method = bio_method();
	return method != NULL && SSL_CTX_set_app_data(context, method) == 1 &&
	       SSL_CTX_set_min_proto_version(context, TLS1_VERSION + member->tls_min) == 1 &&
	       SSL_CTX_set_max_proto_version(context, TLS1_VERSION + member->tls_max) == 1 &&
	       (member->ciphers == NULL || set_ciphers(context, member->ciphers)) &&
	       SSL_CTX_use_certificate(context, identity->own) == 1 &&
	       SSL_CTX_use_PrivateKey(context, identity->key) == 1 &&
	       SSL_CTX_set1_chain(context, identity->sent) == 1 &&
	       SSL_CTX_set_session_id_context(context, (const unsigned char *)"rras-sim", 8) == 1;
}

SSL_CTX *
tls_context(const struct member *member, const struct certs_identity *identity)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	if (context != NULL && prepare(context, member, identity))
		return context;
	fprintf(stderr, "rras-sim: OpenSSL cannot do TLS as %s is to do it\n", member->name);
	ERR_print_errors_fp(stderr);
	SSL_CTX_free(context);
	return NULL;
}

bool
tls_swallow_hello(struct line *line)
{
	unsigned char record[RECORD_HEADER + RECORD_MAX];
	size_t length = RECORD_HEADER;
	size_t got = 0;
	size_t taken;
	while (got < length) {
		if (!line_raw_read(line, record + got, length - got, &taken))
			return false;
		got += taken;
		if (got == RECORD_HEADER && record[0] == RECORD_HANDSHAKE)
			length += (size_t)(record[3] << 8 | record[4]) % (RECORD_MAX + 1);
	}
	journal_add(line, "tls hello");
	return true;
}

bool
tls_write_alert(struct line *line, long description)
{
	const unsigned char record[] = {RECORD_ALERT, 3, 3, 0, 2, 2, (unsigned char)description};
	return line_raw_write(line, record, sizeof record);
}

/* Whose turn it is. */
static SSL_CTX *
context_of(const struct member *member)
{
	static atomic_uint turns;
	return member->other != NULL && atomic_fetch_add(&turns, 1) % 2 == 1 ? member->other
	                                                                     : member->context;
}

bool
tls_accept(struct line *line)
{
	BIO *bio = bio_over(line);
	line->ssl = SSL_new(context_of(line->member));
	if (line->ssl == NULL || bio == NULL) {
		BIO_free(bio);
		return false;
	}
	SSL_set_bio(line->ssl, bio, bio);
	SSL_set_app_data(line->ssl, line);
	ERR_clear_error();
	line->shaking = true;
	bool done = SSL_accept(line->ssl) == 1;
	line->shaking = false;
	const char *outcome =
	    done ? SSL_get_version(line->ssl) : ERR_reason_error_string(ERR_peek_error());
	journal_add(line, "tls sni=%s alpn=%s %s%s", line->sni, line->alpn ? "offered" : "none",
	    done ? "" : "failed: ", outcome != NULL ? outcome : "connection ended");
	return done;
}

#include "support/eapserver.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#define HEAD            6 /* code, identifier, length, type, flags */
#define LENGTH_INCLUDED 0x80
#define MORE            0x40
#define START           0x20

static void
must(bool condition)
{
	if (!condition)
		abort();
}

void
eapserver_begin(
    struct eapserver *server, const struct eapserver_wish *wish, const struct pki_party *party)
{
	memset(server, 0, sizeof *server);
	server->wish = *wish;
	server->ssl_ctx = SSL_CTX_new(TLS_server_method());
	must(server->ssl_ctx != NULL);
	must(SSL_CTX_use_certificate(server->ssl_ctx, party->x509) == 1);
	must(SSL_CTX_use_PrivateKey(server->ssl_ctx, party->key) == 1);
	must(SSL_CTX_set_min_proto_version(server->ssl_ctx, wish->version) == 1);
	must(SSL_CTX_set_max_proto_version(server->ssl_ctx, wish->version) == 1);
	SSL_CTX_set_num_tickets(server->ssl_ctx, 0);
	SSL_CTX_set_mode(server->ssl_ctx, SSL_MODE_NO_AUTO_CHAIN);
	if (wish->client_ca != NULL) {
		SSL_CTX_set_verify(
		    server->ssl_ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
		X509_STORE_add_cert(SSL_CTX_get_cert_store(server->ssl_ctx), wish->client_ca);
	}
	server->ssl = SSL_new(server->ssl_ctx);
	must(server->ssl != NULL);
	SSL_set_bio(server->ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
	SSL_set_accept_state(server->ssl);
}

void
eapserver_end(struct eapserver *server)
{
	SSL_free(server->ssl);
	SSL_CTX_free(server->ssl_ctx);
	text_free(&server->out);
	text_free(&server->plain);
}

/* What TLS has to send goes behind what is being sent. */
static void
take_records(struct eapserver *server)
{
	char *bytes = NULL;
	long length = BIO_get_mem_data(SSL_get_wbio(server->ssl), &bytes);

	if (length > 0)
		text_add_bytes(&server->out, bytes, (size_t)length);
	(void)BIO_reset(SSL_get_wbio(server->ssl));
}

static uint8_t
next_fragment(struct eapserver *server, size_t *length)
{
	size_t left = server->out.length - server->sent;
	uint8_t flags = 0;

	*length = 0;
	if (!server->started)
		return START;
	if (server->awaits_more || left == 0)
		return 0;
	*length = left < server->wish.fragment ? left : server->wish.fragment;
	if (*length < left)
		flags = server->sent == 0 ? LENGTH_INCLUDED | MORE : MORE;
	return flags;
}

void
eapserver_ask(struct eapserver *server, struct text *request)
{
	size_t length, whole;
	uint8_t flags = next_fragment(server, &length);
	uint32_t total = (uint32_t)server->out.length;

	whole = HEAD + length + (flags & LENGTH_INCLUDED ? sizeof total : 0);
	text_add_bytes(request,
	    (const uint8_t[]){1, ++server->identifier, (uint8_t)(whole >> 8), (uint8_t)whole,
	        server->wish.type, flags},
	    HEAD);
	if (flags & LENGTH_INCLUDED)
		text_add_bytes(request,
		    (const uint8_t[]){(uint8_t)(total >> 24), (uint8_t)(total >> 16),
		        (uint8_t)(total >> 8), (uint8_t)total},
		    sizeof total);
	if (length > 0)
		text_add_bytes(request, server->out.bytes + server->sent, length);
	server->sent += length;
	server->started = true;
	if (server->sent == server->out.length) {
		text_cut(&server->out, 0);
		server->sent = 0;
	}
}

/* The handshake, and then what is said inside; false when TLS is broken. */
static bool
advance(struct eapserver *server)
{
	char bytes[512];
	size_t taken;
	int returned = 0;

	ERR_clear_error();
	if (!SSL_is_init_finished(server->ssl))
		returned = SSL_do_handshake(server->ssl);
	if (SSL_is_init_finished(server->ssl))
		while ((returned = SSL_read_ex(server->ssl, bytes, sizeof bytes, &taken)) == 1)
			text_add_bytes(&server->plain, bytes, taken);
	take_records(server);
	return returned == 1 || SSL_get_error(server->ssl, returned) == SSL_ERROR_WANT_READ;
}

bool
eapserver_take(struct eapserver *server, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	size_t head = HEAD;

	if (length < HEAD || at[0] != 2 || at[1] != server->identifier ||
	    ((size_t)at[2] << 8 | at[3]) != length || at[4] != server->wish.type)
		return false;
	if (at[5] & LENGTH_INCLUDED)
		head += 4;
	if (length < head)
		return false;
	server->awaits_more = (at[5] & MORE) != 0;
	if (length > head)
		BIO_write(SSL_get_rbio(server->ssl), at + head, (int)(length - head));
	return server->awaits_more || length == head || advance(server);
}

void
eapserver_say(struct eapserver *server, const void *bytes, size_t length)
{
	size_t taken;

	must(SSL_write_ex(server->ssl, bytes, length, &taken) == 1);
	take_records(server);
}

bool
eapserver_is_busy(const struct eapserver *server)
{
	return !server->started || server->awaits_more || server->out.length > 0 ||
	       !SSL_is_init_finished(server->ssl);
}

/* RFC 5216 2.3, RFC 9190 2.3. */
void
eapserver_export(struct eapserver *server, uint8_t keys[128])
{
	static const char old[] = "client EAP encryption", new[] = "EXPORTER_EAP_TLS_Key_Material";
	bool is_new = server->wish.version == TLS1_3_VERSION;

	must(SSL_export_keying_material(server->ssl, keys, 128, is_new ? new : old,
	         is_new ? sizeof new - 1 : sizeof old - 1, is_new ? &server->wish.type : NULL,
	         is_new ? 1 : 0, is_new) == 1);
}

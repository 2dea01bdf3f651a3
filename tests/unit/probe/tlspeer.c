/* The client against OpenSSL's server, in memory. */
#include "config.h"

#include "probe/tlspeer.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/scratch.h"
#include "unit/unit.h"
#include "unit/wipes.h"

#define NAME "nps.example.com"

/* ---- what OpenSSL holds ---- */

/* It is not to take memory in another way: see unit.mk. */
void __wrap_memory_watch(bool wipes);

void
__wrap_memory_watch(bool wipes)
{
	(void)wipes;
}

/* Memory of its own, in a ring, behind it the bytes. */
struct block {
	_Alignas(16) struct block *next;
	struct block *previous;
	size_t size;
};

static struct block ring = {.next = &ring, .previous = &ring};

static void *
allocate(size_t size, const char *file, int line)
{
	struct block *block = size == 0 ? NULL : malloc(sizeof *block + size);

	(void)file;
	(void)line;
	if (block == NULL)
		return NULL;
	*block = (struct block){.next = ring.next, .previous = &ring, .size = size};
	ring.next = block->next->previous = block;
	return block + 1;
}

static void
release(void *memory, const char *file, int line)
{
	struct block *block = memory;

	(void)file;
	(void)line;
	if (memory == NULL)
		return;
	block--;
	block->previous->next = block->next;
	block->next->previous = block->previous;
	free(block);
}

static void *
reallocate(void *memory, size_t size, const char *file, int line)
{
	void *more = allocate(size, file, line);
	size_t held = memory == NULL ? 0 : ((struct block *)memory - 1)->size;

	if (more == NULL && size > 0)
		return NULL;
	if (more != NULL && held > 0)
		memcpy(more, memory, held < size ? held : size);
	release(memory, file, line);
	return more;
}

/* In how many blocks the word is. */
static unsigned
blocks_with(const char *word)
{
	unsigned found = 0;

	for (const struct block *block = ring.next; block != &ring; block = block->next)
		found += memmem(block + 1, block->size, word, strlen(word)) != NULL;
	return found;
}

/* ---- certificates ---- */

/* A certificate and its key. */
struct pair {
	X509 *x509;
	EVP_PKEY *key;
};

static struct pair ca, other_ca, good, expired, client, client_key_only, old_client, any_client;

static void
add_extension(X509 *x509, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *extension;

	X509V3_set_ctx(&ctx, issuer, x509, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	ck_assert_ptr_nonnull(extension);
	ck_assert_int_eq(X509_add_ext(x509, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

/* Issued by ISSUER, or by itself; EKU NULL: an authority. DAYS from now it expires. */
static struct pair
make(const char *name, const struct pair *issuer, const char *eku, long days)
{
	static long serial = 1;
	struct pair pair = {X509_new(), EVP_EC_gen("P-256")};
	X509_NAME *subject = X509_get_subject_name(pair.x509);
	char names[100];

	X509_set_version(pair.x509, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(pair.x509), serial++);
	X509_time_adj_ex(X509_getm_notBefore(pair.x509), (int)(days < 0 ? days : 0) - 1, 0, NULL);
	X509_time_adj_ex(X509_getm_notAfter(pair.x509), (int)days, 0, NULL);
	X509_NAME_add_entry_by_txt(
	    subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(
	    pair.x509, issuer == NULL ? subject : X509_get_subject_name(issuer->x509));
	X509_set_pubkey(pair.x509, pair.key);
	if (eku == NULL)
		add_extension(pair.x509, pair.x509, NID_basic_constraints, "critical,CA:TRUE");
	else {
		snprintf(names, sizeof names, "DNS:%s", name);
		add_extension(pair.x509, issuer->x509, NID_subject_alt_name, names);
		add_extension(pair.x509, issuer->x509, NID_ext_key_usage, eku);
	}
	ck_assert_int_gt(
	    X509_sign(pair.x509, issuer == NULL ? pair.key : issuer->key, EVP_sha256()), 0);
	return pair;
}

static void
drop(struct pair *pair)
{
	X509_free(pair->x509);
	EVP_PKEY_free(pair->key);
}

static void
put_file(const char *name, const struct pair *pair, bool x509, const char *passphrase, bool key)
{
	FILE *file = fopen(scratch_path(name), "w");

	ck_assert_ptr_nonnull(file);
	if (x509)
		PEM_write_X509(file, pair->x509);
	if (key)
		PEM_write_PrivateKey(file, pair->key, passphrase == NULL ? NULL : EVP_aes_128_cbc(),
		    (const unsigned char *)passphrase,
		    passphrase == NULL ? 0 : (int)strlen(passphrase), NULL, NULL);
	fclose(file);
}

static void
put_pkcs12(const char *name, const struct pair *pair, const char *passphrase)
{
	FILE *file = fopen(scratch_path(name), "w");
	PKCS12 *pkcs12 =
	    PKCS12_create(passphrase, "client", pair->key, pair->x509, NULL, 0, 0, 0, 0, 0);

	ck_assert_ptr_nonnull(pkcs12);
	i2d_PKCS12_fp(file, pkcs12);
	PKCS12_free(pkcs12);
	fclose(file);
}

/* One that says of its certificate what Windows long did: that RC2 encrypts it. Its MAC is right.
 */
static void
put_old_pkcs12(const char *name, const struct pair *pair, const char *passphrase)
{
	FILE *file = fopen(scratch_path(name), "w");
	STACK_OF(PKCS12_SAFEBAG) *bags = NULL;
	STACK_OF(PKCS7) *safes = sk_PKCS7_new_null();
	PKCS12 *pkcs12;
	PKCS7 *safe;

	PKCS12_add_cert(&bags, pair->x509);
	PKCS12_add_key(&bags, pair->key, 0, 0, -1, NULL);
	safe = PKCS12_pack_p7encdata(NID_aes_256_cbc, passphrase, -1, NULL, 0, 0, bags);
	ck_assert_ptr_nonnull(safe);
	safe->d.encrypted->enc_data->algorithm->algorithm =
	    OBJ_nid2obj(NID_pbe_WithSHA1And40BitRC2_CBC);
	sk_PKCS7_push(safes, safe);
	pkcs12 = PKCS12_add_safes(safes, 0);
	ck_assert_int_eq(PKCS12_set_mac(pkcs12, passphrase, -1, NULL, 0, 0, NULL), 1);
	i2d_PKCS12_fp(file, pkcs12);
	PKCS12_free(pkcs12);
	sk_PKCS7_pop_free(safes, PKCS7_free);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	fclose(file);
}

/* And one with a certificate alone. */
static void
put_keyless_pkcs12(const char *name, const struct pair *pair)
{
	FILE *file = fopen(scratch_path(name), "w");
	PKCS12 *pkcs12 = PKCS12_create("", "client", NULL, pair->x509, NULL, 0, 0, 0, 0, 0);

	ck_assert_ptr_nonnull(pkcs12);
	i2d_PKCS12_fp(file, pkcs12);
	PKCS12_free(pkcs12);
	fclose(file);
}

static void
set_up(void)
{
	(void)scratch_make();
	ca = make("CA", NULL, NULL, 30);
	other_ca = make("other CA", NULL, NULL, 30);
	good = make(NAME, &ca, "serverAuth", 20);
	expired = make(NAME, &ca, "serverAuth", -3);
	client = make("user", &ca, "clientAuth", 10);
	client_key_only = make("other", &ca, "clientAuth", 10);
	old_client = make("user", &ca, "clientAuth", -1);
	any_client = make("user", &ca, "anyExtendedKeyUsage", 10);
	put_file("any.pem", &any_client, true, NULL, true);
	put_file("old.pem", &old_client, true, NULL, true);
	put_file("server.pem", &good, true, NULL, true);
	put_file("ca.pem", &ca, true, NULL, false);
	put_file("other.pem", &other_ca, true, NULL, false);
	put_file("client.pem", &client, true, NULL, true);
	put_file("cert.pem", &client, true, NULL, false);
	put_file("key.pem", &client, false, NULL, true);
	put_file("wrong.pem", &client_key_only, false, NULL, true);
	put_file("locked.pem", &client, false, "open sesame", true);
	put_pkcs12("client.p12", &client, "open sesame");
	put_pkcs12("bare.p12", &client, "");
	put_old_pkcs12("old.p12", &client, "open sesame");
	put_keyless_pkcs12("keyless.p12", &client);
}

static void
tear_down(void)
{
	scratch_remove();
	drop(&ca);
	drop(&other_ca);
	drop(&good);
	drop(&expired);
	drop(&client);
	drop(&client_key_only);
	drop(&old_client);
	drop(&any_client);
}

static struct tlspeer_settings
settings_of(int version_max)
{
	return (struct tlspeer_settings){
	    .ca_file = scratch_path("ca.pem"), .server_name = NAME, .version_max = version_max};
}

/* OpenSSL's server, and the client that is tested. */
struct scene {
	SSL_CTX *ssl_ctx;
	SSL *server;
	struct tlspeer_context *context;
	struct tlspeer *client;
	struct facts_tls facts;
	enum tlspeer_state state;
};

static void
begin(struct scene *scene, const struct tlspeer_settings *settings, const struct pair *pair)
{
	const char *problem;

	memset(scene, 0, sizeof *scene);
	scene->ssl_ctx = SSL_CTX_new(TLS_server_method());
	SSL_CTX_use_certificate(scene->ssl_ctx, pair->x509);
	SSL_CTX_use_PrivateKey(scene->ssl_ctx, pair->key);
	SSL_CTX_set_verify(
	    scene->ssl_ctx, settings->certificate != NULL ? SSL_VERIFY_PEER : 0, NULL);
	SSL_CTX_set_mode(scene->ssl_ctx, SSL_MODE_NO_AUTO_CHAIN);
	X509_STORE_add_cert(SSL_CTX_get_cert_store(scene->ssl_ctx), ca.x509);
	scene->server = SSL_new(scene->ssl_ctx);
	SSL_set_bio(scene->server, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
	SSL_set_accept_state(scene->server);
	scene->context = tlspeer_context_create(settings, &problem);
	ck_assert_msg(scene->context != NULL, "%s", problem);
	scene->client = tlspeer_create(scene->context, &scene->facts, (int64_t)time(NULL));
	ck_assert_ptr_nonnull(scene->client);
}

/* To and fro, until nobody has more to say. */
static void
shake(struct scene *scene)
{
	char *bytes = NULL;
	long length = 0;

	for (int round = 0; round < 10; round++) {
		struct text out = TEXT_EMPTY;

		scene->state = tlspeer_feed(scene->client, bytes, (size_t)length, &out);
		if (out.length > 0)
			BIO_write(SSL_get_rbio(scene->server), out.bytes, (int)out.length);
		text_free(&out);
		(void)BIO_reset(SSL_get_wbio(scene->server));
		SSL_do_handshake(scene->server);
		length = BIO_get_mem_data(SSL_get_wbio(scene->server), &bytes);
		if (length == 0)
			break;
	}
}

static void
end(struct scene *scene)
{
	tlspeer_destroy(scene->client);
	tlspeer_context_destroy(scene->context);
	SSL_free(scene->server);
	SSL_CTX_free(scene->ssl_ctx);
	facts_chain_free(&scene->facts);
}

static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

START_TEST(a_good_server_is_taken)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct scene scene;

	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(scene.state, TLSPEER_UP);
	ck_assert(scene.facts.done);
	ck_assert_str_eq(
	    scene.facts.version, versions[_i] == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
	ck_assert_uint_eq(scene.facts.chain_count, 1);
	ck_assert_str_eq(scene.facts.chain[0].common_name, NAME);
	ck_assert_int_eq(scene.facts.name_match, FACTS_NAME_MATCHES);
	ck_assert_uint_eq(scene.facts.trust.errors_count, 0);
	ck_assert(!scene.facts.certificate_requested);
	end(&scene);
}
END_TEST

/* The newest version is a limit, though the server has a newer one. */
START_TEST(versions_have_a_limit)
{
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	struct scene scene;

	begin(&scene, &settings, &good);
	SSL_set_min_proto_version(scene.server, TLS1_3_VERSION);
	shake(&scene);
	ck_assert_int_eq(scene.state, TLSPEER_FAILED);
	ck_assert_int_eq(scene.facts.alert, SSL_AD_PROTOCOL_VERSION);
	end(&scene);
}
END_TEST

static void
is_refused(struct scene *scene)
{
	shake(scene);
	ck_assert_int_eq(scene->state, TLSPEER_FAILED);
	ck_assert(!scene->facts.done);
	ck_assert_uint_eq(scene->facts.chain_count, 1);
	/* For good. */
	ck_assert_int_eq(tlspeer_feed(scene->client, NULL, 0, &(struct text){0}), TLSPEER_FAILED);
	ck_assert(!tlspeer_write(scene->client, "x", 1, &(struct text){0}));
	end(scene);
}

START_TEST(an_untrusted_server_is_refused)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct scene scene;

	settings.ca_file = scratch_path("other.pem");
	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(scene.facts.trust.errors[0].problem, FACTS_CHAIN_NO_ISSUER);
	ck_assert_int_eq(scene.facts.name_match, FACTS_NAME_MATCHES);
	is_refused(&scene);
}
END_TEST

START_TEST(an_expired_server_is_refused)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct scene scene;

	begin(&scene, &settings, &expired);
	shake(&scene);
	ck_assert_int_eq(scene.facts.trust.errors[0].problem, FACTS_CHAIN_EXPIRED);
	is_refused(&scene);
}
END_TEST

START_TEST(another_name_is_refused)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct scene scene;

	settings.server_name = "radius.example.com";
	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(scene.facts.name_match, FACTS_NAME_DIFFERS);
	ck_assert_uint_eq(scene.facts.trust.errors_count, 0);
	is_refused(&scene);
}
END_TEST

/* A certificate for clients is none for a server. */
START_TEST(another_purpose_is_refused)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct scene scene;

	settings.server_name = "user";
	begin(&scene, &settings, &client);
	shake(&scene);
	ck_assert_int_eq(scene.facts.trust.errors[0].problem, FACTS_CHAIN_PURPOSE);
	is_refused(&scene);
}
END_TEST

START_TEST(speaks_inside_the_tunnel)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct text out = TEXT_EMPTY, plain = TEXT_EMPTY;
	struct scene scene;
	char bytes[64], *records;
	size_t taken;
	long length;

	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert(tlspeer_write(scene.client, "hello", 5, &out));
	BIO_write(SSL_get_rbio(scene.server), out.bytes, (int)out.length);
	ck_assert_int_eq(SSL_read_ex(scene.server, bytes, sizeof bytes, &taken), 1);
	ck_assert_uint_eq(taken, 5);
	(void)BIO_reset(SSL_get_wbio(scene.server));
	ck_assert_int_eq(SSL_write_ex(scene.server, "welcome", 7, &taken), 1);
	length = BIO_get_mem_data(SSL_get_wbio(scene.server), &records);
	wipes_begin();
	/* A byte at a time: no part of a record is an error. */
	for (long i = 0; i < length; i++) {
		ck_assert_int_eq(tlspeer_feed(scene.client, records + i, 1, &out), TLSPEER_UP);
		ck_assert(tlspeer_read(scene.client, &plain, &out));
	}
	ck_assert_str_eq(text_chars(&plain), "welcome");
	ck_assert_uint_eq(wipes_of("welcome", 7), 1);
	text_free(&out);
	text_free(&plain);
	end(&scene);
}
END_TEST

/* A server may repeat the password that it was told. What has been read of it is kept nowhere. */
START_TEST(nothing_that_was_read_is_kept)
{
	static const char word[] = "a bad clientPass";
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct text out = TEXT_EMPTY, plain = {.secret = true};
	struct scene scene;
	char *records, *copy;
	size_t taken;
	long length;

	begin(&scene, &settings, &good);
	shake(&scene);
	(void)BIO_reset(SSL_get_wbio(scene.server));
	ck_assert_int_eq(SSL_write_ex(scene.server, word, strlen(word), &taken), 1);
	length = BIO_get_mem_data(SSL_get_wbio(scene.server), &records);
	ck_assert_int_eq(tlspeer_feed(scene.client, records, (size_t)length, &out), TLSPEER_UP);
	ck_assert_uint_eq(blocks_with(word), 0);
	ck_assert(tlspeer_read(scene.client, &plain, &out));
	ck_assert_str_eq(text_chars(&plain), word);
	ck_assert_uint_eq(blocks_with(word), 0);
	copy = OPENSSL_strdup(word);
	ck_assert_uint_eq(blocks_with(word), 1);
	OPENSSL_free(copy);
	text_free(&out);
	text_free(&plain);
	end(&scene);
}
END_TEST

/* The records in OUT: the type of the first, and how many there are. */
static size_t
count_records(const struct text *out, uint8_t *first)
{
	const uint8_t *bytes = (const uint8_t *)out->bytes;
	size_t count = 0;

	*first = out->length > 0 ? bytes[0] : 0;
	for (size_t at = 0; at < out->length; count++)
		at += 5 + ((size_t)bytes[at + 3] << 8 | bytes[at + 4]);
	return count;
}

/* What the server's TLS says by itself after the handshake. */
static void
hand_over(struct scene *scene)
{
	struct text out = TEXT_EMPTY, plain = TEXT_EMPTY;
	char *records;
	long length;

	(void)BIO_reset(SSL_get_wbio(scene->server));
	SSL_do_handshake(scene->server);
	length = BIO_get_mem_data(SSL_get_wbio(scene->server), &records);
	ck_assert_int_gt(length, 0);
	ck_assert_int_eq(tlspeer_feed(scene->client, records, (size_t)length, &out), TLSPEER_UP);
	ck_assert(tlspeer_read(scene->client, &plain, &out));
	ck_assert_uint_eq(plain.length, 0);
	ck_assert_uint_eq(out.length, 0);
}

/* New keys are answered with new ones, ahead of what is said next (RFC 8446 4.6.3). */
START_TEST(keys_are_updated)
{
	struct tlspeer_settings settings = settings_of(TLS1_3_VERSION);
	struct text out = TEXT_EMPTY;
	struct scene scene;
	char bytes[64];
	size_t taken;
	uint8_t first;

	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(SSL_key_update(scene.server, SSL_KEY_UPDATE_REQUESTED), 1);
	hand_over(&scene);
	ck_assert(tlspeer_write(scene.client, "hello", 5, &out));
	ck_assert_uint_eq(count_records(&out, &first), 2);
	BIO_write(SSL_get_rbio(scene.server), out.bytes, (int)out.length);
	ck_assert_int_eq(SSL_read_ex(scene.server, bytes, sizeof bytes, &taken), 1);
	ck_assert_uint_eq(taken, 5);
	text_free(&out);
	end(&scene);
}
END_TEST

/* A server that would have a second handshake is told that there is none. */
START_TEST(nothing_is_negotiated_anew)
{
	enum { ALERT = 21 };
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	struct text out = TEXT_EMPTY;
	struct scene scene;
	uint8_t first;

	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(SSL_renegotiate(scene.server), 1);
	hand_over(&scene);
	ck_assert(tlspeer_write(scene.client, "hello", 5, &out));
	ck_assert_uint_eq(count_records(&out, &first), 2);
	ck_assert_uint_eq(first, ALERT);
	text_free(&out);
	end(&scene);
}
END_TEST

/* What is no record is answered with an alert, and then nothing works any more. */
START_TEST(broken_records_end_it)
{
	static const uint8_t garbage[] = {23, 3, 3, 0, 4, 1, 2, 3, 4};
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct text out = TEXT_EMPTY, plain = TEXT_EMPTY;
	struct scene scene;
	uint8_t first;

	begin(&scene, &settings, &good);
	shake(&scene);
	ck_assert_int_eq(tlspeer_feed(scene.client, garbage, sizeof garbage, &out), TLSPEER_UP);
	ck_assert(!tlspeer_read(scene.client, &plain, &out));
	ck_assert_uint_eq(count_records(&out, &first), 1);
	ck_assert_uint_eq(plain.length, 0);
	ck_assert_str_ne(scene.facts.reason, "the server ended TLS");
	ck_assert(!tlspeer_write(scene.client, "x", 1, &out));
	text_free(&out);
	end(&scene);
}
END_TEST

/* The server's good-bye is no error, but there is nothing to be read any more. */
START_TEST(a_good_bye_ends_it)
{
	struct tlspeer_settings settings = settings_of(versions[_i]);
	struct text out = TEXT_EMPTY, plain = TEXT_EMPTY;
	struct scene scene;
	char *records;
	long length;

	begin(&scene, &settings, &good);
	shake(&scene);
	(void)BIO_reset(SSL_get_wbio(scene.server));
	SSL_shutdown(scene.server);
	length = BIO_get_mem_data(SSL_get_wbio(scene.server), &records);
	ck_assert_int_eq(tlspeer_feed(scene.client, records, (size_t)length, &out), TLSPEER_UP);
	ck_assert(!tlspeer_read(scene.client, &plain, &out));
	ck_assert_str_eq(scene.facts.reason, "the server ended TLS");
	text_free(&out);
	end(&scene);
}
END_TEST

/* What the server exports, written out here. */
START_TEST(exports_the_keys_of_eap)
{
	static const uint8_t types[] = {13, 25};
	struct tlspeer_settings settings = settings_of(versions[_i]);
	uint8_t ours[TLSPEER_KEYS], theirs[TLSPEER_KEYS];
	struct scene scene;

	begin(&scene, &settings, &good);
	shake(&scene);
	for (size_t i = 0; i < sizeof types; i++) {
		if (versions[_i] == TLS1_2_VERSION)
			SSL_export_keying_material(
			    scene.server, theirs, 128, "client EAP encryption", 21, NULL, 0, 0);
		else
			SSL_export_keying_material(scene.server, theirs, 128,
			    "EXPORTER_EAP_TLS_Key_Material", 29, &types[i], 1, 1);
		ck_assert(tlspeer_export(scene.client, types[i], ours));
		ck_assert_mem_eq(ours, theirs, sizeof ours);
	}
	end(&scene);
}
END_TEST

static const struct {
	const char *certificate, *key, *passphrase;
} own[] = {
    {"client.pem", NULL, NULL},
    {"cert.pem", "key.pem", NULL},
    {"cert.pem", "locked.pem", "open sesame"},
    {"client.p12", NULL, "open sesame"},
    {"bare.p12", NULL, NULL},
};

static void
own_settings(struct tlspeer_settings *settings, const char *certificate, const char *key,
    const char *passphrase)
{
	settings->certificate = scratch_path(certificate);
	settings->key = key == NULL ? NULL : scratch_path(key);
	settings->passphrase = passphrase;
}

START_TEST(shows_its_certificate)
{
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	struct scene scene;
	X509 *seen;

	own_settings(&settings, own[_i].certificate, own[_i].key, own[_i].passphrase);
	begin(&scene, &settings, &good);
	ck_assert_str_eq(tlspeer_certificate(scene.context)->common_name, "user");
	shake(&scene);
	ck_assert_int_eq(scene.state, TLSPEER_UP);
	ck_assert(scene.facts.certificate_requested);
	seen = SSL_get1_peer_certificate(scene.server);
	ck_assert_ptr_nonnull(seen);
	ck_assert_int_eq(X509_cmp(seen, client.x509), 0);
	X509_free(seen);
	end(&scene);
}
END_TEST

/* The server is the one to judge it. */
START_TEST(any_purpose_will_do)
{
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	const char *problem = NULL;
	struct tlspeer_context *context;

	own_settings(&settings, "any.pem", NULL, NULL);
	context = tlspeer_context_create(&settings, &problem);
	ck_assert_msg(context != NULL, "%s", problem);
	tlspeer_context_destroy(context);
}
END_TEST

static const struct {
	const char *certificate, *key, *passphrase;
	const char *problem; /* how it begins */
} bad[] = {
    {"none.pem", NULL, NULL, "--eap-cert takes a file with a certificate"},
    {"key.pem", NULL, NULL, "--eap-cert takes a file with a certificate"},
    {"cert.pem", NULL, NULL, "--eap-cert holds no private key"},
    {"cert.pem", "none.pem", NULL, "--eap-key takes a file"},
    {"cert.pem", "wrong.pem", NULL, "--eap-key takes the private key of --eap-cert, and"},
    {"cert.pem", "locked.pem", NULL, "--eap-key takes a file"},
    {"cert.pem", "locked.pem", "wrong", "--eap-key takes a file"},
    {"old.pem", NULL, NULL,
        "--eap-cert takes a certificate that is valid, and this one has expired"},
    {"server.pem", NULL, NULL, "--eap-cert takes a certificate for clients"},
    {"client.p12", NULL, NULL, "--eap-cert: the PKCS#12 file does not open"},
    {"client.p12", NULL, "wrong", "--eap-cert: the PKCS#12 file does not open"},
    {"old.p12", NULL, "wrong", "--eap-cert: the PKCS#12 file does not open"},
    {"old.p12", NULL, "open sesame",
        "--eap-cert: the passphrase opens the PKCS#12 file, and OpenSSL does not read what"},
    {"keyless.p12", NULL, NULL, "--eap-cert: the PKCS#12 file holds no certificate with its"},
};

START_TEST(names_the_option_that_is_wrong)
{
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	const char *problem = NULL;

	own_settings(&settings, bad[_i].certificate, bad[_i].key, bad[_i].passphrase);
	ck_assert_ptr_null(tlspeer_context_create(&settings, &problem));
	ck_assert_ptr_nonnull(problem);
	ck_assert_msg(
	    strncmp(problem, bad[_i].problem, strlen(bad[_i].problem)) == 0, "%s", problem);
}
END_TEST

START_TEST(anchors_are_needed)
{
	struct tlspeer_settings settings = settings_of(TLS1_2_VERSION);
	const char *problem = NULL;

	settings.ca_file = scratch_path("key.pem");
	ck_assert_ptr_null(tlspeer_context_create(&settings, &problem));
	ck_assert_str_eq(problem, "--eap-ca-file takes a PEM file with certificates");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, set_up, tear_down);
	unit_add_rows(tests, a_good_server_is_taken, versions);
	tcase_add_test(tests, versions_have_a_limit);
	unit_add_rows(tests, an_untrusted_server_is_refused, versions);
	unit_add_rows(tests, an_expired_server_is_refused, versions);
	unit_add_rows(tests, another_name_is_refused, versions);
	unit_add_rows(tests, another_purpose_is_refused, versions);
	unit_add_rows(tests, speaks_inside_the_tunnel, versions);
	unit_add_rows(tests, nothing_that_was_read_is_kept, versions);
	tcase_add_test(tests, keys_are_updated);
	tcase_add_test(tests, nothing_is_negotiated_anew);
	unit_add_rows(tests, broken_records_end_it, versions);
	unit_add_rows(tests, a_good_bye_ends_it, versions);
	unit_add_rows(tests, exports_the_keys_of_eap, versions);
	unit_add_rows(tests, shows_its_certificate, own);
	tcase_add_test(tests, any_purpose_will_do);
	unit_add_rows(tests, names_the_option_that_is_wrong, bad);
	tcase_add_test(tests, anchors_are_needed);
}

int
main(void)
{
	if (CRYPTO_set_mem_functions(allocate, reallocate, release) != 1)
		return EXIT_FAILURE;
	return unit_run("probe/tlspeer", list);
}

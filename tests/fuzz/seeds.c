/*
 * seeds DIRECTORY - writes what fuzz targets begin with that is made, not kept: DIRECTORY/windump
 * and DIRECTORY/binding, every shape, language and encoding of a server's bindings, and
 * DIRECTORY/certificate, a chain in every form of file.
 */
#include <errno.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/dumps.h"
#include "support/pki.h"

#define SHA1   "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
#define SHA256 "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
#define IIS    "{4dc3e181-e14b-4a21-b022-59fc669b0914}"
#define NOON   INT64_C(1800000000)

/* Where the seeds of TARGET stand; to be freed. Its failure is seen when they are written. */
static struct text
make_folder(const char *directory, const char *target)
{
	struct text path = TEXT_EMPTY;

	text_format(&path, "%s/%s", directory, target);
	(void)mkdir(text_chars(&path), 0700);
	return path;
}

static bool
write_seed(const char *folder, const char *name, const void *bytes, size_t length)
{
	struct text path = TEXT_EMPTY;
	FILE *file;
	bool done = false;

	text_format(&path, "%s/%s", folder, name);
	file = fopen(text_chars(&path), "w");
	if (file != NULL) {
		done = fwrite(bytes, 1, length, file) == length;
		done = fclose(file) == 0 && done;
	}
	text_free(&path);
	return done;
}

static bool
write_dump(const char *folder, const char *word, const struct dumps_scene *scene, int number)
{
	int shape = number % DUMPS_SHAPES, rest = number / DUMPS_SHAPES;
	struct text text = TEXT_EMPTY, name = TEXT_EMPTY;
	bool done;

	dumps_add(
	    &text, scene, shape, rest % DUMPS_LANGUAGES, rest / DUMPS_LANGUAGES % DUMPS_ENCODINGS);
	text_format(&name, "%s%d", word, number);
	done = write_seed(folder, text_chars(&name), text_chars(&text), text.length);
	text_free(&text);
	text_free(&name);
	return done;
}

static bool
write_scene(const char *folder, const char *word, const struct dumps_scene *scene)
{
	bool done = true;

	for (int number = 0; number < DUMPS_SHAPES * DUMPS_LANGUAGES * DUMPS_ENCODINGS; number++)
		done = write_dump(folder, word, scene, number) && done;
	return done;
}

/* Of a healthy server, and of one where others have entries too. */
static bool
write_dumps(const char *directory, const char *target)
{
	struct text folder = make_folder(directory, target);
	struct dumps_scene scene;
	bool done;

	dumps_healthy(&scene, SHA1, SHA256);
	scene.collected = "2026-11-25T18:50:41Z";
	done = write_scene(text_chars(&folder), "healthy", &scene);
	scene.entries[2] = (struct dumps_entry){"vpn.example.com:443", SHA1, IIS};
	scene.entries[3] = (struct dumps_entry){"443", NULL, IIS};
	scene.entries[4] = (struct dumps_entry){"[2001:db8::1]:5986", SHA256, IIS};
	scene.entries_count = 5;
	done = write_scene(text_chars(&folder), "", &scene) && done;
	text_free(&folder);
	return done;
}

/* What BIO holds, and its end. */
static bool
write_bio(const char *folder, const char *name, BIO *bio)
{
	char *bytes;
	long length = BIO_get_mem_data(bio, &bytes);
	bool done = length > 0 && write_seed(folder, name, bytes, (size_t)length);

	BIO_free(bio);
	return done;
}

static bool
write_chain(const char *folder, const struct pki_party *server, const struct pki_party *root)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	BIO *der = BIO_new(BIO_s_mem()), *pem = BIO_new(BIO_s_mem()), *pfx = BIO_new(BIO_s_mem()),
	    *bundle = BIO_new(BIO_s_mem());
	PKCS12 *pkcs12;
	PKCS7 *pkcs7 = PKCS7_new();
	bool made, done;

	sk_X509_push(chain, root->x509);
	pkcs12 = PKCS12_create("", NULL, server->key, server->x509, chain, 0, 0, 1, 1, 0);
	made = i2d_X509_bio(der, server->x509) == 1 && PEM_write_bio_X509(pem, server->x509) == 1 &&
	       PEM_write_bio_X509(pem, root->x509) == 1 && i2d_PKCS12_bio(pfx, pkcs12) == 1 &&
	       PKCS7_set_type(pkcs7, NID_pkcs7_signed) == 1 &&
	       PKCS7_content_new(pkcs7, NID_pkcs7_data) == 1 &&
	       PKCS7_add_certificate(pkcs7, server->x509) == 1 &&
	       PKCS7_add_certificate(pkcs7, root->x509) == 1 &&
	       PEM_write_bio_PKCS7(bundle, pkcs7) == 1;
	done = write_bio(folder, "der", der);
	done = write_bio(folder, "pem", pem) && done;
	done = write_bio(folder, "pkcs12", pfx) && done;
	done = write_bio(folder, "pkcs7", bundle) && done;
	PKCS12_free(pkcs12);
	PKCS7_free(pkcs7);
	sk_X509_free(chain);
	return made && done;
}

static bool
write_certificates(const char *directory)
{
	struct text folder = make_folder(directory, "certificate");
	struct pki_wish wish = {"Example Root", "1", PKI_CA, NOON - PKI_DAY, NOON + PKI_DAY};
	struct pki_party root, server;
	bool done;

	pki_make(&root, &wish, NULL);
	wish.cn = "vpn.example.com";
	wish.serial = "-A2";
	wish.extensions =
	    "extendedKeyUsage = serverAuth,1.3.6.1.5.5.7.3.17\n"
	    "subjectAltName = DNS:vpn.example.com,DNS:*.example.net,IP:192.0.2.1,email:a@example.com\n"
	    "authorityInfoAccess = OCSP;URI:http://ocsp.example.com,"
	    "caIssuers;URI:http://example.com/a\n"
	    "crlDistributionPoints = URI:http://example.com/crl\n";
	pki_make(&server, &wish, &root);
	done = write_chain(text_chars(&folder), &server, &root);
	pki_free(&server);
	pki_free(&root);
	text_free(&folder);
	return done;
}

int
main(int count, char *arguments[])
{
	if (count != 2 || (mkdir(arguments[1], 0700) != 0 && errno != EEXIST))
		return 1;
	return !write_dumps(arguments[1], "windump") || !write_dumps(arguments[1], "binding") ||
	       !write_certificates(arguments[1]);
}

#include "papers.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "support/pki.h"

#define FOR_CLIENTS "extendedKeyUsage = clientAuth\n"
#define FOR_SERVERS "extendedKeyUsage = serverAuth\n"

static FILE *
create(const char *folder, const char *name)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return fopen(path, "w");
}

/* Certificate and key, either of which may be left out. */
static bool
write_pem(const char *folder, const char *name, X509 *x509, EVP_PKEY *key, const char *passphrase)
{
	FILE *file = create(folder, name);
	bool done = file != NULL;

	if (done && x509 != NULL)
		done = PEM_write_X509(file, x509) == 1;
	if (done && key != NULL)
		done =
		    PEM_write_PrivateKey(file, key, passphrase == NULL ? NULL : EVP_aes_128_cbc(),
		        (const unsigned char *)passphrase,
		        passphrase == NULL ? 0 : (int)strlen(passphrase), NULL, NULL) == 1;
	return file != NULL && fclose(file) == 0 && done;
}

static bool
write_pkcs12(const char *folder, const char *name, bool with_mac, const struct pki_party *party)
{
	FILE *file = create(folder, name);
	PKCS12 *pkcs12 = PKCS12_create(PAPERS_PASSPHRASE, "client", party->key, party->x509, NULL,
	    0, 0, 0, with_mac ? 0 : -1, 0);
	bool done = file != NULL && pkcs12 != NULL && i2d_PKCS12_fp(file, pkcs12) == 1;

	PKCS12_free(pkcs12);
	return file != NULL && fclose(file) == 0 && done;
}

static bool
write_passphrase(const char *folder)
{
	FILE *file = create(folder, "passphrase");

	return file != NULL && fputs(PAPERS_PASSPHRASE "\n", file) >= 0 && fclose(file) == 0;
}

/* One that is good for nothing, for a reason of its own. */
static bool
write_bad(const char *folder, const char *name, const struct pki_wish *wish,
    const struct pki_party *authority)
{
	struct pki_party party;
	bool done;

	pki_make(&party, wish, authority);
	done = write_pem(folder, name, party.x509, party.key, NULL);
	pki_free(&party);
	return done;
}

static bool
write_good(const char *folder, const struct pki_party *client, const struct pki_party *other)
{
	return write_pem(folder, "client.pem", client->x509, client->key, NULL) &&
	       write_pem(folder, "client.crt", client->x509, NULL, NULL) &&
	       write_pem(folder, "client.key", NULL, client->key, NULL) &&
	       write_pem(folder, "locked.key", NULL, client->key, PAPERS_PASSPHRASE) &&
	       write_pem(folder, "other.key", NULL, other->key, NULL) &&
	       write_pkcs12(folder, "locked.p12", true, client) &&
	       write_pkcs12(folder, "no-mac.p12", false, client) && write_passphrase(folder);
}

bool
papers_write(const char *folder)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_wish wish = {"NPS CA", "1", PKI_CA, now - 30 * PKI_DAY, now + 30 * PKI_DAY};
	struct pki_wish past = {
	    "client.example.com", "3", FOR_CLIENTS, now - 9 * PKI_DAY, now - PKI_DAY};
	struct pki_wish future = {
	    "client.example.com", "4", FOR_CLIENTS, now + PKI_DAY, now + 9 * PKI_DAY};
	struct pki_party authority, client;
	bool done;

	pki_make(&authority, &wish, NULL);
	wish.cn = "client.example.com";
	wish.serial = "2";
	wish.extensions = FOR_CLIENTS;
	pki_make(&client, &wish, &authority);
	wish.extensions = FOR_SERVERS;
	done = write_pem(folder, "nps-ca.pem", authority.x509, NULL, NULL) &&
	       write_good(folder, &client, &authority) &&
	       write_bad(folder, "past.pem", &past, &authority) &&
	       write_bad(folder, "future.pem", &future, &authority) &&
	       write_bad(folder, "server.pem", &wish, &authority);
	pki_free(&client);
	pki_free(&authority);
	return done;
}

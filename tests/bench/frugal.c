/*
 * frugal - the same client, without what no client needs: error texts, old names of ciphers, and
 * the tidying up at exit. The configuration file is loaded all the same.
 */
#include <openssl/ssl.h>

#include "client.h"

int
main(int count, char *arguments[])
{
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_SSL_STRINGS | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
	                     OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ATEXIT,
	    NULL);
	return client_run(count, arguments);
}

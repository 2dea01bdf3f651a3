/*
 * naive - the TLS client that anyone would write: OpenSSL sets itself up with all it has.
 */
#include "client.h"

int
main(int count, char *arguments[])
{
	return client_run(count, arguments);
}

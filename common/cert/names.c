#include "config.h"

#include "cert/names.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/socket.h>

static bool
is_address(const char *name)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1;
}

enum facts_name_match
names_match(X509 *x509, const char *name)
{
	if (is_address(name))
		return X509_check_ip_asc(x509, name, 0) == 1 ? FACTS_NAME_MATCHES
		                                             : FACTS_NAME_DIFFERS;
	if (X509_check_host(x509, name, strlen(name),
	        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
	        NULL) == 1)
		return FACTS_NAME_MATCHES;
	/* Without alternative DNS names OpenSSL turns to the common name by itself. */
	if (X509_check_host(x509, name, strlen(name), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL) ==
	    1)
		return FACTS_NAME_BY_COMMON_NAME;
	return FACTS_NAME_DIFFERS;
}

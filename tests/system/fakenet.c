/*
 * fakenet - to be preloaded: what no test can bring about on loopback.
 *
 *   FAKE_DNS=vpn.example.com=127.0.0.2,::1;slow.example.com=!hang
 *
 * getaddrinfo() knows these names and no network. !again fails as an unreachable resolver does,
 * !half as glibc where the server fails for A alone and there is no AAAA, !hang never returns;
 * !many has 258 addresses, 127.1.0.1 to 127.1.0.129 and 127.1.1.1 to 127.1.1.129. Addresses in
 * figures are left to the system.
 *
 *   FAKE_CONNECT=N     connect() fails at once with errno N
 *   FAKE_CONNECT_TO=A  it does so for this address of IPv4 alone
 *   FAKE_SO_ERROR=N    a connection that was begun fails later with errno N
 *   FAKE_NO_CIPHER=X   OpenSSL has no cipher X, as on a platform that forbids it
 */
#include "config.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int resolver(const char *, const char *, const struct addrinfo *, struct addrinfo **);

/* The addresses of HOST in FAKE_DNS, up to the next ';'; NULL when it is not there. */
static const char *
known(const char *host)
{
	const char *list = getenv("FAKE_DNS");
	size_t length = strlen(host);

	while (list != NULL) {
		if (strncmp(list, host, length) == 0 && list[length] == '=')
			return list + length + 1;
		list = strchr(list, ';');
		if (list != NULL)
			list++;
	}
	return NULL;
}

/* Chain the answers for each address behind one another; the system's own freeaddrinfo() fits. */
static int
resolve_all(
    resolver *system, const char *addresses, const struct addrinfo *hints, struct addrinfo **answer)
{
	struct addrinfo figures = *hints, **end = answer;
	char address[64];

	figures.ai_flags |= AI_NUMERICHOST;
	*answer = NULL;
	while (*addresses != '\0' && *addresses != ';') {
		size_t length = strcspn(addresses, ",;");

		memcpy(address, addresses, length);
		address[length] = '\0';
		if (system(address, NULL, &figures, end) == 0)
			while (*end != NULL)
				end = &(*end)->ai_next;
		addresses += length;
		addresses += *addresses == ',';
	}
	return *answer == NULL ? EAI_NONAME : 0;
}

static int
resolve_many(resolver *system, const struct addrinfo *hints, struct addrinfo **answer)
{
	enum { MANY = 258 };
	char addresses[MANY * sizeof "127.1.1.129"];
	size_t end = 0;

	for (int i = 0; i < MANY; i++)
		end += (size_t)snprintf(addresses + end, sizeof addresses - end, "%s127.1.%d.%d",
		    i == 0 ? "" : ",", i % 2, i / 2 + 1);
	return resolve_all(system, addresses, hints, answer);
}

int
getaddrinfo(
    const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **answer)
{
	resolver *system = (resolver *)dlsym(RTLD_NEXT, "getaddrinfo");
	const char *addresses;

	if (hints->ai_flags & AI_NUMERICHOST)
		return system(host, service, hints, answer);
	addresses = known(host);
	if (addresses == NULL)
		return EAI_NONAME;
	if (strncmp(addresses, "!again", 6) == 0)
		return EAI_AGAIN;
	if (strncmp(addresses, "!half", 5) == 0)
		return hints->ai_family == AF_INET ? EAI_AGAIN : EAI_NONAME;
	if (strncmp(addresses, "!many", 5) == 0)
		return resolve_many(system, hints, answer);
	while (strncmp(addresses, "!hang", 5) == 0)
		pause();
	return resolve_all(system, addresses, hints, answer);
}

/* The number in VARIABLE, 0 without one. */
static int
number_in(const char *variable)
{
	const char *value = getenv(variable);

	return value == NULL ? 0 : atoi(value);
}

/* Whether FAKE_CONNECT is about ADDRESS. */
static bool
is_meant(const struct sockaddr *address)
{
	const char *only = getenv("FAKE_CONNECT_TO");
	struct in_addr wanted;

	if (only == NULL)
		return true;
	return address->sa_family == AF_INET && inet_pton(AF_INET, only, &wanted) == 1 &&
	       ((const struct sockaddr_in *)address)->sin_addr.s_addr == wanted.s_addr;
}

int
connect(int descriptor, const struct sockaddr *address, socklen_t length)
{
	typedef int connector(int, const struct sockaddr *, socklen_t);
	connector *system = (connector *)dlsym(RTLD_NEXT, "connect");

	errno = is_meant(address) ? number_in("FAKE_CONNECT") : 0;
	return errno != 0 ? -1 : system(descriptor, address, length);
}

int
getsockopt(int descriptor, int level, int option, void *value, socklen_t *length)
{
	typedef int getter(int, int, int, void *, socklen_t *);
	getter *system = (getter *)dlsym(RTLD_NEXT, "getsockopt");
	int error = number_in("FAKE_SO_ERROR");

	if (error == 0 || level != SOL_SOCKET || option != SO_ERROR)
		return system(descriptor, level, option, value, length);
	memcpy(value, &error, sizeof error);
	return 0;
}

/* As OpenSSL declares it, but for the types, which are its own. */
void *EVP_CIPHER_fetch(void *context, const char *cipher, const char *properties);

void *
EVP_CIPHER_fetch(void *context, const char *cipher, const char *properties)
{
	typedef void *fetcher(void *, const char *, const char *);
	fetcher *system = (fetcher *)dlsym(RTLD_NEXT, "EVP_CIPHER_fetch");
	const char *missing = getenv("FAKE_NO_CIPHER");

	if (missing != NULL && strcmp(missing, cipher) == 0)
		return NULL;
	return system(context, cipher, properties);
}

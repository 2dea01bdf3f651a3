#include "config.h"

#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define URI "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/"

static int
dial(const char *chars, const char *port)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)strtoul(port, NULL, 10)),
	};
	int descriptor = socket(AF_INET, SOCK_STREAM, 0);

	if (descriptor >= 0 && inet_pton(AF_INET, chars, &address.sin_addr) == 1 &&
	    connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0)
		return descriptor;
	perror(chars);
	exit(EXIT_FAILURE);
}

static bool
begin(SSL *ssl, int descriptor, const char *name)
{
	return SSL_set_fd(ssl, descriptor) == 1 &&
	       SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
	           (void *)(uintptr_t)name) == 1 &&
	       SSL_set1_host(ssl, name) == 1 && SSL_connect(ssl) == 1;
}

/* Until the server has said all, as it closes behind its answer. */
static bool
ask(SSL *ssl, const char *name)
{
	char request[400], answer[4096];
	size_t length = 0, taken;

	snprintf(request, sizeof request,
	    "HEAD " URI " HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", name);
	if (SSL_write_ex(ssl, request, strlen(request), &taken) != 1)
		return false;
	while (length < sizeof answer - 1 &&
	       SSL_read_ex(ssl, answer + length, sizeof answer - 1 - length, &taken) == 1)
		length += taken;
	answer[length] = '\0';
	printf("%.*s\n", (int)strcspn(answer, "\r\n"), answer);
	return length > 0;
}

/* One connection. */
static bool
call(SSL_CTX *context, char *arguments[], bool asks)
{
	SSL *ssl = SSL_new(context);
	int descriptor = dial(arguments[1], arguments[2]);
	bool done = ssl != NULL && begin(ssl, descriptor, arguments[3]) &&
	            (!asks || ask(ssl, arguments[3]));

	if (done)
		SSL_shutdown(ssl);
	else
		ERR_print_errors_fp(stderr);
	SSL_free(ssl);
	close(descriptor);
	return done;
}

int
client_run(int count, char *arguments[])
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	unsigned long calls = count > 5 ? strtoul(arguments[5], NULL, 10) : 1;
	bool done = true;

	if (count < 4 || context == NULL)
		return EXIT_FAILURE;
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
	if (count > 4)
		SSL_CTX_load_verify_file(context, arguments[4]);
	else
		SSL_CTX_set_default_verify_paths(context);
	for (unsigned long i = 0; done && i < calls; i++)
		done = call(context, arguments, count <= 5);
	SSL_CTX_free(context);
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

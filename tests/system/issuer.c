#include "issuer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT 60 /* seconds that a server may live, whatever becomes of the test */
#define DRIP  20 /* milliseconds */
#define CHUNK 100

static void
must(bool done, const char *what)
{
	if (done)
		return;
	perror(what);
	abort();
}

static int
listen_on_loopback(unsigned *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof address;
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(descriptor >= 0 &&
	         bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0 &&
	         listen(descriptor, 16) == 0 &&
	         getsockname(descriptor, (struct sockaddr *)&address, &length) == 0,
	    "issuer: no port");
	*port = ntohs(address.sin_port);
	return descriptor;
}

void
issuer_open(struct issuer *issuer)
{
	memset(issuer, 0, sizeof *issuer);
	issuer->http = listen_on_loopback(&issuer->http_port);
	issuer->tls = listen_on_loopback(&issuer->tls_port);
}

/* ---- HTTP ---- */

/* All of it, or as much as the client wants. */
static void
put(int descriptor, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t sent = send(descriptor, at, length, MSG_NOSIGNAL);

		if (sent <= 0)
			_exit(0);
		at += sent;
		length -= (size_t)sent;
	}
}

static void
put_head(int descriptor, const char *status, const char *fields)
{
	char head[512];
	int length = snprintf(
	    head, sizeof head, "HTTP/1.1 %s\r\n%sConnection: close\r\n\r\n", status, fields);

	put(descriptor, head, (size_t)length);
}

static void
put_whole(int descriptor, const struct issuer_page *page, size_t announced)
{
	char fields[80];

	snprintf(fields, sizeof fields, "Content-Length: %zu\r\n", announced);
	put_head(descriptor, "200 OK", fields);
	put(descriptor, page->bytes, page->length);
}

static void
put_chunks(int descriptor, const struct issuer_page *page)
{
	char line[32];

	put_head(descriptor, "200 OK", "Transfer-Encoding: chunked\r\n");
	for (size_t at = 0; at < page->length; at += CHUNK) {
		size_t size = page->length - at < CHUNK ? page->length - at : CHUNK;

		put(descriptor, line, (size_t)snprintf(line, sizeof line, "%zx;x=y\r\n", size));
		put(descriptor, page->bytes + at, size);
		put(descriptor, "\r\n", 2);
	}
	put(descriptor, "0\r\n\r\n", 5);
}

static void
put_flood(int descriptor)
{
	static const char zeros[65536];

	for (size_t at = 0; at < ISSUER_FLOOD; at += sizeof zeros)
		put(descriptor, zeros, sizeof zeros);
}

static void
drip(int descriptor)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nX: ";

	put(descriptor, head, sizeof head - 1);
	for (;;) {
		put(descriptor, "x", 1);
		poll(NULL, 0, DRIP);
	}
}

static void
answer(int descriptor, const struct issuer_page *page, bool is_get)
{
	char fields[400];

	switch (page->way) {
	case ISSUER_WHOLE:
	case ISSUER_POST:
		if (is_get && page->way == ISSUER_POST)
			put_head(descriptor, "405 Method Not Allowed", "");
		else
			put_whole(descriptor, page, page->length);
		break;
	case ISSUER_CHUNKED:
		put_chunks(descriptor, page);
		break;
	case ISSUER_CLOSED:
		put_head(descriptor, "200 OK", "");
		put(descriptor, page->bytes, page->length);
		break;
	case ISSUER_MISSING:
		put_head(descriptor, "404 Not Found", "");
		break;
	case ISSUER_MOVED:
		snprintf(fields, sizeof fields, "Location: %s\r\n", page->to);
		put_head(descriptor, "302 Found", fields);
		break;
	case ISSUER_SILENT:
		poll(NULL, 0, -1);
		break;
	case ISSUER_DRIP:
		drip(descriptor);
		break;
	case ISSUER_CUT:
		put_whole(descriptor, page, page->length + 1);
		break;
	case ISSUER_FLOODED:
		put_head(descriptor, "200 OK", "");
		put_flood(descriptor);
		break;
	case ISSUER_HUGE:
		snprintf(fields, sizeof fields, "Content-Length: %zu\r\n", ISSUER_FLOOD);
		put_head(descriptor, "200 OK", fields);
		put_flood(descriptor);
		break;
	}
}

/* The head of a request; what is posted may stand behind it, and is not looked at. */
static void
read_request(int descriptor, char *request, size_t size)
{
	size_t length = 0;
	ssize_t taken = 1;

	request[0] = '\0';
	while (strstr(request, "\r\n\r\n") == NULL && taken > 0 && length < size - 1) {
		taken = recv(descriptor, request + length, size - 1 - length, 0);
		length += taken > 0 ? (size_t)taken : 0;
		request[length] = '\0';
	}
}

static void
serve_http(const struct issuer *issuer, int descriptor, int log)
{
	char request[8192], line[300];
	const char *path;
	size_t i = 0;

	read_request(descriptor, request, sizeof request);
	path = strchr(request, ' ');
	path = path == NULL ? "" : path + 1;
	/* Short enough to be written whole. */
	(void)!write(log, line,
	    (size_t)snprintf(line, sizeof line, "%.*s\n", (int)strcspn(path, " \r\n") % 256, path));
	while (i < issuer->pages_count &&
	       strncmp(path, issuer->pages[i].path, strlen(issuer->pages[i].path)) != 0)
		i++;
	if (i < issuer->pages_count)
		answer(descriptor, &issuer->pages[i], strncmp(request, "GET ", 4) == 0);
	else
		put_head(descriptor, "404 Not Found", "");
	/* Read what is left of a POST, or closing resets the connection. */
	shutdown(descriptor, SHUT_WR);
	while (recv(descriptor, request, sizeof request, 0) > 0)
		;
}

/* ---- TLS ---- */

static int
staple(SSL *ssl, void *argument)
{
	const struct issuer *issuer = argument;
	unsigned char *copy;

	if (issuer->staple == NULL)
		return SSL_TLSEXT_ERR_NOACK;
	copy = OPENSSL_memdup(issuer->staple, issuer->staple_length);
	SSL_set_tlsext_status_ocsp_resp(ssl, copy, (long)issuer->staple_length);
	return SSL_TLSEXT_ERR_OK;
}

static void
serve_tls(struct issuer *issuer, int descriptor)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	SSL *ssl;
	char byte;

	must(SSL_CTX_use_certificate(context, issuer->own.x509) == 1 &&
	         SSL_CTX_use_PrivateKey(context, issuer->own.key) == 1 &&
	         (issuer->above == NULL || SSL_CTX_add1_chain_cert(context, issuer->above) == 1),
	    "issuer: no certificate");
	SSL_CTX_set_tlsext_status_cb(context, staple);
	SSL_CTX_set_tlsext_status_arg(context, issuer);
	ssl = SSL_new(context);
	SSL_set_fd(ssl, descriptor);
	if (SSL_accept(ssl) == 1)
		while (SSL_read(ssl, &byte, 1) > 0)
			;
	SSL_free(ssl);
	SSL_CTX_free(context);
}

/* ---- the whole ---- */

static void
take(struct issuer *issuer, int listener, int log)
{
	int descriptor = accept(listener, NULL, NULL);

	if (descriptor < 0)
		return;
	if (fork() == 0) {
		alarm(LIMIT);
		if (listener == issuer->http)
			serve_http(issuer, descriptor, log);
		else
			serve_tls(issuer, descriptor);
		_exit(0);
	}
	close(descriptor);
}

static _Noreturn void
run(struct issuer *issuer, int log)
{
	struct pollfd polled[] = {
	    {.fd = issuer->http, .events = POLLIN},
	    {.fd = issuer->tls, .events = POLLIN},
	};

	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	/* Not the handler that libcheck has set. */
	signal(SIGALRM, SIG_DFL);
	alarm(LIMIT);
	for (;;) {
		if (poll(polled, 2, -1) <= 0)
			continue;
		for (size_t i = 0; i < 2; i++)
			if (polled[i].revents != 0)
				take(issuer, polled[i].fd, log);
	}
}

void
issuer_serve(struct issuer *issuer)
{
	int ends[2];

	must(pipe(ends) == 0, "issuer: no pipe");
	fflush(NULL);
	issuer->process = fork();
	must(issuer->process >= 0, "issuer: no process");
	if (issuer->process == 0) {
		setpgid(0, 0);
		close(ends[0]);
		run(issuer, ends[1]);
	}
	setpgid(issuer->process, issuer->process);
	close(ends[1]);
	issuer->requests = ends[0];
	close(issuer->http);
	close(issuer->tls);
}

static size_t
count_requests(int pipe, const char *path)
{
	FILE *file = fdopen(pipe, "r");
	char line[300];
	size_t count = 0;

	must(file != NULL, "issuer: no pipe");
	while (fgets(line, sizeof line, file) != NULL)
		count += path != NULL && strncmp(line, path, strlen(path)) == 0;
	fclose(file);
	return count;
}

void
issuer_close(struct issuer *issuer, const char *path, size_t *count)
{
	size_t found;

	kill(-issuer->process, SIGKILL);
	waitpid(issuer->process, NULL, 0);
	found = count_requests(issuer->requests, path);
	if (count != NULL)
		*count = found;
	for (size_t i = 0; i < issuer->pages_count; i++)
		OPENSSL_free(issuer->pages[i].bytes);
	pki_free(&issuer->own);
	X509_free(issuer->above);
	OPENSSL_free(issuer->staple);
}

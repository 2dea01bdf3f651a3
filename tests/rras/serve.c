#include <openssl/crypto.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"
#include "breach.h"
#include "http.h"
#include "journal.h"
#include "line.h"
#include "ppp.h"
#include "serve.h"
#include "sstp.h"
#include "tls.h"

#define BANNER     "SSH-2.0-OpenSSH_9.2\r\n"
#define STACK_SIZE ((size_t)256 * 1024)
#define GLANCE     0.001 /* seconds from one look at the count to the next */

static atomic_uint clients;

/* The kernel has accepted already; a firewall or a load balancer may still have its way. */
static bool
tcp_stage(struct line *line)
{
	switch (line->member->tcp) {
	case TCP_CLOSES:
		return line_over(line, LINE_FIN);
	case TCP_RESETS:
		return line_over(line, LINE_RST);
	case TCP_ALTERNATES:
		if (line->number % 2 == 1)
			return line_over(line, LINE_FIN);
		break;
	case TCP_ALTERNATES_LATE:
		if (line->number % 2 == 0)
			return line_over(line, LINE_FIN);
		break;
	}
	line_sleep(line->member->delay);
	return true;
}

static bool
answer_in_plain_http(struct line *line)
{
	struct http_answer answer = http_answer_malformed(line->member);
	line_write(line, text_chars(&answer.head), answer.head.length);
	line_write(line, text_chars(&answer.body), answer.body.length);
	http_answer_free(&answer);
	return line_over(line, LINE_FIN);
}

/* HTTP.sys presents the certificate that is bound to the port, or resets when there is none. */
static bool
tls_stage(struct line *line)
{
	const struct member *member = line->member;
	switch (member->tls) {
	case TLS_WORKS:
	case TLS_STALLS:
	case TLS_DRIPS:
	case TLS_RESETS_LATE:
		return tls_accept(line);
	case TLS_SHOWS_BANNER:
		line_write(line, BANNER, strlen(BANNER));
		break;
	}
	if (!tls_swallow_hello(line))
		return false;
	switch (member->tls) {
	case TLS_RESETS:
		return line_over(line, LINE_RST);
	case TLS_HANGS:
		return line_over(line, LINE_SILENCE);
	case TLS_SPEAKS_HTTP:
		return answer_in_plain_http(line);
	case TLS_SENDS_GARBAGE:
		line_write_garbage(line);
		break;
	case TLS_SENDS_ALERT:
		tls_write_alert(line, member->tls_alert);
		break;
	}
	return line_over(line, LINE_FIN);
}

/* Header lines until the client has had enough. */
static bool
flood(struct line *line)
{
	static const char first[] = "HTTP/1.1 401 Unauthorized\r\n";
	static const char again[] = "X-Flood: one more line of a head that never ends\r\n";
	bool going = line_write(line, first, strlen(first));
	while (going)
		going = line_write(line, again, strlen(again));
	return false;
}

static bool
send_answer(struct line *line, const struct http_answer *answer)
{
	const struct member *member = line->member;
	struct text all = TEXT_EMPTY;
	text_add_bytes(&all, text_chars(&answer->head), answer->head.length);
	text_add_bytes(&all, text_chars(&answer->body), answer->body.length);
	if (member->http == HTTP_CUTS)
		text_cut(&all, (size_t)member->http_cut);
	bool sent;
	if (member->http == HTTP_DRIPS)
		sent = line_drip(line, text_chars(&all), all.length, member->drip, line_write);
	else if (member->split)
		sent = line_drip(line, text_chars(&all), all.length, 0, line_write);
	else
		sent = line_write(line, text_chars(&all), all.length);
	text_free(&all);
	return sent && member->http != HTTP_CUTS;
}

/* Instead of the answer. */
static bool
http_fault(struct line *line, const struct http_request *request)
{
	bool duplex = http_is_duplex(request);
	switch (line->member->http) {
	case HTTP_HANGS:
		return line_over(line, LINE_SILENCE);
	case HTTP_CLOSES:
		return line_over(line, LINE_FIN);
	case HTTP_RESETS:
		return line_over(line, LINE_RST);
	case HTTP_SENDS_GARBAGE:
		line_write_garbage(line);
		return line_over(line, LINE_FIN);
	case HTTP_FLOODS:
		return flood(line);
	}
	if (duplex && line->member->duplex == DUPLEX_HANGS)
		return line_over(line, LINE_SILENCE);
	if (duplex && line->member->duplex == DUPLEX_CLOSES)
		return line_over(line, LINE_FIN);
	return true;
}

/* SSTP begins with the 200: no byte of it may be there before. */
static bool
is_patient(struct line *line)
{
	char byte;
	line_take_turn(line);
	line->patience = line_deadline(0);
	bool spoke = line_read(line, &byte);
	line->patience = DEADLINE_NEVER;
	return spoke ? breach(line, "bytes before the 200") : line->late;
}

/* True while the connection goes on; with *TUNNEL it is one from now on. */
static bool
answer_request(struct line *line, const struct http_request *request, bool *tunnel)
{
	if (http_is_duplex(request))
		journal_add(line, "duplex correlation=%s",
		    request->correlation[0] != '\0' ? request->correlation : "none");
	if (!http_fault(line, request))
		return false;
	struct http_answer answer = http_answer(line->member, request);
	*tunnel = answer.tunnel;
	bool more =
	    (!answer.tunnel || is_patient(line)) && send_answer(line, &answer) && !answer.closes;
	http_answer_free(&answer);
	return more;
}

/* Requests may follow each other on one connection, until one makes it a tunnel. */
static bool
http_stage(struct line *line)
{
	struct http_request request;
	bool tunnel = false;
	if (line->member->http == HTTP_CLOSES_EARLY)
		return line_over(line, LINE_FIN);
	while (!tunnel)
		if (!http_read(line, &request) || !answer_request(line, &request, &tunnel))
			return false;
	return true;
}

/* The call, and in it PPP. */
static void
sstp_stage(struct line *line)
{
	struct sstp sstp;
	sstp_begin(&sstp, line);
	if (sstp_connect(&sstp))
		ppp_serve(&sstp);
	sstp_end(&sstp);
}

static void *
serve_line(void *argument)
{
	struct line *line = argument;
	journal_add(line, "tcp accepted");
	/* The ladder of SSTP: each stage goes on where the one before has left the line. */
	if (tcp_stage(line) && (line->member->plain || tls_stage(line)) && http_stage(line))
		sstp_stage(line);
	line_close(line);
	journal_add(line, "end");
	free(line);
	OPENSSL_thread_stop(); /* or it would be done when this thread is not counted any more */
	clients--;
	return NULL;
}

static bool
start_thread(struct line *line)
{
	pthread_attr_t attributes;
	pthread_t thread;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	clients++;
	int error = pthread_create(&thread, &attributes, serve_line, line);
	pthread_attr_destroy(&attributes);
	if (error != 0)
		clients--;
	return error == 0;
}

void
serve(int descriptor, const struct members *members, unsigned number)
{
	struct line *line = line_open(descriptor, members, number);
	if (line != NULL && start_thread(line))
		return;
	fprintf(stderr, "rras-sim: cannot serve connection %u\n", number);
	close(descriptor);
	free(line);
}

bool
serve_wait(double seconds)
{
	int64_t deadline = line_deadline(seconds);
	while (clients > 0 && deadline_left(deadline, deadline_now()) > 0)
		line_sleep(GLANCE);
	return clients == 0;
}

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "line.h"

#define GARBAGE      512
#define MILLISECOND  (DEADLINE_SECOND / 1000)
#define LONGEST_POLL (60 * DEADLINE_SECOND)

struct line *
line_open(int descriptor, const struct members *members, unsigned number)
{
	const int on = 1;
	struct sockaddr_storage local;
	socklen_t length = sizeof local;
	struct line *line = calloc(1, sizeof *line);
	if (line == NULL || getsockname(descriptor, (struct sockaddr *)&local, &length) == -1 ||
	    getnameinfo((struct sockaddr *)&local, length, line->local, sizeof line->local, NULL, 0,
	        NI_NUMERICHOST) != 0) {
		free(line);
		return NULL;
	}
	struct in6_addr address = member_address(&local);
	line->member = members_at(members, &address);
	line->descriptor = descriptor;
	fcntl(descriptor, F_SETFD, FD_CLOEXEC); /* see pty.c */
	line->number = number;
	line->patience = DEADLINE_NEVER;
	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return line;
}

bool
line_over(struct line *line, enum line_end end)
{
	line->end = end;
	return false;
}

void
line_take_turn(struct line *line)
{
	if (line->our_turn)
		line_sleep(line->member->delay);
	line->our_turn = false;
}

/* Until the client leaves. Closing with bytes unread would make the kernel send RST, not FIN. */
static void
drain(struct line *line)
{
	char bytes[4096];
	ssize_t got;
	do
		got = recv(line->descriptor, bytes, sizeof bytes, 0);
	while (got > 0 || (got == -1 && errno == EINTR));
}

void
line_finish(struct line *line)
{
	if (line->finished)
		return;
	line_take_turn(line);
	line->finished = true;
	if (line->ssl != NULL && SSL_is_init_finished(line->ssl) && !line->member->no_close_notify)
		SSL_shutdown(line->ssl);
	shutdown(line->descriptor, SHUT_WR);
}

void
line_close(struct line *line)
{
	struct linger reset = {.l_onoff = 1, .l_linger = 0};
	switch (line->end) {
	case LINE_FIN:
		line_finish(line);
		drain(line);
		break;
	case LINE_RST:
		line_take_turn(line);
		setsockopt(line->descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		break;
	case LINE_SILENCE:
		drain(line);
		break;
	}
	SSL_free(line->ssl);
	close(line->descriptor);
}

/* Whether the client speaks, or leaves, before the patience ends. */
static bool
comes_in_time(const struct line *line)
{
	struct pollfd wait = {line->descriptor, POLLIN, 0};
	int64_t left;
	int ready;
	do {
		left = deadline_left(line->patience, deadline_now());
		int64_t step = deadline_sooner(left, LONGEST_POLL);
		ready = poll(&wait, 1, (int)((step + MILLISECOND - 1) / MILLISECOND));
	} while (ready <= 0 && left > 0);
	return ready > 0;
}

bool
line_raw_read(struct line *line, void *bytes, size_t room, size_t *taken)
{
	ssize_t got;
	line->late = line->patience != DEADLINE_NEVER && !comes_in_time(line);
	if (line->late)
		return false;
	do
		got = recv(line->descriptor, bytes, room, 0);
	while (got == -1 && errno == EINTR);
	if (got <= 0)
		return false;
	line->our_turn = true;
	*taken = (size_t)got;
	return true;
}

bool
line_raw_write(struct line *line, const void *bytes, size_t length)
{
	const char *at = bytes;
	line_take_turn(line);
	while (length > 0) {
		ssize_t put = send(line->descriptor, at, length, MSG_NOSIGNAL);
		if (put == -1 && errno == EINTR)
			continue;
		if (put == -1)
			return false;
		at += put;
		length -= (size_t)put;
		line->sent += (size_t)put;
	}
	return true;
}

bool
line_read(struct line *line, char *byte)
{
	size_t taken;
	line->late = false;
	if (line->ssl != NULL)
		return SSL_read(line->ssl, byte, 1) == 1;
	return line_raw_read(line, byte, 1, &taken);
}

bool
line_write(struct line *line, const void *bytes, size_t length)
{
	size_t written;
	if (length == 0)
		return true;
	if (line->ssl != NULL)
		return SSL_write_ex(line->ssl, bytes, length, &written) == 1;
	return line_raw_write(line, bytes, length);
}

bool
line_drip(struct line *line, const void *bytes, size_t length, double seconds, line_writer *write)
{
	for (size_t i = 0; i < length; i++) {
		if (i > 0)
			line_sleep(seconds);
		if (!write(line, (const char *)bytes + i, 1))
			return false;
	}
	return true;
}

bool
line_write_garbage(struct line *line)
{
	unsigned char bytes[GARBAGE];
	uint64_t state = (uint64_t)line->member->seed;
	for (size_t i = 0; i < sizeof bytes; i++) {
		state = state * 6364136223846793005U + 1442695040888963407U;
		bytes[i] = (unsigned char)(state >> 56);
	}
	return line_write(line, bytes, sizeof bytes);
}

int64_t
line_deadline(double seconds)
{
	return deadline_after(deadline_now(), deadline_from_seconds(seconds));
}

void
line_sleep(double seconds)
{
	int64_t wait = deadline_from_seconds(seconds);
	struct timespec left = {wait / DEADLINE_SECOND, wait % DEADLINE_SECOND};
	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		continue;
}

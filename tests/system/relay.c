#include "config.h"

#include "relay.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/deadline.h"

#define PAIRS_MAX  ((size_t)16)
#define CHUNKS_MAX 64
#define CHUNK_MAX  4096

struct chunk {
	int64_t due;   /* base/deadline.h */
	size_t length; /* 0: the end */
	unsigned char bytes[CHUNK_MAX];
};

/* One direction: what was read FROM one end and is on its way TO the other. */
struct way {
	int from, to;
	bool ended;
	size_t first, count;
	struct chunk chunks[CHUNKS_MAX];
};

struct pair {
	bool used;
	struct way ways[2];
};

static struct pair pairs[PAIRS_MAX];

static void
set_no_delay(int descriptor)
{
	int on = 1;

	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void
open_pair(int client, const struct sockaddr_in *server)
{
	int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct pair *pair = pairs;

	while (pair < pairs + PAIRS_MAX && pair->used)
		pair++;
	if (pair == pairs + PAIRS_MAX || other < 0 ||
	    connect(other, (const struct sockaddr *)server, sizeof *server) != 0)
		_exit(EXIT_FAILURE);
	set_no_delay(client);
	set_no_delay(other);
	memset(pair, 0, sizeof *pair);
	pair->used = true;
	pair->ways[0].from = pair->ways[1].to = client;
	pair->ways[0].to = pair->ways[1].from = other;
}

static bool
can_take(const struct way *way)
{
	return !way->ended && way->count < CHUNKS_MAX;
}

static void
take(struct way *way, int64_t delay)
{
	struct chunk *chunk = &way->chunks[(way->first + way->count) % CHUNKS_MAX];
	ssize_t count = recv(way->from, chunk->bytes, CHUNK_MAX, 0);

	chunk->due = deadline_after(deadline_now(), delay);
	chunk->length = count > 0 ? (size_t)count : 0;
	way->ended = count <= 0;
	way->count++;
}

/* Hand over what is due. */
static void
deliver(struct way *way)
{
	while (way->count > 0 && way->chunks[way->first].due <= deadline_now()) {
		const struct chunk *chunk = &way->chunks[way->first];

		if (chunk->length == 0)
			shutdown(way->to, SHUT_WR);
		else
			send(way->to, chunk->bytes, chunk->length, MSG_NOSIGNAL);
		way->first = (way->first + 1) % CHUNKS_MAX;
		way->count--;
	}
}

static bool
is_over(const struct pair *pair)
{
	return pair->ways[0].ended && pair->ways[1].ended && pair->ways[0].count == 0 &&
	       pair->ways[1].count == 0;
}

/* Milliseconds until something is due, rounded up; -1: nothing is on its way. */
static int
next_due(void)
{
	int64_t due = DEADLINE_NEVER, left;

	for (size_t i = 0; i < PAIRS_MAX * 2; i++) {
		const struct way *way = &pairs[i / 2].ways[i % 2];

		if (pairs[i / 2].used && way->count > 0)
			due = deadline_sooner(due, way->chunks[way->first].due);
	}
	if (due == DEADLINE_NEVER)
		return -1;
	left = deadline_left(due, deadline_now());
	return left == 0 ? 0 : (int)(left * 1000 / DEADLINE_SECOND) + 1;
}

static void
relay_once(int listener, const struct sockaddr_in *server, int64_t delay)
{
	struct pollfd polls[1 + PAIRS_MAX * 2] = {{.fd = listener, .events = POLLIN}};

	for (size_t i = 0; i < PAIRS_MAX * 2; i++) {
		const struct way *way = &pairs[i / 2].ways[i % 2];

		polls[1 + i].events = POLLIN;
		polls[1 + i].fd = pairs[i / 2].used && can_take(way) ? way->from : -1;
	}
	poll(polls, sizeof polls / sizeof polls[0], next_due());
	for (size_t i = 0; i < PAIRS_MAX * 2; i++) {
		if (polls[1 + i].fd >= 0 && polls[1 + i].revents != 0)
			take(&pairs[i / 2].ways[i % 2], delay);
		if (pairs[i / 2].used)
			deliver(&pairs[i / 2].ways[i % 2]);
	}
	for (size_t i = 0; i < PAIRS_MAX; i++) {
		if (pairs[i].used && is_over(&pairs[i])) {
			close(pairs[i].ways[0].from);
			close(pairs[i].ways[0].to);
			pairs[i].used = false;
		}
	}
	if ((polls[0].revents & POLLIN) != 0)
		open_pair(accept4(listener, NULL, NULL, SOCK_CLOEXEC), server);
}

void
relay_start(const char *address, int port, double delay, struct relay *relay)
{
	struct sockaddr_in own = {.sin_family = AF_INET},
	                   server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	socklen_t length = sizeof own;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_ge(listener, 0);
	ck_assert_int_eq(inet_pton(AF_INET, address, &server.sin_addr), 1);
	ck_assert_int_eq(bind(listener, (struct sockaddr *)&own, sizeof own), 0);
	ck_assert_int_eq(listen(listener, SOMAXCONN), 0);
	ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&own, &length), 0);
	relay->port = ntohs(own.sin_port);
	relay->pid = fork();
	ck_assert_int_ge(relay->pid, 0);
	if (relay->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			relay_once(listener, &server, deadline_from_seconds(delay));
	}
	close(listener);
}

void
relay_stop(struct relay *relay)
{
	kill(relay->pid, SIGKILL);
	ck_assert_int_eq(waitpid(relay->pid, NULL, 0), relay->pid);
}

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "line.h"
#include "listen.h"
#include "serve.h"

#define BACKLOG   4096
#define TRIES     50  /* to find a port that is free everywhere */
#define FILLERS   16  /* connections that may be needed to fill an empty backlog */
#define HANGS_FOR 100 /* milliseconds: on loopback every other answer takes microseconds */

/* An address to listen on, and the knobs that hold there. */
struct place {
	struct sockaddr_storage address;
	socklen_t length;
	const struct member *member;
};

static struct place
place_at(const struct in6_addr *address, const struct member *member)
{
	struct place place = {.member = member};
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)&place.address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&place.address;
	if (IN6_IS_ADDR_V4MAPPED(address)) {
		four->sin_family = AF_INET;
		memcpy(&four->sin_addr, &address->s6_addr[12], sizeof four->sin_addr);
		place.length = sizeof *four;
	} else {
		six->sin6_family = AF_INET6;
		six->sin6_addr = *address;
		place.length = sizeof *six;
	}
	return place;
}

/* sin_port and sin6_port are in the same place. */
static void
set_port(struct place *place, uint16_t port)
{
	((struct sockaddr_in *)(void *)&place->address)->sin_port = htons(port);
}

static bool
never_answers(const struct member *member)
{
	return member->tcp == TCP_REFUSES || member->tcp == TCP_IS_BLACKHOLE;
}

static bool
wildcard_would_answer_wrongly(const struct members *members)
{
	bool wrong = never_answers(&members->others);
	for (size_t i = 0; i < members->count; i++)
		wrong = wrong || never_answers(&members->named[i]);
	return wrong;
}

/* Fill PLACES, which has room for one more than there are named members. */
static size_t
find_places(const struct members *members, struct place *places)
{
	static const struct in6_addr any = {{{[10] = 0xff, 0xff}}};
	static const struct in6_addr home = {{{[10] = 0xff, 0xff, 127, 0, 0, 1}}};
	bool each = wildcard_would_answer_wrongly(members);
	size_t count = 0;
	if (!each)
		places[count++] = place_at(&any, &members->others);
	else if (members_at(members, &home) == &members->others)
		places[count++] = place_at(&home, &members->others);
	for (size_t i = 0; i < members->count; i++)
		if (each || !IN6_IS_ADDR_V4MAPPED(&members->named[i].address))
			places[count++] = place_at(&members->named[i].address, &members->named[i]);
	return count;
}

/* A socket bound to PLACE, whose port is put in when it was 0; -1 with errno. */
static int
bind_place(struct place *place, bool reuse)
{
	const int on = 1;
	int descriptor = socket(place->address.ss_family, SOCK_STREAM, 0);
	if (descriptor == -1)
		return -1;
	fcntl(descriptor, F_SETFD, FD_CLOEXEC);
	if (reuse)
		setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (place->address.ss_family == AF_INET6)
		setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	socklen_t length = sizeof place->address;
	if (bind(descriptor, (struct sockaddr *)&place->address, place->length) == 0 &&
	    getsockname(descriptor, (struct sockaddr *)&place->address, &length) == 0)
		return descriptor;
	int error = errno;
	close(descriptor);
	errno = error;
	return -1;
}

/* Bind all PLACES to one port; all or none. */
static bool
bind_places(struct listen *listen, struct place *places, size_t count, uint16_t port)
{
	bool reuse = port != 0;
	listen->port = port;
	for (listen->count = 1; listen->count <= count; listen->count++) {
		struct place *place = &places[listen->count - 1];
		set_port(place, listen->port);
		int descriptor = bind_place(place, reuse);
		if (descriptor == -1)
			break;
		listen->sockets[listen->count] = (struct pollfd){descriptor, POLLIN, 0};
		listen->port = ntohs(((struct sockaddr_in *)(void *)&place->address)->sin_port);
	}
	if (listen->count > count)
		return true;
	int error = errno;
	while (listen->count-- > 1)
		close(listen->sockets[listen->count].fd);
	errno = error;
	return false;
}

/* Whether a connection to PLACE is answered in any way. It is kept open. */
static bool
answers(const struct place *place)
{
	int descriptor = socket(place->address.ss_family, SOCK_STREAM, 0);
	struct pollfd wait = {descriptor, POLLOUT, 0};
	fcntl(descriptor, F_SETFL, O_NONBLOCK);
	if (connect(descriptor, (const struct sockaddr *)&place->address, place->length) == 0 ||
	    poll(&wait, 1, HANGS_FOR) != 0)
		return true;
	close(descriptor);
	return false;
}

/* With its queue of waiting clients full, and nobody to empty it, the kernel drops SYNs. */
static bool
make_blackhole(struct pollfd *socket, const struct place *place)
{
	if (listen(socket->fd, 0) == -1)
		return false;
	socket->fd = -socket->fd; /* poll() then passes it over */
	for (int i = 0; i < FILLERS; i++)
		if (!answers(place))
			return true;
	errno = EAGAIN;
	return false;
}

/* A place that refuses stays bound, lest another program listens there, but never listens. */
static bool
open_place(struct pollfd *socket, const struct place *place)
{
	switch (place->member->tcp) {
	case TCP_REFUSES:
		socket->fd = -socket->fd;
		return true;
	case TCP_IS_BLACKHOLE:
		return make_blackhole(socket, place);
	}
	return listen(socket->fd, BACKLOG) == 0;
}

static bool
begin_at(struct listen *listen, struct place *places, size_t count, uint16_t port)
{
	bool bound = false;
	for (int i = 0; i < TRIES && !bound; i++) {
		bound = bind_places(listen, places, count, port);
		if (!bound && (port != 0 || errno != EADDRINUSE))
			return false;
	}
	for (size_t i = 0; i < count && bound; i++)
		bound = open_place(&listen->sockets[i + 1], &places[i]);
	return bound;
}

bool
listen_begin(struct listen *listen, const struct members *members, uint16_t port)
{
	struct place *places = calloc(members->count + 1, sizeof *places);
	listen->sockets = calloc(members->count + 2, sizeof *listen->sockets);
	bool begun = places != NULL && listen->sockets != NULL &&
	             begin_at(listen, places, find_places(members, places), port);
	free(places);
	if (!begun)
		fprintf(stderr, "rras-sim: cannot listen: %s\n", strerror(errno));
	return begun;
}

static void
accept_client(int listener, const struct members *members, unsigned number)
{
	int descriptor = accept(listener, NULL, NULL);
	if (descriptor != -1)
		serve(descriptor, members, number);
	else if (errno == EMFILE || errno == ENFILE)
		line_sleep(0.01);
}

/* Whether stdin has come to its end. */
static bool
stdin_ended(void)
{
	char bytes[256];
	ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
	return got == 0 || (got == -1 && errno != EINTR && errno != EAGAIN);
}

void
listen_run(const struct listen *listen, const struct members *members, bool watch_stdin)
{
	struct pollfd *sockets = listen->sockets;
	unsigned number = 0;
	sockets[0] = (struct pollfd){watch_stdin ? STDIN_FILENO : -1, POLLIN, 0};
	for (;;) {
		if (poll(sockets, listen->count, -1) == -1)
			continue;
		if (sockets[0].revents != 0 && stdin_ended())
			return;
		for (size_t i = 1; i < listen->count; i++)
			if (sockets[i].revents != 0)
				accept_client(sockets[i].fd, members, ++number);
	}
}

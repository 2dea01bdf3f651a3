#include "config.h"

#include "proxy.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/deadline.h"

static enum mutation_side
other(enum mutation_side side)
{
	return side == MUTATION_CLIENT ? MUTATION_SERVER : MUTATION_CLIENT;
}

bool
proxy_open(struct proxy *proxy, int listener, const struct sockaddr_in *server,
    const struct mutation *mutation)
{
	const int on = 1;

	memset(proxy, 0, sizeof *proxy);
	proxy->mutation = *mutation;
	proxy->descriptors[MUTATION_CLIENT] =
	    accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	proxy->descriptors[MUTATION_SERVER] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (proxy->descriptors[MUTATION_CLIENT] < 0 || proxy->descriptors[MUTATION_SERVER] < 0 ||
	    connect(proxy->descriptors[MUTATION_SERVER], (const struct sockaddr *)server,
	        sizeof *server) != 0)
		return false;
	for (int side = 0; side < MUTATION_SIDES; side++)
		setsockopt(proxy->descriptors[side], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return true;
}

static void
close_both(struct proxy *proxy)
{
	for (int side = 0; side < MUTATION_SIDES; side++) {
		if (proxy->descriptors[side] >= 0)
			close(proxy->descriptors[side]);
		proxy->descriptors[side] = -1;
	}
}

static void
reset_both(struct proxy *proxy)
{
	struct linger reset = {.l_onoff = 1, .l_linger = 0};

	for (int side = 0; side < MUTATION_SIDES; side++)
		setsockopt(proxy->descriptors[side], SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	close_both(proxy);
}

/* Whether the mutation is of this side's bytes, is of KIND, and they have come to its place. */
static bool
has_come(const struct proxy *proxy, enum mutation_side side, enum mutation_kind kind)
{
	const struct mutation *mutation = &proxy->mutation;

	return mutation->kind == kind && mutation->side == side &&
	       proxy->ways[side].said.length > mutation->offset;
}

/* How many bytes may go now. */
static size_t
sendable(const struct proxy *proxy, enum mutation_side side)
{
	const struct proxy_way *way = &proxy->ways[side];
	const struct mutation *mutation = &proxy->mutation;
	size_t left = way->heard.length - way->sent;

	if (mutation->side != side)
		return left;
	if (mutation->kind == MUTATION_SPLIT && left > mutation->piece)
		return mutation->piece;
	if (mutation->kind == MUTATION_DELAY && way->sent <= mutation->offset &&
	    left > mutation->offset - way->sent &&
	    (way->release == 0 || way->release > deadline_now()))
		return mutation->offset - way->sent;
	return left;
}

/* The other side gets no more, and shall be told: silence tells nothing while the client is there.
 */
static bool
is_to_shut(const struct proxy *proxy, enum mutation_side side)
{
	const struct proxy_way *way = &proxy->ways[side];

	if (way->shut || way->sent < way->heard.length)
		return false;
	if (has_come(proxy, side, MUTATION_CUT))
		return true;
	return way->ended &&
	       (!has_come(proxy, side, MUTATION_SILENCE) || proxy->ways[MUTATION_CLIENT].ended);
}

int64_t
proxy_prepare(const struct proxy *proxy, struct pollfd polls[MUTATION_SIDES])
{
	int64_t until = DEADLINE_NEVER;

	for (int side = 0; side < MUTATION_SIDES; side++)
		polls[side] = (struct pollfd){.fd = -1};
	for (int side = 0; side < MUTATION_SIDES; side++) {
		const struct proxy_way *way = &proxy->ways[side];

		if (!way->ended)
			polls[side].events |= POLLIN;
		if (sendable(proxy, side) > 0 || is_to_shut(proxy, side))
			polls[other(side)].events |= POLLOUT;
		if (way->release > deadline_now())
			until = deadline_sooner(until, way->release);
	}
	/* Of one that nobody wants anything of poll() would still tell the hang-up, for ever. */
	for (int side = 0; side < MUTATION_SIDES; side++)
		if (polls[side].events != 0)
			polls[side].fd = proxy->descriptors[side];
	return until;
}

static void
listen_to(struct proxy *proxy, enum mutation_side side)
{
	struct proxy_way *way = &proxy->ways[side];
	unsigned char bytes[16384];
	ssize_t count = recv(proxy->descriptors[side], bytes, sizeof bytes, MSG_DONTWAIT);
	size_t at = way->said.length, length = count > 0 ? (size_t)count : 0;

	if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
		way->ended = true;
	mutation_note(&proxy->exchange, side, length);
	text_add_bytes(&way->said, bytes, length);
	if (proxy->mutation.side == side)
		mutation_apply(&proxy->mutation, at, bytes, length, &way->kept, &way->heard);
	else
		text_add_bytes(&way->heard, bytes, length);
}

/* Who has left hears nothing: what is for them goes nowhere. */
static void
tell(struct proxy *proxy, enum mutation_side side)
{
	struct proxy_way *way = &proxy->ways[side];
	size_t length = sendable(proxy, side);
	ssize_t count = 0;

	if (length > 0)
		count = send(proxy->descriptors[other(side)], text_chars(&way->heard) + way->sent,
		    length, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (count > 0)
		way->sent += (size_t)count;
	else if (count < 0 && errno != EAGAIN && errno != EINTR)
		way->sent = way->heard.length;
	if (way->release == 0 && has_come(proxy, side, MUTATION_DELAY) &&
	    way->sent == proxy->mutation.offset)
		way->release = deadline_after(deadline_now(), proxy->mutation.delay);
	if (is_to_shut(proxy, side)) {
		shutdown(proxy->descriptors[other(side)], SHUT_WR);
		way->shut = true;
	}
}

static bool
has_left(const struct proxy *proxy, enum mutation_side side)
{
	return proxy->ways[side].ended && proxy->ways[side].shut;
}

void
proxy_go_on(struct proxy *proxy, const struct pollfd polls[MUTATION_SIDES])
{
	for (int side = 0; side < MUTATION_SIDES; side++)
		if (polls[side].revents != 0 && !proxy->ways[side].ended)
			listen_to(proxy, side);
	for (int side = 0; side < MUTATION_SIDES; side++)
		tell(proxy, side);
	for (int side = 0; side < MUTATION_SIDES; side++)
		if (has_come(proxy, side, MUTATION_RESET) &&
		    proxy->ways[side].sent == proxy->ways[side].heard.length) {
			reset_both(proxy);
			return;
		}
	if (has_left(proxy, MUTATION_CLIENT) && has_left(proxy, MUTATION_SERVER))
		close_both(proxy);
}

bool
proxy_is_over(const struct proxy *proxy)
{
	return proxy->descriptors[MUTATION_CLIENT] < 0;
}

void
proxy_free(struct proxy *proxy)
{
	close_both(proxy);
	for (int side = 0; side < MUTATION_SIDES; side++) {
		text_free(&proxy->ways[side].said);
		text_free(&proxy->ways[side].heard);
		text_free(&proxy->ways[side].kept);
	}
}

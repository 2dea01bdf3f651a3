#include "config.h"

#include "net/dial.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

struct dial {
	struct loop *loop;
	struct loop_watch
	    watch; /* the socket that is connecting; before the first, the turn to begin */
	const struct resolve_address *addresses;
	size_t count, next;
	const struct resolve_address *source;
	int64_t deadline;
	int64_t begun; /* the attempt under way */
	dial_tried *tried;
	void *owner;
};

/* What an ICMP error becomes has many names: by ICMPv6 a firewall that rejects is EACCES. */
static enum dial_result
result_of(int error)
{
	switch (error) {
	case 0:
		return DIAL_CONNECTED;
	case ECONNREFUSED:
		return DIAL_REFUSED;
	case ECONNRESET:
	case EPIPE:
		return DIAL_RESET;
	case EHOSTUNREACH:
	case ENETUNREACH:
	case EHOSTDOWN:
	case ENETDOWN:
	case EACCES:
	case ENOPROTOOPT:
	case EPROTO:
#ifdef ENONET
	case ENONET:
#endif
		return DIAL_UNREACHABLE;
	case ETIMEDOUT:
		return DIAL_TIMEOUT;
	case EMFILE:
	case ENFILE:
		return DIAL_NO_DESCRIPTORS;
	default:
		return DIAL_ERROR;
	}
}

/* The same, when our own system says so before a packet left. */
static enum dial_result
result_at_once(int error)
{
	switch (error) {
	case EHOSTUNREACH:
	case ENETUNREACH:
	case ENETDOWN:
	case EADDRNOTAVAIL:
	case EAFNOSUPPORT:
	case EACCES:
	case EPERM:
	case EINVAL: /* a link-local address without its zone */
		return DIAL_NO_ROUTE;
	default:
		return result_of(error);
	}
}

/* Tell the owner how the attempt went; DESCRIPTOR is theirs when it is connected. */
static void
tell(struct dial *dial, enum dial_result result, int error)
{
	struct dial_attempt attempt = {
	    .address = &dial->addresses[dial->next],
	    .result = result,
	    .error = error,
	    .nanoseconds = deadline_now() - dial->begun,
	};
	int descriptor = dial->watch.descriptor;
	bool last = ++dial->next == dial->count || result == DIAL_CONNECTED ||
	            result == DIAL_NO_DESCRIPTORS || result == DIAL_INTERRUPTED;

	loop_remove(dial->loop, &dial->watch);
	dial->watch.descriptor = -1;
	if (result != DIAL_CONNECTED && descriptor >= 0) {
		close(descriptor);
		descriptor = -1;
	}
	if (!last) {
		dial->watch.deadline = 0; /* the next one's turn */
		if (!loop_add(dial->loop, &dial->watch))
			last = true;
	}
	dial->tried(dial->owner, &attempt, descriptor, last);
}

/* What one attempt may take: a fair share while others wait, all that is left for the last. */
static int64_t
attempt_deadline(const struct dial *dial)
{
	size_t remaining = dial->count - dial->next;
	int64_t share;

	if (remaining <= 1)
		return dial->deadline;
	share = deadline_left(dial->deadline, dial->begun) / (int64_t)remaining;
	if (share > DIAL_ATTEMPT)
		share = DIAL_ATTEMPT;
	return deadline_after(dial->begun, share);
}

static void
attempt(struct dial *dial)
{
	const struct resolve_address *address = &dial->addresses[dial->next];
	const struct resolve_address *source = dial->source;
	int family = address->address.ss_family, on = 1, error;

	dial->begun = deadline_now();
	if (source != NULL && source->address.ss_family != family) {
		tell(dial, DIAL_NO_ROUTE, EAFNOSUPPORT);
		return;
	}
	dial->watch.descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (dial->watch.descriptor < 0 ||
	    (source != NULL &&
	        bind(dial->watch.descriptor, (const struct sockaddr *)&source->address,
	            source->length) != 0)) {
		error = errno;
		tell(dial, result_at_once(error), error);
		return;
	}
	/* Each of our messages is a whole one; to wait for more would only delay it. */
	(void)setsockopt(dial->watch.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(dial->watch.descriptor, (const struct sockaddr *)&address->address,
	        address->length) == 0) {
		tell(dial, DIAL_CONNECTED, 0);
		return;
	}
	error = errno;
	dial->watch.events = POLLOUT;
	dial->watch.deadline = attempt_deadline(dial);
	if (error != EINPROGRESS && error != EINTR)
		tell(dial, result_at_once(error), error);
	else if (!loop_add(dial->loop, &dial->watch))
		tell(dial, DIAL_ERROR, ENOMEM);
}

static void
on_watch(struct loop_watch *watch, enum loop_event event)
{
	struct dial *dial = watch->owner;
	int error = 0;
	socklen_t size = sizeof error;

	if (event == LOOP_INTERRUPTED) {
		tell(dial, DIAL_INTERRUPTED, EINTR);
		return;
	}
	if (watch->descriptor < 0) {
		attempt(dial);
		return;
	}
	if (event == LOOP_TIMEOUT) {
		tell(dial, DIAL_TIMEOUT, ETIMEDOUT);
		return;
	}
	if (getsockopt(watch->descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
		error = errno;
	tell(dial, result_of(error), error);
}

struct dial *
dial_begin(struct loop *loop, const struct resolve_address *addresses, size_t count,
    const struct resolve_address *source, int64_t deadline, dial_tried *tried, void *owner)
{
	struct dial *dial = calloc(1, sizeof *dial);

	if (dial == NULL)
		return NULL;
	dial->loop = loop;
	dial->addresses = addresses;
	dial->count = count;
	dial->source = source;
	dial->deadline = deadline;
	dial->begun = deadline_now();
	dial->tried = tried;
	dial->owner = owner;
	dial->watch = (struct loop_watch){
	    .descriptor = -1,
	    .handler = on_watch,
	    .owner = dial,
	};
	if (!loop_add(loop, &dial->watch)) {
		free(dial);
		return NULL;
	}
	return dial;
}

void
dial_end(struct dial *dial)
{
	if (dial == NULL)
		return;
	loop_remove(dial->loop, &dial->watch);
	if (dial->watch.descriptor >= 0)
		close(dial->watch.descriptor);
	free(dial);
}

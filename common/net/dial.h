/*
 * dial - connect to the first of several addresses that answers.
 *
 * Addresses are tried in turn. While others remain, an attempt may use the time left divided by the
 * addresses left, at most DIAL_ATTEMPT; the last may use all that is left. So a black hole never
 * eats the budget.
 */
#ifndef NET_DIAL_H
#define NET_DIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/deadline.h"
#include "net/loop.h"
#include "net/resolve.h"

#define DIAL_ATTEMPT (3 * DEADLINE_SECOND)

enum dial_result {
	DIAL_CONNECTED,
	DIAL_REFUSED,
	DIAL_UNREACHABLE,
	DIAL_RESET, /* accepted and reset in one breath */
	DIAL_TIMEOUT,
	DIAL_NO_ROUTE,       /* refused by our own host before a packet left */
	DIAL_NO_DESCRIPTORS, /* EMFILE, ENFILE */
	DIAL_INTERRUPTED,
	DIAL_ERROR, /* any other errno */
};

/* What became of one address. */
struct dial_attempt {
	const struct resolve_address *address;
	enum dial_result result;
	int error; /* errno */
	int64_t nanoseconds;
};

struct dial;

/*
 * Called after each address: ATTEMPT tells how it went. The dial is over when it connected
 * (DESCRIPTOR is then the socket, non-blocking, with TCP_NODELAY, and belongs to the callee) or
 * when LAST is true; otherwise the next address is tried after this returns. The callee may call
 * dial_end() when it is over, not before.
 */
typedef void dial_tried(void *owner, const struct dial_attempt *attempt, int descriptor, bool last);

/*
 * Begin with the first of COUNT addresses, which must outlive the dial. SOURCE is the local address
 * to use, or NULL; addresses of another family than SOURCE's count as DIAL_NO_ROUTE. NULL when
 * memory ran out.
 */
struct dial *dial_begin(struct loop *loop, const struct resolve_address *addresses, size_t count,
    const struct resolve_address *source, int64_t deadline, dial_tried *tried, void *owner);

/* Stop and free, closing a socket that is still connecting. NULL is allowed. */
void dial_end(struct dial *dial);

#endif

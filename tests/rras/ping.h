/*
 * ping - the answer to an ICMP echo request inside the tunnel (RFC 792), or what a knob makes of
 * it.
 */
#ifndef RRAS_PING_H
#define RRAS_PING_H

#include <stdbool.h>

#include "base/cursor.h"
#include "lcp.h"

struct ping {
	struct lcp *lcp;
	unsigned requests; /* so far */
};

/* A client's IPv4 packet. What is not for us is let pass and noted. False: the call is over. */
bool ping_take(struct ping *ping, struct cursor bytes);

#endif

/*
 * ping - the answer to an ICMP echo request inside the tunnel (RFC 791, RFC 792).
 */
#ifndef RRAS_PING_H
#define RRAS_PING_H

#include <stdbool.h>

#include "base/cursor.h"
#include "sstp.h"

/* A client's IPv4 packet. What is not for us is let pass and noted. False: the call is over. */
bool ping_take(struct sstp *sstp, struct cursor bytes);

#endif

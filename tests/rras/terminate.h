/*
 * terminate - how LCP ends, from either side, and the call with it (RFC 1661 section 5.5).
 *
 * After the two packets of the end a client is expected to disconnect. One that does not is
 * disconnected.
 */
#ifndef RRAS_TERMINATE_H
#define RRAS_TERMINATE_H

#include "frame.h"
#include "lcp.h"

/* Ask the client to end, and see the call to its end. */
void terminate(struct lcp *lcp);

/* The client has asked us to, by this PACKET. */
void terminate_answer(struct lcp *lcp, const struct frame_packet *packet);

#endif

/*
 * ipcp - the addresses inside the tunnel (RFC 1332, RFC 1877).
 *
 * A client asks for 0.0.0.0 and is told its address and name servers by a Configure-Nak. The server
 * asks for its own address, which a client has no reason to refuse.
 */
#ifndef RRAS_IPCP_H
#define RRAS_IPCP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "frame.h"
#include "lcp.h"

struct ipcp {
	struct lcp *lcp;
	struct text ours;   /* the options of our request */
	uint8_t identifier; /* of that */
	int tries;          /* that are left for it */
	int64_t resend;     /* when the restart timer runs out */
	bool agreed;        /* it was acknowledged */

	int their_identifier; /* of the client's last Configure-Request, or -1 */
	struct text theirs;   /* its options */
	unsigned naks;        /* that it got */
	bool waiting;         /* the Ack of it waits for that of ours */
	bool they_agreed;     /* we have acknowledged it */
};

void ipcp_begin(struct ipcp *ipcp, struct lcp *lcp);
void ipcp_free(struct ipcp *ipcp);

/* A packet of the client's. False: the call is over. */
bool ipcp_take(struct ipcp *ipcp, const struct frame_packet *packet);

/* The restart timer has run out. */
void ipcp_repeat(struct ipcp *ipcp);

/* Whether IP may cross the tunnel. */
bool ipcp_is_open(const struct ipcp *ipcp);

#endif

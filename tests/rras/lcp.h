/*
 * lcp - the Link Control Protocol as RRAS speaks it (RFC 1661, RFC 1570).
 *
 * Both sides ask for options and agree to what the other asks; then LCP is open, authentication may
 * begin, and nothing but LCP and that has a place in the line.
 */
#ifndef RRAS_LCP_H
#define RRAS_LCP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "extras.h"
#include "frame.h"
#include "member.h"
#include "offer.h"
#include "sstp.h"

enum lcp_code {
	LCP_CONFIGURE_REQUEST = 1,
	LCP_CONFIGURE_ACK,
	LCP_CONFIGURE_NAK,
	LCP_CONFIGURE_REJECT,
	LCP_TERMINATE_REQUEST,
	LCP_TERMINATE_ACK,
	LCP_CODE_REJECT,
	LCP_PROTOCOL_REJECT,
	LCP_ECHO_REQUEST,
	LCP_ECHO_REPLY,
	LCP_DISCARD_REQUEST,
	LCP_IDENTIFICATION,
	LCP_TIME_REMAINING,
};

struct lcp {
	struct sstp *sstp;
	struct offer offer;
	uint8_t identifier; /* of our last Configure-Request; they are counted from 0 */
	int tries;          /* that are left for it */
	int64_t resend;     /* when the restart timer runs out */
	bool agreed;        /* it was acknowledged */
	unsigned refusals;  /* Naks and Rejects that came for our requests */

	int their_identifier; /* of the client's last Configure-Request, or -1 */
	struct text theirs;   /* its options */
	bool they_agreed;     /* we have acknowledged it */
	unsigned naks;        /* that it got */

	bool authenticated;
	struct extras extras;
};

void lcp_begin(struct lcp *lcp, struct sstp *sstp);
void lcp_free(struct lcp *lcp);

/* Go on until LCP is open. False: it will not be. */
bool lcp_establish(struct lcp *lcp);

/* Once LCP is open: the next frame that is not LCP's own, until DEADLINE. */
enum arrival lcp_receive(struct lcp *lcp, int64_t deadline, struct frame *frame);

/* From now on there is more in the line than LCP and authentication. */
void lcp_authenticated(struct lcp *lcp);

/* What the client agreed to authenticate with. */
enum method lcp_method(const struct lcp *lcp);

void lcp_send(
    struct lcp *lcp, enum lcp_code code, uint8_t identifier, const void *data, size_t length);

#endif

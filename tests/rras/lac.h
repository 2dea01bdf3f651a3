/*
 * lac - the PPP server behind the call is reached by L2TP (RFC 2661): rras-sim is an L2TP access
 * concentrator, with a tunnel of its own for each call.
 */
#ifndef RRAS_LAC_H
#define RRAS_LAC_H

#include "sstp.h"

/* Open a tunnel to the l2tp= of the member, until the call or the tunnel is over. */
void lac_serve(struct sstp *sstp);

#endif

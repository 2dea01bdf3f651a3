/*
 * ppp - the PPP server behind an SSTP call, phase by phase (RFC 1661 section 3.2).
 */
#ifndef RRAS_PPP_H
#define RRAS_PPP_H

#include "sstp.h"

/* Serve the client until the call is over. */
void ppp_serve(struct sstp *sstp);

#endif

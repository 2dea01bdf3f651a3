/*
 * network - the phase of PPP in which network protocols are configured and used (RFC 1661 section
 * 3.6). There is one: IPv4. The others are rejected.
 */
#ifndef RRAS_NETWORK_H
#define RRAS_NETWORK_H

#include "logon.h"

/* Serve the client that has logged on, until the call is over. */
void network_serve(struct logon *logon);

#endif

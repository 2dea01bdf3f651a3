/*
 * noise - what else comes through a tunnel while a client waits for something, by the knob noise=.
 */
#ifndef RRAS_NOISE_H
#define RRAS_NOISE_H

#include "lcp.h"

/* A broadcast, of the server's. */
void noise_send_broadcast(struct sstp *sstp);

/* Once IP may cross the tunnel. */
void noise_send(struct lcp *lcp);

#endif

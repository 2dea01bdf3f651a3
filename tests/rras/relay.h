/*
 * relay - the client is asked who it is, and then has its conversation by EAP with a RADIUS server
 * (RFC 3579): rras-sim hands on the packets of both, and looks only at what begins and ends it.
 */
#ifndef RRAS_RELAY_H
#define RRAS_RELAY_H

#include <stdbool.h>

#include "logon.h"

/* The first word: who are you? */
void relay_ask(struct logon *logon);

/* Whether PACKET is a Response to the last Request; else it is a breach. */
bool relay_is_answer(const struct logon *logon, const struct frame_packet *packet);

/* And what comes of it. False: the call is over. */
bool relay_serve(struct logon *logon);

#endif

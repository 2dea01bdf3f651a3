/*
 * ping - ICMP echoes across the tunnel (RFC 792), one after the other.
 *
 * A state machine without sockets or clock, as link.h. The next echo leaves when the one before it
 * has come back, or a second has passed: the first is often lost to the resolution of an address
 * behind the server. An answer that comes late still counts. All other traffic is ignored.
 */
#ifndef PROBE_PING_H
#define PROBE_PING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "wire/ppp.h"

#define PING_COUNT 4

struct ping {
	struct facts_ping *facts;
	struct text *out; /* frames.h */
	bool over;
	int64_t timer;   /* when ping_tick() is due; DEADLINE_NEVER: not at all */
	uint32_t source; /* our address in the tunnel */
	uint16_t identifier;
	int64_t sent[PING_COUNT]; /* when */
	bool answered[PING_COUNT];
};

/* Begin at NOW: the first echo to FACTS->address is in OUT. IDENTIFIER is a random number. */
void ping_begin(struct ping *ping, struct facts_ping *facts, struct text *out, uint32_t source,
    uint16_t identifier, int64_t now);

/* Take a frame of IPv4. */
void ping_receive(struct ping *ping, const struct ppp_frame *frame, int64_t now);

/* The time of its timer may have come. */
void ping_tick(struct ping *ping, int64_t now);

#endif

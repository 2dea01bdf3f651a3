/*
 * link - LCP, the first layer of PPP (RFC 1661), and what the server demands for a logon.
 *
 * A state machine without sockets or clock: frames and points in time go in, frames to be sent come
 * out. It requests nothing but a magic number, acknowledges what it can live with, rejects the
 * rest, and learns the methods of authentication by declining each with a Configure-Nak that names
 * another. It answers echoes from the first byte on. It never sends a credential nor an identity.
 */
#ifndef PROBE_LINK_H
#define PROBE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "wire/ppp.h"

enum link_state {
	LINK_GOING,
	LINK_OPEN,
	LINK_OVER, /* SYMPTOM says why */
};

struct link {
	struct facts_ppp *facts;
	struct text out; /* frames as SSTP data packets, for the caller to send and cut */
	enum link_state state;
	enum facts_symptom symptom;
	int64_t timer; /* when link_tick() is due; DEADLINE_NEVER: not at all */

	uint32_t magic;
	bool without_magic; /* it was rejected */
	uint8_t identifier; /* of our last Configure-Request */
	unsigned requests;  /* sent */
	unsigned naks;      /* sent for authentication */
	uint8_t declined;   /* identifier of the request that the last of them answered */
	unsigned code_rejects;
	bool acknowledged_ours, acknowledged_theirs;
	bool steps_done;             /* all methods are known */
	enum facts_method suggested; /* by our last Configure-Nak */
	bool refused[FACTS_METHODS]; /* suggested in vain */
};

/* Begin at NOW: our Configure-Request is in OUT. MAGIC is a random number. */
void link_begin(struct link *link, struct facts_ppp *facts, uint32_t magic, int64_t now);

/* Take one frame as it came in an SSTP data packet. */
void link_receive(struct link *link, const uint8_t *frame, size_t length, int64_t now);

/* The timer has come: send again what was not answered. */
void link_tick(struct link *link, int64_t now);

/* Append a Terminate-Request to OUT. */
void link_leave(struct link *link);

void link_end(struct link *link);

#endif

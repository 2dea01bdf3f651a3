/*
 * link - LCP, the first layer of PPP (RFC 1661), and what the server demands for a logon.
 *
 * A state machine without sockets or clock: frames and points in time go in, frames to be sent come
 * out. It requests nothing but a magic number, and the MRU of a server that misses one; it
 * acknowledges what it can live with, rejects the rest, and comes to terms about authentication, or
 * learns what there is (demand.h). It answers echoes from the first byte on. It never sends a
 * credential nor an identity.
 */
#ifndef PROBE_LINK_H
#define PROBE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/demand.h"
#include "probe/plan.h"
#include "wire/ppp.h"

enum link_state {
	LINK_GOING,
	LINK_OPEN,
	LINK_OVER, /* SYMPTOM says why */
};

struct link {
	struct facts_ppp *facts;
	struct text *out;               /* frames.h */
	const struct plan_logon *logon; /* whose password the server may know; NULL: none */
	enum link_state state;
	enum facts_symptom symptom;
	int64_t timer; /* when link_tick() is due; DEADLINE_NEVER: not at all */

	uint32_t magic;
	bool without_magic;                      /* it was rejected */
	bool mru_named;                          /* the server has asked for it */
	uint16_t mru;                            /* as it was asked for, 0: none */
	unsigned unheeded;                       /* refusals of our requests that changed nothing */
	uint8_t identifier;                      /* of our last Configure-Request */
	unsigned requests;                       /* sent */
	unsigned renewals;                       /* how often the server has begun anew */
	unsigned code_rejects, protocol_rejects; /* sent */
	bool acknowledged_ours, acknowledged_theirs;
	struct demand demand;

	uint8_t echo;      /* identifier of our last Echo-Request */
	bool echoed;       /* it came back */
	uint16_t rejected; /* protocol of the server's last Protocol-Reject, 0: none came */
};

/* Begin at NOW: our Configure-Request is in OUT. MAGIC is a random number. */
void link_begin(
    struct link *link, struct facts *facts, struct text *out, uint32_t magic, int64_t now);

/* Take a frame of LCP; others are not its affair. */
void link_receive(struct link *link, const struct ppp_frame *frame, int64_t now);

/* The timer has come: send again what was not answered. */
void link_tick(struct link *link, int64_t now);

/* Append an Echo-Request to OUT; ECHOED says when it has come back. */
void link_echo(struct link *link);

/* Decline FRAME's protocol, a few times at the most. Only after authentication: some servers take
 * a Protocol-Reject before their network phase for a fatal error. */
void link_reject_protocol(struct link *link, const struct ppp_frame *frame);

/* Append a Terminate-Request to OUT. */
void link_leave(struct link *link);

#endif

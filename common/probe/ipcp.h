/*
 * ipcp - the network control protocol of IPv4 (RFC 1332, name servers by RFC 1877).
 *
 * A state machine without sockets or clock, as link.h. It asks for an address and two name servers,
 * takes what the server names instead, and lets the server have the address it asks for and nothing
 * else. However the server goes on, it ends.
 */
#ifndef PROBE_IPCP_H
#define PROBE_IPCP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/plan.h"
#include "wire/ppp.h"

enum ipcp_state {
	IPCP_GOING,
	IPCP_OPEN,
	IPCP_OVER, /* SYMPTOM says why */
};

struct ipcp {
	struct facts_tunnel *facts;
	const struct plan_logon *logon; /* whose password the server's words may hold */
	struct text *out;               /* frames.h */
	enum ipcp_state state;
	enum facts_symptom symptom;
	int64_t timer;      /* when ipcp_tick() is due; DEADLINE_NEVER: not at all */
	uint8_t identifier; /* of our last Configure-Request */
	unsigned requests;  /* sent */
	bool answered;      /* one of them was, in whatever way */
	bool acknowledged_ours, acknowledged_theirs;
	uint32_t address;            /* that we ask for */
	uint32_t dns[FACTS_DNS_MAX]; /* likewise */
	bool no_dns[FACTS_DNS_MAX];  /* rejected */
	uint32_t peer;               /* that the server asked for */
};

/* Begin at NOW: our Configure-Request is in OUT. LOGON is borrowed. */
void ipcp_begin(struct ipcp *ipcp, struct facts_tunnel *facts, const struct plan_logon *logon,
    struct text *out, int64_t now);

/* Take a frame of IPCP. */
void ipcp_receive(struct ipcp *ipcp, const struct ppp_frame *frame, int64_t now);

/* The timer has come: send again what was not answered. */
void ipcp_tick(struct ipcp *ipcp, int64_t now);

/* The server does not speak IPCP. */
void ipcp_reject(struct ipcp *ipcp);

#endif

/*
 * demand - what a server demands for a logon (LCP's option 3, RFC 1661 6.2), and what to say to it.
 *
 * A method is declined with a Configure-Nak that names another. Where none is wanted
 * (facts_auth.wanted) all are declined, to learn which there are. Where some are, the first of them
 * that the server asks for is agreed on; it has the order, we the choice.
 */
#ifndef PROBE_DEMAND_H
#define PROBE_DEMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"
#include "wire/ppp.h"

struct demand {
	struct facts_ppp *ppp;
	struct facts_auth *auth;
	unsigned naks;               /* suggestions so far */
	uint8_t declined;            /* identifier of the request that the last of them answered */
	bool done;                   /* all methods are known */
	enum facts_method suggested; /* last */
	bool refused[FACTS_METHODS]; /* suggested in vain */
};

enum demand_answer {
	DEMAND_ACKNOWLEDGE,
	DEMAND_SUGGEST,
	DEMAND_HOPELESS, /* nothing is left that both sides take */
};

/* What is found out is put down in the ppp and auth of FACTS. */
void demand_begin(struct demand *demand, struct facts *facts);

/* What a method in LCP is among the facts. */
enum facts_method demand_fact(enum ppp_method method);

/* The request IDENTIFIER asks for METHOD; *SUGGESTION is what to name in a Configure-Nak. */
enum demand_answer demand_meet(struct demand *demand, uint8_t identifier, enum facts_method method,
    enum ppp_method *suggestion);

#endif

#include "probe/demand.h"

#include <string.h>

#define NAKS_MAX 10 /* more than there are methods */

/* Best first: a server that steps down by itself is then followed, not led. */
static const struct {
	enum facts_method fact;
	enum ppp_method method;
} steps[] = {
    {FACTS_EAP, PPP_METHOD_EAP},
    {FACTS_MSCHAP_V2, PPP_METHOD_MSCHAP_V2},
    {FACTS_MSCHAP_V1, PPP_METHOD_MSCHAP_V1},
    {FACTS_CHAP_MD5, PPP_METHOD_CHAP_MD5},
    {FACTS_PAP, PPP_METHOD_PAP},
};
#define STEPS (sizeof steps / sizeof steps[0])

static bool
is_offered(const struct demand *demand, enum facts_method method)
{
	for (size_t i = 0; i < demand->ppp->offered_count; i++)
		if (demand->ppp->offered[i] == method)
			return true;
	return false;
}

static bool
is_wanted(const struct demand *demand, enum facts_method method)
{
	for (size_t i = 0; i < demand->auth->wanted_count; i++)
		if (demand->auth->wanted[i] == method)
			return true;
	return false;
}

/* What the server makes of our suggestions, and what it asks for. True: it has not asked for that
 * before. */
static bool
note(struct demand *demand, uint8_t identifier, enum facts_method method)
{
	struct facts_ppp *ppp = demand->ppp;

	/* It had the choice and took something else. To the same request it gets the same answer.
	 */
	if (demand->naks > 0 && method != demand->suggested && identifier != demand->declined)
		demand->refused[demand->suggested] = true;
	/* What is left when all it asked for was declined is no offer: pppd then asks for nothing,
	 * and ends PPP for want of a logon once LCP is open. */
	if ((method == FACTS_NO_METHOD && demand->naks > 0) || is_offered(demand, method))
		return false;
	ppp->offered[ppp->offered_count++] = method;
	return true;
}

static enum demand_answer
suggest(struct demand *demand, uint8_t identifier, size_t at, enum ppp_method *suggestion)
{
	demand->suggested = steps[at].fact;
	demand->declined = identifier;
	demand->naks++;
	*suggestion = steps[at].method;
	return DEMAND_SUGGEST;
}

/* Decline as long as there is a method that it has not been asked for. */
static enum demand_answer
learn(struct demand *demand, uint8_t identifier, enum facts_method method,
    enum ppp_method *suggestion)
{
	size_t i = 0;

	while (i < STEPS && (is_offered(demand, steps[i].fact) || demand->refused[steps[i].fact]))
		i++;
	if (i == STEPS || method == FACTS_NO_METHOD || demand->naks >= NAKS_MAX)
		demand->done = true;
	return demand->done ? DEMAND_ACKNOWLEDGE : suggest(demand, identifier, i, suggestion);
}

/* The place among STEPS of the best method that was not suggested in vain; STEPS for none. A server
 * that hears of none of them may still come to one in an order of its own, as SoftEther does: as
 * long as what it asks for is NEWS, the best is suggested again. */
static size_t
best_left(const struct demand *demand, bool news)
{
	const struct facts_auth *auth = demand->auth;
	size_t j = 0, i = 0;

	while (j < auth->wanted_count && demand->refused[auth->wanted[j]])
		j++;
	if (j == auth->wanted_count && news)
		j = 0;
	while (i < STEPS && (j == auth->wanted_count || steps[i].fact != auth->wanted[j]))
		i++;
	return i;
}

static enum demand_answer
agree(struct demand *demand, uint8_t identifier, enum facts_method method, bool news,
    enum ppp_method *suggestion)
{
	size_t best = best_left(demand, news);

	if (is_wanted(demand, method) || (method == FACTS_NO_METHOD && demand->naks == 0)) {
		demand->auth->method = method;
		return DEMAND_ACKNOWLEDGE;
	}
	if (best == STEPS || method == FACTS_NO_METHOD || demand->naks >= NAKS_MAX)
		return DEMAND_HOPELESS;
	return suggest(demand, identifier, best, suggestion);
}

void
demand_begin(struct demand *demand, struct facts *facts)
{
	memset(demand, 0, sizeof *demand);
	demand->ppp = &facts->ppp;
	demand->auth = &facts->auth;
}

enum facts_method
demand_fact(enum ppp_method method)
{
	for (size_t i = 0; i < STEPS; i++)
		if (steps[i].method == method)
			return steps[i].fact;
	return FACTS_OTHER_METHOD;
}

enum demand_answer
demand_meet(struct demand *demand, uint8_t identifier, enum facts_method method,
    enum ppp_method *suggestion)
{
	bool news = note(demand, identifier, method);

	return demand->auth->wanted_count > 0 ? agree(demand, identifier, method, news, suggestion)
	                                      : learn(demand, identifier, method, suggestion);
}

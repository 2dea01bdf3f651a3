#include "verdict/judge_reach.h"

#include <stdio.h>

#include "verdict/judge_tls.h"

/* Symptoms of our own side are the same in every stage. True when it was one of them. */
static bool
judge_local(const struct words *words, enum facts_symptom symptom)
{
	switch (symptom) {
	case FACTS_NO_ROUTE:
		words_find(words, CAUSE_LOCAL_NO_ROUTE, NULL);
		return true;
	case FACTS_NO_DESCRIPTORS:
		words_find(words, CAUSE_LOCAL_NO_DESCRIPTORS, NULL);
		return true;
	case FACTS_NO_MEMORY:
		words_find(words, CAUSE_LOCAL_NO_MEMORY, NULL);
		return true;
	case FACTS_NO_PROVIDER:
		words_find(words, CAUSE_LOCAL_NO_PROVIDER, NULL);
		return true;
	case FACTS_INTERRUPTED:
		words_find(words, CAUSE_LOCAL_INTERRUPTED, NULL);
		return true;
	case FACTS_SOCKET_ERROR:
		words_find(words, CAUSE_LOCAL_SOCKET, NULL);
		return true;
	default:
		return false;
	}
}

/* Where one family alone was asked for, the name may be there all the same. An address that is none
 * comes from filters of DNS, and from those who fill in a record for later. */
static void
judge_resolve(const struct words *words, enum facts_symptom symptom)
{
	struct cause_row row = *causes_row(CAUSE_DNS_NOT_FOUND);

	if (words->facts->nowhere) {
		row.summary = "{host} resolves to {reason}, the address of nobody";
		row.remedy = "look for a DNS filter, or publish the address";
	} else if (words->facts->family != 0) {
		row.summary = "{host} does not resolve to {family}";
		row.remedy = words->facts->family == 6 ? "publish its AAAA record, or omit -6"
		                                       : "publish its A record, or omit -4";
	}
	if (symptom == FACTS_NO_SUCH_NAME)
		words_find_as(words, CAUSE_DNS_NOT_FOUND, &row, "family",
		    words->facts->family == 6 ? "IPv6" : "IPv4", NULL);
	else
		words_find(words, CAUSE_DNS_NO_ANSWER, NULL);
}

static enum cause
connect_cause(enum facts_symptom symptom)
{
	switch (symptom) {
	case FACTS_REFUSED:
		return CAUSE_TCP_REFUSED;
	case FACTS_UNREACHABLE:
		return CAUSE_TCP_UNREACHABLE;
	case FACTS_RESET:
		return CAUSE_TCP_CLOSED_AT_ONCE;
	default:
		return CAUSE_TCP_TIMEOUT;
	}
}

/* The last address that was tried speaks for all of them. */
static void
judge_connect(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	enum cause cause = connect_cause(symptom);
	char address[FACTS_ADDRESS_MAX + 64];

	if (facts->addresses_count < 2)
		snprintf(address, sizeof address, "%s", facts->address);
	else
		snprintf(address, sizeof address, "%s, last of %zu addresses, all dead,",
		    facts->address, facts->addresses_count);
	if (cause == CAUSE_TCP_REFUSED && words->refused != NULL)
		words_find_as(words, cause, words->refused, "address", address, "listener",
		    words->listener, NULL);
	else
		words_find(words, cause, "address", address, NULL);
}

static void
find_dead(const struct words *words, const char *address, enum facts_symptom symptom, size_t dead,
    size_t count, const char *other)
{
	char deads[24], counts[24];

	snprintf(deads, sizeof deads, "%zu", dead);
	snprintf(counts, sizeof counts, "%zu", count);
	words_find_as(words, connect_cause(symptom), &causes_dead_member, "address", address,
	    "symptom", symptom == FACTS_TIMEOUT ? "connect timeout" : facts_symptom_name(symptom),
	    "dead", deads, "count", counts, "other", other, NULL);
}

/* Whether it is the address that SYMPTOM tells of, rather than this poller. */
static bool
is_dead(enum facts_symptom symptom)
{
	return symptom == FACTS_REFUSED || symptom == FACTS_UNREACHABLE || symptom == FACTS_RESET ||
	       symptom == FACTS_TIMEOUT;
}

static void
find_untried(const struct words *words, const char *address)
{
	struct cause_row row = *causes_row(CAUSE_LOCAL_SOCKET);

	row.summary = "the network of this poller fails for {address}, {other} answers";
	words_find_as(words, CAUSE_LOCAL_SOCKET, &row, "address", address, "other",
	    words->facts->address, NULL);
}

/* Those behind the last that is listed are taken for dead. */
void
judge_reach_dead_members(const struct words *words)
{
	const struct facts *facts = words->facts;
	size_t listed =
	    facts->attempts_count < FACTS_ATTEMPTS_MAX ? facts->attempts_count : FACTS_ATTEMPTS_MAX;
	size_t dead = facts->attempts_count;

	for (size_t i = 0; i < listed; i++)
		dead -= !is_dead(facts->attempts[i].symptom);
	for (size_t i = 0; i < listed; i++)
		if (is_dead(facts->attempts[i].symptom))
			find_dead(words, facts->attempts[i].address, facts->attempts[i].symptom,
			    dead, facts->addresses_count, facts->address);
		else
			find_untried(words, facts->attempts[i].address);
}

bool
judge_reach_is_dead(const struct facts *facts)
{
	return is_dead(facts->steps[FACTS_CONNECT].symptom);
}

bool
judge_reach_dead(const struct words *words, size_t dead, size_t count, const char *other)
{
	const struct facts *facts = words->facts;

	if (!judge_reach_is_dead(facts))
		return false;
	find_dead(words, facts->address, facts->steps[FACTS_CONNECT].symptom, dead, count, other);
	return true;
}

/* The time was up because the resolver had used it: that says nothing about the server. */
static bool
resolver_took_it_all(const struct facts *facts)
{
	return facts->steps[FACTS_RESOLVE].nanoseconds > facts->timeout / 4 * 3;
}

bool
judge_reach_failure(const struct words *words, enum facts_stage stage)
{
	enum facts_symptom symptom = words->facts->steps[stage].symptom;

	if (judge_local(words, symptom))
		return true;
	if (symptom == FACTS_TIMEOUT && resolver_took_it_all(words->facts)) {
		words_find(
		    words, CAUSE_DNS_NO_ANSWER, "reason", "it took nearly all the time", NULL);
		return true;
	}
	if (symptom == FACTS_TIMEOUT && words->facts->hurried) {
		words_find(words, CAUSE_LOCAL_NOT_REACHED, NULL);
		return true;
	}
	if (stage == FACTS_RESOLVE)
		judge_resolve(words, symptom);
	else if (stage == FACTS_CONNECT)
		judge_connect(words, symptom);
	else if (stage == FACTS_TLS)
		judge_tls_failure(words, symptom);
	return stage <= FACTS_TLS;
}

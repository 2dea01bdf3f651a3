#include "config.h"

#include "probe/reconnect.h"

#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "facts/persistence.h"
#include "net/tls.h"

struct reconnect {
	struct crowd_place place; /* the connection under way */
	struct facts facts;       /* what it finds */
	struct plan_resumption resumption;
	const struct facts *climbed; /* the one before, that went well */
	const struct plan *plan;
	char address[FACTS_ADDRESS_MAX];
	struct facts_persistence *found;
	enum facts_offer offer;
	struct crowd *crowd;
};

/* The kinds that are left share what is left of the time, so one that hangs leaves some. */
static void
connect_once(struct reconnect *reconnect)
{
	struct plan *plan = &reconnect->place.plan;
	int64_t now = deadline_now();

	*plan = *reconnect->plan;
	plan->address = reconnect->address;
	plan->level = FACTS_HTTP;
	plan->resumption = &reconnect->resumption;
	plan->deadline = deadline_after(
	    now, deadline_left(plan->deadline, now) / (FACTS_OFFERS - (int64_t)reconnect->offer));
	facts_begin(&reconnect->facts);
	crowd_add(reconnect->crowd, &reconnect->place);
}

static void
forget_session(struct reconnect *reconnect)
{
	tls_session_free(reconnect->resumption.session);
	reconnect->resumption.session = NULL;
}

/* Begin with the kind OFFER, or the next that can be. */
static void
begin_offer(struct reconnect *reconnect, int offer)
{
	forget_session(reconnect);
	for (; offer < FACTS_OFFERS; offer++) {
		if (tools_resuming(&reconnect->crowd->tools, offer) != NULL) {
			reconnect->offer = reconnect->resumption.offer = (enum facts_offer)offer;
			connect_once(reconnect);
			return;
		}
		reconnect->found->by[offer].excluded = true;
	}
}

static bool
is_of_kind(const struct reconnect *reconnect)
{
	const struct tls_session *session = reconnect->resumption.session;
	bool is_tls13 = strcmp(reconnect->facts.tls.version, "TLSv1.3") == 0;

	switch (reconnect->offer) {
	case FACTS_OFFER_ID:
		return session != NULL && !tls_session_is_ticket(session);
	case FACTS_OFFER_TICKET:
		return session != NULL && !is_tls13 && tls_session_is_ticket(session);
	default:
		return session != NULL && is_tls13;
	}
}

/* One that stalls is not among them: the time for it may have been short. */
static bool
was_dropped(const struct facts *facts)
{
	enum facts_stage failed = facts_failed_stage(facts);

	if (failed == FACTS_STAGES)
		return false;
	switch (facts->steps[failed].symptom) {
	case FACTS_REFUSED:
	case FACTS_RESET:
	case FACTS_CLOSED:
		return true;
	default:
		return false;
	}
}

/* Whether it came as the one before, which was served. Where that spoke TLS 1.3 a server may drop
 * who has nothing above 1.2 to offer, as Schannel does. */
static bool
came_alike(const struct reconnect *reconnect)
{
	return reconnect->offer == FACTS_OFFER_TLS13 ||
	       facts_failed_stage(&reconnect->facts) == FACTS_CONNECT ||
	       strcmp(reconnect->climbed->tls.version, "TLSv1.3") != 0;
}

static void
record_first(struct reconnect *reconnect, struct facts_returns *returns)
{
	const struct facts_tls *tls = &reconnect->facts.tls;
	enum facts_stage failed = facts_failed_stage(&reconnect->facts);

	returns->tried = true;
	if (failed != FACTS_STAGES)
		returns->symptom = reconnect->facts.steps[failed].symptom;
	if (tls->chain_count > 0)
		memcpy(returns->first, tls->chain[0].sha256, sizeof returns->first);
	returns->first_dropped =
	    !tls->done && was_dropped(&reconnect->facts) && came_alike(reconnect);
	returns->given = tls->chain_count > 0 && is_of_kind(reconnect);
}

static void
record_return(struct reconnect *reconnect, struct facts_returns *returns)
{
	const struct facts_tls *tls = &reconnect->facts.tls;
	enum facts_return outcome = FACTS_RETURN_FAILED;

	if (tls->done)
		outcome = tls->resumed ? FACTS_RETURN_RESUMED : FACTS_RETURN_FULL;
	else
		returns->dropped += was_dropped(&reconnect->facts);
	if (outcome == FACTS_RETURN_FULL && tls->chain_count > 0)
		returns->others |=
		    memcmp(returns->first, tls->chain[0].sha256, sizeof returns->first) != 0;
	returns->list[returns->count++] = outcome;
}

/* One connection is over. */
static void
on_done(struct crowd_place *place)
{
	struct reconnect *reconnect = place->owner;
	struct facts_returns *returns = &reconnect->found->by[reconnect->offer];
	bool begun = reconnect->facts.steps[FACTS_RESOLVE].begun;

	if (begun && !returns->tried)
		record_first(reconnect, returns);
	else if (begun)
		record_return(reconnect, returns);
	facts_free(&reconnect->facts);
	if (!begun)
		return; /* there was no time left for it, nor is there for another */
	if (returns->given && returns->count < reconnect->found->wanted)
		connect_once(reconnect);
	else
		begin_offer(reconnect, (int)reconnect->offer + 1);
}

struct reconnect *
reconnect_begin(struct crowd *crowd, const struct plan *plan, size_t count, struct facts *facts)
{
	struct reconnect *reconnect = calloc(1, sizeof *reconnect);

	facts->persistence = facts_persistence_create(count);
	if (reconnect == NULL || facts->persistence == NULL) {
		facts->no_memory = true;
		free(reconnect);
		return NULL;
	}
	reconnect->place.facts = &reconnect->facts;
	reconnect->place.done = on_done;
	reconnect->place.owner = reconnect;
	reconnect->climbed = facts;
	reconnect->plan = plan;
	reconnect->found = facts->persistence;
	reconnect->crowd = crowd;
	memcpy(reconnect->address, facts->address, sizeof reconnect->address);
	begin_offer(reconnect, 0);
	return reconnect;
}

void
reconnect_free(struct reconnect *reconnect)
{
	if (reconnect == NULL)
		return;
	forget_session(reconnect);
	facts_free(&reconnect->facts);
	free(reconnect);
}

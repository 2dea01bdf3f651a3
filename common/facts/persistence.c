#include "facts/persistence.h"

#include <stdlib.h>

struct facts_persistence *
facts_persistence_create(size_t wanted)
{
	struct facts_persistence *persistence = calloc(1, sizeof *persistence);
	bool complete = true;

	if (persistence == NULL)
		return NULL;
	persistence->wanted = wanted;
	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		struct facts_returns *returns = &persistence->by[offer];

		returns->list = calloc(wanted, sizeof *returns->list);
		complete &= returns->list != NULL;
	}
	if (complete)
		return persistence;
	facts_persistence_free(persistence);
	return NULL;
}

void
facts_persistence_free(struct facts_persistence *persistence)
{
	if (persistence == NULL)
		return;
	for (int offer = 0; offer < FACTS_OFFERS; offer++)
		free(persistence->by[offer].list);
	free(persistence);
}

size_t
facts_persistence_count(const struct facts_returns *returns, enum facts_return outcome)
{
	size_t count = 0;

	for (size_t i = 0; i < returns->count; i++)
		count += returns->list[i] == outcome;
	return count;
}

const char *
facts_persistence_name(enum facts_offer offer)
{
	static const char *const names[FACTS_OFFERS] = {
	    [FACTS_OFFER_ID] = "tls12-id",
	    [FACTS_OFFER_TICKET] = "tls12-ticket",
	    [FACTS_OFFER_TLS13] = "tls13",
	};

	return names[offer];
}

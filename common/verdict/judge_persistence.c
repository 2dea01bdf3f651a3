#include "verdict/judge_persistence.h"

#include <stdio.h>
#include <string.h>

#include "verdict/judge_vip.h"

const char *
judge_persistence_name(enum facts_offer offer)
{
	static const char *const names[FACTS_OFFERS] = {
	    [FACTS_OFFER_ID] = "session id",
	    [FACTS_OFFER_TICKET] = "ticket",
	    [FACTS_OFFER_TLS13] = "TLS 1.3",
	};

	return names[offer];
}

/* Whether a full handshake comes before a resumed one. */
static bool
was_refused_for_a_while(const struct facts_returns *returns)
{
	bool refused = false;

	for (size_t i = 0; i < returns->count; i++) {
		refused |= returns->list[i] == FACTS_RETURN_FULL;
		if (refused && returns->list[i] == FACTS_RETURN_RESUMED)
			return true;
	}
	return false;
}

/* Why there is nothing to judge; NULL where there is. */
static const char *
obstacle(const struct pool *pool, const struct facts_returns *returns)
{
	if (returns->excluded)
		return "the limits to TLS exclude it";
	if (!returns->tried)
		return "there was no time left";
	if (returns->symptom != FACTS_WELL)
		return "the first connection failed";
	if (!returns->given)
		return "no such session was given";
	return judge_vip_is_of_member(pool, returns->first)
	           ? NULL
	           : "the certificate is no TLS member's, so TLS may end at the balancer";
}

static enum judge_persistence
weigh(const struct facts_returns *returns, size_t wanted, struct text *why)
{
	size_t resumed = facts_persistence_count(returns, FACTS_RETURN_RESUMED);
	size_t failed = facts_persistence_count(returns, FACTS_RETURN_FAILED);

	if (returns->others) {
		text_add(why, "certificates differ");
		return JUDGE_PERSISTENCE_BROKEN;
	}
	if (was_refused_for_a_while(returns)) {
		text_add(why, "refused, then resumed");
		return JUDGE_PERSISTENCE_BROKEN;
	}
	text_format(why, "resumed %zu of %zu", resumed, wanted);
	if (failed > 0)
		text_format(why, ", %zu failed", failed);
	if (returns->count < wanted)
		text_add(why, ", no time left for more");
	return resumed == wanted ? JUDGE_PERSISTENCE_HELD : JUDGE_PERSISTENCE_UNKNOWN;
}

enum judge_persistence
judge_persistence_of(const struct pool *pool, enum facts_offer offer, struct text *why)
{
	const struct facts_persistence *found =
	    pool->vip.facts == NULL ? NULL : pool->vip.facts->persistence;
	const char *without = found == NULL ? "VIP fails" : obstacle(pool, &found->by[offer]);

	if (without == NULL)
		return weigh(&found->by[offer], found->wanted, why);
	text_add(why, without);
	return JUDGE_PERSISTENCE_UNKNOWN;
}

/* How many of them followed one that was served. The first of a kind that fails in another way than
 * by being dropped may do so for what it offers. */
static size_t
count_followers(const struct facts_returns *returns)
{
	bool first = returns->tried && (returns->symptom == FACTS_WELL || returns->first_dropped);

	return returns->count + first;
}

static void
judge_dropped(const struct poolwords *words)
{
	const struct facts *vip = words->pool->vip.facts;
	char dropped_words[24], count_words[24];
	size_t dropped = 0, count = 0;

	for (int offer = 0; vip != NULL && vip->persistence != NULL && offer < FACTS_OFFERS;
	     offer++) {
		const struct facts_returns *returns = &vip->persistence->by[offer];

		dropped += returns->dropped + returns->first_dropped;
		count += count_followers(returns);
	}
	if (dropped == 0)
		return;
	snprintf(dropped_words, sizeof dropped_words, "%zu", dropped);
	snprintf(count_words, sizeof count_words, "%zu", count);
	poolwords_find(words, CAUSE_POOL_VIP_INTERMITTENT, "dropped", dropped_words, "count",
	    count_words, NULL);
}

void
judge_persistence_members(const struct poolwords *words)
{
	struct text ways = TEXT_EMPTY, reason = TEXT_EMPTY;
	bool by_id = false;

	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		struct text why = TEXT_EMPTY;

		if (judge_persistence_of(words->pool, offer, &why) == JUDGE_PERSISTENCE_BROKEN) {
			by_id |= offer == FACTS_OFFER_ID;
			text_add(&ways, ways.length > 0 ? ", " : "");
			text_add(&ways, judge_persistence_name(offer));
			if (reason.length == 0)
				text_add(&reason, text_chars(&why));
		}
		words->verdict->failed |= text_failed(&why);
		text_free(&why);
	}
	if (ways.length > 0)
		poolwords_find(words, CAUSE_POOL_NOT_PERSISTENT, "ways", text_chars(&ways), "why",
		    text_chars(&reason), "remedy",
		    by_id ? "set persistence on the balancer" : "add persistence by source address",
		    NULL);
	judge_dropped(words);
	words->verdict->failed |= text_failed(&ways) || text_failed(&reason);
	text_free(&ways);
	text_free(&reason);
}

void
judge_persistence_praise(const struct pool *pool, struct text *text)
{
	const struct facts_persistence *found =
	    pool->vip.facts == NULL ? NULL : pool->vip.facts->persistence;
	struct text held = TEXT_EMPTY;
	bool all = true;

	if (found == NULL)
		return;
	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		struct text why = TEXT_EMPTY;

		if (judge_persistence_of(pool, offer, &why) == JUDGE_PERSISTENCE_HELD)
			text_format(
			    &held, held.length > 0 ? ", %s" : "%s", judge_persistence_name(offer));
		else
			all &= found->by[offer].excluded;
		held.failed |= text_failed(&why);
		text_free(&why);
	}
	if (held.length == 0)
		text_add(text, ", cannot tell whether it is persistent");
	else if (all)
		text_add(text, " and persistent");
	else
		text_format(text, ", persistent by %s", text_chars(&held));
	text->failed |= text_failed(&held);
	text_free(&held);
}

#include "verdict/answers.h"

bool
answers_is_sound(const struct facts_source *source)
{
	return source->said == FACTS_SAID_GOOD || source->said == FACTS_SAID_REVOKED;
}

/* The date from which on the answer counts no more. */
static int64_t
end_of(const struct facts_revocation *revocation, const struct facts_source *source)
{
	if (source->next_update != 0)
		return source->next_update;
	return source->this_update +
	       (revocation->depth == 0 ? ANSWERS_AGE_OWN : ANSWERS_AGE_ISSUER);
}

bool
answers_is_current(
    const struct facts_revocation *revocation, const struct facts_source *source, int64_t date)
{
	return source->this_update <= date + ANSWERS_SKEW && date < end_of(revocation, source);
}

bool
answers_adds_to(const struct facts_source *delta, const struct facts_source *crl)
{
	return delta->number < 0 || crl->number < 0 || delta->number <= crl->number;
}

/* A hold ends: a delta in date says so, and an old answer does not know, nor a delta that is older
 * than the CRL. */
static bool
is_released(
    const struct facts_revocation *revocation, const struct facts_source *source, int64_t date)
{
	bool old = !answers_is_current(revocation, source, date);
	bool is_delta = source->kind == FACTS_SOURCE_DELTA;

	for (size_t i = 0; i < revocation->sources_count && source->reason == FACTS_REASON_ON_HOLD;
	     i++) {
		const struct facts_source *other = &revocation->sources[i];

		if (other->said == FACTS_SAID_GOOD && other->this_update > source->this_update &&
		    answers_is_current(revocation, other, date) &&
		    (other->kind == FACTS_SOURCE_DELTA
		            ? other->reason == FACTS_REASON_REMOVED
		            : old || (is_delta && other->kind == FACTS_SOURCE_CRL)))
			return true;
	}
	return false;
}

const struct facts_source *
answers_revoking(const struct facts_revocation *revocation, int64_t date)
{
	for (size_t i = 0; i < revocation->sources_count; i++) {
		const struct facts_source *source = &revocation->sources[i];

		if (source->said == FACTS_SAID_REVOKED && !is_released(revocation, source, date))
			return source;
	}
	return NULL;
}

/* A delta alone says nothing of what stood on the list before. */
const struct facts_source *
answers_clearing(const struct facts_revocation *revocation, int64_t date)
{
	for (size_t i = 0; i < revocation->sources_count; i++) {
		const struct facts_source *source = &revocation->sources[i];

		if (answers_is_sound(source) && source->kind != FACTS_SOURCE_DELTA &&
		    answers_is_current(revocation, source, date))
			return source;
	}
	return NULL;
}

#include "report/jsonrevocation.h"

#include <string.h>

#include "facts/revocation.h"
#include "report/values.h"
#include "verdict/answers.h"

static const struct facts_revocation *
find(const struct facts *facts, const struct facts_certificate *certificate)
{
	for (size_t i = 0; i < facts->revocations_count; i++)
		if (memcmp(facts->revocations[i].sha256, certificate->sha256,
		        sizeof certificate->sha256) == 0)
			return &facts->revocations[i];
	return NULL;
}

/* "revoked" whoever says so, but for a hold that has ended; "good" when an answer in date says so,
 * else NULL. */
static const char *
status_of(const struct facts_revocation *revocation, int64_t date)
{
	if (answers_revoking(revocation, date) != NULL)
		return "revoked";
	return answers_clearing(revocation, date) != NULL ? "good" : NULL;
}

static void
put_date(struct jsonwriter *writer, const char *key, int64_t date)
{
	char chars[VALUES_MAX];

	jsonwriter_string(writer, key, date == 0 ? NULL : values_date(date, chars));
}

/* How the source was reached: a stapled response needed no asking. */
static void
put_fetching(struct jsonwriter *writer, const struct facts_source *source)
{
	bool unreachable = source->said == FACTS_SAID_UNREACHABLE;

	jsonwriter_string(
	    writer, "symptom", unreachable ? facts_symptom_name(source->symptom) : NULL);
	jsonwriter_known_whole(writer, "status", source->status != 0, source->status);
	jsonwriter_known_seconds(writer, "seconds", source->nanoseconds != 0, source->nanoseconds);
	jsonwriter_whole(writer, "bytes", (int64_t)source->bytes);
}

static void
put_source(struct jsonwriter *writer, const struct facts_source *source)
{
	bool revoked = source->said == FACTS_SAID_REVOKED;

	jsonwriter_begin_object(writer, NULL);
	jsonwriter_string(writer, "source", facts_revocation_kind_name(source->kind));
	jsonwriter_known(writer, "url", source->url);
	jsonwriter_string(writer, "outcome", facts_revocation_said_name(source->said));
	put_fetching(writer, source);
	jsonwriter_string(writer, "words", source->words);
	put_date(writer, "this_update", source->this_update);
	put_date(writer, "next_update", source->next_update);
	put_date(writer, "revoked_on", source->revoked_on);
	jsonwriter_string(
	    writer, "reason", revoked ? facts_revocation_reason_name(source->reason) : NULL);
	jsonwriter_end_object(writer);
}

void
jsonrevocation_add(struct jsonwriter *writer, const struct facts *facts,
    const struct facts_certificate *certificate)
{
	const struct facts_revocation *revocation = find(facts, certificate);

	if (revocation == NULL || facts->revocation_mode <= FACTS_REVOCATION_OFF) {
		jsonwriter_null(writer, "revocation");
		return;
	}
	jsonwriter_begin_object(writer, "revocation");
	jsonwriter_string(writer, "status", status_of(revocation, facts->date));
	jsonwriter_bool(writer, "issuer_known", !revocation->no_issuer);
	jsonwriter_begin_array(writer, "sources");
	for (size_t i = 0; i < revocation->sources_count; i++)
		put_source(writer, &revocation->sources[i]);
	jsonwriter_end_array(writer);
	jsonwriter_end_object(writer);
}

#include "report/textrevocation.h"

#include "base/deadline.h"
#include "facts/revocation.h"
#include "report/textline.h"
#include "report/values.h"
#include "verdict/answers.h"

/* What the source said, in the words nearest to it. */
static void
add_said(struct text *text, const struct facts_source *source)
{
	char chars[VALUES_MAX];
	const char *date;

	text_add(text, facts_revocation_said_name(source->said));
	if (source->said == FACTS_SAID_REVOKED) {
		date = values_date(source->revoked_on, chars);
		text_format(text, " on %s, %s", date != NULL ? date : "an unknown day",
		    facts_revocation_reason_name(source->reason));
	} else if (source->said == FACTS_SAID_UNREACHABLE) {
		text_format(text, " (%s)", facts_symptom_name(source->symptom));
	} else if (source->said == FACTS_SAID_STATUS) {
		text_format(text, " %d", source->status);
	} else if (source->words != NULL) {
		text_format(text, " (%s)", source->words);
	}
}

static void
add_dates(struct text *text, const struct facts_revocation *revocation,
    const struct facts_source *source, int64_t date)
{
	char from[VALUES_MAX], until[VALUES_MAX];
	const char *first = values_date(source->this_update, from);
	const char *last = values_date(source->next_update, until);

	if (source->this_update == 0 || first == NULL)
		return;
	text_format(text, ", of %s", first);
	if (source->next_update != 0 && last != NULL)
		text_format(text, ", until %s", last);
	if (!answers_is_current(revocation, source, date))
		text_add(text, ", out of date");
}

static void
add_source(struct text *text, const struct facts_revocation *revocation,
    const struct facts_source *source, int64_t date)
{
	static const char *const kinds[FACTS_SOURCE_KINDS] = {
	    [FACTS_SOURCE_STAPLE] = "stapled OCSP",
	    [FACTS_SOURCE_OCSP] = "OCSP",
	    [FACTS_SOURCE_CRL] = "CRL",
	    [FACTS_SOURCE_DELTA] = "delta CRL",
	};
	struct text line = TEXT_EMPTY;

	text_format(
	    &line, "%s%s%s: ", kinds[source->kind], *source->url != '\0' ? " " : "", source->url);
	add_said(&line, source);
	add_dates(&line, revocation, source, date);
	if (source->bytes > 0)
		text_format(&line, ", %zu bytes", source->bytes);
	if (source->nanoseconds > 0)
		text_format(&line, " in %.3f s", deadline_to_seconds(source->nanoseconds));
	if (source->names_a_delta)
		text_add(&line, ", it names a delta");
	textline_add(text, "revocation of %s, %s", revocation->about, text_chars(&line));
	if (text_failed(&line))
		text->failed = true;
	text_free(&line);
}

static void
add_certificate(struct text *text, const struct facts_revocation *revocation, int64_t date)
{
	if (revocation->no_issuer)
		textline_add(text,
		    "revocation of %s: not looked up, its issuer is neither sent "
		    "nor known here",
		    revocation->about);
	else if (revocation->sources_count == 0)
		textline_add(text, "revocation of %s: names no source", revocation->about);
	for (size_t i = 0; i < revocation->sources_count; i++)
		add_source(text, revocation, &revocation->sources[i], date);
	if (revocation->sources_left_out > 0)
		textline_add(text, "revocation of %s: +%zu more sources", revocation->about,
		    revocation->sources_left_out);
}

void
textrevocation_add(struct text *text, const struct facts *facts)
{
	if (facts->revocation_mode == FACTS_REVOCATION_OFF)
		textline_add(text, "revocation: not looked up, see --revocation");
	if (facts->revocation_mode <= FACTS_REVOCATION_OFF)
		return;
	for (size_t i = 0; i < facts->revocations_count; i++)
		add_certificate(text, &facts->revocations[i], facts->date);
}

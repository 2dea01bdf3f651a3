#include "verdict/words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "base/number.h"
#include "verdict/template.h"

#define PAIRS_MAX 8

static const struct {
	const char *openssl, *people;
	int number;
} versions[] = {
    {"TLSv1", "TLS 1.0", 0x0301},
    {"TLSv1.1", "TLS 1.1", 0x0302},
    {"TLSv1.2", "TLS 1.2", 0x0303},
    {"TLSv1.3", "TLS 1.3", 0x0304},
};
#define VERSIONS (sizeof versions / sizeof versions[0])

/* Why the stage failed, in the words nearest to the failure. */
static void
set_reason(struct words *words, enum facts_stage failed)
{
	const struct facts *facts = words->facts;
	const char *reason = "";

	if (failed == FACTS_RESOLVE)
		reason = facts->resolver_reason;
	else if (failed < FACTS_STAGES && facts->steps[failed].symptom == FACTS_SOCKET_ERROR)
		reason = strerror(facts->steps[failed].error);
	else if (failed == FACTS_AUTH || failed == FACTS_TUNNEL)
		reason = "a logon algorithm such as MD5 or DES";
	else
		reason = facts->tls.reason;
	snprintf(words->reason, sizeof words->reason, "%s", reason);
}

void
words_begin(struct words *words, const struct facts *facts, const struct policy *policy,
    struct verdict *verdict)
{
	enum facts_stage failed = facts_failed_stage(facts);
	struct text seconds = TEXT_EMPTY;
	int stage = FACTS_RESOLVE;

	memset(words, 0, sizeof *words);
	words->facts = facts;
	words->policy = policy;
	words->verdict = verdict;
	words->number = 1;
	words->server = facts->http.server[0] != '\0' ? facts->http.server : "an unnamed server";
	while (stage < (int)facts->level && facts->steps[stage].ended)
		stage++;
	words->stage = facts_stage_name(failed != FACTS_STAGES ? failed : (enum facts_stage)stage);
	if (failed != FACTS_STAGES)
		number_add(&seconds, deadline_to_seconds(facts->steps[failed].nanoseconds), 1);
	snprintf(words->seconds, sizeof words->seconds, "%s", text_chars(&seconds));
	snprintf(words->port, sizeof words->port, "%u", facts->port);
	snprintf(words->status, sizeof words->status, "%d", facts->http.status);
	set_reason(words, failed);
	text_free(&seconds);
}

static void
add(const struct words *words, enum cause cause, const struct cause_row *row, enum state state,
    va_list pairs)
{
	const struct facts *facts = words->facts;
	struct template_word list[PAIRS_MAX + 9];
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	const char *name;
	size_t count = 0;

	while (count < PAIRS_MAX && (name = va_arg(pairs, const char *)) != NULL)
		list[count++] = (struct template_word){name, va_arg(pairs, const char *)};
	list[count++] = (struct template_word){"name", facts->name};
	list[count++] = (struct template_word){"host", facts->host};
	list[count++] = (struct template_word){"address", facts->address};
	list[count++] = (struct template_word){"port", words->port};
	list[count++] = (struct template_word){"status", words->status};
	list[count++] = (struct template_word){"seconds", words->seconds};
	list[count++] = (struct template_word){"reason", words->reason};
	list[count++] = (struct template_word){"server", words->server};
	list[count++] = (struct template_word){"stage", words->stage};
	/* Of several addresses the one in use is the one it is about. */
	if (facts->addresses_count > 1 && facts->steps[FACTS_CONNECT].ended &&
	    strstr(row->summary, "{address}") == NULL)
		text_format(&summary, "%s: ", facts->address);
	template_fill(&summary, row->summary, list, count);
	template_fill(&remedy, row->remedy, list, count);
	verdict_add(words->verdict, cause, state, facts->target, &summary, &remedy);
}

bool
words_timed_out(const struct facts *facts)
{
	enum facts_stage failed = facts_failed_stage(facts);
	enum facts_symptom symptom;

	if (failed == FACTS_STAGES)
		return false;
	symptom = facts->steps[failed].symptom;
	return symptom == FACTS_TIMEOUT || symptom == FACTS_LOST;
}

/* Causes of those that run out of time have others too: who refuses has answered in time. */
static enum state
state_of(const struct words *words, enum cause cause)
{
	const struct cause_row *row = causes_row(cause);

	return row->timeout && !words->policy->overridden[cause] && !words_timed_out(words->facts)
	           ? row->state
	           : policy_state(words->policy, cause);
}

void
words_find_pairs(const struct words *words, enum cause cause, va_list pairs)
{
	add(words, cause, causes_row(cause), state_of(words, cause), pairs);
}

void
words_find(const struct words *words, enum cause cause, ...)
{
	va_list pairs;

	va_start(pairs, cause);
	words_find_pairs(words, cause, pairs);
	va_end(pairs);
}

void
words_find_as(const struct words *words, enum cause cause, const struct cause_row *row, ...)
{
	bool overridden = words->policy->overridden[cause];
	va_list pairs;

	va_start(pairs, row);
	add(words, cause, row, overridden ? words->policy->states[cause] : row->state, pairs);
	va_end(pairs);
}

void
words_ending(const struct words *words, enum facts_symptom symptom, char *chars, size_t size)
{
	const struct facts *facts = words->facts;

	switch (symptom) {
	case FACTS_TIMEOUT:
		snprintf(chars, size, "nothing in %s s", words->seconds);
		break;
	case FACTS_TERMINATED:
		snprintf(chars, size, "the server ends PPP%s%s",
		    facts->ppp.words[0] == '\0' ? "" : ": ", facts->ppp.words);
		break;
	case FACTS_LOOPED:
		snprintf(chars, size, "our own frames come back");
		break;
	case FACTS_DISAGREED:
		snprintf(chars, size, "the server refuses every proposal");
		break;
	case FACTS_ABORT:
	case FACTS_DISCONNECTED:
		snprintf(chars, size, "%s", facts->sstp.refusal);
		break;
	case FACTS_NOT_SSTP:
		snprintf(chars, size, "what comes is not SSTP");
		break;
	default:
		snprintf(chars, size, "connection lost");
	}
}

void
words_issuer(char *chars, size_t size, const char *name)
{
	static const char before[] = "issuer ", behind[] = "..";
	size_t room = size - sizeof before, length = strlen(name);
	bool cut = length > room;

	if (cut) {
		length = room - strlen(behind);
		while (length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80)
			length--;
	}
	snprintf(chars, size, "%s%.*s%s", before, (int)length, name, cut ? behind : "");
}

void
words_duration(char *chars, size_t size, int64_t seconds)
{
	if (seconds < 0)
		snprintf(chars, size, "no time");
	else if (seconds >= 2LL * 86400)
		snprintf(chars, size, "%lld d", (long long)(seconds / 86400));
	else if (seconds >= 2LL * 3600)
		snprintf(chars, size, "%lld h", (long long)(seconds / 3600));
	else
		snprintf(chars, size, "%lld min", (long long)(seconds / 60));
}

void
words_range(struct text *text, const struct range *range)
{
	bool has_low = isfinite(range->low), has_high = isfinite(range->high);

	if (range->inside)
		text_add(text, "not ");
	if (has_low && (range->low != 0 || !has_high || range->inside)) {
		number_add(text, range->low, 6);
		text_add(text, has_high ? " to " : " at the least");
	}
	if (has_high)
		number_add(text, range->high, 6);
}

void
words_versions(char *chars, size_t size, int low, int high)
{
	if (low == high)
		snprintf(chars, size, "TLS 1.%d", low - 0x0301);
	else
		snprintf(chars, size, "TLS 1.%d to 1.%d", low - 0x0301, high - 0x0301);
}

const char *
words_version_name(const char *name)
{
	for (size_t i = 0; i < VERSIONS; i++)
		if (strcmp(versions[i].openssl, name) == 0)
			return versions[i].people;
	return name;
}

int
words_version_number(const char *name)
{
	for (size_t i = 0; i < VERSIONS; i++)
		if (strcmp(versions[i].openssl, name) == 0)
			return versions[i].number;
	return 0;
}

#include "verdict/sstp.h"

#include <stdio.h>

#include "base/deadline.h"
#include "base/number.h"
#include "verdict/judge_cert.h"
#include "verdict/judge_http.h"
#include "verdict/judge_ppp.h"
#include "verdict/judge_reach.h"
#include "verdict/judge_sstp.h"
#include "verdict/words.h"

static void
judge_stage(const struct words *words, enum facts_stage stage)
{
	enum facts_symptom symptom = words->facts->steps[stage].symptom;

	if (judge_reach_failure(words, stage))
		return;
	switch (stage) {
	case FACTS_HTTP:
		judge_http_failure(words, symptom);
		break;
	case FACTS_SSTP:
		judge_sstp_failure(words, symptom);
		break;
	case FACTS_PPP:
		judge_ppp_failure(words, symptom);
		break;
	case FACTS_AUTH:
	case FACTS_TUNNEL:
	case FACTS_PING:
		words_find(words, CAUSE_LOCAL_NOT_REACHED, NULL);
		break;
	default:
		break;
	}
}

static void
judge_time(const struct words *words, const char *what, int64_t nanoseconds,
    const struct range *warning, const struct range *critical)
{
	double seconds = deadline_to_seconds(nanoseconds);
	bool is_critical = range_alerts(critical, seconds);
	struct cause_row row = *causes_row(CAUSE_TIME_SLOW);
	struct text took = TEXT_EMPTY, range = TEXT_EMPTY;

	if (!is_critical && !range_alerts(warning, seconds))
		return;
	if (is_critical)
		row.state = STATE_CRITICAL;
	number_add(&took, seconds, 3);
	words_range(&range, is_critical ? critical : warning);
	words_find_as(words, CAUSE_TIME_SLOW, &row, "stage", what, "seconds", text_chars(&took),
	    "range", text_chars(&range), NULL);
	text_free(&took);
	text_free(&range);
}

static void
judge_times(const struct words *words)
{
	const struct facts *facts = words->facts;
	const struct policy *policy = words->policy;

	judge_time(words, "the whole check", facts->total, &policy->warning, &policy->critical);
	for (int stage = 0; stage < FACTS_STAGES; stage++)
		if (facts->steps[stage].ended)
			judge_time(words, facts_stage_name(stage), facts->steps[stage].nanoseconds,
			    &policy->stage_warning[stage], &policy->stage_critical[stage]);
}

/* A metric of one target: from the second on its number is part of the label. */
static struct metric *
add_metric(const struct words *words, const char *label)
{
	char numbered[sizeof((struct metric *)0)->label];

	if (words->number == 1)
		return verdict_metric(words->verdict, label, "s");
	snprintf(numbered, sizeof numbered, "%s_%zu", label, words->number);
	return verdict_metric(words->verdict, numbered, "s");
}

static struct metric *
add_time(const struct words *words, const char *label, int64_t nanoseconds,
    const struct range *warning, const struct range *critical)
{
	struct metric *metric = add_metric(words, label);

	if (metric == NULL)
		return NULL;
	metric->decimals = 6;
	metric->value = deadline_to_seconds(nanoseconds);
	metric->warning = *warning;
	metric->critical = *critical;
	metric->has_low = true;
	return metric;
}

/* The same labels in the same order whatever happened: they depend on the arguments alone. */
static void
measure(const struct words *words)
{
	const struct facts *facts = words->facts;
	const struct policy *policy = words->policy;
	struct metric *metric =
	    add_time(words, "total", facts->total, &policy->warning, &policy->critical);

	if (metric != NULL) {
		metric->measured = facts->steps[FACTS_RESOLVE].ended;
		metric->has_high = true;
		metric->high = deadline_to_seconds(facts->timeout);
	}
	for (int stage = 0; stage <= (int)facts->level; stage++) {
		if (stage == FACTS_TLS && facts->plain)
			continue;
		metric = add_time(words, facts_stage_name(stage), facts->steps[stage].nanoseconds,
		    &policy->stage_warning[stage], &policy->stage_critical[stage]);
		if (metric != NULL)
			metric->measured = facts->steps[stage].ended;
	}
	if (facts->level < FACTS_TLS || facts->plain)
		return;
	metric = add_metric(words, "certificate");
	if (metric != NULL && facts->tls.chain_count > 0) {
		metric->measured = true;
		metric->value = (double)(facts->tls.chain[0].not_after - facts->date);
	}
}

static void
add_milliseconds(struct text *text, int64_t nanoseconds)
{
	number_add(text, deadline_to_seconds(nanoseconds) * 1000, nanoseconds < 10000000 ? 1 : 0);
	text_add(text, " ms");
}

/* What is well, and how fast it came. */
static void
praise_speed(struct text *text, const struct facts *facts)
{
	switch (facts->level) {
	case FACTS_PPP:
		text_add(text, "PPP answers in ");
		break;
	case FACTS_SSTP:
		text_add(text, "SSTP call accepted in ");
		break;
	case FACTS_HTTP:
		text_format(text, "%d in ", facts->http.status);
		break;
	case FACTS_TLS:
		text_add(text, "TLS in ");
		break;
	default:
		text_format(text, "port %u connects in ", facts->port);
	}
	add_milliseconds(text, facts->total);
	text_format(text, " from %s", facts->address);
	if (facts->addresses_count > 1)
		text_format(text, " (1 of %zu addresses)", facts->addresses_count);
}

static void
praise_methods(struct text *text, const struct facts_ppp *ppp)
{
	text_add(text, "; asks for ");
	for (size_t i = 0; i < ppp->offered_count; i++)
		text_format(text, i == 0 ? "%s" : ", %s", facts_method_name(ppp->offered[i]));
}

/* What to say when nothing is wrong, and what that leaves unproven. */
static void
praise(struct text *text, const struct facts *facts)
{
	char left[24];

	praise_speed(text, facts);
	if (facts->plain)
		text_add(text, ", plain HTTP");
	else if (facts->level >= FACTS_TLS)
		text_format(text, ", %s", words_version_name(facts->tls.version));
	if (facts->tls.chain_count > 0) {
		words_duration(left, sizeof left, facts->tls.chain[0].not_after - facts->date);
		text_format(text, ", certificate %s left", left);
	}
	if (facts->name_is_address && facts->tls.done)
		text_format(text, "; name not checked, use -H NAME -I %s", facts->address);
	else if (facts->addresses_no_route > 0)
		text_format(
		    text, "; %zu addresses skipped, no route from here", facts->addresses_no_route);
	else if (facts->level == FACTS_PPP)
		praise_methods(text, &facts->ppp);
	else if (facts->level == FACTS_SSTP)
		text_add(text, "; --level ppp proves PPP");
	else if (facts->level == FACTS_HTTP && facts->http.status != 401)
		text_add(text, "; as it was expected to be");
	else if (facts->level == FACTS_HTTP)
		text_add(text, "; listener only, --level sstp proves tunnels");
	else
		text_add(text, "; --level http proves the SSTP listener");
}

/* The same for several addresses of one server. */
static void
praise_all(struct text *text, const struct facts *facts, size_t count)
{
	const struct facts *slowest = &facts[0];

	for (size_t i = 1; i < count; i++)
		if (facts[i].total > slowest->total)
			slowest = &facts[i];
	text_format(text, "all %zu addresses answer, slowest ", count);
	praise(text, slowest);
}

/* --state can take any failure as OK; then there is nothing to praise. */
static void
say_good(struct text *text, const struct facts *facts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum facts_stage failed = facts_failed_stage(&facts[i]);

		if (failed != FACTS_STAGES || !facts[i].steps[facts[i].level].ended) {
			text_format(text, "stage %s ended with %s, which --state takes as OK",
			    facts_stage_name(failed == FACTS_STAGES ? facts[i].level : failed),
			    failed == FACTS_STAGES
			        ? "nothing"
			        : facts_symptom_name(facts[i].steps[failed].symptom));
			return;
		}
	}
	if (count == 1)
		praise(text, facts);
	else
		praise_all(text, facts, count);
}

/* Whether the facts show what the level stands for. Without that proof nothing is green. */
static bool
is_proven(const struct facts *facts)
{
	if (!facts->steps[facts->level].ended)
		return false;
	switch (facts->level) {
	case FACTS_TLS:
		return facts->tls.done;
	case FACTS_HTTP:
		return facts->http.answered;
	case FACTS_SSTP:
		return facts->sstp.acknowledged;
	case FACTS_PPP:
		return facts->ppp.opened || facts->ppp.offered_count > 0;
	case FACTS_AUTH:
		return facts->auth.accepted;
	case FACTS_TUNNEL:
		return facts->tunnel.acceptance != FACTS_NOT_ACCEPTED && facts->tunnel.address != 0;
	case FACTS_PING:
		return facts->ping.received > 0;
	default:
		return true;
	}
}

static void
judge_climb(const struct words *words)
{
	const struct facts *facts = words->facts;
	enum facts_stage failed = facts_failed_stage(facts);
	/* A refused duplex POST ends the climb with a whole answer. */
	bool refused = facts->http.duplex && facts->http.answered && facts->http.status != 200;

	if (facts->steps[FACTS_CONNECT].ended && facts->steps[FACTS_CONNECT].symptom == FACTS_WELL)
		judge_reach_dead_members(words);
	if (facts->http.answered && (failed == FACTS_STAGES || failed > FACTS_HTTP))
		judge_http_answer(words);
	if (failed != FACTS_STAGES)
		judge_stage(words, failed);
	else if (!refused && !is_proven(facts))
		words_find(words, CAUSE_LOCAL_NOT_REACHED, NULL);
	judge_sstp_offer(words);
	judge_ppp_offer(words);
}

void
sstp_judge(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict)
{
	struct words words;
	struct text good = TEXT_EMPTY;

	for (size_t i = 0; i < count; i++) {
		words_begin(&words, &facts[i], policy, verdict);
		words.number = i + 1;
		judge_climb(&words);
		judge_cert_presented(&words);
		judge_times(&words);
		measure(&words);
		if (facts[i].no_memory)
			words_find(&words, CAUSE_LOCAL_NO_MEMORY, NULL);
	}
	say_good(&good, facts, count);
	verdict->good = text_take(&good);
	verdict->failed |= verdict->good == NULL;
	verdict_close(verdict);
}

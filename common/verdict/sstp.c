#include "verdict/sstp.h"

#include <stdio.h>

#include "base/deadline.h"
#include "base/number.h"
#include "verdict/judge_auth.h"
#include "verdict/judge_cert.h"
#include "verdict/judge_eap.h"
#include "verdict/judge_http.h"
#include "verdict/judge_ppp.h"
#include "verdict/judge_reach.h"
#include "verdict/judge_sstp.h"
#include "verdict/judge_tunnel.h"
#include "verdict/praise.h"
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
		judge_auth_failure(words, symptom);
		break;
	case FACTS_TUNNEL:
		judge_tunnel_failure(words, symptom);
		break;
	case FACTS_PING:
		judge_tunnel_ping_failure(words, symptom);
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
add_metric(const struct words *words, const char *label, const char *unit)
{
	char numbered[sizeof((struct metric *)0)->label];

	if (words->number == 1)
		return verdict_metric(words->verdict, label, unit);
	snprintf(numbered, sizeof numbered, "%s_%zu", label, words->number);
	return verdict_metric(words->verdict, numbered, unit);
}

static struct metric *
add_time(const struct words *words, const char *label, int64_t nanoseconds,
    const struct range *warning, const struct range *critical)
{
	struct metric *metric = add_metric(words, label, "s");

	if (metric == NULL)
		return NULL;
	metric->decimals = 6;
	metric->value = deadline_to_seconds(nanoseconds);
	metric->warning = *warning;
	metric->critical = *critical;
	metric->has_low = true;
	return metric;
}

static void
measure_certificate(const struct words *words)
{
	const struct facts *facts = words->facts;
	struct metric *metric = add_metric(words, "certificate", "s");

	if (metric == NULL || facts->tls.chain_count == 0)
		return;
	metric->measured = true;
	metric->value = (double)(facts->tls.chain[0].not_after - facts->date);
}

/* The one inside EAP, which nobody sees from outside. */
static void
measure_eap_certificate(const struct words *words)
{
	const struct facts_eap *eap = words->facts->auth.eap;
	const struct facts_certificate *leaf =
	    eap == NULL || eap->tls.chain_count == 0 ? NULL : &eap->tls.chain[0];
	struct metric *metric = add_metric(words, "eap_certificate", "s");

	if (metric == NULL)
		return;
	metric->warning = judge_eap_limit(words->policy, leaf);
	if (leaf == NULL)
		return;
	metric->measured = true;
	metric->value = (double)(leaf->not_after - words->facts->date);
}

/* What share of the echoes was lost, and the mean of the round trips. */
static void
measure_ping(const struct words *words)
{
	const struct facts_ping *ping = &words->facts->ping;
	struct metric *metric = add_metric(words, "loss", "%");

	if (metric != NULL) {
		metric->measured = ping->sent > 0;
		metric->has_low = metric->has_high = true;
		metric->high = 100;
		if (ping->sent > 0)
			metric->value = 100.0 * (ping->sent - ping->received) / ping->sent;
	}
	metric = add_metric(words, "rtt", "s");
	if (metric == NULL)
		return;
	metric->decimals = 6;
	metric->has_low = true;
	metric->measured = ping->received > 0;
	if (ping->received > 0)
		metric->value = deadline_to_seconds(ping->total / ping->received);
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
	if (facts->level >= FACTS_TLS && !facts->plain)
		measure_certificate(words);
	if (facts->auth.eap_expected)
		measure_eap_certificate(words);
	if (facts->level == FACTS_PING)
		measure_ping(words);
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

	if (judge_auth_backoff(words))
		return;
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
	judge_auth_acceptance(words);
	judge_tunnel_address(words);
	if (failed == FACTS_STAGES)
		judge_tunnel_ping(words);
}

static void
judge_target(const struct words *words)
{
	judge_climb(words);
	judge_cert_presented(words);
	judge_eap_expiry(words);
	judge_times(words);
}

void
sstp_judge(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict)
{
	struct words words;
	struct text good = TEXT_EMPTY;

	verdict->failed |= facts_lack_memory(facts, count);
	if (verdict->failed)
		return;
	/* A refusal that holds for all addresses is told of the one that it came from first. */
	for (int elsewhere = 0; elsewhere <= 1; elsewhere++)
		for (size_t i = 0; i < count; i++) {
			words_begin(&words, &facts[i], policy, verdict);
			words.number = i + 1;
			if (facts[i].backoff.elsewhere == (elsewhere != 0))
				judge_target(&words);
		}
	for (size_t i = 0; i < count; i++) {
		words_begin(&words, &facts[i], policy, verdict);
		words.number = i + 1;
		measure(&words);
	}
	praise_add(&good, facts, count, policy);
	verdict->good = text_take(&good);
	verdict->failed |= verdict->good == NULL;
	verdict_close(verdict);
}

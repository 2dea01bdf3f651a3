#include "verdict/cert.h"

#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "base/thumbprint.h"
#include "verdict/boundpraise.h"
#include "verdict/judge_cert.h"
#include "verdict/judge_expiry.h"
#include "verdict/judge_listeners.h"
#include "verdict/judge_reach.h"
#include "verdict/praise.h"
#include "verdict/words.h"

/* What came of all targets together. */
struct view {
	const struct facts *facts;
	size_t count;
	size_t dialled;                /* addresses of the name that this poller can reach at all */
	size_t dead;                   /* of them */
	size_t skipped;                /* addresses of a family without a route from here */
	const struct facts *answering; /* one that is connected, or NULL */
};

static bool
has_symptom(const struct facts *facts, enum facts_stage stage, enum facts_symptom symptom)
{
	return facts->steps[stage].ended && facts->steps[stage].symptom == symptom;
}

/* One of the name's addresses that this poller cannot reach by any route. */
static bool
is_unroutable(const struct facts *facts)
{
	return facts->address_found && has_symptom(facts, FACTS_CONNECT, FACTS_NO_ROUTE);
}

static struct view
look_at(const struct facts *facts, size_t count)
{
	struct view view = {.facts = facts, .count = count};

	for (size_t i = 0; i < count; i++) {
		if (facts[i].sni != FACTS_SNI_USUAL)
			continue;
		if (is_unroutable(&facts[i]))
			view.skipped++;
		else if (facts[i].steps[FACTS_CONNECT].begun)
			view.dialled++;
		view.dead += judge_reach_is_dead(&facts[i]);
		if (has_symptom(&facts[i], FACTS_CONNECT, FACTS_WELL) && view.answering == NULL)
			view.answering = &facts[i];
	}
	return view;
}

static void
judge_climb(const struct words *words, const struct view *view)
{
	const struct facts *facts = words->facts;
	enum facts_stage failed = facts_failed_stage(facts);

	if (facts->from_file)
		return;
	if (facts->address_found && failed == FACTS_CONNECT && view->answering != NULL &&
	    judge_reach_dead(words, view->dead, view->dialled, view->answering->address))
		return;
	if (has_symptom(facts, FACTS_CONNECT, FACTS_WELL))
		judge_reach_dead_members(words);
	if (failed != FACTS_STAGES)
		judge_reach_failure(words, failed);
	else if (!facts->tls.done)
		words_find(words, CAUSE_LOCAL_NOT_REACHED, NULL);
}

static void
judge_target(const struct words *words, const struct view *view)
{
	const struct facts *facts = words->facts;

	/* Another server name is compared, no more; a family that this poller lacks is left out
	 * unless nothing else is left. */
	if (facts->sni != FACTS_SNI_USUAL || (is_unroutable(facts) && view->dialled > 0))
		return;
	judge_climb(words, view);
	judge_cert_presented(words);
	if (facts->tls.chain_count > 0)
		judge_expiry_presented(words);
}

/* The target whose certificate, or whose chain, expires first. */
static const struct facts *
first_to_expire(const struct view *view, const struct policy *policy, bool chain)
{
	const struct facts *first = NULL;
	int64_t earliest = 0;

	for (size_t i = 0; i < view->count; i++) {
		const struct facts *facts = &view->facts[i];
		int64_t date;

		if (facts->sni != FACTS_SNI_USUAL || facts->tls.chain_count == 0)
			continue;
		date = chain ? judge_expiry_first(facts, policy)->not_after
		             : facts->tls.chain[0].not_after;
		if (first == NULL || date < earliest) {
			first = facts;
			earliest = date;
		}
	}
	return first;
}

static void
measure_time(const struct view *view, struct verdict *verdict)
{
	struct metric *metric = verdict_metric(verdict, "total", "s");
	int64_t slowest = 0;

	if (metric == NULL)
		return;
	metric->decimals = 6;
	metric->has_low = metric->has_high = true;
	metric->high = deadline_to_seconds(view->facts[0].timeout);
	for (size_t i = 0; i < view->count; i++) {
		metric->measured |= view->facts[i].steps[FACTS_RESOLVE].ended;
		if (view->facts[i].total > slowest)
			slowest = view->facts[i].total;
	}
	metric->value = deadline_to_seconds(slowest);
}

static void
measure(const struct view *view, const struct policy *policy, struct verdict *verdict)
{
	const struct facts *leaf = first_to_expire(view, policy, false);
	const struct facts *chain = first_to_expire(view, policy, true);

	judge_expiry_measure(verdict, "leaf", leaf == NULL ? NULL : &leaf->tls.chain[0],
	    leaf == NULL ? 0 : leaf->date, policy);
	judge_expiry_measure(verdict, "chain",
	    chain == NULL ? NULL : judge_expiry_first(chain, policy),
	    chain == NULL ? 0 : chain->date, policy);
	if (!view->facts[0].from_file)
		measure_time(view, verdict);
}

static void
praise_time(struct text *text, const struct view *view, const struct policy *policy)
{
	const struct facts *leaf = first_to_expire(view, policy, false);
	const struct facts *chain = first_to_expire(view, policy, true);
	const struct facts_certificate *first = judge_expiry_first(chain, policy);
	char left[24];

	words_duration(left, sizeof left, leaf->tls.chain[0].not_after - leaf->date);
	text_format(text, "certificate %s left", left);
	if (first->not_after >= leaf->tls.chain[0].not_after)
		return;
	words_duration(left, sizeof left, first->not_after - chain->date);
	text_format(text, ", issuer %s %s", first->common_name, left);
}

static void
praise_listeners(struct text *text, const struct view *view)
{
	struct judge_listeners_count counted = judge_listeners_count(view->facts, view->count);

	if (view->facts[0].from_file)
		text_add(text, " in the file");
	else if (counted.addresses == 1)
		text_format(text, " on %s", view->answering->address);
	else if (counted.certificates == 1)
		text_format(text, ", the same on %zu addresses", counted.addresses);
	else
		text_format(text, ", %zu different ones on %zu addresses", counted.certificates,
		    counted.addresses);
}

/* What was not looked at, or only just passes. */
static void
praise_limits(struct text *text, const struct view *view, const struct facts *leaf)
{
	if (leaf->name_is_address)
		text_format(
		    text, "; name not checked, use -H NAME%s", leaf->from_file ? "" : " -I ADDR");
	else if (leaf->tls.name_match == FACTS_NAME_BY_COMMON_NAME)
		text_add(text, "; the name is only in the common name");
	if (view->skipped > 0)
		text_format(text, "; %zu address%s skipped, no route from here", view->skipped,
		    view->skipped == 1 ? "" : "es");
}

static void
say_good(struct text *text, const struct view *view, const struct policy *policy,
    const struct windows *windows)
{
	const struct facts *leaf = first_to_expire(view, policy, false);
	const struct facts_certificate *certificate;

	if (leaf == NULL) {
		text_format(text, "no certificate was seen, which %s takes as OK",
		    praise_taker(policy, &view->facts[0]));
		return;
	}
	certificate = &leaf->tls.chain[0];
	praise_time(text, view, policy);
	praise_listeners(text, view);
	if (windows != NULL)
		text_add(text, boundpraise_say(windows));
	text_format(text, ", SHA-1 ");
	thumbprint_add_short(text, certificate->sha1);
	text_add(text, ", SHA-256 ");
	thumbprint_add_short(text, certificate->sha256);
	praise_limits(text, view, leaf);
}

void
cert_judge(const struct facts *facts, size_t count, const struct policy *policy,
    const struct windows *windows, struct verdict *verdict)
{
	struct view view = look_at(facts, count);
	struct text good = TEXT_EMPTY;
	struct words words;

	verdict->failed |= facts_lack_memory(facts, count);
	if (verdict->failed)
		return;
	for (size_t i = 0; i < count; i++) {
		words_begin(&words, &facts[i], policy, verdict);
		words.number = i + 1;
		words.reset = windows != NULL ? windows_reset(windows) : NULL;
		words.plaintext = windows != NULL ? windows_plaintext(windows) : NULL;
		words.refused = windows != NULL ? windows_refused(windows) : NULL;
		if (words.refused != NULL)
			snprintf(
			    words.listener, sizeof words.listener, "%u", windows_port(windows));
		judge_target(&words, &view);
	}
	judge_listeners_all(facts, count, policy, verdict);
	if (windows != NULL) {
		words_begin(&words, &facts[0], policy, verdict);
		windows_judge(&words, windows);
	}
	measure(&view, policy, verdict);
	say_good(&good, &view, policy, windows);
	verdict->good = text_take(&good);
	verdict->failed |= verdict->good == NULL;
	verdict_close(verdict);
}

#include "verdict/judge_expiry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define DAY 86400

/* What a certificate must have left. */
struct limits {
	struct range warning, critical;
};

static struct range
at_the_least(double seconds)
{
	return (struct range){.set = true, .low = number_up(seconds), .high = INFINITY};
}

static struct limits
limits_of(const struct policy_certificate *policy, const struct facts_certificate *certificate)
{
	int64_t whole = certificate == NULL ? LIFETIME_UNKNOWN
	                                    : certificate->not_after - certificate->not_before;
	struct limits limits = {.warning = {.set = false}, .critical = {.set = false}};
	double warning, critical;

	if (lifetime_limit(&policy->warning, whole, &warning))
		limits.warning = at_the_least(warning);
	if (!lifetime_limit(&policy->critical, whole, &critical))
		return limits;
	/* A warning that was asked for comes first: a default does not overtake it. */
	if (policy->critical_given || !policy->warning_given || !limits.warning.set ||
	    critical < warning)
		limits.critical = at_the_least(critical);
	return limits;
}

static size_t
scope_size(const struct facts_tls *tls, enum policy_scope scope)
{
	if (tls->chain_count == 0 || scope == POLICY_SCOPE_LEAF)
		return tls->chain_count == 0 ? 0 : 1;
	if (scope == POLICY_SCOPE_VERIFIED && tls->trust.path_count > 0)
		return tls->trust.path_count;
	return tls->chain_count;
}

static const struct facts_certificate *
scope_at(const struct facts_tls *tls, enum policy_scope scope, size_t at)
{
	if (scope == POLICY_SCOPE_VERIFIED && tls->trust.path_count > 0)
		return facts_path_at(tls, at);
	return &tls->chain[at];
}

/* Whether verification found that too. */
static bool
is_told_expired(const struct facts_trust *trust, const struct facts_certificate *certificate)
{
	for (size_t i = 0; i < trust->errors_count; i++)
		if (trust->errors[i].problem == FACTS_CHAIN_EXPIRED &&
		    trust->errors[i].not_before == certificate->not_before &&
		    trust->errors[i].not_after == certificate->not_after)
			return true;
	return false;
}

static void
judge_left(const struct words *words, size_t depth, const char *which,
    const struct facts_certificate *certificate, int64_t left)
{
	struct limits limits = limits_of(&words->policy->certificate, certificate);
	bool critical = range_alerts(&limits.critical, (double)left);
	struct cause_row row = causes_row_at(CAUSE_CERT_EXPIRING, depth);
	char time[24], limit[24];

	if (!critical && !range_alerts(&limits.warning, (double)left))
		return;
	row.state = critical ? STATE_CRITICAL : policy_state(words->policy, CAUSE_CERT_EXPIRING);
	words_duration(time, sizeof time, left);
	words_duration(
	    limit, sizeof limit, (int64_t)(critical ? limits.critical.low : limits.warning.low));
	words_find_as(
	    words, CAUSE_CERT_EXPIRING, &row, "which", which, "left", time, "limit", limit, NULL);
}

static void
judge_certificate(
    const struct words *words, size_t depth, const struct facts_certificate *certificate)
{
	int64_t left = certificate->not_after - words->facts->date;
	struct cause_row row = causes_row_at(CAUSE_CERT_EXPIRED, depth);
	char which[128] = "certificate", time[24];

	if (depth > 0)
		words_issuer(which, sizeof which,
		    certificate->common_name[0] != '\0' ? certificate->common_name
		                                        : certificate->subject);
	if (left >= 0)
		judge_left(words, depth, which, certificate, left);
	else if (!is_told_expired(&words->facts->tls.trust, certificate)) {
		words_duration(time, sizeof time, -left);
		words_find_as(words, CAUSE_CERT_EXPIRED, &row, "which", which, "ago", time, NULL);
	}
}

static void
judge_lifetime(const struct words *words, const struct facts_certificate *leaf)
{
	double most = words->policy->certificate.lifetime_max;
	double whole = (double)(leaf->not_after - leaf->not_before);
	char days[24], limit[24];

	if (most <= 0 || whole <= most)
		return;
	snprintf(days, sizeof days, "%.0f", number_up(whole / DAY));
	snprintf(limit, sizeof limit, "%g", most / DAY);
	words_find(words, CAUSE_CERT_LIFETIME, "days", days, "limit", limit, NULL);
}

void
judge_expiry_presented(const struct words *words)
{
	const struct facts_tls *tls = &words->facts->tls;
	enum policy_scope scope = words->policy->certificate.scope;

	for (size_t i = 0; i < scope_size(tls, scope); i++)
		judge_certificate(words, i, scope_at(tls, scope, i));
	judge_lifetime(words, &tls->chain[0]);
}

const struct facts_certificate *
judge_expiry_first(const struct facts *facts, const struct policy *policy)
{
	const struct facts_certificate *first = NULL;
	enum policy_scope scope = policy->certificate.scope;

	for (size_t i = 0; i < scope_size(&facts->tls, scope); i++) {
		const struct facts_certificate *one = scope_at(&facts->tls, scope, i);

		if (first == NULL || one->not_after < first->not_after)
			first = one;
	}
	return first;
}

void
judge_expiry_measure(struct verdict *verdict, const char *label,
    const struct facts_certificate *certificate, int64_t date, const struct policy *policy)
{
	struct limits limits = limits_of(&policy->certificate, certificate);
	struct metric *metric = verdict_metric(verdict, label, "s");

	if (metric == NULL)
		return;
	metric->warning = limits.warning;
	metric->critical = limits.critical;
	if (certificate == NULL)
		return;
	metric->measured = true;
	metric->value = (double)(certificate->not_after - date);
}

#include "config.h"

#include "agree.h"

#include <check.h>
#include <string.h>

#define POOL_FAILURE "sstp_pool_failure"

static const char *
or_empty(const char *string)
{
	return string != NULL ? string : "";
}

static void
agree_item(const struct json *metric, const struct perfdata_item *item)
{
	ck_assert_str_eq(json_string(metric, "label"), item->label);
	ck_assert_str_eq(or_empty(json_string(metric, "warning")), item->warning);
	ck_assert_str_eq(or_empty(json_string(metric, "critical")), item->critical);
	ck_assert_msg(json_is_null(metric, "value") != item->measured, "%s is not measured in both",
	    item->label);
	ck_assert(json_is_null(metric, "min") == (*item->low == '\0'));
	ck_assert(json_is_null(metric, "max") == (*item->high == '\0'));
	if (item->measured)
		ck_assert_str_eq(json_string(metric, "unit"), item->unit);
}

void
agree_perfdata(const struct json *json, const struct perfdata_item *items, size_t count)
{
	const struct json *metric = json_at(json, "perfdata.0");

	ck_assert_uint_eq(json_count(json_at(json, "perfdata")), count);
	for (size_t i = 0; i < count; i++, metric = metric->next)
		agree_item(metric, &items[i]);
}

/* The label that tells targets apart: "target", or of a pool "member". */
static const char *identity;

static const struct prometheus_sample *
find(const struct prometheus *metrics, const char *name, const char *target, const char *label,
    const char *value)
{
	for (size_t i = 0; i < metrics->count; i++) {
		const struct prometheus_sample *sample = &metrics->samples[i];
		const char *of = prometheus_label(sample, identity);

		if (strcmp(sample->name, name) == 0 && of != NULL && strcmp(of, target) == 0 &&
		    (label == NULL ||
		        strcmp(or_empty(prometheus_label(sample, label)), value) == 0))
			return sample;
	}
	return NULL;
}

/* The sample that must be there exactly when WANTED. */
static const struct prometheus_sample *
sample_if(bool wanted, const struct prometheus *metrics, const char *name, const char *target,
    const char *label, const char *value)
{
	const struct prometheus_sample *sample = find(metrics, name, target, label, value);

	ck_assert_msg((sample != NULL) == wanted, "%s%s of %s %s", wanted ? "no " : "", name,
	    target, value != NULL ? value : "");
	return sample;
}

static void
agree_value(const struct prometheus *metrics, const char *name, const char *target, double value)
{
	const struct prometheus_sample *sample = sample_if(true, metrics, name, target, NULL, NULL);

	ck_assert_msg(
	    sample->value == value, "%s of %s is %g, not %g", name, target, sample->value, value);
}

static double
exit_of(const char *state)
{
	static const char *const states[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
	int code = 0;

	while (strcmp(states[code], state) != 0)
		code++;
	return code;
}

/* Each stage that has ended has its time; the last one says whether the level was reached. */
static bool
agree_stages(const struct json *target, const struct prometheus *metrics, const char *name)
{
	const struct json *stage = json_at(target, "stages.0");
	bool reached = false;

	for (; stage != NULL; stage = stage->next) {
		const char *outcome = json_string(stage, "outcome");

		sample_if(outcome != NULL, metrics, "sstp_probe_duration_seconds", name, "stage",
		    json_string(stage, "stage"));
		reached = outcome != NULL && strcmp(outcome, "ok") == 0;
	}
	return reached;
}

/* Labels are the strings of the JSON; one that is null is no label. */
static void
agree_labels(const struct prometheus_sample *sample, const struct json *object,
    const char *const labels[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_str_eq(or_empty(prometheus_label(sample, labels[i])),
		    or_empty(json_string(object, labels[i])));
}

static void
agree_facts(const struct json *target, const struct prometheus *metrics, const char *name)
{
	static const char *const tls[] = {"version", "cipher"};
	static const char *const certificate[] = {"sha1", "sha256", "subject", "issuer", "serial"};
	const char *const dates[] = {"sstp_certificate_not_before_timestamp_seconds",
	    "sstp_certificate_not_after_timestamp_seconds",
	    "sstp_certificate_earliest_not_after_timestamp_seconds"};
	bool has_tls = json_string(target, "tls.version") != NULL;
	bool has_certificate = !json_is_null(target, "certificate");
	const struct prometheus_sample *sample =
	    sample_if(has_tls, metrics, "sstp_tls_info", name, NULL, NULL);

	if (has_tls)
		agree_labels(sample, json_at(target, "tls"), tls, 2);
	sample = sample_if(has_certificate, metrics, "sstp_certificate_info", name, NULL, NULL);
	if (has_certificate)
		agree_labels(sample, json_at(target, "certificate"), certificate, 5);
	for (size_t i = 0; i < 3; i++)
		sample_if(has_certificate, metrics, dates[i], name, NULL, NULL);
	sample =
	    sample_if(!json_is_null(target, "http"), metrics, "sstp_http_status", name, NULL, NULL);
	if (sample != NULL)
		ck_assert(json_is_number(target, "http.status", sample->value));
	sample_if(
	    !json_is_null(target, "address"), metrics, "sstp_probe_ip_protocol", name, NULL, NULL);
	sample_if(!json_is_null(target, "seconds"), metrics, "sstp_probe_total_seconds", name, NULL,
	    NULL);
}

static bool
has_finding(const struct json *json, const char *target, const char *cause)
{
	for (const struct json *at = json_at(json, "findings.0"); at != NULL; at = at->next)
		if (strcmp(json_string(at, "cause"), cause) == 0 &&
		    strcmp(or_empty(json_string(at, "target")), or_empty(target)) == 0)
			return true;
	return false;
}

/* What is wrong with a pool as a whole. */
static const struct prometheus_sample *
find_cause(const struct prometheus *metrics, const char *cause)
{
	for (size_t i = 0; i < metrics->count; i++)
		if (strcmp(metrics->samples[i].name, POOL_FAILURE) == 0 &&
		    strcmp(or_empty(prometheus_label(&metrics->samples[i], "cause")), cause) == 0)
			return &metrics->samples[i];
	return NULL;
}

static void
agree_causes(const struct json *json, const struct prometheus *metrics)
{
	for (const struct json *at = json_at(json, "findings.0"); at != NULL; at = at->next)
		if (json_string(at, "target") != NULL)
			sample_if(true, metrics, "sstp_probe_failure", json_string(at, "target"),
			    "cause", json_string(at, "cause"));
		else
			ck_assert_ptr_nonnull(find_cause(metrics, json_string(at, "cause")));
	for (size_t i = 0; i < metrics->count; i++) {
		const struct prometheus_sample *sample = &metrics->samples[i];
		const char *cause = prometheus_label(sample, "cause");
		bool of_pool = strcmp(sample->name, POOL_FAILURE) == 0;

		if (!of_pool && strcmp(sample->name, "sstp_probe_failure") != 0)
			continue;
		ck_assert(sample->value == 1);
		ck_assert_msg(
		    has_finding(json, of_pool ? NULL : prometheus_label(sample, identity), cause),
		    "%s is no finding", cause);
	}
}

/* There is a certificate, and nobody was asked for one. */
static bool
is_from_file(const struct json *target)
{
	return json_is_null(target, "tls") && !json_is_null(target, "certificate");
}

static bool
is_refused(const struct json *target)
{
	const struct json *stage = json_at(target, "stages.0");
	const char *outcome = NULL;

	for (; stage != NULL; stage = stage->next)
		outcome = json_string(stage, "outcome");
	return strcmp(or_empty(outcome), "logon refused") == 0;
}

void
agree_metrics(
    const struct json *json, const struct prometheus *metrics, const char *label, bool reject)
{
	size_t states = 0;

	identity = label;
	for (const struct json *target = json_at(json, "targets.0"); target != NULL;
	     target = target->next) {
		const char *name = json_string(target, "name");
		const char *state = json_string(target, "state");
		bool reached = agree_stages(target, metrics, name) || is_from_file(target) ||
		               (reject && is_refused(target));

		agree_value(metrics, "sstp_probe_state", name, exit_of(state));
		agree_value(metrics, "sstp_probe_success", name,
		    reached && (strcmp(state, "OK") == 0 || strcmp(state, "WARNING") == 0));
		agree_facts(target, metrics, name);
	}
	agree_causes(json, metrics);
	for (size_t i = 0; i < metrics->count; i++)
		states += strcmp(metrics->samples[i].name, "sstp_probe_state") == 0;
	ck_assert_uint_eq(states, json_count(json_at(json, "targets")));
}

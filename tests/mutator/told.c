#include "config.h"

#include "told.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/clean.h"
#include "support/json.h"
#include "support/perfdata.h"
#include "support/prometheus.h"
#include "support/schema.h"

enum { ITEMS_MAX = 32 };

static const char *const states[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
static const char *const labels[RUNS_LANES_MAX] = {"a", "b", "c", "d"};

/* ---- whom it is about ---- */

bool
told_is_pool(const struct runs_one *one)
{
	return strstr(one->plugin, "_pool") != NULL;
}

bool
told_is_vip(const struct runs_one *one, size_t number)
{
	return number + 1 == one->lanes_count && strstr(one->options, "--vip") != NULL;
}

static const char *
label_of(const struct runs_one *one, size_t number)
{
	return told_is_vip(one, number) ? TOLD_VIP : labels[number];
}

/* Members, without the balancer. */
static size_t
total_of(const struct runs_one *one)
{
	return one->lanes_count - told_is_vip(one, one->lanes_count - 1);
}

static size_t
healthy_of(const struct runs_one *one, const struct told *told)
{
	size_t healthy = 0;

	for (size_t i = 0; i < total_of(one); i++)
		healthy += told->healthy[i];
	return healthy;
}

/* What the number of healthy members comes to, without thresholds. */
static int
least_exit(const struct runs_one *one, const struct told *told)
{
	size_t total = total_of(one), healthy = healthy_of(one, told);

	if (2 * healthy < total || (total < one->lanes_count && !told->healthy[total]))
		return 2;
	return healthy < total ? 1 : 0;
}

static void
check_pool_exit(const struct runs_one *one, const struct told *told)
{
	int least = least_exit(one, told);

	/* Members that are all there may be unlike each other, which is a WARNING. */
	ck_assert_msg(one->result->exit == least || (least == 0 && one->result->exit == 1),
	    "exit %d and not %d, %s", one->result->exit, least, runs_tell(one));
}

/* ---- text ---- */

/* A number in front of AT. */
static size_t
number_before(const char *begin, const char *at)
{
	while (at > begin && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return strtoul(at, NULL, 10);
}

/* "2 of 3 healthy", which stands wherever nothing worse is told than how many there are. */
static void
check_words(const struct runs_one *one, size_t healthy, size_t total)
{
	static const char *const ends[] = {" healthy", " members are healthy"};
	const char *out = one->result->out, *bar = strstr(out, " | ");
	bool found = false;

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		char needle[64];
		const char *at;

		snprintf(needle, sizeof needle, " of %zu%s", total, ends[i]);
		at = strstr(out, needle);
		if (at == NULL || at > bar)
			continue;
		found = true;
		ck_assert_msg(number_before(out, at) == healthy, "%s", runs_tell(one));
	}
	ck_assert_msg(found || (healthy == total && one->result->exit != 0), "%s", runs_tell(one));
}

static void
check_item(const struct runs_one *one, const struct perfdata_item *items, size_t count,
    const char *label, size_t value)
{
	const struct perfdata_item *item = perfdata_find(items, count, label);

	ck_assert_msg(item != NULL && item->measured && item->value == (double)value,
	    "%s is not %zu, %s", label, value, runs_tell(one));
}

/* "failed: c (" */
static bool
has_line(const char *out, const char *health, const char *label)
{
	char begin[64];

	snprintf(begin, sizeof begin, "\n%s: %s (", health, label);
	return strstr(out, begin) != NULL;
}

/* "healthy: a 0.010 s, b 0.012 s" */
static bool
is_listed(const char *out, const char *label)
{
	const char *line = strstr(out, "\nhealthy: ");
	char word[64];
	const char *at;

	if (line == NULL)
		return false;
	snprintf(word, sizeof word, " %s ", label);
	at = strstr(line, word);
	return at != NULL && at < line + 1 + strcspn(line + 1, "\n");
}

/* Of -v, where each member stands once. */
static void
read_members(const struct runs_one *one, struct told *told)
{
	const char *out = one->result->out;

	for (size_t i = 0; i < one->lanes_count; i++) {
		bool vip = told_is_vip(one, i);
		const char *label = label_of(one, i);
		bool failed = has_line(out, vip ? "VIP failed" : "failed", label);

		told->healthy[i] =
		    vip ? has_line(out, "VIP healthy", label) : is_listed(out, label);
		told->spotless[i] = told->healthy[i];
		/* The text does not say of whom that is told. */
		told->warned[i] = told->healthy[i] && strstr(out, "ppp.weak-auth") != NULL;
		ck_assert_msg(
		    told->healthy[i] != failed, "%s is both or neither, %s", label, runs_tell(one));
	}
}

static void
check_perfdata(const struct runs_one *one, const struct told *told, const char *chars)
{
	struct perfdata_item items[ITEMS_MAX];
	size_t count, total = total_of(one), healthy = healthy_of(one, told);
	const char *problem = perfdata_parse(chars, items, ITEMS_MAX, &count);

	ck_assert_msg(problem == NULL, "%s: %s", problem, runs_tell(one));
	if (!told_is_pool(one))
		return;
	check_item(one, items, count, "total", total);
	check_item(one, items, count, "healthy", healthy);
	check_item(one, items, count, "failed", total - healthy);
	check_item(one, items, count, "expected_down", 0);
	check_words(one, healthy, total);
}

static void
check_first_line(const struct runs_one *one)
{
	static const char *const services[] = {"SSTP", "SSTP_CERT", "SSTP_POOL"};
	const char *out = one->result->out, *bar = strstr(out, " | ");
	bool cert = strstr(one->plugin, "_cert") != NULL;
	char wanted[48];

	snprintf(wanted, sizeof wanted, "%s %s - ", services[told_is_pool(one) ? 2 : cert],
	    states[one->result->exit]);
	ck_assert_msg(strncmp(out, wanted, strlen(wanted)) == 0, "%s", runs_tell(one));
	ck_assert_msg(bar != NULL && bar < out + strcspn(out, "\n"), "%s", runs_tell(one));
	/* A cause in brackets wherever something is wrong, and only there. */
	ck_assert_msg((bar[-1] == ']') == (one->result->exit != 0), "%s", runs_tell(one));
}

static void
read_text(const struct runs_one *one, struct told *told)
{
	const char *out = one->result->out, *bar = strstr(out, " | ");
	const char *problem = clean_text(out);
	size_t length = strcspn(out, "\n");
	char *perfdata;

	ck_assert_msg(problem == NULL, "%s: %s", problem, runs_tell(one));
	check_first_line(one);
	if (told_is_pool(one))
		read_members(one, told);
	else
		ck_assert_msg(out[length + 1] == '\0', "%s", runs_tell(one));
	perfdata = strndup(bar + 3, length - (size_t)(bar + 3 - out));
	check_perfdata(one, told, perfdata);
	free(perfdata);
}

/* ---- JSON ---- */

static int
exit_of(const char *state)
{
	int code = 0;

	while (strcmp(states[code], state) != 0)
		code++;
	return code;
}

/* UNKNOWN never hides a WARNING. */
static int
weight_of(int exit)
{
	static const int weights[] = {0, 2, 3, 1};

	return weights[exit];
}

/* The worst of the findings; in a pool of those that are about no single member. */
static int
worst_of(const struct json *json, bool pool)
{
	int worst = 0;

	for (const struct json *at = json_at(json, "findings.0"); at != NULL; at = at->next)
		if (!pool || json_is_null(at, "target")) {
			int exit = exit_of(json_string(at, "state"));

			worst = weight_of(exit) > weight_of(worst) ? exit : worst;
		}
	return worst;
}

/* Whether it did all that was asked. */
static bool
is_reached(const struct json *target)
{
	const char *outcome = NULL;

	for (const struct json *at = json_at(target, "stages.0"); at != NULL; at = at->next)
		outcome = json_string(at, "outcome");
	return outcome != NULL && strcmp(outcome, "ok") == 0;
}

static bool
is_accused(const struct json *json, const char *name)
{
	for (const struct json *at = json_at(json, "findings.0"); at != NULL; at = at->next)
		if (json_string(at, "target") != NULL &&
		    strcmp(json_string(at, "target"), name) == 0)
			return true;
	return false;
}

static void
read_target(const struct runs_one *one, const struct json *json, const struct json *target,
    size_t number, struct told *told)
{
	const char *name = json_string(target, "name");
	const char *digits = json_string(target, "certificate.sha256");
	const char *reason = json_string(target, "tls.reason");
	int exit = exit_of(json_string(target, "state"));

	told->spotless[number] = exit == 0;
	told->healthy[number] = exit == 0 || (exit == 1 && is_reached(target));
	told->warned[number] = told->healthy[number] && exit == 1;
	if (digits != NULL)
		snprintf(told->shown[number], sizeof told->shown[number], "%s", digits);
	/* A number tells nobody anything. */
	ck_assert_msg(
	    reason == NULL || strncmp(reason, "error ", 6) != 0, "%s, %s", reason, runs_tell(one));
	if (!told_is_pool(one))
		return;
	ck_assert_msg(strcmp(name, label_of(one, number)) == 0, "%s", runs_tell(one));
	ck_assert_msg(is_accused(json, name) == (exit != 0), "%s, %s", name, runs_tell(one));
	ck_assert_msg(exit != 0 || is_reached(target), "%s, %s", name, runs_tell(one));
}

static void
check_metric(const struct runs_one *one, const struct json *json, const char *label, size_t value)
{
	const struct json *at = json_at(json, "perfdata.0");

	while (at != NULL && strcmp(json_string(at, "label"), label) != 0)
		at = at->next;
	ck_assert_msg(at != NULL && json_is_number(at, "value", (double)value), "%s is not %zu, %s",
	    label, value, runs_tell(one));
}

static void
check_json(const struct runs_one *one, const struct json *json, const struct told *told)
{
	int exit = one->result->exit;
	size_t total = total_of(one), healthy = healthy_of(one, told);

	ck_assert_msg(json_is_number(json, "exit", exit), "%s", runs_tell(one));
	ck_assert_msg(strcmp(json_string(json, "state"), states[exit]) == 0, "%s", runs_tell(one));
	ck_assert_msg(json_is_null(json, "cause") == (exit == 0), "%s", runs_tell(one));
	ck_assert_msg(worst_of(json, told_is_pool(one)) == exit, "%s", runs_tell(one));
	if (one->lanes_count == 1)
		ck_assert_msg(strcmp(json_string(json, "targets.0.state"), states[exit]) == 0, "%s",
		    runs_tell(one));
	if (!told_is_pool(one)) {
		ck_assert_msg((json_count(json_at(json, "findings")) == 0) == (exit == 0), "%s",
		    runs_tell(one));
		return;
	}
	check_metric(one, json, "total", total);
	check_metric(one, json, "healthy", healthy);
	check_metric(one, json, "failed", total - healthy);
	check_metric(one, json, "expected_down", 0);
}

static void
read_json(const struct runs_one *one, struct told *told)
{
	const char *out = one->result->out, *problem;
	size_t where, number = 0;
	struct json *json = json_parse(out, strlen(out), &where);
	struct text path = TEXT_EMPTY;

	ck_assert_msg(json != NULL, "no JSON at %zu, %s", where, runs_tell(one));
	problem = schema_check(json, &path);
	ck_assert_msg(problem == NULL, "%s: %s: %s", text_chars(&path), problem, runs_tell(one));
	ck_assert_msg(
	    json_count(json_at(json, "targets")) == one->lanes_count, "%s", runs_tell(one));
	for (const struct json *at = json_at(json, "targets.0"); at != NULL; at = at->next)
		read_target(one, json, at, number++, told);
	check_json(one, json, told);
	text_free(&path);
	json_free(json);
}

/* ---- metrics ---- */

static struct prometheus metrics; /* large */

/* The one sample of NAME whose LABEL, unless that is NULL, is VALUE. */
static double
value_of(const struct runs_one *one, const char *name, const char *label, const char *value)
{
	size_t found = 0;
	double number = 0;

	for (size_t i = 0; i < metrics.count; i++) {
		const struct prometheus_sample *sample = &metrics.samples[i];
		const char *is = label == NULL ? NULL : prometheus_label(sample, label);

		if (strcmp(sample->name, name) != 0 ||
		    (label != NULL && (is == NULL || strcmp(is, value) != 0)))
			continue;
		found++;
		number = sample->value;
	}
	ck_assert_msg(found == 1, "%zu of %s, %s", found, name, runs_tell(one));
	return number;
}

static size_t
count_of(const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < metrics.count; i++)
		count += strcmp(metrics.samples[i].name, name) == 0;
	return count;
}

static void
check_metrics(const struct runs_one *one, const struct told *told)
{
	const char *members = "sstp_pool_members";
	size_t total = total_of(one), healthy = healthy_of(one, told);
	int exit = one->result->exit;

	ck_assert_msg(value_of(one, "sstp_pool_state", NULL, NULL) == exit, "%s", runs_tell(one));
	ck_assert_msg((count_of("sstp_pool_failure") == 0) == (exit == 0), "%s", runs_tell(one));
	ck_assert_msg(
	    value_of(one, members, "health", "healthy") == (double)healthy, "%s", runs_tell(one));
	ck_assert_msg(value_of(one, members, "health", "failed") == (double)(total - healthy), "%s",
	    runs_tell(one));
	ck_assert_msg(count_of("sstp_probe_state") == one->lanes_count, "%s", runs_tell(one));
}

static void
read_metrics(const struct runs_one *one, struct told *told)
{
	size_t line;
	const char *problem = prometheus_parse(one->result->out, &metrics, &line);

	ck_assert_msg(problem == NULL, "line %zu: %s: %s", line, problem, runs_tell(one));
	for (size_t i = 0; i < one->lanes_count; i++) {
		const char *label = label_of(one, i);

		told->healthy[i] = value_of(one, "sstp_probe_success", "member", label) == 1;
		told->spotless[i] = value_of(one, "sstp_probe_state", "member", label) == 0;
		told->warned[i] = told->healthy[i] && !told->spotless[i];
		ck_assert_msg(
		    told->healthy[i] || !told->spotless[i], "%s, %s", label, runs_tell(one));
	}
	check_metrics(one, told);
}

/* ---- all ---- */

bool
told_is_late(const struct runs_one *one)
{
	const char *out = one->result->out;

	return strstr(out, "local.not-reached") != NULL || strstr(out, "dns.no-answer") != NULL;
}

void
told_read(const struct runs_one *one, struct told *told)
{
	static void (*const readers[RUNS_FORMATS])(const struct runs_one *, struct told *) = {
	    read_text, read_json, read_metrics};
	const struct process_result *result = one->result;

	memset(told, 0, sizeof *told);
	ck_assert_msg(result->signal == 0 && result->exit >= 0 && result->exit <= 3,
	    "signal %d, %s: %s", result->signal, result->err, runs_tell(one));
	ck_assert_msg(*result->err == '\0', "%s: %s", result->err, runs_tell(one));
	ck_assert_msg(result->exit != 3, "this host is blamed, %s", runs_tell(one));
	readers[one->format](one, told);
	if (told_is_pool(one))
		check_pool_exit(one, told);
	else
		for (size_t i = 0; i < one->lanes_count; i++)
			told->healthy[i] = told->spotless[i] = result->exit == 0;
}

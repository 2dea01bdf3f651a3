#include "report/lastwords.h"

#include <string.h>

#include "report/prometheus.h"

/* Up to the NULL in LIST, and with it. */
static void
fill(const char *parts[LASTWORDS_PARTS], const char *const list[])
{
	size_t count = 0;

	do
		parts[count] = list[count];
	while (list[count++] != NULL);
}

static void
fill_text(const struct report *report, const struct lastwords *words, const char *cause,
    const char *parts[LASTWORDS_PARTS])
{
	const char *remedy = words->remedy != NULL ? words->remedy : "";

	fill(parts, (const char *const[]){report->service, " UNKNOWN - ", words->summary,
	                words->remedy != NULL ? "; " : "", remedy, " [", cause, "]\n", NULL});
}

static void
fill_json(const struct report *report, const struct lastwords *words, const char *cause,
    const char *parts[LASTWORDS_PARTS])
{
	const char *open = words->remedy != NULL ? "\"" : "null";
	const char *close = words->remedy != NULL ? "\"" : "";
	const char *remedy = words->remedy != NULL ? words->remedy : "";

	fill(parts, (const char *const[]){"{\"plugin\":\"", report->plugin, "\",\"version\":\"",
	                report->version, "\",\"state\":\"UNKNOWN\",\"exit\":3,\"cause\":\"", cause,
	                "\",\"summary\":\"", words->summary, "\",\"remedy\":", open, remedy, close,
	                ",\"findings\":[{\"state\":\"UNKNOWN\",\"cause\":\"", cause,
	                "\",\"summary\":\"", words->summary, "\",\"remedy\":", open, remedy, close,
	                ",\"target\":null}],\"targets\":[],\"perfdata\":[]}\n", NULL});
}

/* The target, where it can be a label without an escape: that would need memory. */
static const char *
plain_label(const struct report *report)
{
	const char *target = report->target;

	return target != NULL && strpbrk(target, "\"\\\n") == NULL ? target : report->plugin;
}

static void
fill_prometheus(const struct report *report, const char *cause, const char *parts[LASTWORDS_PARTS])
{
	const char *target = plain_label(report);

	fill(parts,
	    (const char *const[]){PROMETHEUS_HEAD(PROMETHEUS_SUCCESS, PROMETHEUS_SUCCESS_HELP)
	                              PROMETHEUS_SUCCESS "{target=\"",
	        target,
	        "\"} 0\n" PROMETHEUS_HEAD(PROMETHEUS_STATE, PROMETHEUS_STATE_HELP) PROMETHEUS_STATE
	        "{target=\"",
	        target,
	        "\"} 3\n" PROMETHEUS_HEAD(PROMETHEUS_FAILURE, PROMETHEUS_FAILURE_HELP)
	            PROMETHEUS_FAILURE "{target=\"",
	        target, "\",cause=\"", cause, "\"} 1\n", NULL});
}

void
lastwords_compose(
    const struct report *report, const struct lastwords *words, const char *parts[LASTWORDS_PARTS])
{
	const char *cause = causes_row(words->cause)->name;

	switch (report->format) {
	case REPORT_JSON:
		fill_json(report, words, cause, parts);
		break;
	case REPORT_PROMETHEUS:
		fill_prometheus(report, cause, parts);
		break;
	case REPORT_TEXT:
	case REPORT_ZABBIX_LLD:
	case REPORT_LB:
		fill_text(report, words, cause, parts);
	}
}

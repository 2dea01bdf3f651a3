/*
 * told - for the targets that tell what was judged: whatever the format, it is clean and well
 * formed, and agrees with the exit code.
 */
#ifndef FUZZ_TOLD_H
#define FUZZ_TOLD_H

#include "fuzz/fuzz.h"
#include "report/report.h"
#include "support/clean.h"
#include "support/json.h"
#include "support/perfdata.h"
#include "support/prometheus.h"
#include "support/schema.h"

#define TOLD_ITEMS_MAX 64

static inline void
told_claim_text(char *out, bool long_output)
{
	static struct perfdata_item items[TOLD_ITEMS_MAX];
	char *bar = strchr(out, '|'), *end = strchr(out, '\n');
	size_t count;

	FUZZ_CLAIM(clean_text(out) == NULL && end != NULL);
	FUZZ_CLAIM(long_output || end[1] == '\0');
	FUZZ_CLAIM(bar != NULL && bar < end);
	*end = '\0';
	FUZZ_CLAIM(perfdata_parse(bar + 2, items, TOLD_ITEMS_MAX, &count) == NULL);
}

static inline void
told_claim_json(const char *out, int status)
{
	struct text path = TEXT_EMPTY;
	size_t where;
	struct json *json = json_parse(out, strlen(out), &where);

	FUZZ_CLAIM(json != NULL);
	FUZZ_CLAIM(schema_check(json, &path) == NULL);
	FUZZ_CLAIM(clean_json(json) == NULL);
	FUZZ_CLAIM(json_is_number(json, "exit", status));
	FUZZ_CLAIM(json_is_null(json, "cause") == (status == 0));
	text_free(&path);
	json_free(json);
}

static inline void
told_claim_metrics(const char *out)
{
	static struct prometheus metrics;
	size_t line;

	FUZZ_CLAIM(prometheus_parse(out, &metrics, &line) == NULL);
}

static inline void
told_claim(const struct report *report)
{
	struct text text = TEXT_EMPTY;
	char *out;

	report_compose(report, &text);
	out = text_take(&text);
	FUZZ_CLAIM(out != NULL);
	if (report->format == REPORT_JSON)
		told_claim_json(out, report_exit(report));
	else if (report->format == REPORT_PROMETHEUS)
		told_claim_metrics(out);
	else if (report->format != REPORT_ZABBIX_LLD)
		told_claim_text(out, report->verbosity > 0);
	free(out);
}

#endif

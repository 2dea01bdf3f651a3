#include <stddef.h>
#include <string.h>

#include "report/about.h"
#include "report/jsontarget.h"
#include "report/jsonwriter.h"
#include "report/report.h"

/* The remedy, and behind it the steps, for those who hand out no more than this. */
static void
put_remedy(struct jsonwriter *writer, const struct finding *finding)
{
	const char *steps = finding->steps != NULL ? finding->steps : "";
	struct text text = TEXT_EMPTY;

	text_add(&text, finding->remedy);
	for (size_t length; *steps != '\0'; steps += length + (steps[length] != '\0')) {
		length = strcspn(steps, "\n");
		text_add(&text, "; ");
		text_add_bytes(&text, steps, length);
	}
	if (text_failed(&text))
		writer->text->failed = true;
	jsonwriter_known(writer, "remedy", text_chars(&text));
	text_free(&text);
}

static void
put_finding(struct jsonwriter *writer, const struct finding *finding)
{
	jsonwriter_begin_object(writer, NULL);
	jsonwriter_string(writer, "state", state_name(finding->state));
	jsonwriter_string(writer, "cause", causes_row(finding->cause)->name);
	jsonwriter_string(writer, "summary", finding->summary);
	put_remedy(writer, finding);
	jsonwriter_string(writer, "target", finding->target);
	jsonwriter_end_object(writer);
}

static void
put_range(struct jsonwriter *writer, const char *key, const struct range *range)
{
	struct text text = TEXT_EMPTY;

	range_add(&text, range);
	if (text_failed(&text))
		writer->text->failed = true;
	jsonwriter_string(writer, key, range->set ? text_chars(&text) : NULL);
	text_free(&text);
}

static void
put_number(struct jsonwriter *writer, const char *key, const struct metric *metric, bool known,
    double value)
{
	if (known)
		jsonwriter_number(writer, key, value, metric->decimals);
	else
		jsonwriter_null(writer, key);
}

static void
put_metric(struct jsonwriter *writer, const struct metric *metric)
{
	jsonwriter_begin_object(writer, NULL);
	jsonwriter_string(writer, "label", metric->label);
	put_number(writer, "value", metric, metric->measured, metric->value);
	jsonwriter_string(writer, "unit", metric->unit);
	put_range(writer, "warning", &metric->warning);
	put_range(writer, "critical", &metric->critical);
	put_number(writer, "min", metric, metric->has_low, metric->low);
	put_number(writer, "max", metric, metric->has_high, metric->high);
	jsonwriter_end_object(writer);
}

static void
put_lists(struct jsonwriter *writer, const struct report *report)
{
	const struct verdict *verdict = report->verdict;

	jsonwriter_begin_array(writer, "findings");
	for (size_t i = 0; i < verdict->findings_count; i++)
		put_finding(writer, &verdict->findings[i]);
	for (size_t i = 0; i < verdict->details_count; i++)
		put_finding(writer, &verdict->details[i]);
	jsonwriter_end_array(writer);
	jsonwriter_begin_array(writer, "targets");
	for (size_t i = 0; i < report->facts_count; i++) {
		const struct facts *facts = &report->facts[i];

		jsontarget_add(writer, facts, about_worst(report, facts));
	}
	jsonwriter_end_array(writer);
	jsonwriter_begin_array(writer, "perfdata");
	for (size_t i = 0; i < verdict->metrics_count; i++)
		put_metric(writer, &verdict->metrics[i]);
	jsonwriter_end_array(writer);
}

void
report_json(const struct report *report, struct text *text)
{
	const struct verdict *verdict = report->verdict;
	const struct finding *worst = verdict->findings;
	bool well = verdict->findings_count == 0;
	struct jsonwriter writer = {.text = text};

	jsonwriter_begin_object(&writer, NULL);
	jsonwriter_string(&writer, "plugin", report->plugin);
	jsonwriter_string(&writer, "version", report->version);
	jsonwriter_string(&writer, "state", state_name(verdict->state));
	jsonwriter_whole(&writer, "exit", state_exit(verdict->state));
	jsonwriter_string(&writer, "cause", well ? NULL : causes_row(worst->cause)->name);
	jsonwriter_string(&writer, "summary", well ? verdict->good : worst->summary);
	if (well)
		jsonwriter_null(&writer, "remedy");
	else
		put_remedy(&writer, worst);
	put_lists(&writer, report);
	jsonwriter_end_object(&writer);
	text_add_char(text, '\n');
}

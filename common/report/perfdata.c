#include <math.h>

#include "base/number.h"
#include "report/report.h"

static void
add_fields(const struct metric *metric, struct text *text)
{
	text_add_char(text, ';');
	range_add(text, &metric->warning);
	text_add_char(text, ';');
	range_add(text, &metric->critical);
	text_add_char(text, ';');
	if (metric->has_low)
		number_add(text, metric->low, metric->decimals);
	text_add_char(text, ';');
	if (metric->has_high)
		number_add(text, metric->high, metric->decimals);
}

static void
add_metric(const struct metric *metric, struct text *text)
{
	size_t end;

	text_add(text, metric->label);
	text_add_char(text, '=');
	if (metric->measured && isfinite(metric->value)) {
		number_add(text, metric->value, metric->decimals);
		text_add(text, metric->unit);
	} else {
		text_add_char(text, 'U');
	}
	add_fields(metric, text);
	/* Empty fields at the end say nothing. */
	end = text->length;
	while (end > 0 && text_chars(text)[end - 1] == ';')
		end--;
	text_cut(text, end);
}

void
report_perfdata(const struct verdict *verdict, struct text *text)
{
	for (size_t i = 0; i < verdict->metrics_count; i++) {
		if (i > 0)
			text_add_char(text, ' ');
		add_metric(&verdict->metrics[i], text);
	}
}

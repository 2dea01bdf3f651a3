/* What Zabbix discovers: an array with an object for each target, keyed by low-level discovery
 * macros. */
#include <stdio.h>

#include "report/jsonwriter.h"
#include "report/report.h"

void
report_zabbix(const struct report *report, struct text *text)
{
	struct jsonwriter writer = {.text = text};
	char port[8];

	jsonwriter_begin_array(&writer, NULL);
	for (size_t i = 0; i < report->facts_count; i++) {
		const struct facts *facts = &report->facts[i];

		snprintf(port, sizeof port, "%u", facts->port);
		jsonwriter_begin_object(&writer, NULL);
		jsonwriter_string(&writer, "{#NAME}", facts->target);
		jsonwriter_string(&writer, "{#HOST}", facts->host);
		/* A macro is a string, also while nothing is known. */
		jsonwriter_string(&writer, "{#ADDRESS}", facts->address);
		jsonwriter_string(&writer, "{#PORT}", port);
		jsonwriter_end_object(&writer);
	}
	jsonwriter_end_array(&writer);
	text_add_char(text, '\n');
}

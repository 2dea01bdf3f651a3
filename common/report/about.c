#include "report/about.h"

#include <stddef.h>

bool
about_target(const struct report *report, const struct finding *finding, const struct facts *facts)
{
	return (report->facts_count == 1 && report->pool == NULL) ||
	       finding->target == facts->target;
}

const struct finding *
about_worst(const struct report *report, const struct facts *facts)
{
	const struct verdict *verdict = report->verdict;

	/* The findings come worst first, and so do the details of a member. */
	for (size_t i = 0; i < verdict->findings_count; i++)
		if (about_target(report, &verdict->findings[i], facts))
			return &verdict->findings[i];
	for (size_t i = 0; i < verdict->details_count; i++)
		if (verdict->details[i].target == facts->target)
			return &verdict->details[i];
	return NULL;
}

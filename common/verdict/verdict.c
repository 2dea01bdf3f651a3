#include "verdict/verdict.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more element; the lists are short, so they grow by one. */
static void *
grown(void *elements, size_t count, size_t size)
{
	return realloc(elements, (count + 1) * size);
}

static void
keep_finding(struct verdict *verdict, const struct finding *finding)
{
	struct finding *findings =
	    grown(verdict->findings, verdict->findings_count, sizeof *findings);

	if (findings != NULL)
		verdict->findings = findings;
	if (findings == NULL || finding->summary == NULL || finding->remedy == NULL) {
		free(finding->summary);
		free(finding->remedy);
		verdict->failed = true;
		return;
	}
	findings[verdict->findings_count++] = *finding;
}

void
verdict_add(struct verdict *verdict, enum cause cause, enum state state, const char *target,
    struct text *summary, struct text *remedy)
{
	if (text_failed(summary) || text_failed(remedy))
		verdict->failed = true;
	if (state == STATE_OK) {
		text_free(summary);
		text_free(remedy);
		return;
	}
	keep_finding(verdict, &(struct finding){
	                          .state = state,
	                          .cause = cause,
	                          .target = target,
	                          .summary = text_take(summary),
	                          .remedy = text_take(remedy),
	                      });
}

void
verdict_add_steps(struct verdict *verdict, struct text *steps)
{
	struct finding *finding = &verdict->findings[verdict->findings_count - 1];

	free(finding->steps);
	finding->steps = steps->length > 0 ? text_take(steps) : NULL;
	verdict->failed |= steps->failed;
	text_free(steps);
}

size_t
verdict_take_details(struct verdict *verdict, struct verdict *member, size_t *count)
{
	size_t first = verdict->details_count, wanted = first + member->findings_count;
	struct finding *details;

	*count = 0;
	verdict->failed |= member->failed;
	if (member->findings_count == 0)
		return first;
	details = realloc(verdict->details, wanted * sizeof *details);
	if (details == NULL) {
		verdict->failed = true;
		return first;
	}
	memcpy(&details[first], member->findings, member->findings_count * sizeof *details);
	*count = member->findings_count;
	member->findings_count = 0;
	verdict->details = details;
	verdict->details_count = wanted;
	return first;
}

/* A label is in every line of perfdata, so whatever it was made from, it is made safe here. */
static void
set_label(struct metric *metric, const char *label)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

	for (size_t i = 0; i + 1 < sizeof metric->label && label[i] != '\0'; i++) {
		char c = label[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (strchr(allowed, c) == NULL)
			c = '_';
		metric->label[i] = c;
	}
}

struct metric *
verdict_metric(struct verdict *verdict, const char *label, const char *unit)
{
	struct metric *metrics = grown(verdict->metrics, verdict->metrics_count, sizeof *metrics);
	struct metric *metric;

	if (metrics == NULL) {
		verdict->failed = true;
		return NULL;
	}
	verdict->metrics = metrics;
	metric = &metrics[verdict->metrics_count++];
	memset(metric, 0, sizeof *metric);
	set_label(metric, label);
	metric->unit = unit;
	return metric;
}

/* Whether ONE is told before OTHER. */
static bool
comes_first(const struct finding *one, const struct finding *other)
{
	if (one->state != other->state)
		return one->state > other->state;
	return one->cause < other->cause;
}

void
verdict_close(struct verdict *verdict)
{
	struct finding *findings = verdict->findings;

	/* By insertion, which leaves equals in the order they were found in; qsort() would not. */
	for (size_t i = 1; i < verdict->findings_count; i++) {
		struct finding moving = findings[i];
		size_t at = i;

		for (; at > 0 && comes_first(&moving, &findings[at - 1]); at--)
			findings[at] = findings[at - 1];
		findings[at] = moving;
	}
	verdict->state = verdict->findings_count > 0 ? findings[0].state : STATE_OK;
}

static void
free_findings(struct finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(findings[i].summary);
		free(findings[i].remedy);
		free(findings[i].steps);
	}
	free(findings);
}

void
verdict_free(struct verdict *verdict)
{
	free_findings(verdict->findings, verdict->findings_count);
	free_findings(verdict->details, verdict->details_count);
	free(verdict->metrics);
	free(verdict->good);
	memset(verdict, 0, sizeof *verdict);
}

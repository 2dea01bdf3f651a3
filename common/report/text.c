#include <string.h>

#include "base/sanitize.h"
#include "report/report.h"
#include "report/textpool.h"
#include "report/texttarget.h"

#define FIRST_LINE_MAX 160 /* characters before the perfdata */
#define ALSO_MAX       3   /* further causes named on the first line */
#define NAME_MIN       15  /* characters that are left of a name: no more than IPv4 may take */
#define SUMMARY_MIN    40  /* characters that are left of a summary, even on a longer line */
#define SUMMARY_BESIDE 60  /* the same where it makes room for the remedy */
#define WORD_MAX       8   /* bytes of a word that is rather left out than cut */

/* What the first line says, and how much of it fits. */
struct shape {
	const char *name; /* with which the target begins; NULL: there is none */
	size_t name_length;
	bool name_cut;
	const char *address; /* what of the target follows, such as " at 192.0.2.1" */
	const char *summary;
	size_t summary_length;
	bool summary_whole; /* it is not cut for the sake of the remedy */
	bool summary_cut;
	const char *remedy;
	size_t remedy_length;
	size_t named;   /* causes named behind "also" */
	bool shortened; /* summary or remedy are not whole */
};

static size_t
count_characters(const char *chars, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		if (((unsigned char)chars[i] & 0xC0) != 0x80)
			count++;
	return count;
}

/* The bytes that the first COUNT characters take. */
static size_t
bytes_of_characters(const char *chars, size_t length, size_t count)
{
	size_t at = 0;

	while (at < length && count > 0) {
		at++;
		while (at < length && ((unsigned char)chars[at] & 0xC0) == 0x80)
			at++;
		count--;
	}
	return at;
}

/* Where the last clause of CHARS begins, at the comma or semicolon before it; 0 when there is but
 * one. */
static size_t
last_clause(const char *chars, size_t length)
{
	for (size_t i = length; i-- > 1;)
		if ((chars[i - 1] == ',' || chars[i - 1] == ';') && chars[i] == ' ')
			return i - 1;
	return 0;
}

/* Whether finding AT is the first with its cause. */
static bool
is_new_cause(const struct verdict *verdict, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (verdict->findings[i].cause == verdict->findings[at].cause)
			return false;
	return true;
}

/* The other findings: NAMED of their causes, and how many findings that leaves unnamed. */
static void
add_also(struct text *text, const struct verdict *verdict, size_t named)
{
	size_t left = verdict->findings_count - 1;
	size_t done = 0;

	for (size_t i = 1; i < verdict->findings_count && done < named; i++) {
		if (!is_new_cause(verdict, i))
			continue;
		text_add(text, done == 0 ? "; also " : ", ");
		text_add(text, causes_row(verdict->findings[i].cause)->name);
		done++;
	}
	left -= done;
	if (left > 0)
		text_format(text, "%s+%zu more", done == 0 ? "; " : ", ", left);
}

static void
add_part(struct text *text, const char *chars, size_t length)
{
	sanitize_add(text, chars, length, length);
}

static void
add_clean(struct text *text, const char *chars)
{
	add_part(text, chars, strlen(chars));
}

static void
add_first_line(const struct report *report, const struct shape *shape, struct text *text)
{
	const struct verdict *verdict = report->verdict;
	size_t start = text->length;

	text_format(text, "%s %s - ", report->service, state_name(verdict->state));
	if (shape->name != NULL) {
		add_part(text, shape->name, shape->name_length);
		if (shape->name_cut)
			text_add(text, "..");
		add_clean(text, shape->address);
		text_add(text, ": ");
	}
	add_part(text, shape->summary, shape->summary_length);
	if (shape->summary_cut)
		text_add(text, "..");
	if (shape->remedy_length > 0) {
		text_add(text, "; ");
		add_part(text, shape->remedy, shape->remedy_length);
	}
	if (verdict->findings_count > 0) {
		add_also(text, verdict, shape->named);
		text_format(text, " [%s]", causes_row(verdict->findings[0].cause)->name);
	}
	if (!text_failed(text))
		sanitize_first_line(text->bytes + start, text->length - start);
}

/* By how many characters the line is too long. */
static size_t
excess(const struct report *report, const struct shape *shape)
{
	struct text line = TEXT_EMPTY;
	size_t count;

	add_first_line(report, shape, &line);
	count = count_characters(text_chars(&line), line.length);
	text_free(&line);
	return count > FIRST_LINE_MAX ? count - FIRST_LINE_MAX : 0;
}

/* Leave off the last TOO_MANY of *LENGTH bytes' characters, and two for dots, but keep MINIMUM.
 * Whether that gained anything; then *LENGTH is less. */
static bool
cut_end(const char *chars, size_t *length, size_t too_many, size_t minimum)
{
	size_t count = count_characters(chars, *length);
	size_t keep = count > too_many + 2 ? count - too_many - 2 : 0;

	if (keep < minimum)
		keep = minimum;
	/* The dots take the place of two characters, so cutting one off would gain nothing. */
	if (keep + 2 >= count)
		return false;
	*length = bytes_of_characters(chars, *length, keep);
	return true;
}

/* Without the first letters of a word that is cut, unless it is a long one, nor points before the
 * dots. */
static void
tidy_end(const char *chars, size_t *length)
{
	size_t begun = *length;

	while (begun > 0 && *length - begun <= WORD_MAX && chars[begun - 1] != ' ')
		begun--;
	if (chars[*length] != ' ' && *length - begun <= WORD_MAX)
		*length = begun;
	while (*length > 0 && strchr(" .,:;", chars[*length - 1]) != NULL)
		(*length)--;
}

/* Half an address would be another one. */
static void
cut_name(struct shape *shape, size_t too_many)
{
	if (shape->name == NULL || memchr(shape->name, ':', shape->name_length) != NULL)
		return;
	shape->name_cut = cut_end(shape->name, &shape->name_length, too_many, NAME_MIN - 2);
	while (
	    shape->name_cut && shape->name_length > 0 && shape->name[shape->name_length - 1] == '.')
		shape->name_length--;
}

static void
cut_summary(const struct report *report, struct shape *shape, size_t minimum)
{
	size_t too_many = excess(report, shape);

	if (too_many == 0 || !cut_end(shape->summary, &shape->summary_length, too_many, minimum))
		return;
	shape->summary_cut = true;
	tidy_end(shape->summary, &shape->summary_length);
}

/* Of the remedy its last clauses, then the end of the summary, then all of the remedy. */
static void
shorten_words(const struct report *report, struct shape *shape)
{
	const bool well = report->verdict->findings_count == 0;
	size_t length;

	while (excess(report, shape) > 0 &&
	       (length = last_clause(shape->remedy, shape->remedy_length)) > 0)
		shape->remedy_length = length;
	/* Good news is a list, whose end can be left out. */
	while (well && excess(report, shape) > 0 &&
	       (length = last_clause(shape->summary, shape->summary_length)) > 0)
		shape->summary_length = length;
	if (shape->remedy_length > 0) {
		length = shape->summary_length;
		if (!shape->summary_whole)
			cut_summary(report, shape, SUMMARY_BESIDE);
		if (excess(report, shape) == 0)
			return;
		shape->summary_length = length;
		shape->summary_cut = false;
		shape->remedy_length = 0;
	}
	cut_summary(report, shape, SUMMARY_MIN);
}

/* Give up what matters least, until the line fits. */
static void
shorten(const struct report *report, struct shape *shape)
{
	const size_t whole = shape->name_length;
	size_t too_many = excess(report, shape);

	while (too_many > 0 && shape->named > 0) {
		shape->named--;
		too_many = excess(report, shape);
	}
	if (too_many == 0)
		return;
	cut_name(shape, too_many);
	if (excess(report, shape) == 0)
		return;
	shape->shortened = true;
	shorten_words(report, shape);
	/* A clause that is gone may leave room for the name. */
	shape->name_length = whole;
	shape->name_cut = false;
	cut_name(shape, excess(report, shape));
}

static struct shape
shape_of(const struct report *report)
{
	const struct verdict *verdict = report->verdict;
	const struct finding *worst = verdict->findings_count > 0 ? &verdict->findings[0] : NULL;
	struct shape shape = {.summary = verdict->good, .remedy = "", .named = ALSO_MAX};

	if (report->target != NULL) {
		shape.name = report->target;
		shape.name_length = strcspn(report->target, " ,");
		shape.address = report->target + shape.name_length;
	}
	if (worst != NULL) {
		shape.summary = worst->summary;
		shape.summary_whole = causes_row(worst->cause)->whole;
		shape.remedy = worst->remedy;
	} else if (shape.summary == NULL) {
		shape.summary = "all is well";
	}
	shape.summary_length = strlen(shape.summary);
	shape.remedy_length = strlen(shape.remedy);
	return shape;
}

static void
add_line(struct text *text, const char *key, const char *value)
{
	text_add(text, key);
	add_clean(text, value);
	text_add_char(text, '\n');
}

static void
add_finding(struct text *text, const struct report *report, const struct finding *finding)
{
	text_add(text, state_name(finding->state));
	text_add(text, ": ");
	if (report->facts_count > 1 && finding->target != NULL) {
		add_clean(text, finding->target);
		text_add(text, ": ");
	}
	add_clean(text, finding->summary);
	if (*finding->remedy != '\0') {
		text_add(text, "; ");
		add_clean(text, finding->remedy);
	}
	text_format(text, " [%s]\n", causes_row(finding->cause)->name);
}

/* What is to be done on the server, step by step. */
static void
add_steps(struct text *text, const struct finding *finding)
{
	const char *step = finding->steps;

	while (step != NULL && *step != '\0') {
		size_t length = strcspn(step, "\n");

		text_add(text, "on the server: ");
		add_part(text, step, length);
		text_add_char(text, '\n');
		step += length + (step[length] != '\0');
	}
}

/* What the worst cause looks like on Windows, for whoever has only the client or the event log. */
static void
add_windows_view(struct text *text, const struct verdict *verdict)
{
	const struct cause_row *row;

	if (verdict->findings_count == 0)
		return;
	row = causes_row(verdict->findings[0].cause);
	if (row->client != NULL)
		add_line(text, "Windows client: ", row->client);
	if (row->event != NULL)
		add_line(text, "Windows event: ", row->event);
}

/* Where the server's own word shows it sick, the certificate that it shows may be the wrong one,
 * and its own steps are told. */
static bool
is_told_by_windows(const struct verdict *verdict)
{
	static const char level[] = "windows.";

	for (size_t i = 0; i < verdict->findings_count; i++)
		if (strncmp(
		        causes_row(verdict->findings[i].cause)->name, level, sizeof level - 1) == 0)
			return true;
	return false;
}

static void
add_long_output(struct text *text, const struct report *report, const struct shape *shape)
{
	const struct verdict *verdict = report->verdict;

	/* What the first line had no room for comes whole here. */
	if (shape->shortened && verdict->findings_count == 0)
		add_line(text, "OK: ", shape->summary);
	for (size_t i = 0; i < verdict->findings_count; i++) {
		if (i > 0 || shape->shortened)
			add_finding(text, report, &verdict->findings[i]);
		add_steps(text, &verdict->findings[i]);
	}
	if (report->verbosity >= 2)
		add_windows_view(text, verdict);
	if (report->pool != NULL) {
		textpool_add(text, report);
		return;
	}
	for (size_t i = 0; i < report->facts_count; i++) {
		const struct facts *facts = &report->facts[i];

		if ((report->facts_count > 1 || shape->name_cut) && facts->target != NULL)
			add_line(text, "target: ", facts->target);
		texttarget_add(text, facts, report->verbosity, !is_told_by_windows(verdict));
	}
}

void
report_text(const struct report *report, struct text *text)
{
	struct shape shape = shape_of(report);

	shorten(report, &shape);
	add_first_line(report, &shape, text);
	if (report->verdict->metrics_count > 0) {
		text_add(text, " | ");
		report_perfdata(report->verdict, text);
	}
	text_add_char(text, '\n');
	if (report->verbosity >= 1)
		add_long_output(text, report, &shape);
}

#include "room.h"

#include <check.h>
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "report/report.h"

#define USUAL    "vpn.example.com"
#define LONG     "vpn-remote.emea.branch.example.com"
#define LINE_MAX 160

/* CHARS, LENGTH of them, with the long name. */
static void
rename_in(struct text *text, const char *chars, size_t length)
{
	const char *end = chars + length;

	while (chars < end)
		if (strncmp(chars, USUAL, strlen(USUAL)) == 0) {
			text_add(text, LONG);
			chars += strlen(USUAL);
		} else
			text_add_char(text, *chars++);
}

/* The same of the string called KEY, if there is one. */
static void
rename_string(struct text *text, const struct json *finding, const char *key)
{
	const char *chars = json_string(finding, key);

	if (chars != NULL)
		rename_in(text, chars, strlen(chars));
}

static enum state
state_called(const char *name)
{
	enum state state = STATE_OK;

	while (strcmp(state_name(state), name) != 0)
		state++;
	return state;
}

/* "SSTP_CERT" of "check_sstp_cert". */
static void
add_service(struct text *text, const char *plugin)
{
	for (const char *c = strchr(plugin, '_') + 1; *c != '\0'; c++)
		text_add_char(text, (char)toupper((unsigned char)*c));
}

/* The first line of a report that has no other finding. */
static void
add_line(struct text *line, const char *plugin, const struct json *finding)
{
	struct text service = TEXT_EMPTY, target = TEXT_EMPTY;
	struct text summary = TEXT_EMPTY, remedy = TEXT_EMPTY;
	struct verdict verdict = VERDICT_EMPTY;
	struct report report = {.verdict = &verdict};

	add_service(&service, plugin);
	rename_string(&target, finding, "target");
	rename_string(&summary, finding, "summary");
	rename_string(&remedy, finding, "remedy");
	report.service = text_chars(&service);
	/* A pool speaks for itself. */
	if (strcmp(report.service, "SSTP_POOL") != 0)
		report.target = text_chars(&target);
	verdict_add(&verdict, causes_find(json_string(finding, "cause")),
	    state_called(json_string(finding, "state")), report.target, &summary, &remedy);
	verdict_close(&verdict);
	report_text(&report, line);
	text_cut(line, line->length - 1);
	verdict_free(&verdict);
	text_free(&target);
	text_free(&service);
}

static size_t
characters(const char *chars)
{
	size_t count = 0;

	for (; *chars != '\0'; chars++)
		count += ((unsigned char)*chars & 0xC0) != 0x80;
	return count;
}

/* Where the first clause of REMEDY ends, in JSON the steps are others of them. */
static size_t
first_clause(const char *remedy)
{
	size_t length = 0;

	while (remedy[length] != '\0' &&
	       (strchr(",;", remedy[length]) == NULL || remedy[length + 1] != ' '))
		length++;
	return length;
}

static void
check_finding(const char *plugin, const struct json *finding)
{
	const char *remedy = json_string(finding, "remedy");
	struct text line = TEXT_EMPTY, wanted = TEXT_EMPTY;

	add_line(&line, plugin, finding);
	ck_assert_msg(characters(text_chars(&line)) <= LINE_MAX, "%zu characters: %s",
	    characters(text_chars(&line)), text_chars(&line));
	if (remedy != NULL) {
		text_add(&wanted, "; ");
		rename_in(&wanted, remedy, first_clause(remedy));
		ck_assert_msg(strstr(text_chars(&line), text_chars(&wanted)) != NULL, "no %s in %s",
		    text_chars(&wanted), text_chars(&line));
	}
	text_free(&line);
	text_free(&wanted);
}

void
room_check(const struct json *json)
{
	const struct json *findings = json_at(json, "findings");

	/* What --state makes well of a member is told in JSON, and in no line. */
	for (const struct json *finding = findings->first; finding != NULL; finding = finding->next)
		if (strcmp(json_string(finding, "state"), state_name(STATE_OK)) != 0)
			check_finding(json_string(json, "plugin"), finding);
}

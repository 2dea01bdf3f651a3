#include "windump/windump.h"

#include <string.h>

void
windump_begin(struct windump *windump, struct dump *dump)
{
	memset(windump, 0, sizeof *windump);
	windump->dump = dump;
	decode_begin(&windump->decode);
	netsh_begin(&windump->netsh);
	registry_begin(&windump->registry);
}

/* What sstp-collect.cmd prints before everything else and behind it: text that is cut between two
 * entries looks whole without. */
static bool
is_mark(struct windump *windump, const char *line)
{
	static const char begun[] = "sstp-collect: begun", whole[] = "sstp-collect: whole";

	if (strcmp(line, begun) != 0 && strcmp(line, whole) != 0)
		return false;
	windump->collecting = strcmp(line, begun) == 0;
	return true;
}

/* What was gathered is a line. WHOLE: something follows it. A line break alone tells nothing, for
 * what carries a cut text may add one. */
static void
end_line(struct windump *windump, bool whole)
{
	const char *line = windump->line;
	bool passed = windump->skipping || windump->too_long;

	windump->line[windump->length] = '\0';
	windump->length = 0;
	windump->ended = windump->skipping = windump->too_long = windump->plain = false;
	if (passed || is_mark(windump, line))
		return;
	if (registry_line(&windump->registry, line, whole, windump->dump)) {
		netsh_close(&windump->netsh, true, windump->dump);
		return;
	}
	netsh_line(&windump->netsh, line, whole, windump->dump);
	if (windump->netsh.open)
		registry_close(&windump->registry, false, windump->dump);
}

/* Whether the line so far opens JSON: a brace or bracket and what may follow it there, which a GUID
 * and the name of a key may not. */
static bool
opens_json(const char *line, size_t length)
{
	size_t at = 0;

	while (at < length && (line[at] == ' ' || line[at] == '\t'))
		at++;
	if (at + 1 >= length || (line[at] != '{' && line[at] != '['))
		return false;
	return strchr(line[at] == '{' ? "\"} \t\n" : "{[]\" \t\n", line[at + 1]) != NULL;
}

static void
add_to_line(struct windump *windump, char character)
{
	if (windump->length < WINDUMP_LINE_MAX)
		windump->line[windump->length++] = character;
	else
		windump->too_long = true;
}

/* Where JSON breaks, the line may be one of another tool, which goes on there. */
static void
take_json(struct windump *windump, char character)
{
	if (character == '\n') {
		windump->length = 0;
		windump->too_long = false;
	} else if (character != '\r') {
		add_to_line(windump, character);
	}
	if (jsondump_take(&windump->json, character, windump->dump))
		return;
	windump->in_json = false;
	windump->plain = windump->json.state == JSONDUMP_BROKEN && character != '\n';
	windump->skipping = windump->json.state != JSONDUMP_BROKEN;
	windump->dump->cut |= windump->json.state == JSONDUMP_BROKEN && windump->json.begun;
	jsondump_free(&windump->json);
}

static void
open_json(struct windump *windump)
{
	size_t length = windump->length;

	netsh_close(&windump->netsh, true, windump->dump);
	registry_close(&windump->registry, false, windump->dump);
	jsondump_begin(&windump->json);
	windump->in_json = true;
	windump->length = 0;
	for (size_t i = 0; i < length && windump->in_json; i++)
		take_json(windump, windump->line[i]);
}

static void
take(void *context, char character)
{
	struct windump *windump = context;

	if (windump->ended && character != '\r')
		end_line(windump, true);
	if (windump->in_json) {
		take_json(windump, character);
		return;
	}
	if (character == '\r' || (windump->blanks && (character == ' ' || character == '\t')))
		return;
	windump->blanks = false;
	if (character != '\n' || windump->length < WINDUMP_LINE_MAX)
		add_to_line(windump, character);
	if (!windump->skipping && !windump->plain && !windump->too_long && windump->length < 64 &&
	    opens_json(windump->line, windump->length)) {
		open_json(windump);
		return;
	}
	if (character != '\n')
		return;
	if (windump->length > 0 && windump->line[windump->length - 1] == '\n')
		windump->length--;
	windump->line[windump->length] = '\0';
	if (registry_goes_on(windump->line)) {
		windump->length = (size_t)(strrchr(windump->line, '\\') - windump->line);
		windump->blanks = true;
		return;
	}
	windump->ended = true;
}

void
windump_feed(struct windump *windump, const void *bytes, size_t length)
{
	windump->dump->bytes += length;
	decode_feed(&windump->decode, bytes, length, take, windump);
}

void
windump_end(struct windump *windump)
{
	decode_end(&windump->decode, take, windump);
	if (windump->in_json || windump->blanks)
		windump->dump->cut = true;
	if (windump->in_json)
		jsondump_free(&windump->json);
	else if (windump->length > 0 && !windump->blanks)
		end_line(windump, false);
	registry_close(&windump->registry, true, windump->dump);
	netsh_close(&windump->netsh, true, windump->dump);
	windump->dump->cut |= windump->collecting;
	/* What is missing may be what was cut off, or had no room. */
	windump->dump->listed &= !windump->dump->cut && !windump->dump->crowded;
	windump->dump->named &= windump->dump->listed;
	windump->dump->sstp.whole &= !windump->dump->cut;
	windump->dump->stocked &= !windump->dump->cut && !windump->dump->crowded;
}

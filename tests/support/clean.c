#include "config.h"

#include "support/clean.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Characters that Unicode gives powers over others, by blocks: zero width, direction, tags. */
static bool
is_invisible(uint32_t code)
{
	return code == 0xAD || code == 0x61C || code == 0xFEFF ||
	       (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
	       (code >= 0x2060 && code <= 0x2069) || code >> 7 == 0xE0000 >> 7;
}

static const char *
check(const char *chars, size_t length, const char *forbidden)
{
	for (size_t i = 0; i < length;) {
		uint32_t code;
		size_t size = utf8_read(chars + i, length - i, &code);

		if (size == 0)
			return "invalid UTF-8";
		if (code < ' ' || (code >= 0x7F && code < 0xA0))
			return "a control character";
		if (is_invisible(code))
			return "an invisible character";
		if (size == 1 && strchr(forbidden, chars[i]) != NULL)
			return "a character that has a meaning elsewhere";
		i += size;
	}
	return NULL;
}

const char *
clean_string(const char *chars)
{
	return check(chars, strlen(chars), "|<>");
}

const char *
clean_text(const char *out)
{
	const char *end = strchr(out, '\n'), *bar = strchr(out, '|'), *problem;

	if (end == NULL)
		return "no whole line";
	if (bar == NULL || bar > end)
		bar = end;
	problem = check(out, (size_t)(bar - out), "`~$&'\"|<>");
	if (problem == NULL && bar < end)
		problem = check(bar + 1, (size_t)(end - bar - 1), "|<>");
	while (problem == NULL && end[1] != '\0') {
		const char *line = end + 1;

		end = strchr(line, '\n');
		if (end == NULL)
			return "no line feed at the end";
		problem = check(line, (size_t)(end - line), "|<>");
	}
	return problem;
}

const char *
clean_json(const struct json *json)
{
	const char *problem = json->type == JSON_STRING ? clean_string(json->string) : NULL;

	if (problem == NULL && json->key != NULL)
		problem = clean_string(json->key);
	for (const struct json *at = json->first; at != NULL && problem == NULL; at = at->next)
		problem = clean_json(at);
	return problem;
}

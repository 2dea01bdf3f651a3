#include "cli/ini.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define BLANKS " \t\r\v\f"

/* CHARS without the blanks around them, cut in place. */
static char *
trim(char *chars)
{
	size_t length;

	chars += strspn(chars, BLANKS);
	length = strlen(chars);
	while (length > 0 && strchr(BLANKS, chars[length - 1]) != NULL)
		length--;
	chars[length] = '\0';
	return chars;
}

static bool
is_comment(const char *chars)
{
	return *chars == '\0' || *chars == '#' || *chars == ';';
}

/* The name in "[name]", which a comment may follow; NULL when it is none. */
static const char *
section_name(char *line)
{
	char *end = strchr(line, ']');

	if (end == NULL || !is_comment(trim(end + 1)))
		return NULL;
	*end = '\0';
	return trim(line + 1);
}

/* Room for one line more, taken in powers of two. */
static bool
make_room(struct ini *ini)
{
	struct ini_line *lines;

	if (ini->count > 0 && (ini->count & (ini->count - 1)) != 0)
		return true;
	lines = realloc(ini->lines, (ini->count > 0 ? 2 * ini->count : 1) * sizeof *lines);
	if (lines == NULL)
		return false;
	ini->lines = lines;
	return true;
}

static enum ini_result
add_line(struct ini *ini, char *line, size_t number)
{
	char *equals = strchr(line, '=');

	if (equals == line)
		return INI_NO_KEY;
	if (!make_room(ini))
		return INI_NO_MEMORY;
	if (equals != NULL)
		*equals = '\0';
	ini->lines[ini->count++] = (struct ini_line){
	    .key = trim(line),
	    .value = equals != NULL ? trim(equals + 1) : NULL,
	    .number = number,
	};
	return INI_OK;
}

/* Where the reader stands among the sections. */
enum place {
	PLACE_BEFORE,
	PLACE_ELSEWHERE,
	PLACE_INSIDE,
};

static enum ini_result
read_line(struct ini *ini, char *line, size_t number, const char *section, enum place *place)
{
	const char *name;

	if (is_comment(line))
		return INI_OK;
	if (*line == '[') {
		name = section_name(line);
		if (name == NULL)
			return INI_BAD_SECTION;
		*place = strcmp(name, section) == 0 ? PLACE_INSIDE : PLACE_ELSEWHERE;
		return INI_OK;
	}
	switch (*place) {
	case PLACE_BEFORE:
		return INI_STRAY;
	case PLACE_INSIDE:
		return add_line(ini, line, number);
	case PLACE_ELSEWHERE:
		break;
	}
	return INI_OK;
}

enum ini_result
ini_read(char *chars, const char *section, struct ini *ini, size_t *number)
{
	enum ini_result result = INI_OK;
	enum place place = PLACE_BEFORE;
	bool found = false;

	*ini = (struct ini){0};
	*number = 0;
	chars += utf8_mark(chars, strlen(chars));
	while (chars != NULL && result == INI_OK) {
		char *next = strchr(chars, '\n');

		if (next != NULL)
			*next++ = '\0';
		++*number;
		result = read_line(ini, trim(chars), *number, section, &place);
		found |= place == PLACE_INSIDE;
		chars = next;
	}
	return result == INI_OK && !found ? INI_NO_SECTION : result;
}

void
ini_free(struct ini *ini)
{
	free(ini->lines);
	*ini = (struct ini){0};
}

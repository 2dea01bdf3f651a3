#include "facts/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/sanitize.h"
#include "base/text.h"

#define ROOM_FIRST 32

struct trace *
trace_create(int64_t now)
{
	struct trace *trace = calloc(1, sizeof *trace);

	if (trace != NULL)
		trace->begun = now;
	return trace;
}

void
trace_free(struct trace *trace)
{
	if (trace == NULL)
		return;
	free(trace->lines);
	free(trace);
}

static bool
make_room(struct trace *trace)
{
	size_t room = trace->room == 0 ? ROOM_FIRST : 2 * trace->room;
	struct trace_line *lines;

	if (trace->count == TRACE_LINES)
		return false;
	if (trace->count < trace->room)
		return true;
	lines = realloc(trace->lines, room * sizeof *lines);
	if (lines == NULL)
		return false;
	trace->lines = lines;
	trace->room = room;
	return true;
}

/* What is there to be shown may be foreign. */
static void
add(struct trace *trace, enum trace_way way, const struct text *words)
{
	struct text clean = TEXT_EMPTY;

	sanitize_add(&clean, text_chars(words), words->length, TRACE_WORDS - 1);
	if (text_failed(words) || text_failed(&clean) || !make_room(trace))
		trace->left_out++;
	else {
		struct trace_line *line = &trace->lines[trace->count++];

		line->at = deadline_now() - trace->begun;
		line->way = way;
		snprintf(line->words, sizeof line->words, "%s", text_chars(&clean));
	}
	text_free(&clean);
}

void
trace_add(struct trace *trace, enum trace_way way, const char *format, ...)
{
	struct text words = TEXT_EMPTY;
	va_list arguments;

	if (trace == NULL)
		return;
	va_start(arguments, format);
	text_vformat(&words, format, arguments);
	va_end(arguments);
	add(trace, way, &words);
	text_free(&words);
}

void
trace_add_bytes(
    struct trace *trace, enum trace_way way, const char *before, const void *bytes, size_t length)
{
	struct text words = TEXT_EMPTY;

	if (trace == NULL)
		return;
	text_add(&words, before);
	text_add_bytes(&words, bytes, length);
	add(trace, way, &words);
	text_free(&words);
}

#include "report/jsonwriter.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/deadline.h"
#include "base/number.h"
#include "base/utf8.h"

#define REPLACEMENT      "\xEF\xBF\xBD" /* U+FFFD */
#define SECONDS_DECIMALS 6

static void
add_quoted(struct text *text, const char *chars)
{
	const char *end = chars + strlen(chars);

	text_add_char(text, '"');
	while (chars < end) {
		uint32_t code;
		size_t length = utf8_read(chars, (size_t)(end - chars), &code);

		if (length == 0)
			text_add(text, REPLACEMENT);
		else if (code < 0x20 || code == 0x7F)
			text_format(text, "\\u%04" PRIX32, code);
		else if (code == '"' || code == '\\')
			text_format(text, "\\%c", (char)code);
		else
			text_add_bytes(text, chars, length);
		chars += length > 0 ? length : 1;
	}
	text_add_char(text, '"');
}

/* What stands before every value. */
static void
begin_value(struct jsonwriter *writer, const char *key)
{
	if (writer->comma)
		text_add_char(writer->text, ',');
	if (key != NULL) {
		add_quoted(writer->text, key);
		text_add_char(writer->text, ':');
	}
	writer->comma = true;
}

static void
begin(struct jsonwriter *writer, const char *key, char bracket)
{
	begin_value(writer, key);
	text_add_char(writer->text, bracket);
	writer->comma = false;
}

static void
end(struct jsonwriter *writer, char bracket)
{
	text_add_char(writer->text, bracket);
	writer->comma = true;
}

void
jsonwriter_begin_object(struct jsonwriter *writer, const char *key)
{
	begin(writer, key, '{');
}

void
jsonwriter_end_object(struct jsonwriter *writer)
{
	end(writer, '}');
}

void
jsonwriter_begin_array(struct jsonwriter *writer, const char *key)
{
	begin(writer, key, '[');
}

void
jsonwriter_end_array(struct jsonwriter *writer)
{
	end(writer, ']');
}

void
jsonwriter_null(struct jsonwriter *writer, const char *key)
{
	begin_value(writer, key);
	text_add(writer->text, "null");
}

void
jsonwriter_bool(struct jsonwriter *writer, const char *key, bool value)
{
	begin_value(writer, key);
	text_add(writer->text, value ? "true" : "false");
}

void
jsonwriter_whole(struct jsonwriter *writer, const char *key, int64_t value)
{
	begin_value(writer, key);
	text_format(writer->text, "%" PRId64, value);
}

void
jsonwriter_number(struct jsonwriter *writer, const char *key, double value, int decimals)
{
	if (!isfinite(value)) {
		jsonwriter_null(writer, key);
		return;
	}
	begin_value(writer, key);
	number_add(writer->text, value, decimals);
}

void
jsonwriter_known_whole(struct jsonwriter *writer, const char *key, bool known, int64_t value)
{
	if (known)
		jsonwriter_whole(writer, key, value);
	else
		jsonwriter_null(writer, key);
}

void
jsonwriter_known_seconds(
    struct jsonwriter *writer, const char *key, bool known, int64_t nanoseconds)
{
	double seconds = deadline_to_seconds(nanoseconds);

	jsonwriter_number(writer, key, known ? seconds : NAN, SECONDS_DECIMALS);
}

void
jsonwriter_string(struct jsonwriter *writer, const char *key, const char *chars)
{
	if (chars == NULL) {
		jsonwriter_null(writer, key);
		return;
	}
	begin_value(writer, key);
	add_quoted(writer->text, chars);
}

void
jsonwriter_known(struct jsonwriter *writer, const char *key, const char *chars)
{
	jsonwriter_string(writer, key, chars != NULL && *chars != '\0' ? chars : NULL);
}

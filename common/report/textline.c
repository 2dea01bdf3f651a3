#include "report/textline.h"

#include "base/sanitize.h"

void
textline_vadd(struct text *text, const char *format, va_list arguments)
{
	struct text line = TEXT_EMPTY;

	text_vformat(&line, format, arguments);
	sanitize_add(text, text_chars(&line), line.length, line.length);
	text_add_char(text, '\n');
	if (text_failed(&line))
		text->failed = true;
	text_free(&line);
}

void
textline_add(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	textline_vadd(text, format, arguments);
	va_end(arguments);
}

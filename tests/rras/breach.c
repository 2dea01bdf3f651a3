#include <stdarg.h>

#include "base/text.h"
#include "breach.h"
#include "journal.h"

bool
breach(struct line *line, const char *format, ...)
{
	struct text what = TEXT_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	text_vformat(&what, format, arguments);
	va_end(arguments);
	journal_add(line, "breach: %s", text_chars(&what));
	text_free(&what);
	line->breached = true;
	return line_over(line, LINE_FIN);
}

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "journal.h"

static int journal = -1;

bool
journal_open(const char *file)
{
	journal = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	return journal != -1;
}

void
journal_add(const struct line *line, const char *format, ...)
{
	if (journal == -1)
		return;
	struct text entry = TEXT_EMPTY;
	text_format(&entry, "%s #%u ", line->local, line->number);
	va_list arguments;
	va_start(arguments, format);
	text_vformat(&entry, format, arguments);
	va_end(arguments);
	for (size_t i = 0; i < entry.length; i++)
		if ((unsigned char)entry.bytes[i] < ' ' || entry.bytes[i] == 0x7f)
			entry.bytes[i] = '?';
	text_add_char(&entry, '\n');
	if (!text_failed(&entry) && write(journal, entry.bytes, entry.length) == -1)
		perror("rras-sim: log");
	text_free(&entry);
}

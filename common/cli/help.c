#include <string.h>

#include "cli/options.h"

#define WIDTH         79 /* of a line, without the line feed */
#define LETTER_COLUMN 2
#define NAME_COLUMN   6
#define TEXT_COLUMN   30

/* A place on the page. */
struct page {
	struct text *text;
	size_t column;
};

static void
add(struct page *page, const char *chars, size_t length)
{
	text_add_bytes(page->text, chars, length);
	page->column += length;
}

static void
indent(struct page *page, size_t column)
{
	while (page->column < column)
		add(page, " ", 1);
}

static void
end_line(struct page *page)
{
	text_add_char(page->text, '\n');
	page->column = 0;
}

/* Words, each where it fits, the first where the page stands, further lines from MARGIN on. */
static void
add_words(struct page *page, const char *words, size_t margin)
{
	bool first = true;

	for (words += strspn(words, " \n"); *words != '\0'; words += strspn(words, " \n")) {
		size_t length = strcspn(words, " \n");

		if (!first && page->column + 1 + length > WIDTH)
			end_line(page);
		else if (!first)
			add(page, " ", 1);
		indent(page, margin);
		add(page, words, length);
		words += length;
		first = false;
	}
}

static void
add_left(struct page *page, const struct options_row *row)
{
	indent(page, LETTER_COLUMN);
	if (row->letter != 0) {
		add(page, "-", 1);
		add(page, &row->letter, 1);
		add(page, ",", 1);
	}
	indent(page, NAME_COLUMN);
	add(page, "--", 2);
	add(page, row->name, strlen(row->name));
	if (row->argument != NULL) {
		add(page, row->optional ? "=" : " ", 1);
		add(page, row->argument, strlen(row->argument));
	}
}

/* What the row at AT does, and the other names of its option. */
static void
add_right(struct page *page, const struct options_group *group, size_t at)
{
	struct text words = TEXT_EMPTY;
	size_t i;

	text_add(&words, group->rows[at].help);
	for (i = at + 1; i < group->rows_count && group->rows[i].alias; i++) {
		text_add(&words, i == at + 1 ? " (also " : ", ");
		if (group->rows[i].letter != 0)
			text_format(&words, "-%c, ", group->rows[i].letter);
		text_format(&words, "--%s", group->rows[i].name);
	}
	if (i > at + 1)
		text_add_char(&words, ')');
	if (page->column + 2 > TEXT_COLUMN)
		end_line(page);
	add_words(page, text_chars(&words), TEXT_COLUMN);
	end_line(page);
	if (text_failed(&words))
		page->text->failed = true;
	text_free(&words);
}

static void
add_group(struct page *page, const struct options_group *group)
{
	end_line(page);
	text_format(page->text, "%s:\n", group->title);
	for (size_t i = 0; i < group->rows_count; i++) {
		if (group->rows[i].alias)
			continue;
		add_left(page, &group->rows[i]);
		add_right(page, group, i);
	}
}

/* The lines of NOTES up to an empty one, or to one that is laid out already. */
static const char *
end_of_flow(const char *notes)
{
	while (*notes != '\0' && *notes != '\n' && *notes != ' ') {
		notes += strcspn(notes, "\n");
		notes += *notes == '\n';
	}
	return notes;
}

static void
add_notes(struct page *page, const char *notes)
{
	while (*notes != '\0') {
		const char *end = end_of_flow(notes);
		struct text flow = TEXT_EMPTY;

		if (end > notes) {
			text_add_bytes(&flow, notes, (size_t)(end - notes));
			add_words(page, text_chars(&flow), 0);
			page->text->failed |= text_failed(&flow);
			text_free(&flow);
		} else {
			end = notes + strcspn(notes, "\n");
			add(page, notes, (size_t)(end - notes));
			end += *end == '\n';
		}
		end_line(page);
		notes = end;
	}
}

void
options_help(const struct options_program *program, struct text *text)
{
	struct page page = {.text = text};

	text_format(text, "Usage: %s %s\n\n", program->name, program->synopsis);
	add_words(&page, program->purpose, 0);
	end_line(&page);
	for (size_t i = 0; i < program->groups_count; i++)
		add_group(&page, &program->groups[i]);
	add_group(&page, &options_standard);
	if (program->notes != NULL) {
		end_line(&page);
		add_notes(&page, program->notes);
	}
}

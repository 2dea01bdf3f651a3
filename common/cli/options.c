#include "config.h"

#include "cli/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"

#define SHOWN_MAX   40  /* bytes of an unknown option's name in an error */
#define VALUE_FIRST 256 /* getopt_long() returns this for the first row, beyond any letter */

static const struct options_row standard_rows[] = {
    {.letter = 'h', .name = "help", .help = "this help; exit code 3"},
    {.letter = 'V', .name = "version", .help = "the version; exit code 3"},
};

const struct options_group options_standard = {
    .title = "Help",
    .rows = standard_rows,
    .rows_count = sizeof standard_rows / sizeof standard_rows[0],
};

/* The tables of one program, as getopt_long() wants them. */
struct tables {
	const struct options_row **rows; /* of all groups, in order */
	size_t count;
	struct option *longs; /* one for each row, and the end */
	char *letters;
};

static void
free_tables(struct tables *tables)
{
	free(tables->rows);
	free(tables->longs);
	free(tables->letters);
}

/* An alias is spelled differently; all else it has from the row it stands for. */
static const struct options_row *
row_behind(const struct tables *tables, size_t at)
{
	while (at > 0 && tables->rows[at]->alias)
		at--;
	return tables->rows[at];
}

static void
add_rows(struct tables *tables, const struct options_group *group)
{
	for (size_t i = 0; i < group->rows_count; i++)
		tables->rows[tables->count++] = &group->rows[i];
}

/* "+": stop at the first argument that is no option. ":": tell a missing value from an unknown
 * option. */
static void
fill_letters(struct tables *tables)
{
	char *at = tables->letters;

	*at++ = '+';
	*at++ = ':';
	for (size_t i = 0; i < tables->count; i++) {
		if (tables->rows[i]->letter == 0)
			continue;
		*at++ = tables->rows[i]->letter;
		if (row_behind(tables, i)->argument != NULL)
			*at++ = ':';
	}
	*at = '\0';
}

static void
fill_longs(struct tables *tables)
{
	for (size_t i = 0; i < tables->count; i++) {
		bool takes_value = row_behind(tables, i)->argument != NULL;

		tables->longs[i] = (struct option){
		    .name = tables->rows[i]->name,
		    .has_arg = takes_value ? required_argument : no_argument,
		    .val = VALUE_FIRST + (int)i,
		};
	}
}

static bool
make_tables(const struct options_program *program, struct tables *tables)
{
	size_t room = options_standard.rows_count;

	for (size_t i = 0; i < program->groups_count; i++)
		room += program->groups[i].rows_count;
	tables->rows = calloc(room, sizeof *tables->rows);
	tables->longs = calloc(room + 1, sizeof *tables->longs);
	tables->letters = malloc(2 * room + sizeof "+:");
	if (tables->rows == NULL || tables->longs == NULL || tables->letters == NULL)
		return false;
	for (size_t i = 0; i < program->groups_count; i++)
		add_rows(tables, &program->groups[i]);
	add_rows(tables, &options_standard);
	fill_letters(tables);
	fill_longs(tables);
	return true;
}

/* The place of the row that getopt_long() means by VALUE: VALUE_FIRST and more, or a letter that is
 * in the table. */
static size_t
find_row(const struct tables *tables, int value)
{
	size_t at = 0;

	if (value >= VALUE_FIRST)
		return (size_t)(value - VALUE_FIRST);
	while (tables->rows[at]->letter != value)
		at++;
	return at;
}

/* The length of the name in a long option such as "--name=value". */
static size_t
name_length(const char *argument)
{
	return strcspn(argument, "=");
}

/* Long names that begin with ARGUMENT, up to its '='. */
static size_t
count_completions(const struct tables *tables, const char *argument)
{
	size_t count = 0;

	for (const struct option *option = tables->longs; option->name != NULL; option++)
		if (strncmp(option->name, argument, name_length(argument)) == 0)
			count++;
	return count;
}

static void
add_completions(const struct tables *tables, const char *argument, struct text *text)
{
	const char *before = "";

	for (const struct option *option = tables->longs; option->name != NULL; option++) {
		if (strncmp(option->name, argument, name_length(argument)) != 0)
			continue;
		text_format(text, "%s--%s", before, option->name);
		before = ", ";
	}
}

static void
say_unknown(const struct tables *tables, const char *argument, struct text *text)
{
	size_t length = name_length(argument);
	bool ambiguous = length > 0 && count_completions(tables, argument) > 1;

	text_add(text, ambiguous ? "--" : "unknown option --");
	sanitize_add(text, argument, length, SHOWN_MAX);
	if (ambiguous) {
		text_add(text, " is short for more than one: ");
		add_completions(tables, argument, text);
	} else {
		text_add(text, "; see --help");
	}
}

/* getopt_long() gave '?'. In optopt it leaves the row whose option was given a value that it does
 * not take, or a letter that is not in the table, or 0 for a long name that is not. */
static void
say_wrong(const struct tables *tables, const char *argument, struct text *text)
{
	char letter = (char)optopt;

	if (optopt >= VALUE_FIRST) {
		text_format(
		    text, "--%s takes no value", tables->rows[find_row(tables, optopt)]->name);
	} else if (optopt != 0) {
		text_add(text, "unknown option -");
		sanitize_add(text, &letter, 1, 1);
		text_add(text, "; see --help");
	} else {
		say_unknown(tables, argument + 2, text);
	}
}

/* Take what getopt_long() found. */
static enum options_result
take(const struct options_program *program, const struct tables *tables, int value, void *config,
    struct text *text)
{
	size_t at = find_row(tables, value);
	const struct options_row *row = row_behind(tables, at);
	const char *takes;

	if (row == &standard_rows[0]) {
		options_help(program, text);
		return OPTIONS_HELP;
	}
	if (row == &standard_rows[1]) {
		text_format(text, "%s %s (%s)\n", program->name, PACKAGE_VERSION, PACKAGE_NAME);
		return OPTIONS_VERSION;
	}
	takes = row->store(config, row->argument != NULL ? optarg : NULL, row->detail);
	if (takes == NULL)
		return OPTIONS_GO;
	text_format(text, "--%s takes %s", tables->rows[at]->name, takes);
	return OPTIONS_ERROR;
}

static enum options_result
read_one(const struct options_program *program, const struct tables *tables, int value,
    const char *argument, void *config, struct text *text)
{
	switch (value) {
	case ':':
		text_format(
		    text, "--%s needs a value", tables->rows[find_row(tables, optopt)]->name);
		return OPTIONS_ERROR;
	case '?':
		say_wrong(tables, argument, text);
		return OPTIONS_ERROR;
	default:
		return take(program, tables, value, config, text);
	}
}

static enum options_result
read_all(const struct options_program *program, const struct tables *tables, int count,
    char *const arguments[], void *config, struct text *text)
{
	enum options_result result = OPTIONS_GO;
	int value;

	/* Start afresh: this may not be the first command line of the process. */
	optind = 0;
	opterr = 0;
	while (result == OPTIONS_GO &&
	       (value = getopt_long(count, arguments, tables->letters, tables->longs, NULL)) != -1)
		result = read_one(program, tables, value, arguments[optind - 1], config, text);
	if (result == OPTIONS_GO && optind < count) {
		text_add(text, "unexpected argument; options only, see --help");
		return OPTIONS_ERROR;
	}
	return result;
}

enum options_result
options_read(const struct options_program *program, int count, char *const arguments[],
    void *config, struct text *text)
{
	struct tables tables = {0};
	enum options_result result = OPTIONS_ERROR;

	if (make_tables(program, &tables))
		result = read_all(program, &tables, count, arguments, config, text);
	else
		text->failed = true;
	free_tables(&tables);
	/* Half a message would mislead. */
	if (text_failed(text)) {
		text_free(text);
		return OPTIONS_ERROR;
	}
	return result;
}

#include "config.h"

#include "cli/options.h"

#include <string.h>

#include "base/sanitize.h"
#include "cli/hidden.h"
#include "cli/tables.h"

#define SHOWN_MAX 40 /* bytes of an unknown option's name in an error */

enum { ROW_HELP, ROW_VERSION, ROW_EXTRA_OPTS };

static const struct options_row standard_rows[] = {
    [ROW_HELP] = {.letter = 'h', .name = "help", .help = "this help; exit code 3"},
    [ROW_VERSION] = {.letter = 'V', .name = "version", .help = "the version; exit code 3"},
    [ROW_EXTRA_OPTS] =
        {
            .name = "extra-opts",
            .argument = "[SECTION][@FILE]",
            .optional = true,
            .help =
                "take options from an ini file too: the section is by default named as this program, the file is searched for as the Monitoring Plugins do; may be repeated, and the command line overrides it",
        },
};

const struct options_group options_standard = {
    .title = "Standard options",
    .rows = standard_rows,
    .rows_count = sizeof standard_rows / sizeof standard_rows[0],
};

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

/* The length of the name of a secret row where the secret sticks to it, "--authenticationSECRET";
 * 0 for anything else. */
static size_t
count_before_secret(const struct tables *tables, const char *argument)
{
	for (size_t i = 0; i < tables->count; i++) {
		size_t length = strlen(tables->rows[i]->name);

		if (tables_behind(tables, i)->secret &&
		    strncmp(argument, tables->rows[i]->name, length) == 0)
			return length;
	}
	return 0;
}

static void
say_unknown(const struct tables *tables, const char *argument, struct text *text)
{
	size_t length = name_length(argument);
	bool ambiguous = length > 0 && count_completions(tables, argument) > 1;
	size_t before = count_before_secret(tables, argument);

	if (before > 0) {
		text_format(text, "--%.*s is followed by = or a blank, and then its value",
		    (int)before, argument);
		return;
	}
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

	if (optopt >= TABLES_VALUE_FIRST) {
		text_format(
		    text, "--%s takes no value", tables->rows[tables_find(tables, optopt)]->name);
	} else if (optopt != 0) {
		text_add(text, "unknown option -");
		sanitize_add(text, &letter, 1, 1);
		text_add(text, "; see --help");
	} else {
		say_unknown(tables, argument + 2, text);
	}
}

/* One reading of a command line. */
struct reading {
	const struct options_program *program;
	const struct tables *tables;
	struct hidden hidden; /* the values of secret rows */
	int count;
	char *const *arguments;
	void *config;
	struct extra_opts **files; /* where the next one goes */
	struct text *text;
};

/* Start afresh: this may not be the first command line of the process. */
static void
rewind_arguments(void)
{
	optind = 0;
	opterr = 0;
}

/* The next option as getopt_long() tells it. A value that may be missing may stand apart as well:
 * there are no positional arguments it could be. */
static int
next_option(const struct reading *reading)
{
	const struct tables *tables = reading->tables;
	int value =
	    getopt_long(reading->count, reading->arguments, tables->letters, tables->longs, NULL);

	if (value >= TABLES_VALUE_FIRST && optarg == NULL &&
	    tables->longs[value - TABLES_VALUE_FIRST].has_arg == optional_argument &&
	    optind < reading->count && reading->arguments[optind][0] != '-')
		optarg = reading->arguments[optind++];
	return value;
}

static enum options_result
store(const struct reading *reading, size_t at, const char *value)
{
	const struct options_row *row = tables_behind(reading->tables, at);
	const char *takes = row->store(reading->config, value, row->detail);

	if (takes == NULL)
		return OPTIONS_GO;
	text_format(reading->text, "--%s takes %s", reading->tables->rows[at]->name, takes);
	reading->text->failed |= takes == text_no_memory;
	return OPTIONS_ERROR;
}

/* What follows is from one source: options that exclude each other do so within it. */
static void
begin_source(const struct reading *reading)
{
	if (reading->program->begin != NULL)
		reading->program->begin(reading->config);
}

/* Take what getopt_long() found. */
static enum options_result
take(const struct reading *reading, int value)
{
	const struct options_program *program = reading->program;
	size_t at = tables_find(reading->tables, value);
	const struct options_row *row = tables_behind(reading->tables, at);

	if (row == &standard_rows[ROW_HELP]) {
		options_help(program, reading->text);
		return OPTIONS_HELP;
	}
	if (row == &standard_rows[ROW_VERSION]) {
		text_format(
		    reading->text, "%s %s (%s)\n", program->name, PACKAGE_VERSION, PACKAGE_NAME);
		return OPTIONS_VERSION;
	}
	/* Its options are stored already. */
	if (row == &standard_rows[ROW_EXTRA_OPTS])
		return OPTIONS_GO;
	return store(
	    reading, at, row->argument != NULL ? hidden_find(&reading->hidden, optarg) : NULL);
}

/* What is wrong with the option at AT. */
static enum options_result
refuse(const struct reading *reading, size_t at, const char *words)
{
	text_format(reading->text, "--%s %s", reading->tables->rows[at]->name, words);
	return OPTIONS_ERROR;
}

static enum options_result
take_line(const struct reading *reading, const struct ini_line *line)
{
	const struct tables *tables = reading->tables;
	size_t at = tables_find_key(tables, line->key);
	const struct options_row *row = at < tables->count ? tables_behind(tables, at) : NULL;

	if (row == NULL || row->store == NULL) {
		/* The key stays untold: it may be a secret that slipped into the next line. */
		text_add(reading->text, "no option that a file may hold; see --help");
		return OPTIONS_ERROR;
	}
	if (row->argument == NULL && line->value != NULL && *line->value != '\0')
		return refuse(reading, at, "takes no value");
	if (row->argument != NULL && line->value == NULL)
		return refuse(reading, at, "needs a value");
	return store(reading, at, row->argument != NULL ? line->value : NULL);
}

static enum options_result
take_file(struct reading *reading, const char *locator)
{
	struct extra_opts *extra = extra_opts_load(locator, reading->program->name, reading->text);

	if (extra == NULL)
		return OPTIONS_ERROR;
	*reading->files = extra;
	reading->files = &extra->next;
	begin_source(reading);
	for (size_t i = 0; i < extra->ini.count; i++) {
		const struct ini_line *line = &extra->ini.lines[i];

		text_format(reading->text, "%s line %zu: ", extra->path, line->number);
		if (take_line(reading, line) != OPTIONS_GO)
			return OPTIONS_ERROR;
		text_cut(reading->text, 0);
	}
	return OPTIONS_GO;
}

/* Hide the values of secret rows, wherever they are and whatever else is wrong. False when memory
 * runs out. */
static bool
hide_secrets(struct reading *reading)
{
	bool good = true;
	int value;

	rewind_arguments();
	while ((value = next_option(reading)) != -1) {
		const struct options_row *row;

		if (value == '?' || value == ':')
			continue;
		row = tables_behind(reading->tables, tables_find(reading->tables, value));
		if (row->secret && optarg != NULL)
			good = hidden_move(&reading->hidden, optarg) && good;
	}
	return good;
}

/* Take the options of the files first, so that those of the command line override them. Trouble on
 * the command line is left to the second reading. */
static enum options_result
read_files(struct reading *reading)
{
	enum options_result result = OPTIONS_GO;
	int value;

	rewind_arguments();
	while (result == OPTIONS_GO && (value = next_option(reading)) != -1) {
		const struct options_row *row;

		if (value == '?' || value == ':')
			break;
		row = tables_behind(reading->tables, tables_find(reading->tables, value));
		if (row == &standard_rows[ROW_HELP] || row == &standard_rows[ROW_VERSION])
			break;
		if (row == &standard_rows[ROW_EXTRA_OPTS])
			result = take_file(reading, optarg);
	}
	return result;
}

static enum options_result
read_one(const struct reading *reading, int value, const char *argument)
{
	switch (value) {
	case ':':
		return refuse(reading, tables_find(reading->tables, optopt), "needs a value");
	case '?':
		say_wrong(reading->tables, argument, reading->text);
		return OPTIONS_ERROR;
	default:
		return take(reading, value);
	}
}

static enum options_result
read_arguments(const struct reading *reading)
{
	enum options_result result = OPTIONS_GO;
	int value;

	rewind_arguments();
	begin_source(reading);
	while (result == OPTIONS_GO && (value = next_option(reading)) != -1)
		result = read_one(reading, value, reading->arguments[optind - 1]);
	if (result == OPTIONS_GO && optind < reading->count) {
		text_add(reading->text, "unexpected argument; options only, see --help");
		return OPTIONS_ERROR;
	}
	return result;
}

enum options_result
options_read(const struct options_program *program, int count, char *const arguments[],
    void *config, struct extra_opts **files, struct text *text)
{
	struct tables tables = {0};
	struct reading reading = {
	    .program = program,
	    .tables = &tables,
	    .count = count,
	    .arguments = arguments,
	    .config = config,
	    .files = files,
	    .text = text,
	};
	enum options_result result = OPTIONS_ERROR;

	*files = NULL;
	if (!tables_make(program, &tables) || !hide_secrets(&reading))
		text->failed = true;
	else
		result = read_files(&reading);
	if (result == OPTIONS_GO)
		result = read_arguments(&reading);
	hidden_free(&reading.hidden);
	tables_free(&tables);
	/* Half a message would mislead. */
	if (text_failed(text)) {
		text_free(text);
		return OPTIONS_ERROR;
	}
	return result;
}

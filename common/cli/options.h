/*
 * options - one table per program makes the parsing, the help, and what the tests compare.
 *
 * A row names an option, what it takes, and the function that stores it. The command line is read
 * with getopt_long(); there are no positional arguments. A repeated option: the last one wins,
 * unless its function adds to a list.
 *
 * Options out of ini files (--extra-opts) are stored before those of the command line, wherever
 * they are asked for there. In a file an option has its whole name or its letter, without dashes.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "cli/extra_opts.h"

/*
 * Store VALUE (NULL for an option without an argument) in *CONFIG, the program's own struct.
 * NULL when all is well; else what the option takes, completing "--port takes ..": "a number from 1
 * to 65535". DETAIL is the row's own, for functions that serve several rows.
 */
typedef const char *options_store(void *config, const char *value, int detail);

struct options_row {
	char letter;          /* 0: long form only */
	const char *name;     /* without the dashes */
	const char *argument; /* what --help calls its value; NULL: takes none */
	const char *help;     /* one sentence; wrapped by the help */
	options_store *store;
	int detail;
	bool optional; /* the value may be missing, then it is NULL; for rows without a letter */
	bool secret; /* wiped where it stands among the arguments, before anything else is done, so
	                that the list of processes does not show it; the function makes a copy */
	bool alias;  /* another letter or name for the row before it, which says all else; listed
	                there, not on its own */
};

/* Rows under a heading. */
struct options_group {
	const char *title; /* "What to probe" */
	const struct options_row *rows;
	size_t rows_count;
};

struct options_program {
	const char *name;     /* "check_sstp" */
	const char *purpose;  /* one sentence for --help */
	const char *synopsis; /* "-H NAME [options]" */
	const struct options_group *groups;
	size_t groups_count;
	const char *notes; /* at the end of --help: paragraphs parted by empty lines; a line that
	                      begins with a blank stays as it is */
	void (*begin)(void *config); /* called before the options of each file, and before those of
	                                the command line; NULL: not wanted */
};

/* --help, --version and --extra-opts, which every program has without listing them. */
extern const struct options_group options_standard;

enum options_result {
	OPTIONS_GO,
	OPTIONS_HELP,    /* TEXT holds the help */
	OPTIONS_VERSION, /* TEXT holds the version line */
	OPTIONS_ERROR,   /* TEXT holds one line, without a line feed: which option, and what it
	                    takes, and where it stands in a file. It is empty when memory ran out */
};

/*
 * Read the command line into CONFIG by way of the rows, in order, until an error, --help or
 * --version. May be called several times. Nothing is printed. Values are never quoted in an error:
 * they may be secret.
 *
 * Values in CONFIG may point into ARGUMENTS, but for those of secret rows, and into *FILES, the
 * files that were read, which is to be freed by extra_opts_free() in any case, once CONFIG is of no
 * more use.
 */
enum options_result options_read(const struct options_program *program, int count,
    char *const arguments[], void *config, struct extra_opts **files, struct text *text);

/* Append the help within 80 columns: synopsis, purpose, every row of every group but the aliases,
 * which are named with the row they stand for, and the notes. */
void options_help(const struct options_program *program, struct text *text);

#endif

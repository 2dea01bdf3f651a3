/*
 * tables - the rows of a program, as getopt_long() wants them and as they are looked up.
 */
#ifndef CLI_TABLES_H
#define CLI_TABLES_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"

#define TABLES_VALUE_FIRST 256 /* getopt_long() gives this for the first row, beyond any letter */

struct tables {
	const struct options_row **rows; /* of all groups, in order, the standard ones last */
	size_t count;
	struct option *longs; /* one for each row, and the end */
	char *letters;
};

/* To be freed in any case. False when memory runs out. */
bool tables_make(const struct options_program *program, struct tables *tables);
void tables_free(struct tables *tables);

/* An alias is spelled differently; all else it has from the row it stands for, which this is. */
const struct options_row *tables_behind(const struct tables *tables, size_t at);

/* The place of the row that getopt_long() means by VALUE: TABLES_VALUE_FIRST and more, or a letter
 * that is in the table. */
size_t tables_find(const struct tables *tables, int value);

/* The place of the row whose letter or whole name KEY is; COUNT when there is none. */
size_t tables_find_key(const struct tables *tables, const char *key);

#endif

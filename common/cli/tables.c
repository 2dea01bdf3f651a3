#include "config.h"

#include "cli/tables.h"

#include <stdlib.h>
#include <string.h>

void
tables_free(struct tables *tables)
{
	free(tables->rows);
	free(tables->longs);
	free(tables->letters);
}

const struct options_row *
tables_behind(const struct tables *tables, size_t at)
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
		/* add_rows() has set them all.
		 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (tables->rows[i]->letter == 0)
			continue;
		*at++ = tables->rows[i]->letter;
		if (tables_behind(tables, i)->argument != NULL)
			*at++ = ':';
	}
	*at = '\0';
}

static int
argument_of(const struct options_row *row)
{
	if (row->argument == NULL)
		return no_argument;
	return row->optional ? optional_argument : required_argument;
}

static void
fill_longs(struct tables *tables)
{
	for (size_t i = 0; i < tables->count; i++) {
		const struct options_row *row = tables_behind(tables, i);

		tables->longs[i] = (struct option){
		    .name = tables->rows[i]->name,
		    .has_arg = argument_of(row),
		    .val = TABLES_VALUE_FIRST + (int)i,
		};
	}
}

bool
tables_make(const struct options_program *program, struct tables *tables)
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

size_t
tables_find(const struct tables *tables, int value)
{
	size_t at = 0;

	if (value >= TABLES_VALUE_FIRST)
		return (size_t)(value - TABLES_VALUE_FIRST);
	while (tables->rows[at]->letter != value)
		at++;
	return at;
}

size_t
tables_find_key(const struct tables *tables, const char *key)
{
	size_t at = 0;

	while (at < tables->count && strcmp(tables->rows[at]->name, key) != 0 &&
	       (key[0] != tables->rows[at]->letter || key[0] == '\0' || key[1] != '\0'))
		at++;
	return at;
}

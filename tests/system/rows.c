#include "rows.h"

static const struct rows_table *const tables[] = {
    &rows_sstp, &rows_logon, &rows_eap, &rows_cert, &rows_windows, &rows_pool};

const struct row *
rows_at(size_t number, const char **plugin)
{
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		if (number < tables[i]->count) {
			*plugin = tables[i]->plugin;
			return &tables[i]->rows[number];
		}
		number -= tables[i]->count;
	}
	return NULL;
}

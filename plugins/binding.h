/*
 * binding - the options --binding and --binding-age.
 */
#ifndef PLUGINS_BINDING_H
#define PLUGINS_BINDING_H

#include <stddef.h>
#include <stdint.h>

#include "cli/options.h"
#include "facts/dump.h"
#include "verdict/windows.h"

struct binding {
	const char *path; /* "-": standard input; NULL: not asked for */
	double age_max;   /* seconds */
	bool age_given;
	char name[40]; /* of the file, for the output */
};

/* The default age. */
void binding_begin(struct binding *binding);

/* For the rows, whose detail is where the struct binding stands in the configuration. */
options_store binding_store_path, binding_store_age;

/* What the judge compares: DUMP, and what the COUNT targets showed on PORT. */
struct windows binding_compare(const struct binding *binding, const struct dump *dump,
    const struct facts *facts, size_t count, uint16_t port);

#endif

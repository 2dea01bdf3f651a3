/*
 * extra_opts - options out of ini files, as the Monitoring Plugins read them (--extra-opts).
 *
 * Where a file is looked for that was not named: $MP_CONFIG_FILE, which is the file itself; then
 * monitoring-plugins.ini, plugins.ini and nagios-plugins.ini in each directory of
 * $NAGIOS_CONFIG_PATH, joined by colons; then the usual places under /usr/local/etc and /etc.
 */
#ifndef CLI_EXTRA_OPTS_H
#define CLI_EXTRA_OPTS_H

#include "base/text.h"
#include "cli/ini.h"

/* One section that was read. */
struct extra_opts {
	char *path;
	char *chars; /* of the file; the lines point into them */
	size_t length;
	struct ini ini;
	struct extra_opts *next;
};

/*
 * Read the section that LOCATOR names, "[SECTION][@FILE]": SECTION is PROGRAM where it is missing,
 * FILE "-" is standard input; NULL stands for "". The result is to be freed by extra_opts_free().
 * NULL when that fails: TEXT then says why, naming the file and the line, but never what stands
 * there; or TEXT has failed.
 */
struct extra_opts *extra_opts_load(const char *locator, const char *program, struct text *text);

/* Free all of a list; what the files held is wiped. */
void extra_opts_free(struct extra_opts *list);

#endif

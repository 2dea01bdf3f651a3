/*
 * shared_options - the options that the programs have in common.
 */
#ifndef PLUGINS_SHARED_OPTIONS_H
#define PLUGINS_SHARED_OPTIONS_H

#include "cli/options.h"

/* What to probe, how to speak, and how to say it: groups of rows for the option tables, of which a
 * program takes those that concern it. They store in a struct shared. */
extern const struct options_group shared_options_target;
extern const struct options_group shared_options_http;
extern const struct options_group shared_options_tls;
extern const struct options_group shared_options_output;

/* For a row --thumbprint, which adds to a list. */
options_store shared_options_store_thumbprint;

#endif

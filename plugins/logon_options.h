/*
 * logon_options - the options of the levels that log on: auth, tunnel and ping.
 */
#ifndef PLUGINS_LOGON_OPTIONS_H
#define PLUGINS_LOGON_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/options.h"
#include "eap_options.h"
#include "probe/plan.h"
#include "shared.h"

struct logon_options {
	struct shared shared; /* first: the shared rows store in it */
	struct plan_logon plan;
	bool has_ping;
	uint32_t ping;
	struct eap_options eap;
};

extern const struct options_group logon_options_group;

/* After the last option: fill in what was not given. NULL, or what is wrong with the options
 * together. */
const char *logon_options_settle(struct logon_options *options);

#endif

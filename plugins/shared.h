/*
 * shared - what the programs have in common: a configuration, what it means for a probe, and how a
 * run begins and ends. The options that fill it in are shared_options.
 */
#ifndef PLUGINS_SHARED_H
#define PLUGINS_SHARED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/endpoint.h"
#include "cli/options.h"
#include "facts/facts.h"
#include "probe/plan.h"
#include "report/report.h"
#include "verdict/policy.h"

#define SHARED_URI "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/" /* MS-SSTP 3.2.4.1 */

#define SHARED_ADDRESSES_MAX 64 /* how often -I may be given */

/* The first member of each program's own configuration: the rows of shared_options store in it. */
struct shared {
	bool has_host;
	struct endpoint host;                            /* -H */
	struct endpoint addresses[SHARED_ADDRESSES_MAX]; /* -I */
	size_t addresses_count;
	uint16_t port; /* 0: not given */
	enum plan_family family;
	bool family_given; /* in the file that is read, or on the command line behind it */
	double timeout;    /* seconds; 0: not given */
	bool plain;
	bool no_sni;
	const char *sni;         /* NULL: the name */
	const char *host_header; /* NULL: made from the name */
	const char *uri;
	const char *method;
	enum facts_stage level;
	bool label_address; /* targets are called by the address that was given */
	struct plan_run run;
	struct policy policy;
	enum report_format format;
	int verbosity;
};

/* The defaults; a program sets its own afterwards. */
void shared_begin(struct shared *shared);

/* A report by PLUGIN in the format that is asked for, without what there is to tell. */
struct report shared_report(const struct shared *shared, const char *service, const char *plugin);

/*
 * Read the command line into *CONFIG, whose first member is a struct shared, and call RUN, unless
 * an error, --help or --version is to be printed. The exit status.
 */
int shared_run(const struct options_program *program, const char *service, int count,
    char *arguments[], void *config, int (*run)(void *config));

/* What is wrong with the options together, or NULL. */
const char *shared_problem(const struct shared *shared);

/* What makes ENDPOINT useless with the other options or on this host, or NULL. */
const char *shared_refuse_figures(const struct shared *shared, const struct endpoint *endpoint);

/* Seconds for the whole run. */
double shared_timeout(const struct shared *shared);

#endif

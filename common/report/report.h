/*
 * report - findings, metrics and facts as text, JSON or Prometheus; the only room that writes to
 * stdout.
 *
 * Everything is composed in memory and written once at the end: a plugin says one thing.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stddef.h>

#include "base/text.h"
#include "facts/facts.h"
#include "verdict/policy.h"
#include "verdict/pool.h"
#include "verdict/verdict.h"

enum report_format {
	REPORT_TEXT,
	REPORT_JSON,
	REPORT_PROMETHEUS,
	REPORT_ZABBIX_LLD,
	REPORT_LB, /* text for people, exit codes for the health script of a load balancer */
};

struct report {
	const char *service; /* "SSTP", "SSTP_CERT", "SSTP_POOL" */
	const char *plugin;  /* "check_sstp" */
	const char *version;
	const char *target; /* of the first line; NULL: the pool speaks for itself */
	enum report_format format;
	int verbosity; /* 0: the first line alone, 1 to 3: more below it */
	const struct verdict *verdict;
	const struct policy *policy; /* by which it was found; NULL: nothing out of the ordinary */
	const struct facts *facts;   /* one for each target */
	size_t facts_count;
	const struct pool *pool; /* whose members the targets are, or NULL */
};

/* To be called before anything is opened. A standard descriptor that is closed is put on /dev/null,
 * so that no socket takes its place and gets what is meant for the monitoring system; a closed
 * stdout is remembered. SIGXFSZ is ignored from now on. */
void report_begin(void);

/*
 * A seat belt: from now on SIGALRM, SIGTERM, SIGINT, SIGHUP and SIGXCPU end the process with a few
 * words in the format of REPORT and exit code 3, or 1 with REPORT_LB, where nobody else has taken
 * them over, also those that were blocked, and SIGALRM comes after SECONDS (0: not at all).
 */
void report_guard(const struct report *report, unsigned seconds);

/* Word of a format on the command line to its value; false for an unknown word. */
bool report_read_format(const char *chars, enum report_format *format);

/* The words, for error messages. */
extern const char report_formats[];

/* Compose the whole output. */
void report_compose(const struct report *report, struct text *text);

/* The exit code: that of the verdict's state, whatever the format, REPORT_LB excepted (0 for OK and
 * WARNING, 1 for CRITICAL and UNKNOWN; `cert.` findings and a missing trust store not counted). */
int report_exit(const struct report *report);

/*
 * Compose, write to stdout and give the exit code. When memory ran out that is all that is said,
 * and it is 3, or 1 with REPORT_LB; when stdout cannot be written it is 3, or with REPORT_LB what
 * it would have been. SIGPIPE is ignored from then on, here and below.
 */
int report_print(const struct report *report);

/* Write a usage error, "SERVICE UNKNOWN - MESSAGE", and give 3. An empty MESSAGE stands for one
 * that there was no memory for. */
int report_usage_error(const char *service, const char *message);

/* Write what is wrong with the options as a usage error, in words whatever the format, and give 3.
 * An empty PROBLEM is told as report_print() tells that memory ran out. */
int report_problem(const struct report *report, const char *problem);

/* Write ready text, such as --help and --version, and give 3. */
int report_help(const char *chars);

/*
 * The parts, one file each.
 *
 * report_text: the first line, "SERVICE STATE - target: summary; remedy; also causes [cause] |
 * perfdata", has at most 160 characters before the '|'. What does not fit is given up in this
 * order: the names of further causes, the end of a target's name, the remedy from its last comma or
 * semicolon on, the end of the summary (but see whole in verdict/causes), what is left of the
 * remedy. The cause in brackets always stays.
 *
 * Below it each finding's steps are told, a line each.
 *
 * report_prometheus: gauges in Prometheus's text format, without timestamps. Every series has the
 * label "target", and no two targets the same one. What was not measured is left out.
 *
 * report_zabbix: the targets alone, for Zabbix's low-level discovery; values come out of the JSON.
 */
void report_text(const struct report *report, struct text *text);       /* text.c */
void report_json(const struct report *report, struct text *text);       /* json.c */
void report_prometheus(const struct report *report, struct text *text); /* prometheus.c */
void report_zabbix(const struct report *report, struct text *text);     /* zabbix.c */
void report_perfdata(const struct verdict *verdict, struct text *text); /* perfdata.c */

#endif

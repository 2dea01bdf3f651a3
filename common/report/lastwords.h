/*
 * lastwords - an answer that takes no memory: that it ran out, or that a signal ended the check.
 *
 * Whoever asked for a format that machines read gets that, but for the discovery of Zabbix: a list
 * of no targets would say that they are gone. By a line of text the rule fails, and keeps what it
 * has.
 */
#ifndef REPORT_LASTWORDS_H
#define REPORT_LASTWORDS_H

#include "report/report.h"

#define LASTWORDS_PARTS 24 /* of an answer at most, with the NULL */

struct lastwords {
	enum cause cause;    /* whose state is UNKNOWN */
	const char *summary; /* this and the remedy need no escape in any format */
	const char *remedy;  /* NULL for none */
};

/* The parts of the whole output in REPORT's format, up to a NULL. They borrow from REPORT and
 * WORDS. */
void lastwords_compose(
    const struct report *report, const struct lastwords *words, const char *parts[LASTWORDS_PARTS]);

#endif

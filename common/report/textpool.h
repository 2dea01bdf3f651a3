/*
 * textpool - the members of a pool as lines of text.
 */
#ifndef REPORT_TEXTPOOL_H
#define REPORT_TEXTPOOL_H

#include "base/text.h"
#include "report/report.h"

/*
 * A line for each member that is not healthy and for the VIP, worst first, and one for all the
 * healthy ones together; no more of them than fit in 8 KiB of output, the others are counted by
 * cause. From verbosity 2 on all facts of each member follow.
 */
void textpool_add(struct text *text, const struct report *report);

#endif

/*
 * sample - a healthy target and ready findings for the tests of the report.
 */
#ifndef UNIT_REPORT_SAMPLE_H
#define UNIT_REPORT_SAMPLE_H

#include "facts/facts.h"
#include "report/report.h"
#include "verdict/verdict.h"

/* vpn.example.com, whose every stage is well; freed by facts_free(). */
void sample_facts(struct facts *facts);

/* The same target, whose TLS handshake was reset; its first address did not answer at all. */
void sample_reset(struct facts *facts);

/* Add a finding; the verdict is not closed. */
void sample_find(struct verdict *verdict, enum cause cause, enum state state, const char *target,
    const char *summary, const char *remedy);

/* A text report of SSTP about vpn.example.com. */
struct report sample_report(
    const struct verdict *verdict, const struct facts *facts, size_t facts_count);

/* The first line up to the perfdata, to be freed. */
char *sample_first_line(const struct report *report);

#endif

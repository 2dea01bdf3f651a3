/*
 * about - which findings of a report are about which of its targets.
 */
#ifndef REPORT_ABOUT_H
#define REPORT_ABOUT_H

#include <stdbool.h>

#include "report/report.h"

/* Whether FINDING is about the target of FACTS, one of the report's. With one target all of them
 * are about it. */
bool about_target(
    const struct report *report, const struct finding *finding, const struct facts *facts);

/* The worst finding about the target of FACTS; NULL when all is well with it. */
const struct finding *about_worst(const struct report *report, const struct facts *facts);

#endif

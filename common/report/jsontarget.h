/*
 * jsontarget - the facts of one target as a JSON object.
 */
#ifndef REPORT_JSONTARGET_H
#define REPORT_JSONTARGET_H

#include "facts/facts.h"
#include "report/jsonwriter.h"
#include "verdict/verdict.h"

/* WORST is the worst finding about this target, or NULL when all is well. */
void jsontarget_add(
    struct jsonwriter *writer, const struct facts *facts, const struct finding *worst);

#endif

/*
 * texttarget - the facts of one target as lines of text.
 */
#ifndef REPORT_TEXTTARGET_H
#define REPORT_TEXTTARGET_H

#include "base/text.h"
#include "facts/facts.h"

/* A line for each stage, then lines "key: value": with VERBOSITY 1 what tells servers and faults
 * apart, from 2 on all there is. More of it only adds lines. OFFLOAD: with the line that binds SSTP
 * to the certificate that is shown. */
void texttarget_add(struct text *text, const struct facts *facts, int verbosity, bool offload);

#endif

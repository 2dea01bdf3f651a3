/*
 * symptom - what resolving and dialling came to, as a symptom.
 */
#ifndef PROBE_SYMPTOM_H
#define PROBE_SYMPTOM_H

#include "facts/facts.h"
#include "net/dial.h"
#include "net/resolve.h"

/* Why resolve_begin() or fetch_begin() gave NULL: ERROR is the errno that it left. */
enum facts_symptom symptom_of_shortage(int error);

/* What one attempt to connect came to; FACTS_WELL: a connection. */
enum facts_symptom symptom_of_dial(enum dial_result result);

/* What resolving came to; FACTS_WELL: addresses. To be asked at once: a want of descriptors shows
 * only then. */
enum facts_symptom symptom_of_answer(const struct resolve_answer *answer);

#endif

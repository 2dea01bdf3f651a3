/*
 * inspect - a certificate out of a file, looked at as if a server had sent it. No network.
 */
#ifndef PROBE_INSPECT_H
#define PROBE_INSPECT_H

#include <stddef.h>

#include "facts/facts.h"
#include "probe/plan.h"

/*
 * Fill FACTS, from facts_begin() on, with the chain in the LENGTH BYTES of a file; certfile.h tells
 * of the forms and of PASSPHRASE. Of PLAN the names count. NULL when that went well; else what is
 * wrong, naming the option, or text_no_memory.
 */
const char *inspect_bytes(const struct plan_run *run, const struct plan *plan, const void *bytes,
    size_t length, const char *passphrase, struct facts *facts);

#endif

/*
 * expected - whom --expect-down means.
 *
 * The label of a backend means all of it. Of a name with several addresses, LABEL/2 means one, as
 * it is called in the output; and an address means the members that have it.
 */
#ifndef PLUGINS_EXPECTED_H
#define PLUGINS_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/backends.h"
#include "facts/facts.h"

/* Mark the backend of that LABEL. False when LABEL can mean no member of any. */
bool expected_mark(struct backends *backends, const char *label);

/* Whether one of COUNT LABELS is what FACTS are called, or their address. */
bool expected_is(const char *const *labels, size_t count, const struct facts *facts);

#endif

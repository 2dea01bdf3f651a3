/*
 * agree - what one check tells in one format it tells in the others.
 *
 * A format is written by a run of its own, so times differ; all else must not. A test fails where
 * they disagree.
 */
#ifndef SYSTEM_AGREE_H
#define SYSTEM_AGREE_H

#include <stdbool.h>
#include <stddef.h>

#include "support/json.h"
#include "support/perfdata.h"
#include "support/prometheus.h"

/* The perfdata of the text and of the JSON: the same labels in the same order, with the same
 * units and thresholds, and the same ones measured. */
void agree_perfdata(const struct json *json, const struct perfdata_item *items, size_t count);

/* The metrics: of the same targets, their states, causes, stages and facts, and of no others. LABEL
 * tells them apart: "target", or "member" in a pool. With REJECT a logon that is refused has
 * reached its level. */
void agree_metrics(
    const struct json *json, const struct prometheus *metrics, const char *label, bool reject);

#endif

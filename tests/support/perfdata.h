/*
 * perfdata - a strict reader of performance data for tests.
 *
 * As the guidelines of the Monitoring Plugins want it, and stricter where our plugins promise more:
 * labels of [a-z0-9_] without quotes, different in their first 19 characters; units "", "s" and
 * "%"; one blank between items; no empty field at the end; no exponent anywhere.
 */
#ifndef SUPPORT_PERFDATA_H
#define SUPPORT_PERFDATA_H

#include <stdbool.h>
#include <stddef.h>

#define PERFDATA_FIELD_MAX 64

struct perfdata_item {
	char label[PERFDATA_FIELD_MAX];
	bool measured; /* false: "U" */
	double value;
	char unit[4];
	char warning[PERFDATA_FIELD_MAX]; /* as written, "" when there is none */
	char critical[PERFDATA_FIELD_MAX];
	char low[PERFDATA_FIELD_MAX];
	char high[PERFDATA_FIELD_MAX];
};

/* Read CHARS, all of it, into at most MAX items and set *COUNT. NULL, or what is wrong. */
const char *perfdata_parse(
    const char *chars, struct perfdata_item *items, size_t max, size_t *count);

/* The item with LABEL, or NULL. */
const struct perfdata_item *perfdata_find(
    const struct perfdata_item *items, size_t count, const char *label);

#endif

/*
 * prometheus - a strict reader of Prometheus's text format for tests.
 *
 * As the format wants it, and stricter where our plugins promise more: every family has HELP, TYPE
 * and a sample, in that order and in one place; names begin with "sstp_" and bear base units; all
 * are gauges; every series is there once and has the label "target" first; no label is empty; no
 * timestamp, no exponent, no empty line, no comment, a line feed at the end.
 */
#ifndef SUPPORT_PROMETHEUS_H
#define SUPPORT_PROMETHEUS_H

#include <stddef.h>

#define PROMETHEUS_NAME_MAX    100
#define PROMETHEUS_VALUE_MAX   2000
#define PROMETHEUS_LABELS_MAX  8
#define PROMETHEUS_SAMPLES_MAX 256

struct prometheus_label {
	char name[PROMETHEUS_NAME_MAX];
	char value[PROMETHEUS_VALUE_MAX]; /* its escapes undone */
};

struct prometheus_sample {
	char name[PROMETHEUS_NAME_MAX];
	struct prometheus_label labels[PROMETHEUS_LABELS_MAX];
	size_t labels_count;
	double value;
};

struct prometheus {
	struct prometheus_sample samples[PROMETHEUS_SAMPLES_MAX];
	size_t count;
};

/* Read CHARS, all of it. NULL, or what is wrong with line *LINE, counted from 1. */
const char *prometheus_parse(const char *chars, struct prometheus *read, size_t *line);

/* The value of the label called NAME, or NULL. */
const char *prometheus_label(const struct prometheus_sample *sample, const char *name);

/* The sample of family NAME whose labels "target" and LABEL have these values, or NULL. LABEL may
 * be NULL. */
const struct prometheus_sample *prometheus_find(const struct prometheus *read, const char *name,
    const char *target, const char *label, const char *value);

#endif

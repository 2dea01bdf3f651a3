/*
 * values - values of the facts as text and JSON both write them.
 */
#ifndef REPORT_VALUES_H
#define REPORT_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/facts.h"

/* Room for what a function below writes, its NUL included. */
#define VALUES_MAX 32

/* A date as ISO 8601 in UTC, "2026-01-31T12:00:00Z"; NULL when it lies outside the years 0 to 9999
 * and so cannot be written in that form. */
const char *values_date(int64_t date, char chars[VALUES_MAX]);

/* "RSA 2048", "RSA-PSS 2048", "DSA 2048", "EC 256", "EdDSA 256"; NULL when the kind of key is
 * unknown. */
const char *values_key(const struct facts_certificate *certificate, char chars[VALUES_MAX]);

/* "matches", "common-name", "differs"; NULL when the name was not checked. */
const char *values_name_match(enum facts_name_match match);

/* How a stage ended, "ok" or the symptom; NULL when it did not. */
const char *values_outcome(const struct facts_step *step);

/* Whether STAGE is a rung of this ladder: none above the level asked for, no TLS where it is plain.
 */
bool values_has_stage(const struct facts *facts, enum facts_stage stage);

#endif

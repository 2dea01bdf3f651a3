/*
 * range - thresholds in the grammar of the Monitoring Plugins guidelines.
 *
 *   10      alert when v < 0 or v > 10        10:20   alert when v < 10 or v > 20
 *   10:     alert when v < 10                 @10:20  alert when 10 <= v <= 20
 *   ~:10    alert when v > 10                 @10     alert when 0 <= v <= 10
 *   ~:      never                             :10     as 10
 *
 * And in words, for agents that refuse those characters in arguments:
 *   above N (over N), below N (under N), outside A B, inside A B, never
 * where "-" or "=" may stand for each blank: below-5, outside=1-2.
 */
#ifndef BASE_RANGE_H
#define BASE_RANGE_H

#include <stdbool.h>

#include "base/text.h"

struct range {
	bool set;    /* false: no threshold was given */
	bool inside; /* alert inside instead of outside */
	double low;  /* -INFINITY for "~" */
	double high; /* INFINITY when open */
};

/* False, and *RANGE untouched, when CHARS is not a range; also when low > high. */
bool range_read(const char *chars, struct range *range);

/* Whether VALUE calls for an alert; never when the range is not set. */
bool range_alerts(const struct range *range, double value);

/* Whether WARNING has never the last word where both are set: all that it alerts to from 0 on is
 * CRITICAL already, and more is. One and the same range for both is well: it leaves WARNING out. */
bool range_is_late(const struct range *warning, const struct range *critical);

/* Append in the guideline's grammar, shortest form; nothing when not set. range_read() of the
 * result gives the range back. */
void range_add(struct text *text, const struct range *range);

/* One line that says what a range may look like, for error messages. */
extern const char range_takes[];

#endif

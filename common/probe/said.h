/*
 * said - what a server says about a logon, fit to be shown.
 *
 * Whoever has been told the password, or keeps it, may repeat it in its words; they are printed and
 * stored by the monitoring system.
 */
#ifndef PROBE_SAID_H
#define PROBE_SAID_H

#include <stddef.h>

#include "probe/plan.h"

/* Put the LENGTH BYTES into WORDS, of SIZE bytes, without what is not fit for a terminal and with
 * "***" for the password of LOGON; NULL: there is none. */
void said_keep(
    char *words, size_t size, const void *bytes, size_t length, const struct plan_logon *logon);

#endif

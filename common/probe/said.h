/*
 * said - what a server says about a logon, fit to be shown.
 *
 * Whoever has been told the password, or keeps it, may repeat it in its words; they are printed and
 * stored by the monitoring system.
 */
#ifndef PROBE_SAID_H
#define PROBE_SAID_H

#include <stddef.h>
#include <stdint.h>

#include "probe/plan.h"
#include "wire/ppp.h"

/* Put the LENGTH BYTES into WORDS, of SIZE bytes, without what is not fit for a terminal and with
 * "***" for the password of LOGON; NULL: there is none. SIZE is 128 at most. It takes no memory:
 * what a server says is not lost when there is none. */
void said_keep(
    char *words, size_t size, const void *bytes, size_t length, const struct plan_logon *logon);

/* The same for the reason in a Terminate-Request of PPP. That of Windows is a number, which is put
 * into words, "PPP timed out (718)", and returned; 0 where there is none. */
uint32_t said_keep_reason(
    char *words, size_t size, const struct ppp_packet *packet, const struct plan_logon *logon);

#endif

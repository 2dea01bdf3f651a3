/*
 * judge_offload - TLS ends before the server, so what HTTP.sys is bound to does not matter: is the
 * hash that SSTP is told the one of the certificate that is shown to callers?
 */
#ifndef VERDICT_JUDGE_OFFLOAD_H
#define VERDICT_JUDGE_OFFLOAD_H

#include <stdbool.h>

#include "verdict/windows.h"

/* Whether UseHttps says so. */
bool judge_offload_is_on(const struct dump_sstp *sstp);

/* Add what is wrong with the offload hash, and whether it was compared with anything. */
void judge_offload_hash(const struct words *words, const struct windows *windows);

/* The first certificate of those behind which TLS is offloaded; NULL. */
const struct facts_certificate *judge_offload_shown(const struct windows *windows);

/* Lines that set the offload hash to SHOWN; none without it. */
void judge_offload_add_steps(struct text *steps, const struct facts_certificate *shown);

#endif

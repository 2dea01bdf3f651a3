/*
 * judge_binding - the entries of HTTP.sys on the port of SSTP, where the server terminates TLS:
 * which of them is to blame that callers see a certificate that SSTP does not trust.
 */
#ifndef VERDICT_JUDGE_BINDING_H
#define VERDICT_JUDGE_BINDING_H

#include "verdict/windows.h"

/* Add what is wrong with them; where nothing is, what was not proven (judge_proof.h). */
void judge_binding_entries(const struct words *words, const struct windows *windows);

#endif

/*
 * judge_binding - the entries of HTTP.sys on the port of SSTP, where the server terminates TLS.
 */
#ifndef VERDICT_JUDGE_BINDING_H
#define VERDICT_JUDGE_BINDING_H

#include "verdict/windows.h"

void judge_binding_entries(const struct words *words, const struct windows *windows);

#endif

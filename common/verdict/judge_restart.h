/*
 * judge_restart - what SSTP is told to trust is right, but it may not have heard of it yet: it
 * takes a change when RemoteAccess starts.
 */
#ifndef VERDICT_JUDGE_RESTART_H
#define VERDICT_JUDGE_RESTART_H

#include "verdict/windows.h"

/* Add what is wrong where the certificate that is shown and trusted was issued since RemoteAccess
 * started. */
void judge_restart_pending(const struct words *words, const struct windows *windows);

#endif

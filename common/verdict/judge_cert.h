/*
 * judge_cert - what a Windows SSTP client will think of the certificate that was presented.
 *
 * All faults are told, not the first alone: expired, wrong name and untrusted are three findings.
 */
#ifndef VERDICT_JUDGE_CERT_H
#define VERDICT_JUDGE_CERT_H

#include "verdict/words.h"

/* Nothing when no certificate was seen. */
void judge_cert_presented(const struct words *words);

#endif

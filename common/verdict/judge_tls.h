/*
 * judge_tls - from a failed TLS handshake to its cause.
 */
#ifndef VERDICT_JUDGE_TLS_H
#define VERDICT_JUDGE_TLS_H

#include <stdbool.h>

#include "verdict/words.h"

/* Stage tls ended with SYMPTOM. */
void judge_tls_failure(const struct words *words, enum facts_symptom symptom);

/* Whether the alert means that a client certificate is wanted: by its number, or because the server
 * had asked for one. In TLS 1.3 it comes with the first read after the handshake. */
bool judge_tls_wants_client_certificate(const struct facts_tls *tls);

#endif

/*
 * handshake - from a TLS connection to facts.
 */
#ifndef PROBE_HANDSHAKE_H
#define PROBE_HANDSHAKE_H

#include <stdbool.h>

#include "cert/trust.h"
#include "facts/facts.h"
#include "net/tls.h"
#include "probe/plan.h"

/* What the connection says of itself; DONE when the handshake completed. */
void handshake_record(const struct tls *tls, struct facts_tls *facts, bool done);

/* The chain that was sent, what verification says of it, and whether it bears the names wanted. */
void handshake_read_chain(
    const struct tls *tls, struct trust *trust, const struct plan *plan, struct facts *facts);

/* CHAIN, what verification at DATE says of it, and whether it bears NAME, which may be NULL. False
 * when memory ran out. */
bool handshake_record_chain(STACK_OF(X509) * chain, struct trust *trust, int64_t date,
    const char *name, struct facts_tls *facts);

/* The same for a chain that came another way. */
void handshake_take_chain(
    STACK_OF(X509) * chain, struct trust *trust, const struct plan *plan, struct facts *facts);

/* The symptom of a step that ended with anything but TLS_DONE and the WANTs. */
enum facts_symptom handshake_symptom(const struct tls *tls, enum tls_result result);

/* What to poll for after TLS_WANT_READ or TLS_WANT_WRITE. */
short handshake_events(enum tls_result result);

#endif

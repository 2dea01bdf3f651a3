/*
 * tracing - what goes over the wire, as lines of a trace.
 *
 * A message is told by its name, its number and its length. Of what it holds, heads of HTTP are
 * told, Status Info, the hashes of a Call Connect Ack and, until a credential has left, the options
 * of LCP. Of a logon there is never more than the kind of message, and of PAP not even its length,
 * which would give away that of the password.
 *
 * Nothing is done where TRACE, or that of FACTS, is NULL.
 */
#ifndef PROBE_TRACING_H
#define PROBE_TRACING_H

#include <stddef.h>

#include "facts/facts.h"
#include "facts/trace.h"
#include "net/tls.h"
#include "wire/sstp.h"

/* From now on tell of the messages of TLS's handshake, and of alerts. */
void tracing_tls(struct trace *trace, struct tls *tls);

/* A head of HTTP, or what came in its place: a line each. */
void tracing_head(struct trace *trace, enum trace_way way, const void *bytes, size_t length);

void tracing_packet(
    const struct facts *facts, enum trace_way way, const struct sstp_packet *packet);

/* Any number of whole SSTP packets. */
void tracing_packets(
    const struct facts *facts, enum trace_way way, const void *bytes, size_t length);

#endif

/*
 * consent - whether a credential may leave for the server at hand.
 *
 * It may when the server's certificate is the one that was pinned, or, without a pin, leads to a
 * trust anchor and bears the name that was dialled; and else when the operator says that it does
 * not matter, which waives no pin. PAP, which hands the password over, is left out where it does
 * not matter.
 */
#ifndef PROBE_CONSENT_H
#define PROBE_CONSENT_H

#include <stdbool.h>

#include "facts/facts.h"
#include "probe/plan.h"

/* True, and the methods in FACTS->auth.wanted; else FACTS->auth.insecurity says why not. What TLS
 * brought must be among the facts. */
bool consent_ask(const struct plan *plan, struct facts *facts);

#endif

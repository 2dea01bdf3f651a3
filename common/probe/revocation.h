/*
 * revocation - looking up whether certificates are revoked, beside the climbing of the ladders.
 *
 * Certificates are taken when a ladder has seen them; each is looked up once for each issuer that
 * targets have for it, however many show it, in all its sources side by side: OCSP as Windows does,
 * by GET where the request is short, and by POST where it is not or GET was refused; CRLs by GET.
 * The stapled response belongs to the connection. At most REVOCATION_PLACES fetches run at a time;
 * where more wait they share the time.
 *
 * Looked at are the server's own certificate and its issuers, up to below the root, as Windows
 * clients check a chain.
 */
#ifndef PROBE_REVOCATION_H
#define PROBE_REVOCATION_H

#include "facts/facts.h"
#include "net/tls.h"
#include "probe/plan.h"

#define REVOCATION_PLACES 16

struct tools;
struct revocation;

/* NULL when memory ran out. */
struct revocation *revocation_create(struct tools *tools, const struct plan_run *run);
void revocation_destroy(struct revocation *revocation);

/* Take the certificates of a connection whose handshake completed. FACTS must stay where it is.
 * REVOCATION may be NULL: then nothing is wanted. */
void revocation_see(struct revocation *revocation, const struct tls *tls, const struct plan *plan,
    struct facts *facts);

/* The same for a CHAIN that came by another way, with the time to look it up until DEADLINE. */
void revocation_take(
    struct revocation *revocation, STACK_OF(X509) * chain, int64_t deadline, struct facts *facts);

/* What was taken for FACTS is not theirs any more: they are made anew. Harmless where there was
 * nothing, and for NULL. */
void revocation_forget(struct revocation *revocation, const struct facts *facts);

/* When the loop has ended: hand out what was found to the facts of all targets. */
void revocation_share(struct revocation *revocation);

#endif

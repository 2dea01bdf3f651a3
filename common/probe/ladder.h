/*
 * ladder - one target, climbed from resolving its name to the level that was asked for.
 *
 * A state machine over one connection: resolve, connect, tls, http. The first stage that fails ends
 * the climb; it may then spend one further connection, inside the same deadline, to tell causes
 * apart (facts_look). The ladder gathers facts and never judges them.
 */
#ifndef PROBE_LADDER_H
#define PROBE_LADDER_H

#include <stdbool.h>
#include <stdint.h>

#include "cert/trust.h"
#include "facts/facts.h"
#include "net/loop.h"
#include "net/resolve.h"
#include "net/tls.h"

/* What to climb, and how. Strings are borrowed and must outlive the ladder. */
struct ladder_plan {
	const char *target;  /* what the user calls it; also the name the certificate must bear */
	const char *address; /* a name or address to connect to instead of TARGET, or NULL */
	uint16_t port;
	int family;                           /* AF_UNSPEC, AF_INET, AF_INET6 */
	const struct resolve_address *source; /* local address, or NULL */
	bool plain;                           /* HTTP without TLS */
	const char *sni;                      /* server name to send, or NULL for none */
	const char *host_header;              /* "" for none */
	const char *uri;
	const char *method;
	bool check_name; /* false when TARGET is an address */
	enum facts_stage level;
	int64_t deadline; /* monotonic */
	int64_t timeout;  /* what DEADLINE was made from, for the record */

	struct tls_context *tls;
	/* Makes the wide-open context of the second look when it is needed; may return NULL. */
	struct tls_context *(*wide_open)(void *owner);
	void *wide_open_owner;
	struct trust *trust;
};

struct ladder;

/* Called once, at the end of the climb. The facts are complete; FACTS belongs to the caller of
 * ladder_begin(). */
typedef void ladder_done(void *owner, struct facts *facts);

/*
 * Begin to climb. FACTS is filled from facts_begin() on. DONE may be called before this returns.
 * False when memory ran out; DONE is then not called.
 */
bool ladder_begin(struct loop *loop, const struct ladder_plan *plan, struct facts *facts,
    ladder_done *done, void *owner);

#endif

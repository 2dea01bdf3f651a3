/*
 * tools - what all ladders of a run share: the loop, the TLS contexts, the trust anchors.
 */
#ifndef PROBE_TOOLS_H
#define PROBE_TOOLS_H

#include "cert/trust.h"
#include "net/loop.h"
#include "net/resolve.h"
#include "net/tlsoffer.h"
#include "probe/pcap.h"
#include "probe/plan.h"
#include "probe/revocation.h"
#include "probe/tlspeer.h"

struct tools {
	struct loop *loop;
	const struct resolve_address *source; /* local address, or NULL */
	SSL_CTX *tls;                         /* NULL: not needed, or OpenSSL refused: TLS_REASON */
	char tls_reason[120];
	SSL_CTX *resuming[FACTS_OFFERS];   /* likewise, of up to TLS 1.2 */
	struct tlsoffer_settings settings; /* that TLS was made with */
	SSL_CTX *wide_open;          /* made when the first second look needs it; may stay NULL */
	struct trust *trust;         /* NULL: not needed */
	struct tlspeer_context *eap; /* NULL: not needed */
	struct resolve_address source_address;
	struct pcap *pcap;             /* NULL: not wanted */
	struct revocation *revocation; /* NULL: not wanted */
};

/* Make ready for RUN; WITH_TLS says whether TLS will be spoken at all. NULL when that went well,
 * else what is wrong with the settings, naming the option. tools_end() is due in any case. */
const char *tools_begin(struct tools *tools, const struct plan_run *run, bool with_tls);
/* False when the capture file is not complete. */
bool tools_end(struct tools *tools);

/* The context for a second look; NULL when OpenSSL refuses. */
SSL_CTX *tools_wide_open(struct tools *tools);

/* The context in which a session of the kind OFFER is given and taken up; NULL when the limits to
 * TLS leave no room for it, or OpenSSL refuses. */
SSL_CTX *tools_resuming(struct tools *tools, enum facts_offer offer);

#endif

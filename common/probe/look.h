/*
 * look - the one further connection that tells apart why a stage failed.
 *
 * After a TLS handshake that was reset or closed it first keeps silent: a balancer without members
 * closes by itself. Then it offers every TLS version and cipher there is: a server that refused
 * only our offer completes the handshake. After a refused duplex POST it sends a HEAD: an answer of
 * 401 shows that the SSTP listener is there.
 */
#ifndef PROBE_LOOK_H
#define PROBE_LOOK_H

#include "facts/facts.h"
#include "net/resolve.h"
#include "probe/plan.h"
#include "probe/tools.h"

typedef void look_done(void *owner);

struct look;

enum look_kind {
	LOOK_WIDE_OPEN, /* stage tls failed */
	LOOK_HEAD,      /* the duplex POST was refused */
};

/*
 * Look again at ADDRESS; fills FACTS->look. DONE is called once, from the loop. NULL when it is not
 * worth it: the symptom leaves no doubt, or there is no time left; DONE is then not called.
 */
struct look *look_begin(struct tools *tools, const struct plan *plan,
    const struct resolve_address *address, struct facts *facts, enum look_kind kind,
    look_done *done, void *owner);

/* Stop and free; NULL is allowed. */
void look_end(struct look *look);

#endif

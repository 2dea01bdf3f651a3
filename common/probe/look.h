/*
 * look - the one further connection that tells apart why a TLS handshake failed.
 *
 * After a reset or a closed connection it first keeps silent: a balancer without members closes by
 * itself. Then it offers every TLS version and cipher there is: a server that refused only our
 * offer completes the handshake. Sends no byte of HTTP.
 */
#ifndef PROBE_LOOK_H
#define PROBE_LOOK_H

#include "facts/facts.h"
#include "net/resolve.h"
#include "probe/plan.h"
#include "probe/tools.h"

typedef void look_done(void *owner);

struct look;

/*
 * Look again at ADDRESS after stage tls failed as FACTS say; fills FACTS->look. DONE is called
 * once, from the loop. NULL when it is not worth it: the symptom leaves no doubt, or there is no
 * time left; DONE is then not called.
 */
struct look *look_begin(struct tools *tools, const struct plan *plan,
    const struct resolve_address *address, struct facts *facts, look_done *done, void *owner);

/* Stop and free; NULL is allowed. */
void look_end(struct look *look);

#endif

/*
 * fetch - one object over plain HTTP: a CRL, an OCSP response.
 *
 * A state machine of its own in the run's loop: resolve, connect, ask, read the whole body. One
 * redirect is followed, with the same method, and only to http: a CRL is signed, and fetching it
 * over https would need a certificate whose own revocation would have to be looked up first.
 * Proxies are not used. Many fetches run side by side.
 */
#ifndef PROBE_FETCH_H
#define PROBE_FETCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/revocation.h"
#include "probe/tools.h"
#include "wire/url.h"

struct fetch_answer {
	/* FACTS_SAID_NOTHING: a body came with status 200. Else FACTS_SAID_UNREACHABLE, _STATUS,
	 * _REDIRECT or _TOO_LONG. */
	enum facts_said said;
	enum facts_symptom symptom; /* behind FACTS_SAID_UNREACHABLE */
	int status;                 /* of the last answer, 0 without one */
	int64_t nanoseconds;        /* from the beginning */
	const struct text *body;    /* what came of it; borrowed */
};

struct fetch;

/* Called once, from the loop or from fetch_begin(); fetch_end() may be called in it. */
typedef void fetch_done(void *owner, const struct fetch_answer *answer);

/*
 * Fetch URL, keeping at most MAX bytes: with GET, or, where POST is not NULL, by posting it as
 * media type TYPE. URL is copied; POST and TYPE must outlive the fetch. NULL when memory or
 * descriptors ran out (errno); DONE is then not called.
 */
struct fetch *fetch_begin(struct tools *tools, const struct url *url, const struct text *post,
    const char *type, size_t max, int64_t deadline, fetch_done *done, void *owner);

/* End it as if its time had run out: DONE is called. */
void fetch_give_up(struct fetch *fetch);

/* Stop and free; NULL is allowed. */
void fetch_end(struct fetch *fetch);

#endif

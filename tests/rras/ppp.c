#include "ppp.h"
#include "auth.h"
#include "base/deadline.h"
#include "frame.h"
#include "journal.h"
#include "lcp.h"

/* The first word, and then the client's turn. */
static void
authenticate(struct lcp *lcp)
{
	struct frame frame;
	auth_begin(lcp->sstp, lcp_method(lcp));
	while (lcp_receive(lcp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE)
		journal_add(lcp->sstp->line, "frame of protocol %04X", frame.protocol);
}

void
ppp_serve(struct sstp *sstp)
{
	struct lcp lcp;
	lcp_begin(&lcp, sstp);
	if (lcp_establish(&lcp))
		authenticate(&lcp);
	lcp_free(&lcp);
}

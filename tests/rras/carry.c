#include <poll.h>

#include "base/deadline.h"
#include "carry.h"

enum { LONGEST_POLL_MS = 60000 };

/* All that is there now. False: the call is over. */
static bool
carry_from_client(struct sstp *sstp, const struct carry *carry)
{
	struct cursor frame;
	enum arrival arrival;
	while ((arrival = sstp_receive(sstp, deadline_now(), &frame)) == ARRIVAL_HERE)
		carry->tell(carry->context, frame);
	return arrival == ARRIVAL_LATE;
}

static void
await_either(const struct sstp *sstp, const struct carry *carry, int64_t wake)
{
	struct pollfd ends[] = {
	    {sstp->line->descriptor, POLLIN, 0}, {carry->descriptor, POLLIN, 0}};
	int64_t left = deadline_left(deadline_sooner(sstp_timer(sstp), wake), deadline_now());
	int64_t milliseconds = left / (DEADLINE_SECOND / 1000) + 1;
	poll(ends, 2, milliseconds < LONGEST_POLL_MS ? (int)milliseconds : LONGEST_POLL_MS);
}

bool
carry_serve(struct sstp *sstp, const struct carry *carry)
{
	sstp_authenticated(sstp, NULL);
	while (carry_from_client(sstp, carry)) {
		int64_t wake = DEADLINE_NEVER;
		if (!carry->hear(carry->context, &wake))
			return true;
		await_either(sstp, carry, wake);
	}
	return false;
}

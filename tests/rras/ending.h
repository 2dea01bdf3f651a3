/*
 * ending - the call ends in mid-session, by the knobs end-at=, end-by= and end-after=.
 */
#ifndef RRAS_ENDING_H
#define RRAS_ENDING_H

#include <stdbool.h>

#include "sstp.h"

/* The session is at one of the points of end-at=, END_AT_..; what would follow is not done yet.
 * True: it ends there, now or when end-after= is over. */
bool ending_reach(struct sstp *sstp, int point);

/* Whether the time has come. */
bool ending_is_due(const struct sstp *sstp);

/* End the call. What needs LCP is left to that, which asks ending_terminates(). */
void ending_perform(struct sstp *sstp);
bool ending_terminates(const struct sstp *sstp);

#endif

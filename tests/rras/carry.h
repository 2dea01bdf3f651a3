/*
 * carry - another program is the PPP server behind the call.
 *
 * Its frames are carried both ways as they are and are not judged: only SSTP is rras-sim's.
 */
#ifndef RRAS_CARRY_H
#define RRAS_CARRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "sstp.h"

/* How to reach the other server. */
struct carry {
	void *context;  /* for the functions */
	int descriptor; /* can be read when it has spoken */

	/* Tell it a FRAME of the client's. */
	void (*tell)(void *context, struct cursor frame);

	/* Send the client all that it has said, without waiting for more; to be done again at *WAKE
	 * at the latest, which is DEADLINE_NEVER before. False: it will not say any more. */
	bool (*hear)(void *context, int64_t *wake);
};

/* Until one side ends. True: it was the other server, and the client is still there. */
bool carry_serve(struct sstp *sstp, const struct carry *carry);

#endif

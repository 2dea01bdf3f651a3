/*
 * refusal - the knobs sstp= and ack-then=: what a client gets instead of the Ack, or right after
 * it.
 */
#ifndef RRAS_REFUSAL_H
#define RRAS_REFUSAL_H

#include <stdbool.h>

#include "sstp.h"

enum refusal {
	REFUSAL_NONE,  /* all is well */
	REFUSAL_AGAIN, /* the client may send another request */
	REFUSAL_FINAL,
};

/* Instead of the Ack. TRIES counts the requests so far. */
enum refusal refusal_of_request(struct sstp *sstp, int tries);

/* After it. */
enum refusal refusal_after_ack(struct sstp *sstp);

#endif

/*
 * extras - frames that a server may send though nobody waits for them, by the knobs ppp= and
 * noise=.
 *
 * They come before LCP is open and again after. What a client has to say to them is held against
 * what they were.
 */
#ifndef RRAS_EXTRAS_H
#define RRAS_EXTRAS_H

#include <stdbool.h>

#include "base/text.h"
#include "frame.h"
#include "sstp.h"

struct extras {
	struct sstp *sstp;
	struct text echo; /* the data of an Echo-Request that waits for its reply; or empty */
	struct text odd;  /* the packet with the unknown code; or empty */
};

void extras_begin(struct extras *extras, struct sstp *sstp);
void extras_free(struct extras *extras);

/* Send them. OPEN says whether LCP is; MAGIC is our own magic number then. */
void extras_send(struct extras *extras, bool open, uint32_t magic);

/* Send an Echo-Request. */
void extras_send_echo(struct extras *extras);

/* The client's Echo-Reply, with MAGIC as its magic number; until LCP is open 0 is as good. */
bool extras_take_reply(
    struct extras *extras, const struct frame_packet *packet, uint32_t magic, bool open);

/* The client's Code-Reject. */
bool extras_take_code_reject(struct extras *extras, const struct frame_packet *packet);

#endif

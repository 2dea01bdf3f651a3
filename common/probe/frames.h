/*
 * frames - PPP frames on their way into an SSTP call.
 *
 * The machines of a session append what they have to say to one text, as SSTP data packets in the
 * order of sending.
 */
#ifndef PROBE_FRAMES_H
#define PROBE_FRAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "wire/ppp.h"

/* Append FRAME, a whole PPP frame. It is wiped and freed, for it may hold a secret. */
void frames_add(struct text *out, struct text *frame);

/* Append a frame with a packet that is nothing but a head and DATA. */
void frames_add_packet(struct text *out, uint16_t protocol, enum ppp_code code, uint8_t identifier,
    const void *data, size_t length);

#endif

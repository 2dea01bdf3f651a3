/*
 * hdlc - PPP frames on a terminal (RFC 1662): between flags, with a checksum, and control bytes
 * escaped.
 *
 *   7E | frame, FCS low byte, FCS high byte | 7E
 *
 * 7E, 7D and what is below 20 is sent as 7D and the byte with bit 20 turned over. Read is
 * everything: who has negotiated an async map leaves control bytes as they are.
 */
#ifndef RRAS_HDLC_H
#define RRAS_HDLC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* The most that a frame may have, without its checksum. */
enum { HDLC_MAX = 4091 };

/* A stream, and the frame that is coming in. */
struct hdlc {
	size_t length;
	bool escaped;
	bool hopeless; /* too long: skip to the next flag */
	uint8_t bytes[HDLC_MAX + 2];
};

void hdlc_add(struct text *stream, const void *frame, size_t length);

/* Take a byte of the stream. True: with it a whole frame is there, *FRAME bytes of it at
 * HDLC->bytes, until the next byte. What is no frame is skipped; no checksum, no frame. */
bool hdlc_take(struct hdlc *hdlc, uint8_t byte, size_t *frame);

#endif

/*
 * packet - what SSTP cuts the stream into (MS-SSTP 2.2.1).
 *
 *   0         1         2..3
 *   10        C bit     length, 12 bits, of the whole
 *
 * C is 1 for a message, and 0 for data: a PPP frame.
 *
 * That a client has left shows in the reads alone. So writes report nothing, and what it still had
 * to say, a Call Disconnect above all, is read before its leaving is noticed.
 */
#ifndef RRAS_PACKET_H
#define RRAS_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "line.h"

enum { PACKET_HEADER = 4, PACKET_MAX = 4095 };

/* Something was waited for. */
enum arrival {
	ARRIVAL_HERE,
	ARRIVAL_LATE, /* it did not come in time */
	ARRIVAL_OVER, /* it will not come any more */
};

/* A stream of packets, and the one that was read last. */
struct packets {
	struct line *line;
	struct text unsent;
	size_t sent; /* bytes so far */
	bool cut;    /* no more of them are, by sstp-cut= */
	bool ended;  /* the client has closed its side */
	bool control;
	size_t size;   /* of the packet */
	size_t length; /* how much of it has come */
	uint8_t bytes[PACKET_MAX];
};

void packets_begin(struct packets *packets, struct line *line);
void packets_free(struct packets *packets);

/* Read one, until DEADLINE (base/deadline.h). When it is late, what has come of it is kept. After a
 * breach none is read any more. */
enum arrival packets_read(struct packets *packets, int64_t deadline);

/* What the last one held, until the next is read. */
struct cursor packets_payload(const struct packets *packets);

/* What is sent in one turn may be held back until the client's, see sstp-split=join. */
void packets_send(struct packets *packets, bool control, const struct text *payload);
void packets_flush(struct packets *packets);

#endif

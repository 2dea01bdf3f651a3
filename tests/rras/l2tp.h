/*
 * l2tp - the packets of L2TP (RFC 2661): PPP frames over UDP, and the messages about the tunnel
 * and the sessions in it.
 *
 *   0..1    2..3     4..5     6..7      8..9      10..11     12..
 *   C802    length   tunnel   session   sent      received   attributes         a message
 *   0002             tunnel   session                        PPP frame          data
 *
 *   0..1                      2..3      4..5      6..
 *   8000 and its length       vendor    type      value                         an attribute
 *
 * Tunnel and session are numbers of the receiver's. Messages are counted: SENT is the number of
 * this one, RECEIVED that of the next one wanted. One without attributes has no number of its own.
 */
#ifndef RRAS_L2TP_H
#define RRAS_L2TP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum l2tp_type {
	L2TP_NOTHING, /* but that messages were received */
	L2TP_SCCRQ,   /* Start-Control-Connection-Request */
	L2TP_SCCRP,   /* its reply */
	L2TP_SCCCN,   /* Start-Control-Connection-Connected */
	L2TP_STOPCCN, /* Stop-Control-Connection-Notification */
	L2TP_HELLO = 6,
	L2TP_ICRQ = 10, /* Incoming-Call-Request */
	L2TP_ICRP,      /* its reply */
	L2TP_ICCN,      /* Incoming-Call-Connected */
	L2TP_CDN = 14,  /* Call-Disconnect-Notify */
};

enum l2tp_attribute {
	L2TP_MESSAGE_TYPE,
	L2TP_RESULT,
	L2TP_VERSION,
	L2TP_FRAMING,
	L2TP_HOST_NAME = 7,
	L2TP_TUNNEL = 9,
	L2TP_WINDOW,
	L2TP_SESSION = 14,
	L2TP_SERIAL,
	L2TP_FRAMING_TYPE = 19,
	L2TP_SPEED = 24,
};

/* One that was received. */
struct l2tp_packet {
	bool control;
	uint16_t tunnel;
	uint16_t session;
	uint16_t sent; /* these two and the type only with messages */
	uint16_t received;
	enum l2tp_type type;
	struct cursor body; /* attributes, or a PPP frame */
};

/* False: it is none, or not of version 2. */
bool l2tp_read(struct cursor bytes, struct l2tp_packet *packet);

/* The value of an attribute of a message; a failed cursor when it is not there. */
struct cursor l2tp_find(const struct l2tp_packet *packet, enum l2tp_attribute attribute);

/* A message is begun, gets attributes, and is stamped whenever it is sent. */
void l2tp_begin(struct text *message, enum l2tp_type type, uint16_t tunnel, uint16_t session);
void l2tp_add_u16(struct text *message, enum l2tp_attribute attribute, uint16_t value);
void l2tp_add_u32(struct text *message, enum l2tp_attribute attribute, uint32_t value);
void l2tp_add_chars(struct text *message, enum l2tp_attribute attribute, const char *value);
void l2tp_stamp(struct text *message, uint16_t sent, uint16_t received);

/* The header of data; the PPP frame follows. */
void l2tp_begin_data(struct text *data, uint16_t tunnel, uint16_t session);

#endif

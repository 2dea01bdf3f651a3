/*
 * message - what SSTP says about the call itself: messages and their attributes (MS-SSTP 2.2.2).
 *
 *   0..1          2..3                   0         1     2..3               4..
 *   message type  number of attributes   reserved  id    length, 12 bits    value
 *
 * on the left the payload of a packet, on the right an attribute in it; its length counts all of
 * it.
 */
#ifndef RRAS_MESSAGE_H
#define RRAS_MESSAGE_H

#include <stdbool.h>

#include "base/text.h"
#include "packet.h"

enum message {
	CALL_CONNECT_REQUEST = 1,
	CALL_CONNECT_ACK,
	CALL_CONNECT_NAK,
	CALL_CONNECTED,
	CALL_ABORT,
	CALL_DISCONNECT,
	CALL_DISCONNECT_ACK,
	ECHO_REQUEST,
	ECHO_RESPONSE,
};

enum message_attribute {
	ATTRIBUTE_NONE,
	ATTRIBUTE_PROTOCOL,
	ATTRIBUTE_STATUS,
	ATTRIBUTE_BINDING,
	ATTRIBUTE_BINDING_REQUEST,
};

enum message_status_code {
	STATUS_OK = 0,
	STATUS_VALUE_NOT_SUPPORTED = 4,
	STATUS_UNACCEPTED_FRAME = 5,
	STATUS_RETRIES_EXCEEDED = 6,
	STATUS_INVALID_FRAME = 7,
	STATUS_NEGOTIATION_TIMEOUT = 8,
	STATUS_ATTRIBUTE_NOT_SUPPORTED = 9,
};

/* What a Status Info says. */
struct message_status {
	bool given; /* whether there is one; else all is 0 */
	unsigned attribute;
	unsigned long status;
};

void message_send_bare(struct packets *packets, enum message type);

/* With one attribute, which has this VALUE. */
void message_send(struct packets *packets, enum message type, enum message_attribute attribute,
    const struct text *value);

/* With a Status Info. */
void message_send_status(struct packets *packets, enum message type,
    enum message_attribute attribute, unsigned long status);

/* Whether the packet read last is a message of this TYPE. */
bool message_is(const struct packets *packets, enum message type);

unsigned message_type(const struct packets *packets);

/* Whether nothing is in that message but one Status Info, or not even that. */
bool message_read_status(const struct packets *packets, struct message_status *status);

#endif

/*
 * radius - the packets of RADIUS (RFC 2865), with those attributes of Microsoft's that carry
 * MS-CHAPv2 and its keys (RFC 2548), and EAP (RFC 3579).
 *
 *   0      1            2..3     4..19           20..
 *   code   identifier   length   authenticator   attributes
 *
 *   0      1                  2..5     6      7                  8..
 *   type   length with both   value                                       an attribute
 *   1A     length with both   vendor   type   length with both   value    one of a vendor's
 *
 * The authenticator of a request is random, that of an answer proves that the server knows the
 * SECRET both sides share.
 */
#ifndef RRAS_RADIUS_H
#define RRAS_RADIUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum { RADIUS_AUTHENTICATOR = 16, RADIUS_PACKET_MAX = 4096, RADIUS_KEY_MAX = 255 };

enum radius_code {
	RADIUS_REQUEST = 1,
	RADIUS_ACCEPT = 2,
	RADIUS_REJECT = 3,
	RADIUS_CHALLENGE = 11,
};

enum radius_attribute {
	RADIUS_USER_NAME = 1,
	RADIUS_USER_PASSWORD = 2,
	RADIUS_CHAP_PASSWORD = 3,
	RADIUS_SERVICE_TYPE = 6,
	RADIUS_FRAMED_PROTOCOL = 7,
	RADIUS_FRAMED_MTU = 12,
	RADIUS_REPLY_MESSAGE = 18,
	RADIUS_STATE = 24,
	RADIUS_VENDOR = 26,
	RADIUS_NAS_IDENTIFIER = 32,
	RADIUS_CHAP_CHALLENGE = 60,
	RADIUS_PORT_TYPE = 61,
	RADIUS_EAP_MESSAGE = 79,
	RADIUS_MESSAGE_AUTHENTICATOR = 80,
};

/* Microsoft's. */
enum radius_microsoft {
	RADIUS_MSCHAP_ERROR = 2,
	RADIUS_MSCHAP_CHALLENGE = 11,
	RADIUS_MPPE_SEND_KEY = 16,
	RADIUS_MPPE_RECEIVE_KEY = 17,
	RADIUS_MSCHAP2_RESPONSE = 25,
	RADIUS_MSCHAP2_SUCCESS = 26,
};

/* --- requests --- */

/* Begin an Access-Request, into an empty text. */
void radius_begin(
    struct text *request, uint8_t identifier, const uint8_t authenticator[RADIUS_AUTHENTICATOR]);

/* A value that is longer than an attribute can be goes into several, which is for EAP-Message. */
void radius_add(struct text *request, enum radius_attribute type, struct cursor value);
void radius_add_chars(struct text *request, enum radius_attribute type, const char *value);
void radius_add_number(struct text *request, enum radius_attribute type, uint32_t value);
void radius_add_microsoft(struct text *request, enum radius_microsoft type, struct cursor value);

/* User-Password, which is hidden (section 5.2). */
void radius_add_password(struct text *request, const char *secret, struct cursor password);

/* Append Message-Authenticator, and set the length. */
void radius_finish(struct text *request, const char *secret);

/* --- answers --- */

struct radius_packet {
	enum radius_code code;
	struct cursor attributes;
};

/* False: what came is not an answer to REQUEST from somebody who knows the SECRET. EAP must have a
 * Message-Authenticator; where there is one, it must be right. */
bool radius_read(struct cursor bytes, const struct text *request, const char *secret,
    struct radius_packet *answer);

/* The value of the first such attribute; a failed cursor when there is none. */
struct cursor radius_find(const struct radius_packet *answer, enum radius_attribute type);
struct cursor radius_find_microsoft(const struct radius_packet *answer, enum radius_microsoft type);

/* Append the values of all of them. */
void radius_collect(
    const struct radius_packet *answer, enum radius_attribute type, struct text *values);

/* Append the key in the value of MS-MPPE-Send-Key or MS-MPPE-Recv-Key (RFC 2548 section 2.4).
 * False: there is none, or it is malformed. */
bool radius_add_key(
    struct text *keys, struct cursor value, const struct text *request, const char *secret);

#endif

#include <string.h>

#include "base/cursor.h"
#include "wire/sstp.h"

#define VERSION        0x10 /* 1.0 */
#define CONTROL_BIT    0x01
#define LENGTH_MASK    0x0FFF /* the nibble above is reserved, in packets as in attributes */
#define CONTROL_HEADER 8
#define ATTRIBUTE_HEAD 4
#define STATUS_MIN     8   /* of a Status Info's value: reserved, attribute, status */
#define BARE_STATUS    4   /* what is there of it when a server sends the status alone */
#define BINDING        104 /* a Crypto Binding, its head included */
#define BINDING_MIN    36  /* of a Crypto Binding Request's value: reserved, hashes, nonce */

static void
read_status_info(struct cursor value, struct sstp_packet *packet)
{
	if (packet->has_status) /* a Nak may complain of several attributes; the first counts */
		return;
	packet->has_status = true;
	if (value.left >= STATUS_MIN) {
		cursor_bytes(&value, 3);
		packet->status_attribute = cursor_u8(&value);
		packet->status = cursor_u32(&value);
	} else if (value.left == BARE_STATUS) {
		packet->status = cursor_u32(&value);
	} else {
		packet->malformed = true;
	}
}

static void
read_binding_request(struct cursor value, struct sstp_packet *packet)
{
	if (packet->has_binding_request)
		return;
	if (value.left < BINDING_MIN) {
		packet->malformed = true;
		return;
	}
	packet->has_binding_request = true;
	cursor_bytes(&value, 3);
	packet->hash_bits = cursor_u8(&value) & (SSTP_SHA1 | SSTP_SHA256);
	memcpy(packet->nonce, cursor_bytes(&value, SSTP_NONCE), SSTP_NONCE);
}

/* False when the attribute does not fit, after which there is no telling where the next begins. */
static bool
read_attribute(struct cursor *cursor, struct sstp_packet *packet)
{
	cursor_u8(cursor);
	uint8_t kind = cursor_u8(cursor);
	size_t length = cursor_u16(cursor) & LENGTH_MASK;
	if (cursor->failed)
		return false;
	bool fits = length >= ATTRIBUTE_HEAD && length - ATTRIBUTE_HEAD <= cursor->left;
	struct cursor value = cursor_part(cursor, fits ? length - ATTRIBUTE_HEAD : 0);
	if (kind == SSTP_STATUS_INFO)
		read_status_info(value, packet);
	else if (kind == SSTP_CRYPTO_BINDING_REQUEST)
		read_binding_request(value, packet);
	return fits;
}

static void
read_control(struct cursor cursor, struct sstp_packet *packet)
{
	packet->type = cursor_u16(&cursor);
	packet->attributes = cursor_u16(&cursor);
	for (unsigned i = 0; i < packet->attributes; i++) {
		if (!read_attribute(&cursor, packet)) {
			packet->malformed = true;
			return;
		}
	}
}

static void
read_packet(const struct sstp_reader *reader, struct sstp_packet *packet)
{
	*packet = (struct sstp_packet){.control = reader->bytes[1] & CONTROL_BIT};
	const uint8_t *body = reader->bytes + SSTP_HEADER;
	size_t length = reader->length - SSTP_HEADER;
	if (packet->control) {
		read_control(cursor_over(body, length), packet);
	} else {
		packet->payload = body;
		packet->payload_length = length;
	}
}

/* How many bytes the packet in hand has, as far as it can be told: the version is looked at first
 * and alone, so that a stranger's first byte gives him away. 0 for no packet at all. */
static size_t
wanted(const struct sstp_reader *reader)
{
	const uint8_t *bytes = reader->bytes;
	if (reader->length == 0)
		return 1;
	if (bytes[0] != VERSION)
		return 0;
	if (reader->length < SSTP_HEADER)
		return SSTP_HEADER;
	size_t length = ((size_t)bytes[2] << 8 | bytes[3]) & LENGTH_MASK;
	size_t least = bytes[1] & CONTROL_BIT ? CONTROL_HEADER : SSTP_HEADER;
	return length >= least ? length : 0;
}

enum sstp_progress
sstp_feed(struct sstp_reader *reader, const void *bytes, size_t length, size_t *used,
    struct sstp_packet *packet)
{
	if (reader->complete)
		reader->length = 0;
	reader->complete = false;
	*used = 0;
	size_t whole = wanted(reader);
	while (whole > reader->length && *used < length) {
		size_t missing = whole - reader->length;
		size_t take = missing < length - *used ? missing : length - *used;
		memcpy(reader->bytes + reader->length, (const uint8_t *)bytes + *used, take);
		reader->length += take;
		*used += take;
		whole = wanted(reader);
	}
	if (whole == 0) {
		*used = length;
		return SSTP_BROKEN;
	}
	if (whole > reader->length)
		return SSTP_MORE;
	reader->complete = true;
	read_packet(reader, packet);
	return SSTP_PACKET;
}

void
sstp_add_connect_request(struct text *text)
{
	static const uint8_t request[] = {VERSION, CONTROL_BIT, 0, 14, 0, SSTP_CALL_CONNECT_REQUEST,
	    0, 1, 0, SSTP_ENCAPSULATED_PROTOCOL, 0, 6, 0, 1};
	text_add_bytes(text, request, sizeof request);
}

void
sstp_add_message(struct text *text, enum sstp_message type)
{
	const uint8_t message[] = {VERSION, CONTROL_BIT, 0, 8, 0, (uint8_t)type, 0, 0};
	text_add_bytes(text, message, sizeof message);
}

void
sstp_add_status(
    struct text *text, enum sstp_message type, enum sstp_attribute attribute, uint32_t status)
{
	const uint8_t message[] = {VERSION, CONTROL_BIT, 0, 20, 0, (uint8_t)type, 0, 1, 0,
	    SSTP_STATUS_INFO, 0, 12, 0, 0, 0, (uint8_t)attribute, (uint8_t)(status >> 24),
	    (uint8_t)(status >> 16), (uint8_t)(status >> 8), (uint8_t)status};
	text_add_bytes(text, message, sizeof message);
}

void
sstp_write_connected(uint8_t packet[SSTP_CONNECTED], enum sstp_hash hash,
    const uint8_t nonce[SSTP_NONCE], const uint8_t certificate_hash[SSTP_HASH_MAX])
{
	const uint8_t head[] = {VERSION, CONTROL_BIT, 0, SSTP_CONNECTED, 0, SSTP_CALL_CONNECTED, 0,
	    1, 0, SSTP_CRYPTO_BINDING, 0, BINDING, 0, 0, 0, (uint8_t)hash};
	memset(packet, 0, SSTP_CONNECTED);
	memcpy(packet, head, sizeof head);
	memcpy(packet + sizeof head, nonce, SSTP_NONCE);
	memcpy(packet + sizeof head + SSTP_NONCE, certificate_hash, SSTP_HASH_MAX);
}

void
sstp_add_data(struct text *text, const void *frame, size_t length)
{
	if (length > SSTP_PACKET_MAX - SSTP_HEADER)
		return;
	size_t whole = SSTP_HEADER + length;
	const uint8_t header[] = {VERSION, 0, (uint8_t)(whole >> 8), (uint8_t)whole};
	text_add_bytes(text, header, sizeof header);
	text_add_bytes(text, frame, length);
}

uint8_t
sstp_choose_hash(uint8_t bits)
{
	return bits & SSTP_SHA256 ? SSTP_SHA256 : bits & SSTP_SHA1;
}

const char *
sstp_message_name(uint16_t type)
{
	static const char *const names[] = {
	    [SSTP_CALL_CONNECT_REQUEST] = "Call Connect Request",
	    [SSTP_CALL_CONNECT_ACK] = "Call Connect Ack",
	    [SSTP_CALL_CONNECT_NAK] = "Call Connect Nak",
	    [SSTP_CALL_CONNECTED] = "Call Connected",
	    [SSTP_CALL_ABORT] = "Call Abort",
	    [SSTP_CALL_DISCONNECT] = "Call Disconnect",
	    [SSTP_CALL_DISCONNECT_ACK] = "Call Disconnect Ack",
	    [SSTP_ECHO_REQUEST] = "Echo Request",
	    [SSTP_ECHO_RESPONSE] = "Echo Response",
	};
	return type < sizeof names / sizeof names[0] ? names[type] : NULL;
}

const char *
sstp_status_name(uint32_t status)
{
	static const char *const names[] = {
	    "no error",
	    "duplicate attribute",
	    "unrecognized attribute",
	    "invalid attribute value length",
	    "value not supported",
	    "unaccepted frame received",
	    "retry count exceeded",
	    "invalid frame received",
	    "negotiation timeout",
	    "attribute not supported in message",
	    "required attribute missing",
	    "status info not supported in message",
	};
	return status < sizeof names / sizeof names[0] ? names[status] : NULL;
}

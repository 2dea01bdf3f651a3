#include <string.h>

#include "l2tp.h"
#include "octets.h"

enum {
	CONTROL = 0x8000,
	HAS_LENGTH = 0x4000,
	HAS_NUMBERS = 0x0800,
	HAS_OFFSET = 0x0200,
	VERSION_BITS = 0x000f,
	VERSION = 2,
	LENGTH_AT = 2,
	LENGTH_END = 4,
	NUMBERS_AT = 8,
	MANDATORY = 0x8000,
	HIDDEN = 0x4000,
	ATTRIBUTE_LENGTH_BITS = 0x03ff,
	ATTRIBUTE_HEADER = 6,
};

/* --- reading --- */

static struct cursor
failed(void)
{
	struct cursor cursor = cursor_over(NULL, 0);
	cursor.failed = true;
	return cursor;
}

struct cursor
l2tp_find(const struct l2tp_packet *packet, enum l2tp_attribute attribute)
{
	struct cursor list = packet->body;
	while (list.left > 0) {
		unsigned bits = cursor_u16(&list);
		size_t length = bits & ATTRIBUTE_LENGTH_BITS;
		if (length < ATTRIBUTE_HEADER)
			return failed();
		struct cursor value = cursor_part(&list, length - 2);
		unsigned vendor = cursor_u16(&value);
		unsigned type = cursor_u16(&value);
		if (value.failed || (vendor == 0 && type == attribute && (bits & HIDDEN) == 0))
			return value;
	}
	return failed();
}

/* The length comes next, and counts from the beginning of the packet on. */
static bool
limit(struct cursor *bytes)
{
	size_t length = cursor_u16(bytes);
	if (length < LENGTH_END || length - LENGTH_END > bytes->left)
		return false;
	*bytes = cursor_over(bytes->at, length - LENGTH_END);
	return true;
}

bool
l2tp_read(struct cursor bytes, struct l2tp_packet *packet)
{
	memset(packet, 0, sizeof *packet);
	unsigned bits = cursor_u16(&bytes);
	packet->control = (bits & CONTROL) != 0;
	if ((bits & VERSION_BITS) != VERSION || ((bits & HAS_LENGTH) != 0 && !limit(&bytes)))
		return false;
	packet->tunnel = cursor_u16(&bytes);
	packet->session = cursor_u16(&bytes);
	if ((bits & HAS_NUMBERS) != 0) {
		packet->sent = cursor_u16(&bytes);
		packet->received = cursor_u16(&bytes);
	}
	if ((bits & HAS_OFFSET) != 0)
		cursor_part(&bytes, cursor_u16(&bytes));
	packet->body = bytes;
	if (packet->control && bytes.left > 0) {
		struct cursor type = l2tp_find(packet, L2TP_MESSAGE_TYPE);
		packet->type = (enum l2tp_type)cursor_u16(&type);
		return !type.failed;
	}
	return !bytes.failed;
}

/* --- writing --- */

static void
add_attribute(struct text *message, enum l2tp_attribute attribute, const void *value, size_t length)
{
	octets_add_u16(message, (unsigned)(MANDATORY | (ATTRIBUTE_HEADER + length)));
	octets_add_u16(message, 0);
	octets_add_u16(message, attribute);
	text_add_bytes(message, value, length);
}

void
l2tp_add_u16(struct text *message, enum l2tp_attribute attribute, uint16_t value)
{
	const uint8_t bytes[] = {(uint8_t)(value >> 8), (uint8_t)value};
	add_attribute(message, attribute, bytes, sizeof bytes);
}

void
l2tp_add_u32(struct text *message, enum l2tp_attribute attribute, uint32_t value)
{
	const uint8_t bytes[] = {
	    (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
	add_attribute(message, attribute, bytes, sizeof bytes);
}

void
l2tp_add_chars(struct text *message, enum l2tp_attribute attribute, const char *value)
{
	add_attribute(message, attribute, value, strlen(value));
}

void
l2tp_begin(struct text *message, enum l2tp_type type, uint16_t tunnel, uint16_t session)
{
	text_cut(message, 0);
	octets_add_u16(message, CONTROL | HAS_LENGTH | HAS_NUMBERS | VERSION);
	octets_add_u16(message, 0);
	octets_add_u16(message, tunnel);
	octets_add_u16(message, session);
	octets_add_u32(message, 0);
	if (type != L2TP_NOTHING)
		l2tp_add_u16(message, L2TP_MESSAGE_TYPE, (uint16_t)type);
}

void
l2tp_stamp(struct text *message, uint16_t sent, uint16_t received)
{
	octets_set_u16(message, LENGTH_AT, (unsigned)message->length);
	octets_set_u16(message, NUMBERS_AT, sent);
	octets_set_u16(message, NUMBERS_AT + 2, received);
}

void
l2tp_begin_data(struct text *data, uint16_t tunnel, uint16_t session)
{
	text_cut(data, 0);
	octets_add_u16(data, VERSION);
	octets_add_u16(data, tunnel);
	octets_add_u16(data, session);
}

#include "message.h"
#include "octets.h"

enum { ATTRIBUTE_HEADER = 4, STATUS_INFO_LENGTH = 12, NIBBLE = 0xf000 };

void
message_send_bare(struct packets *packets, enum message type)
{
	struct text message = TEXT_EMPTY;
	octets_add_u16(&message, type);
	octets_add_u16(&message, 0);
	packets_send(packets, true, &message);
	text_free(&message);
}

void
message_send(struct packets *packets, enum message type, enum message_attribute attribute,
    const struct text *value)
{
	struct text message = TEXT_EMPTY;
	unsigned length = (unsigned)(ATTRIBUTE_HEADER + value->length);
	octets_add_u16(&message, type);
	octets_add_u16(&message, 1);
	octets_add_u16(&message, attribute);
	octets_add_u16(&message, packets->line->member->nibble ? length | NIBBLE : length);
	text_add_bytes(&message, value->bytes, value->length);
	packets_send(packets, true, &message);
	text_free(&message);
}

void
message_send_status(struct packets *packets, enum message type, enum message_attribute attribute,
    unsigned long status)
{
	struct text info = TEXT_EMPTY;
	octets_add_u32(&info, attribute);
	octets_add_u32(&info, (uint32_t)status);
	message_send(packets, type, ATTRIBUTE_STATUS, &info);
	text_free(&info);
}

unsigned
message_type(const struct packets *packets)
{
	struct cursor payload = packets_payload(packets);
	return cursor_u16(&payload);
}

bool
message_is(const struct packets *packets, enum message type)
{
	return packets->control && message_type(packets) == type;
}

bool
message_read_status(const struct packets *packets, struct message_status *status)
{
	struct cursor message = packets_payload(packets);
	cursor_u16(&message);
	unsigned attributes = cursor_u16(&message);
	*status = (struct message_status){.given = attributes == 1};
	if (!status->given)
		return attributes == 0 && message.left == 0;
	unsigned id = cursor_u16(&message);
	unsigned length = cursor_u16(&message);
	status->attribute = cursor_u32(&message);
	status->status = cursor_u32(&message);
	return id == ATTRIBUTE_STATUS && length == STATUS_INFO_LENGTH &&
	       status->attribute <= UINT8_MAX && !message.failed && message.left == 0;
}

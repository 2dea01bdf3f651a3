#include "wire/eap.h"

#include <string.h>

#define MSCHAPV2_HEAD 4 /* code, identifier, length */
#define MANDATORY     0x8000
#define TLV_TYPE      0x3FFF

bool
eap_read(const void *bytes, size_t length, struct eap_packet *packet)
{
	struct cursor cursor = cursor_over(bytes, length);
	size_t whole;

	memset(packet, 0, sizeof *packet);
	packet->code = cursor_u8(&cursor);
	packet->identifier = cursor_u8(&cursor);
	whole = cursor_u16(&cursor);
	if (cursor.failed || whole < EAP_HEAD || whole > length)
		return false;
	cursor = cursor_part(&cursor, whole - EAP_HEAD);
	if (packet->code == EAP_REQUEST || packet->code == EAP_RESPONSE)
		packet->type = cursor_u8(&cursor);
	packet->data = cursor.at;
	packet->length = cursor.left;
	return !cursor.failed;
}

size_t
eap_begin(struct text *text, enum eap_code code, uint8_t identifier, enum eap_type type)
{
	const uint8_t head[] = {(uint8_t)code, identifier, 0, 0, (uint8_t)type};
	size_t begun = text->length;

	text_add_bytes(text, head, type == EAP_NO_TYPE ? EAP_HEAD : sizeof head);
	return begun;
}

void
eap_end(struct text *text, size_t begun)
{
	size_t length = text->length - begun;

	if (text_failed(text)) /* the head may be missing */
		return;
	if (length > UINT16_MAX) {
		text_cut(text, begun);
		return;
	}
	text->bytes[begun + 2] = (char)(length >> 8);
	text->bytes[begun + 3] = (char)length;
}

const char *
eap_type_name(uint8_t type)
{
	switch (type) {
	case EAP_IDENTITY:
		return "identity";
	case EAP_NOTIFICATION:
		return "notification";
	case EAP_MD5_CHALLENGE:
		return "MD5-Challenge";
	case EAP_TLS:
		return "EAP-TLS";
	case EAP_PEAP:
		return "PEAP";
	case EAP_MSCHAPV2:
		return "EAP-MSCHAPv2";
	default:
		return NULL;
	}
}

/* The answers to Success and Failure are their code alone; servers' packets have a whole head. */
bool
eap_read_mschapv2(const struct eap_packet *packet, struct eap_mschapv2 *mschapv2)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	size_t length;

	memset(mschapv2, 0, sizeof *mschapv2);
	mschapv2->code = cursor_u8(&cursor);
	if (cursor.failed || cursor.left == 0)
		return !cursor.failed;
	mschapv2->identifier = cursor_u8(&cursor);
	length = cursor_u16(&cursor);
	if (cursor.failed || length < MSCHAPV2_HEAD || length > packet->length)
		return false;
	mschapv2->body = cursor.at;
	mschapv2->length = length - MSCHAPV2_HEAD;
	return true;
}

void
eap_add_mschapv2(struct text *text, enum eap_mschapv2_code code, uint8_t identifier,
    const void *body, size_t length)
{
	size_t whole = MSCHAPV2_HEAD + length;
	const uint8_t head[MSCHAPV2_HEAD] = {
	    (uint8_t)code, identifier, (uint8_t)(whole >> 8), (uint8_t)whole};

	if (whole > UINT16_MAX)
		return;
	text_add_bytes(text, head, sizeof head);
	text_add_bytes(text, body, length);
}

bool
eap_next_tlv(struct cursor *cursor, struct eap_tlv *tlv)
{
	uint16_t type;

	if (cursor->failed || cursor->left == 0)
		return false;
	type = cursor_u16(cursor);
	tlv->mandatory = (type & MANDATORY) != 0;
	tlv->type = type & TLV_TYPE;
	tlv->length = cursor_u16(cursor);
	tlv->value = cursor_bytes(cursor, tlv->length);
	return !cursor->failed;
}

void
eap_add_tlv(
    struct text *text, bool mandatory, enum eap_tlv_type type, const void *value, size_t length)
{
	uint16_t word = (uint16_t)((mandatory ? MANDATORY : 0) | type);
	const uint8_t head[] = {
	    (uint8_t)(word >> 8), (uint8_t)word, (uint8_t)(length >> 8), (uint8_t)length};

	if (length > UINT16_MAX)
		return;
	text_add_bytes(text, head, sizeof head);
	text_add_bytes(text, value, length);
}

#include <string.h>

#include "wire/ppp.h"

#define ADDRESS     0xFF
#define CONTROL     0x03
#define FRAME_HEAD  4 /* address, control, protocol */
#define PACKET_HEAD 4 /* code, identifier, length */
#define OPTION_HEAD 2 /* type, length */
#define OPTION_MAX  (UINT8_MAX - OPTION_HEAD)

#define ADDRESS_SIZE 4 /* of an address of IPv4 */

#define RAS_ERROR 12 /* magic number, signature, error */

static const struct {
	const char *name;
	const char *word;
	uint8_t value[3]; /* of the authentication option */
	size_t length;
} methods[PPP_METHODS] = {
    [PPP_METHOD_PAP] = {"PAP", "pap", {0xC0, 0x23}, 2},
    [PPP_METHOD_CHAP_MD5] = {"CHAP-MD5", "chap-md5", {0xC2, 0x23, 0x05}, 3},
    [PPP_METHOD_MSCHAP_V1] = {"MS-CHAP v1", "mschap", {0xC2, 0x23, 0x80}, 3},
    [PPP_METHOD_MSCHAP_V2] = {"MS-CHAPv2", "mschapv2", {0xC2, 0x23, 0x81}, 3},
    [PPP_METHOD_EAP] = {"EAP", "eap", {0xC2, 0x27}, 2},
};

bool
ppp_read_frame(const void *bytes, size_t length, struct ppp_frame *frame)
{
	struct cursor cursor = cursor_over(bytes, length);
	if (length >= 2 && cursor.at[0] == ADDRESS && cursor.at[1] == CONTROL)
		cursor_bytes(&cursor, 2);
	/* The last byte of a protocol number is odd, and only that. */
	uint16_t protocol = cursor_u8(&cursor);
	if ((protocol & 1) == 0)
		protocol = (uint16_t)(protocol << 8 | cursor_u8(&cursor));
	*frame = (struct ppp_frame){protocol, cursor.at, cursor.left};
	return !cursor.failed;
}

bool
ppp_read_packet(const struct ppp_frame *frame, struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(frame->body, frame->length);
	*packet = (struct ppp_packet){0};
	packet->code = cursor_u8(&cursor);
	packet->identifier = cursor_u8(&cursor);
	size_t length = cursor_u16(&cursor);
	if (cursor.failed || length < PACKET_HEAD || length > frame->length)
		return false;
	packet->length = length - PACKET_HEAD;
	packet->data = cursor_bytes(&cursor, packet->length);
	packet->padding = cursor.at;
	packet->padding_length = cursor.left;
	return true;
}

bool
ppp_read_ras_error(const struct ppp_packet *packet, uint32_t *error)
{
	static const uint8_t signature[] = {0x00, 0x3C, 0xCD, 0x74};
	struct cursor cursor = cursor_over(packet->data, packet->length);

	if (packet->length != RAS_ERROR)
		return false;
	cursor_u32(&cursor); /* the magic number */
	if (memcmp(cursor_bytes(&cursor, sizeof signature), signature, sizeof signature) != 0)
		return false;
	*error = cursor_u32(&cursor);
	return true;
}

bool
ppp_next_option(struct cursor *cursor, struct ppp_option *option)
{
	if (cursor->failed || cursor->left == 0)
		return false;
	option->type = cursor_u8(cursor);
	size_t length = cursor_u8(cursor);
	if (length < OPTION_HEAD) {
		cursor->failed = true;
		return false;
	}
	option->length = length - OPTION_HEAD;
	option->value = cursor_bytes(cursor, option->length);
	return !cursor->failed;
}

enum ppp_method
ppp_option_method(const struct ppp_option *option)
{
	for (size_t i = 0; i < PPP_METHODS; i++)
		if (option->length == methods[i].length &&
		    memcmp(option->value, methods[i].value, option->length) == 0)
			return (enum ppp_method)i;
	return PPP_METHOD_OTHER;
}

bool
ppp_option_address(const struct ppp_option *option, uint32_t *address)
{
	if (option->length != ADDRESS_SIZE)
		return false;
	struct cursor cursor = cursor_over(option->value, option->length);
	*address = cursor_u32(&cursor);
	return true;
}

const char *
ppp_method_name(enum ppp_method method)
{
	return method < PPP_METHODS ? methods[method].name : "unknown";
}

const char *
ppp_protocol_name(uint16_t protocol)
{
	switch (protocol) {
	case PPP_IPV4:
		return "IPv4";
	case PPP_IPV6:
		return "IPv6";
	case PPP_IPCP:
		return "IPCP";
	case PPP_IPV6CP:
		return "IPV6CP";
	case PPP_CCP:
		return "CCP";
	case PPP_LCP:
		return "LCP";
	case PPP_PAP:
		return "PAP";
	case PPP_CBCP:
		return "CBCP";
	case PPP_CHAP:
		return "CHAP";
	case PPP_EAP:
		return "EAP";
	default:
		return NULL;
	}
}

const char *
ppp_code_name(uint16_t protocol, uint8_t code)
{
	enum { CODES = PPP_TIME_REMAINING + 1 };
	static const char *const control[CODES] = {
	    [PPP_CONFIGURE_REQUEST] = "Configure-Request",
	    [PPP_CONFIGURE_ACK] = "Configure-Ack",
	    [PPP_CONFIGURE_NAK] = "Configure-Nak",
	    [PPP_CONFIGURE_REJECT] = "Configure-Reject",
	    [PPP_TERMINATE_REQUEST] = "Terminate-Request",
	    [PPP_TERMINATE_ACK] = "Terminate-Ack",
	    [PPP_CODE_REJECT] = "Code-Reject",
	    [PPP_PROTOCOL_REJECT] = "Protocol-Reject",
	    [PPP_ECHO_REQUEST] = "Echo-Request",
	    [PPP_ECHO_REPLY] = "Echo-Reply",
	    [PPP_DISCARD_REQUEST] = "Discard-Request",
	    [PPP_IDENTIFICATION] = "Identification",
	    [PPP_TIME_REMAINING] = "Time-Remaining",
	};
	static const char *const pap[CODES] = {
	    [1] = "Authenticate-Request", [2] = "Authenticate-Ack", [3] = "Authenticate-Nak"};
	static const char *const chap[CODES] = {
	    [1] = "Challenge", [2] = "Response", [3] = "Success", [4] = "Failure"};
	static const char *const eap[CODES] = {
	    [1] = "Request", [2] = "Response", [3] = "Success", [4] = "Failure"};

	if (code >= CODES)
		return NULL;
	switch (protocol) {
	case PPP_PAP:
		return pap[code];
	case PPP_CHAP:
		return chap[code];
	case PPP_EAP:
		return eap[code];
	default:
		return control[code];
	}
}

bool
ppp_read_method(const char *chars, size_t length, enum ppp_method *method)
{
	for (size_t i = 0; i < PPP_METHODS; i++) {
		const char *word = methods[i].word;
		if (strlen(word) == length && memcmp(chars, word, length) == 0) {
			*method = (enum ppp_method)i;
			return true;
		}
	}
	return false;
}

void
ppp_add_head(struct text *text, uint16_t protocol)
{
	const uint8_t head[FRAME_HEAD] = {
	    ADDRESS, CONTROL, (uint8_t)(protocol >> 8), (uint8_t)protocol};
	text_add_bytes(text, head, sizeof head);
}

size_t
ppp_begin_packet(struct text *text, uint16_t protocol, enum ppp_code code, uint8_t identifier)
{
	size_t begun = text->length;
	const uint8_t head[PACKET_HEAD] = {(uint8_t)code, identifier};
	ppp_add_head(text, protocol);
	text_add_bytes(text, head, sizeof head);
	return begun;
}

void
ppp_end_packet(struct text *text, size_t begun)
{
	if (text_failed(text)) /* the head may be missing */
		return;
	size_t packet = begun + FRAME_HEAD;
	size_t length = text->length - packet;
	if (length > UINT16_MAX) {
		text_cut(text, begun);
		return;
	}
	const uint8_t bytes[] = {(uint8_t)(length >> 8), (uint8_t)length};
	memcpy(text->bytes + packet + 2, bytes, sizeof bytes);
}

void
ppp_add_option(struct text *text, uint8_t type, const void *value, size_t length)
{
	if (length > OPTION_MAX)
		return;
	const uint8_t head[OPTION_HEAD] = {type, (uint8_t)(OPTION_HEAD + length)};
	text_add_bytes(text, head, sizeof head);
	text_add_bytes(text, value, length);
}

void
ppp_add_address(struct text *text, uint8_t type, uint32_t address)
{
	const uint8_t value[ADDRESS_SIZE] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16),
	    (uint8_t)(address >> 8), (uint8_t)address};
	ppp_add_option(text, type, value, sizeof value);
}

void
ppp_add_method(struct text *text, enum ppp_method method)
{
	if (method < PPP_METHODS)
		ppp_add_option(
		    text, PPP_AUTHENTICATION, methods[method].value, methods[method].length);
}

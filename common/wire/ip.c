#include <stdio.h>

#include "base/cursor.h"
#include "wire/ip.h"

#define HEADER       20 /* without options */
#define WORD         4  /* bytes that the header's length is counted in */
#define TIME_TO_LIVE 64
#define MORE         0x2000 /* fragments follow */
#define OFFSET       0x1FFF /* where this one belongs */

#define ECHO_HEADER  8
#define ECHO_REPLY   0
#define ECHO_REQUEST 8

/* The sum of RFC 1071, not yet folded; SUM is that of what comes before, of even length. */
static uint64_t
add_words(uint64_t sum, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i + 1 < length; i += 2)
		sum += (uint64_t)bytes[i] << 8 | bytes[i + 1];
	if (length % 2 == 1)
		sum += (uint64_t)bytes[length - 1] << 8;
	return sum;
}

static uint16_t
fold(uint64_t sum)
{
	while (sum > UINT16_MAX)
		sum = (sum & UINT16_MAX) + (sum >> 16);
	return (uint16_t)~sum;
}

uint16_t
ip_checksum(const void *bytes, size_t length)
{
	return fold(add_words(0, bytes, length));
}

bool
ip_read(const void *bytes, size_t length, struct ip_packet *packet)
{
	struct cursor cursor = cursor_over(bytes, length);
	*packet = (struct ip_packet){0};
	uint8_t version = cursor_u8(&cursor);
	size_t header = (size_t)(version & 0xF) * WORD;
	cursor_u8(&cursor); /* type of service */
	size_t total = cursor_u16(&cursor);
	cursor_u16(&cursor); /* identification */
	packet->fragment = (cursor_u16(&cursor) & (MORE | OFFSET)) != 0;
	cursor_u8(&cursor); /* time to live */
	packet->protocol = cursor_u8(&cursor);
	cursor_u16(&cursor); /* checksum */
	packet->source = cursor_u32(&cursor);
	packet->destination = cursor_u32(&cursor);
	if (cursor.failed || version >> 4 != 4 || header < HEADER || total < header ||
	    total > length || ip_checksum(bytes, header) != 0)
		return false;
	packet->payload = (const uint8_t *)bytes + header;
	packet->length = total - header;
	return true;
}

bool
ip_read_echo(const struct ip_packet *packet, struct ip_echo *echo)
{
	struct cursor cursor = cursor_over(packet->payload, packet->length);
	*echo = (struct ip_echo){0};
	uint8_t type = cursor_u8(&cursor);
	uint8_t code = cursor_u8(&cursor);
	cursor_u16(&cursor); /* checksum */
	echo->identifier = cursor_u16(&cursor);
	echo->sequence = cursor_u16(&cursor);
	echo->reply = type == ECHO_REPLY;
	echo->data = cursor.at;
	echo->length = cursor.left;
	return !cursor.failed && packet->protocol == IP_ICMP && !packet->fragment && code == 0 &&
	       (type == ECHO_REPLY || type == ECHO_REQUEST) &&
	       ip_checksum(packet->payload, packet->length) == 0;
}

static void
put16(uint8_t *bytes, size_t value)
{
	bytes[0] = (uint8_t)(value >> 8);
	bytes[1] = (uint8_t)value;
}

static void
put32(uint8_t *bytes, uint32_t value)
{
	put16(bytes, value >> 16);
	put16(bytes + 2, value & UINT16_MAX);
}

static void
add_header(struct text *text, uint32_t source, uint32_t destination, size_t total)
{
	uint8_t header[HEADER] = {[0] = 4 << 4 | HEADER / WORD, [8] = TIME_TO_LIVE, [9] = IP_ICMP};
	put16(header + 2, total);
	put32(header + 12, source);
	put32(header + 16, destination);
	put16(header + 10, ip_checksum(header, sizeof header));
	text_add_bytes(text, header, sizeof header);
}

void
ip_add_echo(struct text *text, uint32_t source, uint32_t destination, const struct ip_echo *echo)
{
	uint8_t head[ECHO_HEADER] = {[0] = echo->reply ? ECHO_REPLY : ECHO_REQUEST};
	if (echo->length > UINT16_MAX - HEADER - ECHO_HEADER)
		return;
	put16(head + 4, echo->identifier);
	put16(head + 6, echo->sequence);
	put16(head + 2, fold(add_words(add_words(0, head, sizeof head), echo->data, echo->length)));
	add_header(text, source, destination, HEADER + sizeof head + echo->length);
	text_add_bytes(text, head, sizeof head);
	text_add_bytes(text, echo->data, echo->length);
}

const char *
ip_address(uint32_t address, char chars[IP_ADDRESS_MAX])
{
	snprintf(chars, IP_ADDRESS_MAX, "%u.%u.%u.%u", address >> 24, address >> 16 & 0xFF,
	    address >> 8 & 0xFF, address & 0xFF);
	return chars;
}

#include <string.h>

#include "base/deadline.h"
#include "breach.h"
#include "octets.h"
#include "packet.h"

enum { VERSION = 0x10, MESSAGE_MIN = 8, RESERVED = 0xfef000 };

void
packets_begin(struct packets *packets, struct line *line)
{
	memset(packets, 0, sizeof *packets);
	packets->line = line;
}

void
packets_free(struct packets *packets)
{
	text_free(&packets->unsent);
}

/* The first four bytes are there: from now on it is known how many there will be. */
static bool
read_header(struct packets *packets)
{
	const uint8_t *header = packets->bytes;
	packets->control = header[1] == 1;
	packets->size = (size_t)((header[2] & 0x0f) << 8 | header[3]);
	if (header[0] != VERSION)
		return breach(packets->line, "SSTP version %02X", header[0]);
	if (header[1] > 1 || (header[2] & 0xf0) != 0)
		return breach(packets->line, "reserved bits of an SSTP header are set");
	if (packets->size < (size_t)(packets->control ? MESSAGE_MIN : PACKET_HEADER))
		return breach(packets->line, "SSTP length %zu", packets->size);
	return true;
}

/* How much of what is unsent may be sent. */
static size_t
measure(struct packets *packets)
{
	long limit = packets->line->member->sstp_cut;
	size_t length = packets->unsent.length;
	if (limit == MEMBER_NOT_GIVEN || packets->sent + length < (size_t)limit)
		return length;
	packets->cut = true;
	return (size_t)limit - packets->sent;
}

void
packets_flush(struct packets *packets)
{
	struct line *line = packets->line;
	const char *bytes = text_chars(&packets->unsent);
	size_t length = measure(packets);
	if (line->member->sstp_split == SPLIT_BYTES)
		line_drip(line, bytes, length, 0, line_write);
	else if (line->member->sstp_split == SPLIT_DRIPS)
		line_drip(line, bytes, length, line->member->drip, line_write);
	else
		line_write(line, bytes, length);
	packets->sent += length;
	text_cut(&packets->unsent, 0);
	if (packets->cut)
		line_finish(line);
}

enum arrival
packets_read(struct packets *packets, int64_t deadline)
{
	if (packets->length == packets->size) {
		packets->size = PACKET_HEADER;
		packets->length = 0;
	}
	if (packets->line->breached)
		return ARRIVAL_OVER;
	packets_flush(packets);
	if (packets->cut)
		return ARRIVAL_OVER;
	packets->line->patience = deadline;
	while (packets->length < packets->size) {
		if (!line_read(packets->line, (char *)&packets->bytes[packets->length])) {
			if (packets->line->late)
				return ARRIVAL_LATE;
			packets->ended = true;
			if (packets->length > 0)
				breach(packets->line, "the connection ends within a packet");
			return ARRIVAL_OVER;
		}
		packets->length++;
		if (packets->length == PACKET_HEADER && !read_header(packets))
			return ARRIVAL_OVER;
	}
	return ARRIVAL_HERE;
}

struct cursor
packets_payload(const struct packets *packets)
{
	return cursor_over(packets->bytes + PACKET_HEADER, packets->size - PACKET_HEADER);
}

void
packets_send(struct packets *packets, bool control, const struct text *payload)
{
	const struct member *member = packets->line->member;
	unsigned reserved = member->nibble ? RESERVED : 0;
	struct text *unsent = &packets->unsent;
	if (packets->line->end == LINE_SILENCE || packets->cut)
		return;
	octets_add_u8(unsent, VERSION);
	octets_add_u8(unsent, reserved >> 16 | control);
	octets_add_u16(unsent, (reserved | (unsigned)(PACKET_HEADER + payload->length)) & 0xffff);
	text_add_bytes(unsent, payload->bytes, payload->length);
	if (member->sstp_split != SPLIT_JOINS)
		packets_flush(packets);
}

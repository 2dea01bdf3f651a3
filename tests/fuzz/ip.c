/* A packet lies inside what came; an echo in it that is written again reads as before. Sums are set
 * right first, or hardly an input would get behind them. */
#include "wire/ip.h"
#include "fuzz/fuzz.h"

#define HEADER 20

/* Put the sum of LENGTH bytes where it belongs. */
static void
set_sum(uint8_t *bytes, size_t length, size_t at)
{
	if (length < at + 2)
		return;
	bytes[at] = bytes[at + 1] = 0;
	uint16_t sum = ip_checksum(bytes, length);
	bytes[at] = (uint8_t)(sum >> 8);
	bytes[at + 1] = (uint8_t)sum;
	FUZZ_CLAIM(ip_checksum(bytes, length) == 0);
}

static void
claim_again(const struct ip_packet *packet, const struct ip_echo *echo)
{
	struct text text = TEXT_EMPTY;
	struct ip_packet packet_again;
	struct ip_echo again;
	ip_add_echo(&text, packet->source, packet->destination, echo);
	FUZZ_CLAIM(text.length == HEADER + packet->length);
	FUZZ_CLAIM(ip_read(text.bytes, text.length, &packet_again));
	FUZZ_CLAIM(packet_again.source == packet->source);
	FUZZ_CLAIM(packet_again.destination == packet->destination);
	FUZZ_CLAIM(ip_read_echo(&packet_again, &again));
	FUZZ_CLAIM(again.reply == echo->reply && again.identifier == echo->identifier);
	FUZZ_CLAIM(again.sequence == echo->sequence && again.length == echo->length);
	FUZZ_CLAIM(echo->length == 0 || memcmp(again.data, echo->data, echo->length) == 0);
	text_free(&text);
}

static void
claim(const uint8_t *bytes, size_t length)
{
	struct ip_packet packet;
	struct ip_echo echo;
	if (!ip_read(bytes, length, &packet))
		return;
	FUZZ_CLAIM(packet.payload >= bytes + HEADER);
	FUZZ_CLAIM(packet.payload + packet.length <= bytes + length);
	if (!ip_read_echo(&packet, &echo))
		return;
	FUZZ_CLAIM(echo.data + echo.length == packet.payload + packet.length);
	claim_again(&packet, &echo);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	claim(bytes, length);
	uint8_t *copy = fuzz_copy(bytes, length);
	size_t header = length > 0 ? (size_t)(copy[0] & 0xF) * 4 : 0;
	if (header >= HEADER && header <= length) {
		struct ip_packet packet;
		set_sum(copy, header, 10);
		if (ip_read(copy, length, &packet))
			set_sum(copy + header, packet.length, 2);
		claim(copy, length);
	}
	free(copy);
	return 0;
}

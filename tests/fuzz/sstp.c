/* A stream gives the same packets in one piece and in pieces, each inside the reader; data that was
 * read is written again as it came. */
#include "wire/sstp.h"
#include "fuzz/fuzz.h"

/* What was read of a stream: numbers that change with all that is in the packets. */
struct account {
	unsigned packets;
	uint32_t sum;
	enum sstp_progress end;
};

static void
add_number(struct account *account, uint32_t number)
{
	account->sum = (account->sum ^ number) * 16777619;
}

static void
add_bytes(struct account *account, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		add_number(account, bytes[i]);
}

static void
add_packet(struct account *account, const struct sstp_packet *packet)
{
	account->packets++;
	add_number(account, packet->control);
	add_number(account, (uint32_t)packet->payload_length);
	add_bytes(account, packet->payload, packet->payload_length);
	add_number(account, packet->type);
	add_number(account, packet->attributes);
	add_number(account, packet->malformed);
	add_number(account, packet->has_status);
	add_number(account, packet->status_attribute);
	add_number(account, packet->status);
	add_number(account, packet->has_binding_request);
	add_number(account, packet->hash_bits);
	add_bytes(account, packet->nonce, sizeof packet->nonce);
}

static void
claim_data(const struct sstp_reader *reader, const struct sstp_packet *packet)
{
	struct text text = TEXT_EMPTY;
	FUZZ_CLAIM(packet->payload == reader->bytes + SSTP_HEADER);
	FUZZ_CLAIM(packet->payload_length + SSTP_HEADER == reader->length);
	sstp_add_data(&text, packet->payload, packet->payload_length);
	FUZZ_CLAIM(text.length == reader->length);
	uint8_t *bytes = (uint8_t *)text.bytes;
	for (size_t i = 0; i < text.length; i++)
		if (i != 1 && i != 2) /* the bytes with reserved bits */
			FUZZ_CLAIM(bytes[i] == reader->bytes[i]);
	FUZZ_CLAIM(bytes[1] == 0 && bytes[2] == (reader->bytes[2] & 0x0F));
	text_free(&text);
}

static void
claim_control(const struct sstp_packet *packet)
{
	static const uint8_t none[SSTP_NONCE];
	FUZZ_CLAIM(packet->payload == NULL && packet->payload_length == 0);
	FUZZ_CLAIM(packet->has_status || (packet->status == 0 && packet->status_attribute == 0));
	FUZZ_CLAIM(packet->hash_bits <= (SSTP_SHA1 | SSTP_SHA256));
	FUZZ_CLAIM(packet->has_binding_request ||
	           (packet->hash_bits == 0 && memcmp(packet->nonce, none, SSTP_NONCE) == 0));
	FUZZ_CLAIM(packet->malformed || packet->attributes <= SSTP_PACKET_MAX / 4);
}

/* Feed a piece to its end. */
static void
feed(struct sstp_reader *reader, const uint8_t *bytes, size_t length, struct account *account)
{
	struct sstp_packet packet;
	size_t at = 0, used;
	while ((account->end = sstp_feed(reader, bytes + at, length - at, &used, &packet)) ==
	       SSTP_PACKET) {
		FUZZ_CLAIM(used > 0 && used <= length - at);
		FUZZ_CLAIM(reader->length <= SSTP_PACKET_MAX);
		at += used;
		add_packet(account, &packet);
		if (packet.control)
			claim_control(&packet);
		else
			claim_data(reader, &packet);
	}
	FUZZ_CLAIM(used == length - at && reader->length <= SSTP_PACKET_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct sstp_reader reader = {0};
	struct account whole = {0}, parts = {0};
	feed(&reader, bytes, length, &whole);

	reader = (struct sstp_reader){0};
	uint32_t state = (uint32_t)length;
	for (size_t at = 0, size; at < length; at += size) {
		size = fuzz_piece(&state, length - at);
		uint8_t *piece = fuzz_copy(bytes + at, size);
		feed(&reader, piece, size, &parts);
		free(piece);
	}
	FUZZ_CLAIM(parts.packets == whole.packets && parts.sum == whole.sum);
	FUZZ_CLAIM(parts.end == whole.end);
	return 0;
}

/* A stream is cut into the same packets in one piece and byte by byte, and what a packet tells fits
 * into it. */
#include "wire/sstp.h"
#include "fuzz/fuzz.h"

static void
claim_sound(const struct sstp_packet *packet)
{
	if (!packet->control) {
		FUZZ_CLAIM(packet->payload_length <= SSTP_PACKET_MAX - SSTP_HEADER);
		return;
	}
	FUZZ_CLAIM(packet->has_status || (packet->status == 0 && packet->status_attribute == 0));
	FUZZ_CLAIM(packet->has_binding_request || packet->hash_bits == 0);
	FUZZ_CLAIM((packet->hash_bits & ~(SSTP_SHA1 | SSTP_SHA256)) == 0);
}

static void
claim_same(const struct sstp_packet *one, const struct sstp_packet *other)
{
	FUZZ_CLAIM(one->control == other->control && one->type == other->type);
	FUZZ_CLAIM(one->malformed == other->malformed);
	FUZZ_CLAIM(one->has_status == other->has_status && one->status == other->status);
	FUZZ_CLAIM(one->hash_bits == other->hash_bits);
	FUZZ_CLAIM(memcmp(one->nonce, other->nonce, sizeof one->nonce) == 0);
	FUZZ_CLAIM(one->payload_length == other->payload_length);
	if (one->payload_length > 0)
		FUZZ_CLAIM(memcmp(one->payload, other->payload, one->payload_length) == 0);
}

/* The packet that ends with the last of the bytes, and comes with none before. */
static enum sstp_progress
feed_bytes(
    struct sstp_reader *reader, const uint8_t *bytes, size_t length, struct sstp_packet *packet)
{
	enum sstp_progress progress = SSTP_MORE;
	size_t used;

	for (size_t i = 0; i < length; i++) {
		FUZZ_CLAIM(progress == SSTP_MORE);
		progress = sstp_feed(reader, bytes + i, 1, &used, packet);
		FUZZ_CLAIM(used == 1);
	}
	return progress;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct sstp_reader whole, parts;
	struct sstp_packet packet, again;
	enum sstp_progress progress = SSTP_PACKET;
	size_t used;

	memset(&whole, 0, sizeof whole);
	memset(&parts, 0, sizeof parts);
	while (progress == SSTP_PACKET && length > 0) {
		progress = sstp_feed(&whole, bytes, length, &used, &packet);
		FUZZ_CLAIM(used > 0 && used <= length);
		/* All that is left is taken when it is no SSTP, not only what tells so. */
		if (progress == SSTP_BROKEN)
			return 0;
		FUZZ_CLAIM(feed_bytes(&parts, bytes, used, &again) == progress);
		if (progress == SSTP_PACKET) {
			claim_sound(&packet);
			claim_same(&packet, &again);
		}
		bytes += used;
		length -= used;
	}
	FUZZ_CLAIM(length == 0);
	return 0;
}

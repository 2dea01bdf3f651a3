/* What was read of a frame lies inside it, and writes back to the same. */
#include "wire/ppp.h"
#include "fuzz/fuzz.h"

static void
claim_inside(const uint8_t *part, size_t part_length, const uint8_t *whole, size_t length)
{
	FUZZ_CLAIM(part_length <= length);
	FUZZ_CLAIM(part_length == 0 || (part >= whole && part + part_length <= whole + length));
}

/* The options of a packet; those that were well formed make its data again. */
static void
claim_options(const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;
	struct text text = TEXT_EMPTY;

	while (ppp_next_option(&cursor, &option)) {
		enum ppp_method method = ppp_option_method(&option);

		claim_inside(option.value, option.length, packet->data, packet->length);
		FUZZ_CLAIM(method <= PPP_METHOD_OTHER && *ppp_method_name(method) != '\0');
		ppp_add_option(&text, option.type, option.value, option.length);
	}
	FUZZ_CLAIM(text.length <= packet->length);
	FUZZ_CLAIM(cursor.failed || text.length == packet->length);
	if (text.length > 0)
		FUZZ_CLAIM(memcmp(text.bytes, packet->data, text.length) == 0);
	text_free(&text);
}

static void
claim_written(const struct ppp_frame *frame, const struct ppp_packet *packet)
{
	struct text text = TEXT_EMPTY;
	struct ppp_frame again_frame;
	struct ppp_packet again;
	size_t begun = ppp_begin_packet(
	    &text, frame->protocol, (enum ppp_code)packet->code, packet->identifier);

	text_add_bytes(&text, packet->data, packet->length);
	ppp_end_packet(&text, begun);
	FUZZ_CLAIM(ppp_read_frame(text.bytes, text.length, &again_frame));
	FUZZ_CLAIM(again_frame.protocol == frame->protocol);
	FUZZ_CLAIM(ppp_read_packet(&again_frame, &again));
	FUZZ_CLAIM(again.code == packet->code && again.identifier == packet->identifier);
	FUZZ_CLAIM(again.length == packet->length && again.padding_length == 0);
	if (again.length > 0)
		FUZZ_CLAIM(memcmp(again.data, packet->data, again.length) == 0);
	text_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct ppp_frame frame;
	struct ppp_packet packet;

	if (!ppp_read_frame(bytes, length, &frame))
		return 0;
	claim_inside(frame.body, frame.length, bytes, length);
	if (!ppp_read_packet(&frame, &packet))
		return 0;
	claim_inside(packet.data, packet.length, frame.body, frame.length);
	claim_inside(packet.padding, packet.padding_length, frame.body, frame.length);
	FUZZ_CLAIM(4 + packet.length + packet.padding_length == frame.length);
	claim_options(&packet);
	claim_written(&frame, &packet);
	return 0;
}

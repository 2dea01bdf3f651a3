/* A frame is all there: head, packet and padding in a row, and options that fit. What was read is
 * written again as it came. */
#include "wire/ppp.h"
#include "fuzz/fuzz.h"

/* A method that was understood is asked for with the same bytes. */
static void
claim_method(const struct ppp_option *option)
{
	struct text text = TEXT_EMPTY;
	enum ppp_method method = ppp_option_method(option);
	FUZZ_CLAIM(method <= PPP_METHOD_OTHER && ppp_method_name(method) != NULL);
	ppp_add_method(&text, method);
	if (method == PPP_METHOD_OTHER)
		FUZZ_CLAIM(text.length == 0);
	else
		FUZZ_CLAIM(text.length == option->length + 2 &&
		           memcmp(text.bytes + 2, option->value, option->length) == 0);
	text_free(&text);
}

/* Write the packet's options again; those that fit come first, and nothing is left out. */
static void
claim_options(uint16_t protocol, const struct ppp_packet *packet)
{
	struct text text = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&text, protocol, PPP_CONFIGURE_ACK, packet->identifier);
	size_t head = text.length;
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;
	while (ppp_next_option(&cursor, &option)) {
		claim_method(&option);
		ppp_add_option(&text, option.type, option.value, option.length);
	}
	ppp_end_packet(&text, begun);
	size_t length = text.length - head;
	FUZZ_CLAIM(cursor.failed ? length < packet->length : length == packet->length);
	if (length > 0)
		FUZZ_CLAIM(memcmp(text.bytes + head, packet->data, length) == 0);

	struct ppp_frame frame;
	struct ppp_packet again;
	FUZZ_CLAIM(ppp_read_frame(text.bytes, text.length, &frame));
	FUZZ_CLAIM(frame.protocol == protocol);
	FUZZ_CLAIM(ppp_read_packet(&frame, &again) && again.identifier == packet->identifier);
	FUZZ_CLAIM(again.length == length && again.padding_length == 0);
	text_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct ppp_frame frame;
	struct ppp_packet packet;
	enum ppp_method method = PPP_METHOD_OTHER;
	uint32_t error;
	if (ppp_read_method((const char *)bytes, length, &method))
		FUZZ_CLAIM(method < PPP_METHODS);
	if (!ppp_read_frame(bytes, length, &frame))
		return 0;
	FUZZ_CLAIM(frame.body > bytes && frame.body + frame.length == bytes + length);
	if (!ppp_read_packet(&frame, &packet))
		return 0;
	FUZZ_CLAIM(packet.data == frame.body + 4);
	FUZZ_CLAIM(packet.padding == packet.data + packet.length);
	FUZZ_CLAIM(packet.padding + packet.padding_length == bytes + length);
	claim_options(frame.protocol, &packet);
	if (ppp_read_ras_error(&packet, &error))
		FUZZ_CLAIM(packet.length == 12);
	return 0;
}

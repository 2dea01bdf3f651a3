/* A packet of EAP is all there, and what its data holds fits; fragments join to no more than their
 * limit, and what is cut up is joined again. */
#include "wire/eap.h"

#include "fuzz/fuzz.h"
#include "wire/eaptls.h"

static void
claim_tlvs(const struct eap_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct text text = TEXT_EMPTY;
	struct eap_tlv tlv;

	while (eap_next_tlv(&cursor, &tlv))
		eap_add_tlv(&text, tlv.mandatory, tlv.type, tlv.value, tlv.length);
	FUZZ_CLAIM(cursor.failed ? text.length < packet->length : text.length == packet->length);
	text_free(&text);
}

static void
claim_mschapv2(const struct eap_packet *packet)
{
	struct eap_mschapv2 mschapv2, again;
	struct text text = TEXT_EMPTY;
	struct eap_packet written = {0};

	if (!eap_read_mschapv2(packet, &mschapv2))
		return;
	FUZZ_CLAIM(mschapv2.length == 0 ||
	           mschapv2.body + mschapv2.length <= packet->data + packet->length);
	eap_add_mschapv2(&text, mschapv2.code, mschapv2.identifier, mschapv2.body, mschapv2.length);
	written.data = (const uint8_t *)text.bytes;
	written.length = text.length;
	FUZZ_CLAIM(eap_read_mschapv2(&written, &again));
	FUZZ_CLAIM(again.code == mschapv2.code && again.length == mschapv2.length);
	text_free(&text);
}

/* The message that came is sent back, and must arrive. */
static void
claim_echo(const struct eaptls *received)
{
	struct eaptls sender = {.measured = received->in.length % 2 != 0,
	    .limit = received->in.length % 3 == 0 ? EAPTLS_INNER_MAX : 0};
	struct eaptls receiver = {0};
	enum eaptls_event event = EAPTLS_WHOLE;

	eaptls_put(&sender, received->in.bytes, received->in.length);
	while (eaptls_has_more(&sender)) {
		struct text text = TEXT_EMPTY;
		struct eap_packet packet = {0};

		eaptls_add(&sender, &text);
		packet.data = (const uint8_t *)text.bytes;
		packet.length = text.length;
		event = eaptls_receive(&receiver, &packet);
		FUZZ_CLAIM(event == (eaptls_has_more(&sender) ? EAPTLS_FRAGMENT : EAPTLS_WHOLE));
		text_free(&text);
	}
	FUZZ_CLAIM(event == EAPTLS_WHOLE && receiver.in.length == received->in.length);
	FUZZ_CLAIM(receiver.in.length == 0 ||
	           memcmp(receiver.in.bytes, received->in.bytes, receiver.in.length) == 0);
	eaptls_free(&sender);
	eaptls_free(&receiver);
}

/* Packets one behind the other, as long as their heads say. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct eaptls eaptls = {0};
	struct eap_packet packet;
	enum eaptls_event event = EAPTLS_START;

	while (event != EAPTLS_BROKEN && eap_read(bytes, length, &packet)) {
		size_t whole = (size_t)bytes[2] << 8 | bytes[3];

		FUZZ_CLAIM(packet.data >= bytes + EAP_HEAD);
		FUZZ_CLAIM(packet.data + packet.length == bytes + whole);
		claim_tlvs(&packet);
		claim_mschapv2(&packet);
		event = eaptls_receive(&eaptls, &packet);
		FUZZ_CLAIM(eaptls.in.length <= EAPTLS_MESSAGE_MAX);
		if (event == EAPTLS_WHOLE) {
			claim_echo(&eaptls);
			text_cut(&eaptls.in, 0);
		}
		bytes += whole;
		length -= whole;
	}
	eaptls_free(&eaptls);
	return 0;
}

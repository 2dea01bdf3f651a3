/* What is read of CHAP and PAP lies inside what came, in its order; a challenge that was read is
 * written again as it came, and a proof or a challenge is there letter by letter. */
#include "wire/chap.h"
#include "base/hex.h"
#include "fuzz/fuzz.h"
#include "wire/pap.h"

static void
claim_inside(const uint8_t *bytes, size_t length, const void *at, size_t size)
{
	const uint8_t *begin = at;
	FUZZ_CLAIM(
	    size == 0 || (begin >= bytes && size <= length && begin + size <= bytes + length));
}

/* DIGITS, in either case, are somewhere in BYTES. */
static void
claim_digits(const uint8_t *bytes, size_t length, const uint8_t *value, size_t size)
{
	for (size_t at = 0; at + 2 * size <= length; at++) {
		size_t same = 0;
		while (same < 2 * size &&
		       hex_digit((char)bytes[at + same]) ==
		           (same % 2 == 0 ? value[same / 2] >> 4 : value[same / 2] & 0xF))
			same++;
		if (same == 2 * size)
			return;
	}
	FUZZ_CLAIM(false);
}

static void
claim_value(const uint8_t *bytes, size_t length)
{
	struct chap_value value;
	struct text text = TEXT_EMPTY;
	if (!chap_read_value(bytes, length, &value))
		return;
	FUZZ_CLAIM(value.length > 0 && value.length <= CHAP_VALUE_MAX);
	FUZZ_CLAIM(1 + value.length + value.name.length == length);
	claim_inside(bytes, length, value.value, value.length);
	claim_inside(bytes, length, value.name.chars, value.name.length);
	char *name = fuzz_chars((const uint8_t *)value.name.chars, value.name.length);
	chap_add_value(&text, value.value, value.length, name);
	FUZZ_CLAIM(text.length == 1 + value.length + strlen(name));
	FUZZ_CLAIM(memcmp(text.bytes, bytes, text.length) == 0);
	text_free(&text);
	free(name);
}

static void
claim_texts(const uint8_t *bytes, size_t length)
{
	struct chap_success success;
	struct chap_failure failure;
	chap_read_success(bytes, length, &success);
	claim_inside(bytes, length, success.message.chars, success.message.length);
	if (success.has_proof)
		claim_digits(bytes, length, success.proof, sizeof success.proof);
	chap_read_failure(bytes, length, &failure);
	claim_inside(bytes, length, failure.message.chars, failure.message.length);
	if (failure.has_challenge)
		claim_digits(bytes, length, failure.challenge, sizeof failure.challenge);
	/* A text is one or the other, but for what neither knows. */
	FUZZ_CLAIM(!success.has_proof || !failure.has_error);
}

static void
claim_pap(const uint8_t *bytes, size_t length)
{
	struct ppp_frame frame;
	struct ppp_packet packet;
	size_t size;
	if (!ppp_read_frame(bytes, length, &frame) || !ppp_read_packet(&frame, &packet))
		return;
	const char *message = pap_message(&packet, &size);
	FUZZ_CLAIM(size <= PAP_MAX);
	claim_inside(bytes, length, message, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	claim_value(bytes, length);
	claim_texts(bytes, length);
	claim_pap(bytes, length);
	return 0;
}

/* A body reads the same in one piece and in pieces, and never grows over its cap. The first byte
 * chooses how the end is told, the second the cap. */
#include "wire/body.h"
#include "fuzz/fuzz.h"

static struct http_head
head_for(uint8_t choice)
{
	struct http_head head = {.status = 200};

	head.chunked = choice % 3 == 0;
	head.has_content_length = choice % 3 == 1;
	head.content_length = choice;
	head.coded = choice == 255;
	return head;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct body whole, parts;
	struct http_head head;
	uint32_t state = (uint32_t)length;
	size_t at = 0, max;

	if (length < 2)
		return 0;
	head = head_for(bytes[0]);
	max = bytes[1];
	bytes += 2;
	length -= 2;
	body_begin(&whole, &head, max);
	body_feed(&whole, bytes, length);
	body_begin(&parts, &head, max);
	while (at < length) {
		size_t piece = fuzz_piece(&state, length - at);
		uint8_t *exact = fuzz_copy(bytes + at, piece);

		body_feed(&parts, exact, piece);
		free(exact);
		at += piece;
	}
	body_close(&whole);
	body_close(&parts);
	FUZZ_CLAIM(whole.progress != BODY_MORE && whole.progress == parts.progress);
	FUZZ_CLAIM(whole.bytes.length <= max);
	/* What was too long may have been cut at another place. */
	if (whole.progress != BODY_TOO_LONG)
		FUZZ_CLAIM(whole.bytes.length == parts.bytes.length &&
		           strcmp(text_chars(&whole.bytes), text_chars(&parts.bytes)) == 0);
	body_free(&whole);
	body_free(&parts);
	return 0;
}

/* A range that was read is written so that it reads back as the same range. */
#include "base/range.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *chars = fuzz_chars(bytes, length);
	struct range range, back;
	if (range_read(chars, &range)) {
		struct text text = TEXT_EMPTY;
		FUZZ_CLAIM(range.set && range.low <= range.high);
		range_add(&text, &range);
		FUZZ_CLAIM(range_read(text_chars(&text), &back));
		FUZZ_CLAIM(back.inside == range.inside);
		FUZZ_CLAIM(back.low == range.low && back.high == range.high);
		FUZZ_CLAIM(range_alerts(&range, range.low) == range.inside);
		text_free(&text);
	}
	free(chars);
	return 0;
}

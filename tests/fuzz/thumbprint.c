/* A digest that was read reads the same without all that did not count, and is a digest of its kind
 * alone. */
#include "base/thumbprint.h"
#include "base/hex.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const uint8_t nothing[THUMBPRINT_SHA256];
	uint8_t *copy = fuzz_copy(bytes, length);
	struct thumbprint thumbprint, back;

	if (thumbprint_read((const char *)copy, length, &thumbprint)) {
		struct text text = TEXT_EMPTY;
		bool sha1 = thumbprint.length == THUMBPRINT_SHA1;

		FUZZ_CLAIM(sha1 || thumbprint.length == THUMBPRINT_SHA256);
		hex_add(&text, thumbprint.bytes, thumbprint.length);
		FUZZ_CLAIM(thumbprint_read(text_chars(&text), text.length, &back));
		FUZZ_CLAIM(back.length == thumbprint.length);
		FUZZ_CLAIM(memcmp(back.bytes, thumbprint.bytes, back.length) == 0);
		FUZZ_CLAIM(
		    thumbprint_is(&back, sha1 ? back.bytes : nothing, sha1 ? nothing : back.bytes));
		text_free(&text);
	}
	free(copy);
	return 0;
}

#include "config.h"

#include "garish.h"

#include <string.h>

#define PIECE(chars)                     \
	{                                \
		chars, sizeof(chars) - 1 \
	}

/* What has harmed somebody somewhere: terminals, shells, browsers, readers of perfdata and JSON. */
static const struct {
	const char *bytes;
	size_t length;
} pieces[] = {PIECE("|"), PIECE("| total=0s;;;0"), PIECE("<script>alert(1)</script>"), PIECE("'"),
    PIECE("\""), PIECE("\\"), PIECE("\\\""), PIECE("\\u0000"), PIECE("$(reboot)"), PIECE("`id`"),
    PIECE("%s%n"), PIECE("$USER1$"), PIECE("&amp;"), PIECE("~"), PIECE("\033[2J"),
    PIECE("\033]0;x\007"), PIECE("\n"), PIECE("\r\n"), PIECE("\t"), PIECE("\0"), PIECE("\x7F"),
    PIECE("\x9B"), PIECE("\xC2\x9B"), PIECE("\xC0\xAF"), PIECE("\xED\xA0\x80"),
    PIECE("\xF4\x90\x80\x80"), PIECE("\xE2\x82"), PIECE("\xE2\x80\xAE"), PIECE("\xE2\x80\x8B"),
    PIECE("\xEF\xBB\xBF"), PIECE("\xF3\xA0\x81\x81"), PIECE("\xC3\xA9"), PIECE("\xE4\xBD\xA0"),
    PIECE("\xF0\x9F\x94\xA5"), PIECE("SSTP OK - "), PIECE(" [tls.reset]"), PIECE("{\"a\":1}"),
    PIECE("} 1\n# HELP x"), PIECE("E=691 R=0"), PIECE("M="), PIECE(" "), PIECE("="), PIECE(";;"),
    PIECE("https://example.com/?a=1&b=2"), PIECE("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")};

size_t
garish_below(uint64_t *state, size_t limit)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(*state >> 33) % limit;
}

/* Pieces, and now and then any byte there is. */
static void
add(struct text *text, uint64_t *state, size_t length)
{
	size_t wanted = 1 + garish_below(state, length), begun = text->length;

	while (text->length - begun < wanted) {
		size_t number = garish_below(state, 2 * sizeof pieces / sizeof pieces[0]);

		if (number < sizeof pieces / sizeof pieces[0])
			text_add_bytes(text, pieces[number].bytes, pieces[number].length);
		else
			text_add_char(text, (char)garish_below(state, 256));
	}
	text_cut(text, begun + wanted);
}

void
garish_add_knob(struct text *text, uint64_t *state, size_t length)
{
	struct text bytes = TEXT_EMPTY;

	add(&bytes, state, length);
	for (size_t i = 0; i < bytes.length; i++)
		text_format(text, "%%%02X", (unsigned char)text_chars(&bytes)[i]);
	text_free(&bytes);
}

void
garish_add_word(struct text *text, uint64_t *state, size_t length)
{
	size_t begun = text->length;

	add(text, state, length);
	for (size_t i = begun; i < text->length; i++)
		if (text->bytes[i] == ' ' || text->bytes[i] == '\0')
			text->bytes[i] = '|';
}

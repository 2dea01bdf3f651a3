#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/utf8.h"

static const char ellipsis[] = "..";

static bool
is_harmless(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} harmful[] = {
	    {0x7F, 0x9F}, /* DEL and C1 */
	    {0xAD, 0xAD},
	    {0x061C, 0x061C},
	    {0x200B, 0x200F},
	    {0x2028, 0x202E},
	    {0x2060, 0x2069},
	    {0xFEFF, 0xFEFF},
	    {0xE0000, 0xE007F},
	};
	if (code < ' ' || code == '|' || code == '<' || code == '>')
		return false;
	if (code <= '~')
		return true;
	for (size_t i = 0; i < sizeof harmful / sizeof harmful[0]; i++)
		if (code >= harmful[i].first && code <= harmful[i].last)
			return false;
	return true;
}

void
sanitize_add(struct text *text, const void *bytes, size_t length, size_t cap)
{
	const char *at = bytes;
	size_t cut = text->length; /* where the ellipsis would go */
	size_t added = 0;
	for (size_t i = 0; i < length;) {
		uint32_t code;
		size_t size = utf8_read(at + i, length - i, &code);
		bool good = size > 0 && is_harmless(code);
		size_t grows = good ? size : 1;
		if (added + grows > cap) {
			text_cut(text, cut);
			text_add_bytes(
			    text, ellipsis, cap < strlen(ellipsis) ? cap : strlen(ellipsis));
			return;
		}
		if (good)
			text_add_bytes(text, at + i, size);
		else
			text_add_char(text, '?');
		added += grows;
		if (added + strlen(ellipsis) <= cap)
			cut = text->length;
		i += size > 0 ? size : 1;
	}
}

void
sanitize_first_line(char *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (chars[i] != '\0' && strchr("`~$&|'\"<>", chars[i]) != NULL)
			chars[i] = ' ';
}

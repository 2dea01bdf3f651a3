#include "verdict/template.h"

#include <string.h>

static const char *
value_of(const char *word, size_t length, const struct template_word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(words[i].word, word, length) == 0 && words[i].word[length] == '\0')
			return words[i].value;
	return "";
}

void
template_fill(
    struct text *text, const char *template, const struct template_word *words, size_t count)
{
	const char *open, *shut;

	while ((open = strchr(template, '{')) != NULL && (shut = strchr(open, '}')) != NULL) {
		text_add_bytes(text, template, (size_t)(open - template));
		text_add(text, value_of(open + 1, (size_t)(shut - open - 1), words, count));
		template = shut + 1;
	}
	text_add(text, template);
}

/* A section that was read is written so that it reads as the same lines, and nothing of it lies
 * outside the file. */
#include "base/text.h"
#include "cli/ini.h"
#include "fuzz/fuzz.h"

#define BLANKS " \t\r\v\f"

static void
claim_trimmed(const char *chars)
{
	size_t length = strlen(chars);

	FUZZ_CLAIM(strchr(chars, '\n') == NULL);
	if (length > 0)
		FUZZ_CLAIM(
		    strchr(BLANKS, chars[0]) == NULL && strchr(BLANKS, chars[length - 1]) == NULL);
}

static void
claim_same(const struct ini_line *one, const struct ini_line *other)
{
	FUZZ_CLAIM(strcmp(one->key, other->key) == 0);
	FUZZ_CLAIM((one->value == NULL) == (other->value == NULL));
	FUZZ_CLAIM(one->value == NULL || strcmp(one->value, other->value) == 0);
}

/* Write the lines as a file of their own. */
static void
add_lines(struct text *text, const struct ini *ini)
{
	text_add(text, "[check_sstp]\n");
	for (size_t i = 0; i < ini->count; i++) {
		text_add(text, ini->lines[i].key);
		if (ini->lines[i].value != NULL)
			text_format(text, "=%s", ini->lines[i].value);
		text_add_char(text, '\n');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *chars = fuzz_chars(bytes, length), *copy;
	struct ini ini, again;
	struct text text = TEXT_EMPTY;
	size_t number, before = 0;

	if (ini_read(chars, "check_sstp", &ini, &number) == INI_OK) {
		for (size_t i = 0; i < ini.count; i++) {
			const struct ini_line *line = &ini.lines[i];

			FUZZ_CLAIM(line->number > before && line->number <= number);
			before = line->number;
			FUZZ_CLAIM(line->key > chars && line->key < chars + length);
			FUZZ_CLAIM(*line->key != '\0' && strchr("[#;=", *line->key) == NULL);
			claim_trimmed(line->key);
			if (line->value != NULL)
				claim_trimmed(line->value);
		}
		add_lines(&text, &ini);
		copy = text_take(&text);
		FUZZ_CLAIM(ini_read(copy, "check_sstp", &again, &number) == INI_OK);
		FUZZ_CLAIM(again.count == ini.count);
		for (size_t i = 0; i < ini.count; i++)
			claim_same(&ini.lines[i], &again.lines[i]);
		ini_free(&again);
		free(copy);
	}
	ini_free(&ini);
	free(chars);
	return 0;
}

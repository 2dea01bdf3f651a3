#include "config.h"

#include "cli/hidden.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

bool
hidden_move(struct hidden *hidden, char *value)
{
	struct hidden_value *values =
	    realloc(hidden->values, (hidden->count + 1) * sizeof *hidden->values);
	char *chars = strdup(value);

	if (*value != '\0') {
		secret_wipe_chars(value);
		*value = 'x';
	}
	if (values != NULL)
		hidden->values = values;
	if (values == NULL || chars == NULL) {
		secret_wipe_chars(chars);
		free(chars);
		return false;
	}
	values[hidden->count].place = value;
	values[hidden->count].chars = chars;
	hidden->count++;
	return true;
}

const char *
hidden_find(const struct hidden *hidden, const char *place)
{
	for (size_t i = 0; i < hidden->count; i++)
		if (hidden->values[i].place == place)
			return hidden->values[i].chars;
	return place;
}

void
hidden_free(struct hidden *hidden)
{
	for (size_t i = 0; i < hidden->count; i++) {
		secret_wipe_chars(hidden->values[i].chars);
		free(hidden->values[i].chars);
	}
	free(hidden->values);
	*hidden = (struct hidden){0};
}

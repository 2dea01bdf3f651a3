#include "wrapper.h"

#include <stdlib.h>
#include <string.h>

#define TIMEOUT " -t "

static const char *
words(void)
{
	const char *given = getenv("SYSTEM_WRAPPER");

	return given == NULL ? "" : given;
}

bool
wrapper_given(void)
{
	return *words() != '\0';
}

double
wrapper_slowness(void)
{
	const char *given = getenv("SYSTEM_SLOWNESS");
	double slowness = given == NULL || !wrapper_given() ? 1 : strtod(given, NULL);

	return slowness > 1 ? slowness : 1;
}

void
wrapper_add(struct text *command, const char *program, const char *arguments)
{
	if (wrapper_given())
		text_format(command, "%s ", words());
	text_format(command, "%s %s", program, arguments);
}

void
wrapper_widen(struct text *text, const char *arguments)
{
	const char *at;

	while ((at = strstr(arguments, TIMEOUT)) != NULL) {
		char *rest;
		double seconds = strtod(at + strlen(TIMEOUT), &rest) * wrapper_slowness();

		text_add_bytes(text, arguments, (size_t)(at - arguments));
		text_format(text, TIMEOUT "%g", seconds);
		arguments = rest;
	}
	text_add(text, arguments);
}

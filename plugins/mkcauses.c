/*
 * mkcauses - the CAUSES section of the manual pages, in mdoc, out of the one table of causes.
 *
 *   mkcauses PROGRAM LAYER..
 *
 * prints what PROGRAM says of these layers. A tool of the build: make runs it once for each page,
 * and it is never installed.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "verdict/causes.h"

/* Print CHARS as running text: a sentence a line, nothing that roff would take for itself. */
static void
put_text(const char *chars)
{
	char before = '\n';

	for (const char *c = chars; *c != '\0'; c++) {
		if (before == '\n' && (*c == '.' || *c == '\''))
			fputs("\\&", stdout);
		if (*c == '\\')
			fputs("\\e", stdout);
		else if (*c == '-' && (before == '\n' || before == ' ' || before == '-'))
			fputs("\\-", stdout);
		else
			putchar(*c);
		before = *c;
		if (*c == '.' && c[1] == ' ' && isupper((unsigned char)c[2])) {
			putchar('\n');
			before = '\n';
			c++;
		}
	}
	putchar('\n');
}

static void
put_labelled(const char *label, const char *chars)
{
	if (chars == NULL || *chars == '\0')
		return;
	printf(".br\n%s: ", label);
	put_text(chars);
}

static void
put_row(const struct cause_row *row)
{
	printf(".It Sy %s Pq %s%s\n", row->name, state_name(row->state),
	    row->timeout ? " , or as Fl -timeout-result No says" : "");
	put_text(row->summary);
	put_labelled("Remedy", row->remedy);
	put_labelled("Remedy for an issuer", row->above);
	put_labelled("Windows clients show", row->client);
	put_labelled("The server logs", row->event);
	printf(".Pp\n");
	put_text(row->explanation);
}

static bool
is_told(enum cause cause, const char *program, char *const layers[])
{
	const char *only = causes_row(cause)->program;

	if (only != NULL && strcmp(only, program) != 0)
		return false;
	while (*layers != NULL && !causes_in_layer(cause, *layers))
		layers++;
	return *layers != NULL;
}

int
main(int count, char *arguments[])
{
	char **layers = arguments + 2;

	if (count < 3)
		return 2;
	for (char **layer = layers; *layer != NULL; layer++)
		if (!causes_is_layer(*layer)) {
			fprintf(stderr, "mkcauses: no layer %s\n", *layer);
			return 2;
		}
	printf(".Bl -tag -width Ds\n");
	for (int cause = 0; cause < CAUSES; cause++)
		if (is_told(cause, arguments[1], layers))
			put_row(causes_row((enum cause)cause));
	printf(".El\n");
	return ferror(stdout) || fclose(stdout) != 0;
}

/*
 * mkcauses - the CAUSES section of the manual pages, in mdoc, out of the one table of causes.
 *
 * A tool of the build: it is run once, by make, and never installed.
 */
#include <ctype.h>
#include <stdio.h>

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
	put_labelled("Windows clients show", row->client);
	put_labelled("The server logs", row->event);
	printf(".Pp\n");
	put_text(row->explanation);
}

int
main(void)
{
	printf(".Bl -tag -width Ds\n");
	for (int cause = 0; cause < CAUSES; cause++)
		put_row(causes_row((enum cause)cause));
	printf(".El\n");
	return ferror(stdout) || fclose(stdout) != 0;
}

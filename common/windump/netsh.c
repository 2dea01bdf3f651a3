#include "windump/netsh.h"

#include <string.h>

#include "windump/decode.h"
#include "windump/shape.h"

#define VALUE_MAX  256 /* longer words are no value */
#define DIGITS_MIN 8   /* bytes: a shorter row of digits is a number, or a word such as "Added" */
#define DASHES_MIN 5

void
netsh_begin(struct netsh *netsh)
{
	memset(netsh, 0, sizeof *netsh);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == DECODE_FOREIGN;
}

/* The last word of LINE, when something like a colon stands before it. GLUED: a foreign character
 * touches it, so it may be the end of a longer word. */
static bool
last_word(const char *line, char word[VALUE_MAX], bool *glued)
{
	size_t end = strlen(line), start, before;

	while (end > 0 && is_blank(line[end - 1]))
		end--;
	for (start = end; start > 0 && !is_blank(line[start - 1]); start--)
		;
	for (before = start; before > 0 && (line[before - 1] == ' ' || line[before - 1] == '\t');)
		before--;
	if (start == end || end - start >= VALUE_MAX || before == 0)
		return false;
	memcpy(word, line + start, end - start);
	word[end - start] = '\0';
	*glued = line[start - 1] == DECODE_FOREIGN;
	return line[before - 1] == ':' || line[before - 1] == DECODE_FOREIGN;
}

/* An entry has a digest or an owner: an endpoint alone may be anything. */
static void
keep(struct netsh *netsh, bool at_end, struct dump *dump)
{
	const struct dump_binding *binding = &netsh->binding;
	bool by_address = binding->kind == DUMP_IPV4 || binding->kind == DUMP_IPV6;
	bool owned = binding->owner[0] != '\0';

	/* The owner comes last of what counts. */
	if (at_end && by_address)
		dump->cut |= !owned || !binding->hash.present;
	else if (at_end && binding->kind == DUMP_NAME)
		dump->cut |= !owned && (binding->hash.present || dump->listed);
	if (binding->hash.present || (owned && !(at_end && by_address))) {
		dump_add_binding(dump, binding);
		dump->named = true;
	}
}

void
netsh_close(struct netsh *netsh, bool at_end, struct dump *dump)
{
	if (netsh->open)
		keep(netsh, at_end, dump);
	/* A heading with nothing below it: the list is there, and empty. */
	dump->listed |= netsh->underlined;
	dump->named |= netsh->underlined;
	netsh_begin(netsh);
}

static bool
is_underline(const char *line)
{
	size_t dashes = strspn(line, "-");

	return dashes >= DASHES_MIN && line[dashes + strspn(line + dashes, " \t")] == '\0';
}

static bool
begins_entry(const struct netsh *netsh, const char *word, bool glued, struct dump_binding *binding)
{
	if (shape_is_address(word, binding))
		return true;
	/* Only the first line of an entry can be one of these. */
	if (netsh->open && !netsh->after_blank)
		return false;
	if (shape_is_name(word, binding)) {
		if (glued)
			binding->host[0] = '\0';
		return true;
	}
	if (netsh->after_blank && shape_is_port(word, &binding->port)) {
		binding->kind = DUMP_STORE;
		return true;
	}
	return false;
}

static void
take_value(struct netsh *netsh, const char *word, bool whole, struct dump *dump)
{
	struct dump_binding *binding = &netsh->binding;
	char owner[DUMP_OWNER_MAX];
	struct dump_hash hash;

	if (binding->owner[0] == '\0' && shape_is_guid(word, owner))
		memcpy(binding->owner, owner, sizeof owner);
	else if (!binding->hash.present && shape_is_hex(word, &hash) && hash.length >= DIGITS_MIN) {
		/* The start of a digest of one kind may be one of the other. */
		if (whole)
			binding->hash = hash;
		else
			dump->cut = true;
	}
}

/* Whether LINE, in which the input ends, is a label that ends in it, or the endpoint of a next
 * entry that does: indented, behind a blank line, where there was none within the entry. VALUED: a
 * value stands in it. */
static bool
is_begun(const struct netsh *netsh, const char *line, bool valued)
{
	bool of_next = netsh->after_blank && !netsh->spread;

	return netsh->open && line[0] == ' ' && (of_next || (!valued && strchr(line, ':') == NULL));
}

/* What a line that is no blank one says. */
static void
take(struct netsh *netsh, const char *line, bool whole, struct dump *dump)
{
	struct dump_binding binding = {0};
	char word[VALUE_MAX];
	bool glued, valued = last_word(line, word, &glued);

	if (valued && begins_entry(netsh, word, glued, &binding)) {
		netsh_close(netsh, false, dump);
		netsh->open = true;
		netsh->binding = binding;
		return;
	}
	dump->cut |= !whole && is_begun(netsh, line, valued);
	if (valued && netsh->open) {
		netsh->spread |= netsh->after_blank;
		take_value(netsh, word, whole, dump);
	}
}

void
netsh_line(struct netsh *netsh, const char *line, bool whole, struct dump *dump)
{
	size_t length = strlen(line);

	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	if (length == 0) {
		netsh->after_blank = true;
		return;
	}
	if (is_underline(line)) {
		netsh->underlined = netsh->after_colon;
	} else {
		bool fresh = netsh->underlined;

		take(netsh, line, whole, dump);
		netsh->underlined &= !fresh;
	}
	netsh->after_blank = false;
	netsh->after_colon = line[length - 1] == ':' || line[length - 1] == DECODE_FOREIGN;
}

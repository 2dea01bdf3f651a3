/*
 * netsh - the list that "netsh http show sslcert" prints, of every Windows version and language.
 *
 *     IP:port                      : 0.0.0.0:443
 *     Certificate Hash             : 4a8f..
 *     Application ID               : {ba195980-cd49-458b-9e23-c84ee0adcd75}
 *
 * Labels are translated and hold colons, so a line is what its last word is; what matters of the
 * label is that a colon, or a character beyond ASCII, stands before that word. An entry begins with
 * its endpoint and ends with the next one: blank lines and sub-blocks such as "Extended Properties"
 * are part of it.
 */
#ifndef WINDUMP_NETSH_H
#define WINDUMP_NETSH_H

#include <stdbool.h>

#include "facts/dump.h"

struct netsh {
	bool open; /* an entry has begun: */
	struct dump_binding binding;
	bool spread;      /* with blank lines between its lines */
	bool after_blank; /* the line before was blank */
	bool after_colon; /* the line before ended as a heading does */
	bool underlined;  /* a heading and its line of dashes, and nothing since */
};

void netsh_begin(struct netsh *netsh);

/* Take a line. WHOLE: something follows it; else the input may have ended in it. */
void netsh_line(struct netsh *netsh, const char *line, bool whole, struct dump *dump);

/* The next entry begins, or (AT_END) the list ends. */
void netsh_close(struct netsh *netsh, bool at_end, struct dump *dump);

#endif

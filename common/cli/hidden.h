/*
 * hidden - secrets out of sight: arguments that anybody could read in the list of processes.
 *
 * A value is moved to memory of our own and overwritten where it stood; hidden_find() gives it for
 * the place. All is wiped at the end.
 */
#ifndef CLI_HIDDEN_H
#define CLI_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>

struct hidden_value {
	const char *place; /* in the arguments; never freed */
	char *chars;       /* owned */
};

struct hidden {
	struct hidden_value *values; /* owned */
	size_t count;
};

/* Move VALUE away. Its first character becomes 'x' and the others NUL, so that the argument it
 * belongs to keeps its shape: "-x" is not "-" and a value apart. False when memory ran out; it is
 * overwritten nevertheless. */
bool hidden_move(struct hidden *hidden, char *value);

/* What stood at PLACE; PLACE itself when nothing was moved from there. */
const char *hidden_find(const struct hidden *hidden, const char *place);

/* Wipe and free. */
void hidden_free(struct hidden *hidden);

#endif

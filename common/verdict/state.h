/*
 * state - the four answers of a plugin.
 *
 * Ordered by severity as the Monitoring Plugins do: an UNKNOWN never hides a WARNING.
 */
#ifndef VERDICT_STATE_H
#define VERDICT_STATE_H

#include <stdbool.h>

enum state {
	STATE_OK,
	STATE_UNKNOWN,
	STATE_WARNING,
	STATE_CRITICAL,
};

enum state state_worse(enum state one, enum state other);

/* 0, 1, 2, 3 for OK, WARNING, CRITICAL, UNKNOWN. */
int state_exit(enum state state);

/* "OK", "WARNING", "CRITICAL", "UNKNOWN". */
const char *state_name(enum state state);

/* Read one of those words in any case, or its exit code as a digit. */
bool state_read(const char *chars, enum state *state);

#endif

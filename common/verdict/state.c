#include "verdict/state.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	const char *digit; /* the exit code */
	int exit;
} answers[] = {
    [STATE_OK] = {"OK", "0", 0},
    [STATE_UNKNOWN] = {"UNKNOWN", "3", 3},
    [STATE_WARNING] = {"WARNING", "1", 1},
    [STATE_CRITICAL] = {"CRITICAL", "2", 2},
};

enum state
state_worse(enum state one, enum state other)
{
	return one > other ? one : other;
}

int
state_exit(enum state state)
{
	return answers[state].exit;
}

const char *
state_name(enum state state)
{
	return answers[state].name;
}

bool
state_read(const char *chars, enum state *state)
{
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		if (strcasecmp(chars, answers[i].name) == 0 ||
		    strcmp(chars, answers[i].digit) == 0) {
			*state = (enum state)i;
			return true;
		}
	}
	return false;
}

/*
 * knobs - what can be said of a member, in one table that also makes the --help.
 */
#ifndef RRAS_KNOBS_H
#define RRAS_KNOBS_H

#include <stdbool.h>

#include "member.h"

/* Set what "knob=value,knob=value.." says, which is taken apart and whose parts are kept. False
 * when something of it is wrong; a line on stderr then says what. */
bool knobs_set(struct member *member, char *settings);

/* The table as help text, to stdout. */
void knobs_help(void);

#endif

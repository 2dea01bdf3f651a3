/*
 * wrapper - the plugins under a tool such as valgrind, where everything takes longer.
 *
 * Two variables of the environment: SYSTEM_WRAPPER, the words to put before the plugin, and
 * SYSTEM_SLOWNESS, how many times longer everything may take then.
 */
#ifndef SYSTEM_WRAPPER_H
#define SYSTEM_WRAPPER_H

#include <stdbool.h>

#include "base/text.h"

bool wrapper_given(void);

/* 1 without a wrapper. */
double wrapper_slowness(void);

/* Append the command that runs PROGRAM with ARGUMENTS: its own, or the wrapper's with it. */
void wrapper_add(struct text *command, const char *program, const char *arguments);

/* Append ARGUMENTS with the seconds behind each -t made so many times longer. */
void wrapper_widen(struct text *text, const char *arguments);

#endif

/*
 * poolpraise - what the first line of a pool says when all is well, and what that leaves unproven.
 */
#ifndef VERDICT_POOLPRAISE_H
#define VERDICT_POOLPRAISE_H

#include "verdict/poolwords.h"

/* Make it the verdict's good news. Members that are down come before what is merely nice to know,
 * as the end of a long line is left out. */
void poolpraise_say(const struct poolwords *words);

#endif

/*
 * breach - the client has broken the protocol.
 *
 * rras-sim is also the judge of the clients that are tested with it. It holds what they send
 * against the letter of the protocol, and what breaks it ends the connection and stands in the
 * journal as "breach: ..", for tests to assert that no such line is there.
 */
#ifndef RRAS_BREACH_H
#define RRAS_BREACH_H

#include <stdbool.h>

#include "line.h"

/* Always false, for return breach(..). */
bool breach(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

/*
 * auth - the methods of authentication: how LCP names them, and what they are made of.
 */
#ifndef RRAS_AUTH_H
#define RRAS_AUTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "member.h"

/* Its name among the knobs. */
const char *auth_name(enum method method);

/* The PPP protocol it speaks; 0 with METHOD_NONE. */
uint16_t auth_protocol(enum method method);

/* The value of LCP's option 3 that asks for it, appended; nothing with METHOD_NONE. */
void auth_add_value(struct text *text, enum method method);

/* The method that such a value asks for; METHOD_NONE when it is not one of ours. */
enum method auth_from_value(struct cursor value);

/* How long a challenge of CHAP it wants. */
size_t auth_challenge_size(enum method method);

#endif

/*
 * auth - the methods of authentication: how LCP names them, and how they begin.
 */
#ifndef RRAS_AUTH_H
#define RRAS_AUTH_H

#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "member.h"
#include "sstp.h"

/* Its name among the knobs. */
const char *auth_name(enum method method);

/* The PPP protocol it speaks; 0 with METHOD_NONE. */
uint16_t auth_protocol(enum method method);

/* The value of LCP's option 3 that asks for it, appended; nothing with METHOD_NONE. */
void auth_add_value(struct text *text, enum method method);

/* The method that such a value asks for; METHOD_NONE when it is not one of ours. */
enum method auth_from_value(struct cursor value);

/* The server's first message, if it has the first word. */
void auth_begin(struct sstp *sstp, enum method method);

#endif

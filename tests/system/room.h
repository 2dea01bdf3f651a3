/*
 * room - the first line has room for what to do, also where the name of the server is a long one.
 */
#ifndef SYSTEM_ROOM_H
#define SYSTEM_ROOM_H

#include "support/json.h"

/* Each finding as the first line tells it alone, with a name of 34 characters for vpn.example.com.
 * A test fails where the line is too long, or the remedy does not at least begin. */
void room_check(const struct json *json);

#endif

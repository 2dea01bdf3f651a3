/*
 * scenes - dumps of servers whose certificate is the one that rras-sim shows, or is not.
 */
#ifndef SYSTEM_SCENES_H
#define SYSTEM_SCENES_H

#include <stddef.h>

#include "base/text.h"

/* Append the SHA-256 of what 127.0.0.2 shows on PORT, in digits. */
void scenes_add_shown(struct text *text, int port);

/* Append the path of a file in FOLDER with the dump called NAME, LENGTH bytes long. It is written
 * with PORT in it where the scene says so, and with the digests of what 127.0.0.2 shows there; 0:
 * nothing is there. */
void scenes_add_path(
    struct text *text, const char *name, size_t length, int port, const char *folder);

#endif

/*
 * file - what a file gives, up to a limit.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Append all that DESCRIPTOR gives. False, with errno set, when it cannot be read, when it gives
 * more than LIMIT bytes (EFBIG), or when memory runs out (ENOMEM). */
bool file_read(int descriptor, size_t limit, struct text *text);

/* The same of the file at PATH, which may also fail to open. */
bool file_read_path(const char *path, size_t limit, struct text *text);

#endif

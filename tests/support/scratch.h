/*
 * scratch - a folder of a test's own, and what the test keeps there. One at a time in a process.
 * What cannot be done aborts the program.
 */
#ifndef SUPPORT_SCRATCH_H
#define SUPPORT_SCRATCH_H

#include <stddef.h>

/* Make it and return its path; only its owner may enter. */
const char *scratch_make(void);

/* Remove it and all that is in it. */
void scratch_remove(void);

/* Between these two the folders are those of tests, which run in processes of their own: what is
 * left by one that failed, and so came to no scratch_remove(), goes with the second. */
void scratch_begin_tests(void);
void scratch_end_tests(void);

/* The path of NAME in it, until four more were asked for. */
const char *scratch_path(const char *name);

/* Write LENGTH BYTES into NAME, which only its owner may read, and return its path as above. */
const char *scratch_write(const char *name, const void *bytes, size_t length);

#endif

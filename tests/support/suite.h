/*
 * suite - the end of every test program.
 */
#ifndef SUPPORT_SUITE_H
#define SUPPORT_SUITE_H

#include <check.h>

/* Run SUITE and free it. Returns the exit code of the program: a failure also where it lists no
 * test, which proves nothing. */
int suite_run(Suite *suite);

#endif

/*
 * unit - what every unit test program shares.
 *
 * A program holds START_TESTs, one function that lists them, and
 *
 *   int
 *   main(void)
 *   {
 *           return unit_run("base/text", list);
 *   }
 */
#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

#define UNIT_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Run the tests that LIST adds. Returns the exit code of the program. */
int unit_run(const char *name, void (*list)(TCase *tests));

/* Add a test that runs once for each row of a table, with the row's number in _i. */
#define unit_add_rows(tests, test, table) \
	tcase_add_loop_test(tests, test, 0, (int)UNIT_COUNT(table))

/* Numbers that look random and are the same in each run. */
uint32_t unit_random(void);
uint32_t unit_random_below(uint32_t limit);

#endif

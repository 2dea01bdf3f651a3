/*
 * shortage - memory that runs out, and is counted, in a program that the linker has malloc(),
 * calloc() and realloc() of our own files wrapped for: see "short" in unit.mk. What libraries
 * allocate is not touched.
 */
#ifndef UNIT_SHORTAGE_H
#define UNIT_SHORTAGE_H

#include <stdbool.h>

/* From now on the allocation after AT more fails, and, unless it RECOVERS, all behind it. */
void shortage_begin(long at, bool recovers);

/* Memory is there again; returns whether an allocation has failed. */
bool shortage_end(void);

/* Allocations so far, those that failed included. */
unsigned shortage_allocations(void);

#endif

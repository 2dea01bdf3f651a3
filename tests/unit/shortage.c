#include "unit/shortage.h"

#include <errno.h>
#include <stddef.h>

#define NEVER (-1)

static long left = NEVER; /* allocations before the one that fails */
static bool failed, passes;
static unsigned allocations;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static bool
fails(void)
{
	allocations++;
	if (left == NEVER)
		return false;
	if (left > 0) {
		left--;
		return false;
	}
	failed = true;
	errno = ENOMEM;
	if (passes)
		left = NEVER;
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *memory, size_t size)
{
	return fails() ? NULL : __real_realloc(memory, size);
}

void
shortage_begin(long at, bool recovers)
{
	failed = false;
	passes = recovers;
	left = at;
}

bool
shortage_end(void)
{
	left = NEVER;
	return failed;
}

unsigned
shortage_allocations(void)
{
	return allocations;
}

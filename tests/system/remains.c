/*
 * remains - to be preloaded: what a program still holds of a secret when it ends.
 *
 *   REMAINS=ssaPtneilc   the secret backwards, so that it does not find itself
 *   REMAINS_BYTES=44EB   or in hexadecimal, capitals
 *
 * All memory that can be written to is searched for it; for what is not in hexadecimal in one byte
 * and in two for each character, as Windows has them. What the program has freed is there too, for
 * nothing takes its place: else chance would decide whether a secret in it is seen. Each find is a
 * line on stderr, and the exit status is then 98.
 */
#include "config.h"

#include <fcntl.h>
#include <inttypes.h>
#ifdef HAVE_MALLOC_USABLE_SIZE
#include <malloc.h>
#endif
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST (64UL << 20) /* bytes of a mapping; sanitizers have huge ones of their own */

static const char *backwards, *digits;
static size_t size;
static int maps = -1;

/* The program may forbid the look into itself, but not to who has it open already. */
__attribute__((constructor)) static void
begin(void)
{
	backwards = getenv("REMAINS");
	digits = getenv("REMAINS_BYTES");
	if (backwards == NULL && digits == NULL)
		return;
	size = backwards != NULL ? strlen(backwards) : strlen(digits) / 2;
	maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
}

#ifdef HAVE_MALLOC_USABLE_SIZE

void
free(void *memory)
{
	(void)memory;
}

void *
realloc(void *memory, size_t wanted)
{
	size_t held = memory == NULL ? 0 : malloc_usable_size(memory);
	void *more = malloc(wanted);

	if (more != NULL && held > 0)
		memcpy(more, memory, held < wanted ? held : wanted);
	return more;
}

#endif

/* No copy of the secret is made, not even of a byte. */
static bool
is_digit(unsigned half, char digit)
{
	return "0123456789ABCDEF"[half] == digit;
}

/* Whether the secret is at AT, each character in WIDTH bytes. */
static bool
is_here(const char *at, size_t width)
{
	if (backwards == NULL) {
		for (size_t i = 0; i < size; i++)
			if (!is_digit((unsigned char)at[i] >> 4, digits[2 * i]) ||
			    !is_digit((unsigned char)at[i] & 15, digits[2 * i + 1]))
				return false;
		return width == 1;
	}
	for (size_t i = 0; i < size; i++)
		if (at[i * width] != backwards[size - 1 - i] ||
		    (width == 2 && at[i * width + 1] != '\0'))
			return false;
	return true;
}

static bool
search(const char *begun, size_t length, const char *name)
{
	bool found = false;

	for (size_t i = 0; i + size <= length; i++) {
		size_t width = is_here(begun + i, 1) ? 1 : 2;

		if (width == 2 && (i + 2 * size > length || !is_here(begun + i, 2)))
			continue;
		dprintf(STDERR_FILENO, "remains in %s, of %zu\n", name, width);
		found = true;
	}
	return found;
}

/* One line of maps: "from-to rw-p offset device inode name". */
static bool
search_line(char *line)
{
	uintptr_t from, to;
	char permissions[5], name[200] = "anonymous memory";

	if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*s %*s %*s %199s", &from, &to, permissions,
	        name) < 3)
		return false;
	bool is_system =
	    name[0] == '[' && strcmp(name, "[heap]") != 0 && strcmp(name, "[stack]") != 0;
	if (strncmp(permissions, "rw", 2) != 0 || is_system || to - from > LONGEST)
		return false;
	return search((const char *)from, to - from, name);
}

__attribute__((destructor)) static void
end(void)
{
	static char buffer[65536];
	size_t length = 0;
	ssize_t count;
	bool found = false;
	char *rest;

	if (backwards == NULL && digits == NULL)
		return;
	while (maps >= 0 && length < sizeof buffer - 1 &&
	       (count = read(maps, buffer + length, sizeof buffer - 1 - length)) > 0)
		length += (size_t)count;
	if (length == 0) {
		dprintf(STDERR_FILENO, "remains: nothing could be searched\n");
		_exit(97);
	}
	for (char *line = strtok_r(buffer, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		found = search_line(line) || found;
	if (found)
		_exit(98);
}

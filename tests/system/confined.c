/*
 * confined - instead of confine_to(), in a plugin that is linked for a test: says what it is asked,
 * and how many sockets there are by then.
 */
#include <stdio.h>
#include <sys/stat.h>

#include "base/confine.h"

#define DESCRIPTORS 64

static int
count_sockets(void)
{
	struct stat status;
	int sockets = 0;

	for (int i = 0; i < DESCRIPTORS; i++)
		sockets += fstat(i, &status) == 0 && S_ISSOCK(status.st_mode);
	return sockets;
}

void
confine_to(const char *const writable[], size_t count)
{
	fprintf(stderr, "sockets: %d, may write:", count_sockets());
	for (size_t i = 0; i < count; i++)
		if (writable[i] != NULL)
			fprintf(stderr, " %s", writable[i]);
	fputc('\n', stderr);
}

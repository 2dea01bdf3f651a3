#include "base/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool
descriptors_exhausted(void)
{
	int descriptor = open("/", O_RDONLY);

	if (descriptor >= 0)
		close(descriptor);
	return descriptor < 0 && (errno == EMFILE || errno == ENFILE);
}

size_t
descriptors_used(void)
{
	int descriptor = open("/", O_RDONLY);

	if (descriptor < 0)
		return 0;
	close(descriptor);
	return (size_t)descriptor;
}

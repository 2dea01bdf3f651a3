#include "config.h"

#include <string.h>

#include "base/secret.h"

void
secret_wipe(void *bytes, size_t length)
{
	if (length > 0)
		explicit_bzero(bytes, length);
}

void
secret_wipe_chars(char *chars)
{
	if (chars != NULL)
		secret_wipe(chars, strlen(chars));
}

#include "config.h"

#include "base/confine.h"

#if defined HAVE_PLEDGE && defined HAVE_UNVEIL

#include <stdbool.h>
#include <unistd.h>

/* Errors do not matter: a path that cannot be unveiled cannot be written, which is told then, and
 * who has begun us may have confined us more closely. */
void
confine_to(const char *const writable[], size_t count)
{
	bool writes = false;

	(void)unveil("/", "r");
	for (size_t i = 0; i < count; i++)
		if (writable[i] != NULL) {
			(void)unveil(writable[i], "rwc");
			writes = true;
		}
	(void)unveil(NULL, NULL);
	(void)pledge(
	    writes ? "stdio rpath wpath cpath fattr inet dns" : "stdio rpath inet dns", NULL);
}

#else

void
confine_to(const char *const writable[], size_t count)
{
	(void)writable;
	(void)count;
}

#endif

#include "unit/wipes.h"

#include <stdbool.h>
#include <string.h>

#include "base/secret.h"
#include "unit/unit.h"

#define LOOK 128 /* bytes */

static struct {
	unsigned char bytes[LOOK];
	size_t length;
} seen[1000];
static size_t count;
static bool watching;

void __real_secret_wipe(void *bytes, size_t length);
void __real_secret_wipe_chars(char *chars);
void __wrap_secret_wipe(void *bytes, size_t length);
void __wrap_secret_wipe_chars(char *chars);

static void
see(const void *bytes, size_t length)
{
	if (!watching || length == 0)
		return;
	/* No assertion that holds: it would take memory, of which there may be none. */
	if (count == UNIT_COUNT(seen))
		ck_abort_msg("more is wiped than can be looked at");
	seen[count].length = length < LOOK ? length : LOOK;
	memcpy(seen[count].bytes, bytes, seen[count].length);
	count++;
}

void
__wrap_secret_wipe(void *bytes, size_t length)
{
	see(bytes, length);
	__real_secret_wipe(bytes, length);
}

void
__wrap_secret_wipe_chars(char *chars)
{
	if (chars != NULL)
		see(chars, strlen(chars));
	__real_secret_wipe_chars(chars);
}

void
wipes_begin(void)
{
	watching = true;
	count = 0;
}

unsigned
wipes_of(const void *bytes, size_t length)
{
	unsigned found = 0;

	ck_assert_uint_le(length, LOOK);
	for (size_t i = 0; i < count; i++)
		found += seen[i].length >= length && memcmp(seen[i].bytes, bytes, length) == 0;
	return found;
}

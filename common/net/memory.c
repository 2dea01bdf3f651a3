#include "config.h"

#include "net/memory.h"

#include <errno.h>
#ifdef HAVE_MALLOC_USABLE_SIZE
#include <malloc.h>
#endif
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_bool used, ran_out;
static bool wiping;

static void
release(void *memory, const char *file, int line)
{
	(void)file;
	(void)line;
#ifdef HAVE_MALLOC_USABLE_SIZE
	if (wiping && memory != NULL)
		OPENSSL_cleanse(memory, malloc_usable_size(memory));
#endif
	free(memory);
}

/* As CRYPTO_malloc() is without us: no memory is given for nothing. */
static void *
allocate(size_t size, const char *file, int line)
{
	void *memory = size == 0 ? NULL : malloc(size);

	(void)file;
	(void)line;
	if (!used)
		used = true;
	if (memory == NULL && size > 0)
		ran_out = true;
	return memory;
}

#ifdef HAVE_MALLOC_USABLE_SIZE

/* realloc() would give back what it moves from as it is. */
static void *
move(void *memory, size_t size, const char *file, int line)
{
	size_t held = malloc_usable_size(memory);
	void *more = allocate(size, file, line);

	if (more == NULL)
		return NULL;
	memcpy(more, memory, held < size ? held : size);
	release(memory, file, line);
	return more;
}

#endif

static void *
reallocate(void *memory, size_t size, const char *file, int line)
{
	void *more;

	if (memory == NULL)
		return allocate(size, file, line);
	if (size == 0) {
		release(memory, file, line);
		return NULL;
	}
#ifdef HAVE_MALLOC_USABLE_SIZE
	if (wiping)
		return move(memory, size, file, line);
#endif
	more = realloc(memory, size);
	if (more == NULL)
		ran_out = true;
	return more;
}

void
memory_watch(bool wipes)
{
#ifdef HAVE_MALLOC_USABLE_SIZE
	wiping = wiping || wipes;
#else
	(void)wipes;
#endif
	/* Refused once something is allocated: by us earlier, or by who runs us within a test. */
	(void)CRYPTO_set_mem_functions(allocate, reallocate, release);
}

bool
memory_ran_out(void)
{
	unsigned long error;

	/* To ask for errors sets the library up, which is dear where it is not needed. */
	if (ran_out || !used)
		return ran_out;
	error = ERR_peek_error();
	return ERR_SYSTEM_ERROR(error) && ERR_GET_REASON(error) == ENOMEM;
}

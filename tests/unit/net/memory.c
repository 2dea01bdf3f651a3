/* Nothing that OpenSSL gives back holds what was in it. */
#include "config.h"

#include "net/memory.h"

#ifdef HAVE_MALLOC_USABLE_SIZE
#include <malloc.h>
#endif
#include <openssl/crypto.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

#define SECRET "clientPass, that opens a key"

/* The program is linked with these wrapped: see unit.mk. */
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

#ifdef HAVE_MALLOC_USABLE_SIZE

static unsigned with_secret;

static void
look_at(const void *memory)
{
	with_secret += memory != NULL &&
	               malloc_usable_size((void *)(uintptr_t)memory) >= sizeof SECRET &&
	               memcmp(memory, SECRET, sizeof SECRET) == 0;
}

#else

static void
look_at(const void *memory)
{
	(void)memory;
}

#endif

void
__wrap_free(void *memory)
{
	look_at(memory);
	__real_free(memory);
}

/* It may move. */
void *
__wrap_realloc(void *memory, size_t size)
{
	look_at(memory);
	return __real_realloc(memory, size);
}

#ifdef HAVE_MALLOC_USABLE_SIZE

START_TEST(what_is_given_back_is_wiped)
{
	static const size_t sizes[] = {4 * sizeof SECRET, 1 << 20, sizeof SECRET};
	char *memory, *volatile copy;

	memory_watch(true);
	memory = OPENSSL_malloc(sizeof SECRET);
	ck_assert_ptr_nonnull(memory);
	memcpy(memory, SECRET, sizeof SECRET);
	for (size_t i = 0; i < UNIT_COUNT(sizes); i++) {
		memory = OPENSSL_realloc(memory, sizes[i]);
		ck_assert_ptr_nonnull(memory);
		ck_assert_str_eq(memory, SECRET);
	}
	OPENSSL_free(memory);
	ck_assert_uint_eq(with_secret, 0);
	ck_assert(!memory_ran_out());
	/* It would be seen. */
	copy = strdup(SECRET);
	free(copy);
	ck_assert_uint_eq(with_secret, 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, what_is_given_back_is_wiped);
}

int
main(void)
{
	return unit_run("net/memory", list);
}

#else

int
main(void)
{
	puts("nothing is wiped: this system does not tell how much memory holds");
	return 77; /* skipped */
}

#endif

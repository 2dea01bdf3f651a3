#include "unit/keys/vector.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/hex.h"
#include "unit/unit.h"

void
vector_read(const char *digits, uint8_t *bytes, size_t length)
{
	ck_assert(hex_read(digits, bytes, length));
}

void
vector_expect(const uint8_t *bytes, size_t length, const char *digits)
{
	struct text text = TEXT_EMPTY;

	hex_add(&text, bytes, length);
	ck_assert_str_eq(text_chars(&text), digits);
	text_free(&text);
}

void
vector_expect_zero(const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		ck_assert_uint_eq(((const uint8_t *)bytes)[i], 0);
}

void
vector_forbid(void)
{
	ERR_clear_error();
	ck_assert_int_eq(EVP_default_properties_enable_fips(NULL, 1), 1);
	ERR_clear_error();
}

void
vector_allow(void)
{
	ck_assert_uint_eq(ERR_peek_error(), 0);
	ck_assert_int_eq(EVP_default_properties_enable_fips(NULL, 0), 1);
}

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "octets.h"
#include "radius.h"

enum {
	LENGTH_AT = 2,
	AUTHENTICATOR_AT = 4,
	HEADER = 20,
	ATTRIBUTE_HEADER = 2,
	ATTRIBUTE_ROOM = 253,
	MICROSOFT = 311,
	BLOCK = 16, /* of what is hidden, and of MD5 */
	SALT = 2,
};

static struct cursor
cursor_of(const struct text *text)
{
	return cursor_over(text_chars(text), text->length);
}

static struct cursor
failed(void)
{
	struct cursor cursor = cursor_over(NULL, 0);
	cursor.failed = true;
	return cursor;
}

static struct cursor
authenticator_of(const struct text *request)
{
	struct cursor bytes = cursor_of(request);
	cursor_bytes(&bytes, AUTHENTICATOR_AT);
	return cursor_part(&bytes, RADIUS_AUTHENTICATOR);
}

/* --- requests --- */

void
radius_begin(
    struct text *request, uint8_t identifier, const uint8_t authenticator[RADIUS_AUTHENTICATOR])
{
	octets_add_u8(request, RADIUS_REQUEST);
	octets_add_u8(request, identifier);
	octets_add_u16(request, 0);
	text_add_bytes(request, authenticator, RADIUS_AUTHENTICATOR);
}

void
radius_add(struct text *request, enum radius_attribute type, struct cursor value)
{
	do {
		size_t length = value.left < ATTRIBUTE_ROOM ? value.left : ATTRIBUTE_ROOM;
		octets_add_u8(request, type);
		octets_add_u8(request, (unsigned)(ATTRIBUTE_HEADER + length));
		text_add_bytes(request, cursor_bytes(&value, length), length);
	} while (value.left > 0);
}

void
radius_add_chars(struct text *request, enum radius_attribute type, const char *value)
{
	radius_add(request, type, cursor_over(value, strlen(value)));
}

void
radius_add_number(struct text *request, enum radius_attribute type, uint32_t value)
{
	struct text bytes = TEXT_EMPTY;
	octets_add_u32(&bytes, value);
	radius_add(request, type, cursor_of(&bytes));
	text_free(&bytes);
}

void
radius_add_microsoft(struct text *request, enum radius_microsoft type, struct cursor value)
{
	struct text bytes = TEXT_EMPTY;
	octets_add_u32(&bytes, MICROSOFT);
	octets_add_u8(&bytes, type);
	octets_add_u8(&bytes, (unsigned)(ATTRIBUTE_HEADER + value.left));
	text_add_bytes(&bytes, value.at, value.left);
	radius_add(request, RADIUS_VENDOR, cursor_of(&bytes));
	text_free(&bytes);
}

/* --- what is hidden --- */

/* MD5 over what is known to both sides and what came before. */
static void
make_mask(const char *secret, struct cursor before, struct cursor salt, uint8_t mask[BLOCK])
{
	struct text all = TEXT_EMPTY;
	text_add(&all, secret);
	text_add_bytes(&all, before.at, before.left);
	text_add_bytes(&all, salt.at, salt.left);
	memset(mask, 0, BLOCK);
	EVP_Digest(text_chars(&all), all.length, mask, NULL, EVP_md5(), NULL);
	text_free(&all);
}

void
radius_add_password(struct text *request, const char *secret, struct cursor password)
{
	struct text hidden = TEXT_EMPTY;
	struct cursor before = authenticator_of(request);
	do {
		uint8_t block[BLOCK];
		size_t length = password.left < BLOCK ? password.left : BLOCK;
		const uint8_t *chars = cursor_bytes(&password, length);
		make_mask(secret, before, cursor_over(NULL, 0), block);
		for (size_t i = 0; i < length; i++)
			block[i] ^= chars[i];
		text_add_bytes(&hidden, block, BLOCK);
		before = cursor_over(text_chars(&hidden) + hidden.length - BLOCK, BLOCK);
	} while (password.left > 0);
	radius_add(request, RADIUS_USER_PASSWORD, cursor_of(&hidden));
	text_free(&hidden);
}

/* The value: a salt, and hidden a length and the key. */
bool
radius_add_key(
    struct text *keys, struct cursor value, const struct text *request, const char *secret)
{
	struct text plain = TEXT_EMPTY;
	struct cursor salt = cursor_part(&value, SALT);
	struct cursor before = authenticator_of(request);
	while (value.left >= BLOCK) {
		uint8_t block[BLOCK];
		make_mask(secret, before, salt, block);
		before = cursor_part(&value, BLOCK);
		for (size_t i = 0; i < BLOCK; i++)
			block[i] ^= before.at[i];
		text_add_bytes(&plain, block, BLOCK);
		salt = cursor_over(NULL, 0);
	}
	struct cursor rest = cursor_of(&plain);
	struct cursor key = cursor_part(&rest, cursor_u8(&rest));
	bool good = !value.failed && value.left == 0 && !key.failed && key.left > 0;
	if (good)
		text_add_bytes(keys, key.at, key.left);
	text_free(&plain);
	return good;
}

/* --- who knows the secret --- */

static void
sign(struct cursor packet, const char *secret, uint8_t mac[BLOCK])
{
	memset(mac, 0, BLOCK);
	HMAC(EVP_md5(), secret, (int)strlen(secret), packet.at, packet.left, mac, NULL);
}

void
radius_finish(struct text *request, const char *secret)
{
	uint8_t mac[BLOCK] = {0};
	radius_add(request, RADIUS_MESSAGE_AUTHENTICATOR, cursor_over(mac, sizeof mac));
	octets_set_u16(request, LENGTH_AT, (unsigned)request->length);
	sign(cursor_of(request), secret, mac);
	text_cut(request, request->length - sizeof mac);
	text_add_bytes(request, mac, sizeof mac);
}

/* The answer with the authenticator of the request. */
static void
restore(struct text *text, struct cursor answer, struct cursor authenticator)
{
	struct cursor header = cursor_part(&answer, AUTHENTICATOR_AT);
	cursor_bytes(&answer, RADIUS_AUTHENTICATOR);
	text_add_bytes(text, header.at, header.left);
	text_add_bytes(text, authenticator.at, authenticator.left);
	text_add_bytes(text, answer.at, answer.left);
}

static bool
is_signed(const struct text *restored, const char *secret, struct cursor authenticator)
{
	uint8_t right[BLOCK];
	struct text all = TEXT_EMPTY;
	text_add_bytes(&all, restored->bytes, restored->length);
	text_add(&all, secret);
	bool good = EVP_Digest(text_chars(&all), all.length, right, NULL, EVP_md5(), NULL) == 1 &&
	            memcmp(right, authenticator.at, sizeof right) == 0;
	text_free(&all);
	return good;
}

/* The MAC is made while zeros are in its PLACE. */
static bool
is_mac_right(struct text *restored, const char *secret, size_t place, struct cursor mac)
{
	uint8_t right[BLOCK];
	if (mac.left != sizeof right)
		return false;
	memset(restored->bytes + place, 0, sizeof right);
	sign(cursor_of(restored), secret, right);
	return memcmp(right, mac.at, sizeof right) == 0;
}

static bool
is_genuine(struct cursor bytes, const struct radius_packet *answer, const struct text *request,
    const char *secret)
{
	struct text restored = TEXT_EMPTY;
	struct cursor mac = radius_find(answer, RADIUS_MESSAGE_AUTHENTICATOR);
	restore(&restored, bytes, authenticator_of(request));
	bool good = !text_failed(&restored) &&
	            is_signed(&restored, secret,
	                cursor_over(bytes.at + AUTHENTICATOR_AT, RADIUS_AUTHENTICATOR));
	if (mac.failed)
		good = good && radius_find(answer, RADIUS_EAP_MESSAGE).failed;
	else
		good = good && is_mac_right(&restored, secret, (size_t)(mac.at - bytes.at), mac);
	text_free(&restored);
	return good;
}

/* --- answers --- */

/* The next attribute. False: there is none, or LIST has failed. */
static bool
next(struct cursor *list, uint8_t *type, struct cursor *value)
{
	if (list->left == 0)
		return false;
	*type = cursor_u8(list);
	unsigned length = cursor_u8(list);
	*value =
	    length < ATTRIBUTE_HEADER ? failed() : cursor_part(list, length - ATTRIBUTE_HEADER);
	list->failed = list->failed || value->failed;
	return !list->failed;
}

static bool
has_form(struct cursor list)
{
	uint8_t type;
	struct cursor value;
	while (next(&list, &type, &value))
		continue;
	return !list.failed;
}

bool
radius_read(struct cursor bytes, const struct text *request, const char *secret,
    struct radius_packet *answer)
{
	struct cursor all = bytes;
	answer->code = (enum radius_code)cursor_u8(&bytes);
	uint8_t identifier = cursor_u8(&bytes);
	size_t length = cursor_u16(&bytes);
	if (bytes.failed || length < HEADER || length > all.left || request->length < HEADER ||
	    identifier != (uint8_t)request->bytes[1])
		return false;
	all.left = length;
	answer->attributes = cursor_over(all.at + HEADER, length - HEADER);
	return has_form(answer->attributes) && is_genuine(all, answer, request, secret);
}

struct cursor
radius_find(const struct radius_packet *answer, enum radius_attribute type)
{
	struct cursor list = answer->attributes;
	struct cursor value;
	uint8_t one;
	while (next(&list, &one, &value))
		if (one == type)
			return value;
	return failed();
}

/* Several may share one that is theirs. */
struct cursor
radius_find_microsoft(const struct radius_packet *answer, enum radius_microsoft type)
{
	struct cursor list = answer->attributes;
	struct cursor inner;
	struct cursor value;
	uint8_t one;
	while (next(&list, &one, &inner)) {
		if (one != RADIUS_VENDOR || cursor_u32(&inner) != MICROSOFT)
			continue;
		while (next(&inner, &one, &value))
			if (one == type)
				return value;
	}
	return failed();
}

void
radius_collect(const struct radius_packet *answer, enum radius_attribute type, struct text *values)
{
	struct cursor list = answer->attributes;
	struct cursor value;
	uint8_t one;
	while (next(&list, &one, &value))
		if (one == type)
			text_add_bytes(values, value.at, value.left);
}

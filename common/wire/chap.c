#include <string.h>

#include "base/cursor.h"
#include "base/hex.h"
#include "wire/chap.h"
#include "wire/ppp.h"

#define RESERVED     8  /* zeros between challenge and response (RFC 2759 section 4) */
#define MSCHAP_VALUE 49 /* challenge, zeros, response and a byte of flags */

bool
chap_read_value(const void *data, size_t length, struct chap_value *value)
{
	struct cursor cursor = cursor_over(data, length);
	*value = (struct chap_value){0};
	value->length = cursor_u8(&cursor);
	value->value = cursor_bytes(&cursor, value->length);
	value->name = (struct chap_words){(const char *)cursor.at, cursor.left};
	return !cursor.failed && value->length > 0;
}

/* What parts fields. A NUL does too: some servers end their text with one. */
static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

static void
skip_blanks(struct chap_words *words)
{
	while (words->length > 0 && is_blank(words->chars[0])) {
		words->chars++;
		words->length--;
	}
}

/* Cut blanks off the end. */
static struct chap_words
trim(struct chap_words words)
{
	while (words.length > 0 && is_blank(words.chars[words.length - 1]))
		words.length--;
	return words;
}

/* Take the next word off the front. */
static struct chap_words
next_word(struct chap_words *words)
{
	struct chap_words word = {words->chars, 0};
	while (word.length < words->length && !is_blank(words->chars[word.length]))
		word.length++;
	if (word.length > 0) /* words that are empty may be NULL, which must not be added to */
		words->chars += word.length;
	words->length -= word.length;
	return word;
}

static bool
begins_with(const struct chap_words *words, char key)
{
	return words->length >= 2 && words->chars[0] == key && words->chars[1] == '=';
}

/* The value behind "X=". */
static struct chap_words
value_of(const struct chap_words *field)
{
	return (struct chap_words){field->chars + 2, field->length - 2};
}

/* Exactly COUNT bytes in digits. */
static bool
read_hex(struct chap_words digits, uint8_t *bytes, size_t count)
{
	if (digits.length != 2 * count)
		return false;
	for (size_t i = 0; i < digits.length; i++)
		if (hex_digit(digits.chars[i]) < 0)
			return false;
	for (size_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)(hex_digit(digits.chars[2 * i]) << 4 |
		                     hex_digit(digits.chars[2 * i + 1]));
	return true;
}

static bool
read_number(struct chap_words digits, uint32_t *number)
{
	uint64_t value = 0;
	if (digits.length == 0)
		return false;
	for (size_t i = 0; i < digits.length; i++) {
		if (digits.chars[i] < '0' || digits.chars[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(digits.chars[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)value;
	return true;
}

void
chap_read_success(const void *data, size_t length, struct chap_success *success)
{
	struct chap_words words = {data, length};
	*success = (struct chap_success){0};
	skip_blanks(&words);
	struct chap_words rest = words;
	struct chap_words field = next_word(&rest);
	/* Only here: the message behind it is any text, and might look like a proof. */
	if (begins_with(&field, 'S'))
		success->has_proof = read_hex(value_of(&field), success->proof, CHAP_PROOF);
	if (success->has_proof) {
		skip_blanks(&rest);
		words = begins_with(&rest, 'M') ? value_of(&rest) : rest;
	}
	success->message = trim(words);
}

/* Take one field of a failure; false when it is none that is known. */
static bool
take_field(struct chap_failure *failure, const struct chap_words *field)
{
	if (begins_with(field, 'E')) {
		if (!failure->has_error)
			failure->has_error = read_number(value_of(field), &failure->error);
	} else if (begins_with(field, 'R')) {
		if (!failure->has_retry)
			failure->has_retry = read_number(value_of(field), &failure->retry);
	} else if (begins_with(field, 'C')) {
		if (!failure->has_challenge)
			failure->has_challenge =
			    read_hex(value_of(field), failure->challenge, CHAP_MSCHAP_CHALLENGE);
	} else if (begins_with(field, 'V')) {
		if (!failure->has_version)
			failure->has_version = read_number(value_of(field), &failure->version);
	} else {
		return false;
	}
	return true;
}

void
chap_read_failure(const void *data, size_t length, struct chap_failure *failure)
{
	struct chap_words words = {data, length};
	*failure = (struct chap_failure){0};
	for (skip_blanks(&words); words.length > 0; skip_blanks(&words)) {
		struct chap_words rest = words;
		struct chap_words field = next_word(&rest);
		if (!take_field(failure, &field)) {
			failure->message =
			    trim(begins_with(&words, 'M') ? value_of(&words) : words);
			return;
		}
		words = rest;
	}
}

void
chap_add_value(struct text *text, const void *value, size_t length, const char *name)
{
	if (length > CHAP_VALUE_MAX)
		return;
	text_add_char(text, (char)(uint8_t)length);
	text_add_bytes(text, value, length);
	text_add(text, name);
}

void
chap_add_mschap(struct text *text, const uint8_t peer[CHAP_MSCHAP_CHALLENGE],
    const uint8_t response[CHAP_MSCHAP_RESPONSE], const char *name)
{
	uint8_t value[MSCHAP_VALUE] = {0};
	memcpy(value, peer, CHAP_MSCHAP_CHALLENGE);
	memcpy(value + CHAP_MSCHAP_CHALLENGE + RESERVED, response, CHAP_MSCHAP_RESPONSE);
	chap_add_value(text, value, sizeof value, name);
}

/* The codes of CHAP are none of LCP's, but they stand in the same place. */
static size_t
begin_response(struct text *text, uint8_t identifier)
{
	return ppp_begin_packet(text, PPP_CHAP, (enum ppp_code)CHAP_RESPONSE, identifier);
}

void
chap_add_response(
    struct text *text, uint8_t identifier, const void *value, size_t length, const char *name)
{
	size_t begun = begin_response(text, identifier);
	chap_add_value(text, value, length, name);
	ppp_end_packet(text, begun);
}

void
chap_add_mschap_response(struct text *text, uint8_t identifier,
    const uint8_t peer[CHAP_MSCHAP_CHALLENGE], const uint8_t response[CHAP_MSCHAP_RESPONSE],
    const char *name)
{
	size_t begun = begin_response(text, identifier);
	chap_add_mschap(text, peer, response, name);
	ppp_end_packet(text, begun);
}

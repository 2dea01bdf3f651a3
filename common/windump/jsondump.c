#include "config.h"

#include "windump/jsondump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/number.h"
#include "windump/decode.h"
#include "windump/registry.h"
#include "windump/shape.h"

#define STRING_MAX  ((size_t)DUMP_DER_MAX / 3 * 4 + 8) /* longer ones are not kept */
#define DIGITS_MIN  8                                  /* bytes in a row of hexadecimal digits */
#define BASE64_SHA1 28                                 /* characters */

void
jsondump_begin(struct jsondump *json)
{
	memset(json, 0, sizeof *json);
	json->state = JSONDUMP_WANTS_VALUE;
}

void
jsondump_free(struct jsondump *json)
{
	text_free(&json->text);
}

static struct jsondump_frame *
innermost(struct jsondump *json)
{
	return &json->frames[json->depth - 1];
}

/* The object that the value at hand belongs to, NULL at the top. */
static struct jsondump_frame *
owner_of(struct jsondump *json)
{
	for (size_t depth = json->depth; depth > 0; depth--)
		if (!json->frames[depth - 1].is_list)
			return &json->frames[depth - 1];
	return NULL;
}

/* The bytes that a string spells, in hexadecimal or, for a digest, base64. */
static void
read_bytes(const char *chars, struct dump_hash *hash)
{
	size_t length = strlen(chars);

	if (shape_is_hex(chars, hash))
		return;
	memset(hash, 0, sizeof *hash);
	hash->present = true;
	/* No bytes are bytes. */
	hash->is_bytes = length == 0;
	if (length < BASE64_SHA1 || chars[length - 1] != '=')
		return;
	hash->length = shape_base64(chars, hash->bytes, sizeof hash->bytes);
	hash->is_bytes = hash->length > 0;
}

/* Of several parts the oldest tells how old the whole may be, and the last of starts is the one
 * that counts. */
static void
take_date(const char *chars, bool started, struct dump *dump)
{
	int64_t date;

	if (!shape_is_date(chars, &date))
		snprintf(dump->trouble, sizeof dump->trouble, "has a date that is none");
	else if (started && date > dump->started)
		dump->started = date;
	else if (!started && (dump->collected == 0 || date < dump->collected))
		dump->collected = date;
}

/* What is true of one server tells nothing of another. */
static void
take_computer(const char *chars, struct dump *dump)
{
	char computer[sizeof dump->computer];

	snprintf(computer, sizeof computer, "%s", chars);
	if (dump->computer[0] != '\0' && strcasecmp(dump->computer, computer) != 0)
		snprintf(dump->trouble, sizeof dump->trouble, "is of two servers");
	memcpy(dump->computer, computer, sizeof computer);
}

/* What the names of the collector, and those of the registry, say. */
static void
take_named(const struct jsondump_frame *frame, const char *chars, const struct dump_hash *hash,
    struct dump *dump)
{
	struct dump_number number = {0};
	long whole;

	if (number_whole(chars, 0, INT32_MAX, &whole)) {
		number.known = true;
		number.value = (uint32_t)whole;
	}
	if (strcasecmp(frame->name, "collected") == 0)
		take_date(chars, false, dump);
	if (strcasecmp(frame->name, "started") == 0)
		take_date(chars, true, dump);
	if (strcasecmp(frame->name, "computer") == 0)
		take_computer(chars, dump);
	registry_set_sstp(frame->applied, frame->name, hash, &number, dump);
}

static void
take_string(struct jsondump *json, const char *chars, struct dump *dump)
{
	struct jsondump_frame *frame = owner_of(json);
	struct dump_binding *binding;
	char owner[DUMP_OWNER_MAX];
	struct dump_hash hash;

	if (frame == NULL)
		return;
	binding = &frame->binding;
	read_bytes(chars, &hash);
	if (hash.length >= DIGITS_MIN) {
		if (!binding->hash.present)
			binding->hash = hash;
	} else if (shape_is_guid(chars, owner)) {
		if (binding->owner[0] == '\0')
			memcpy(binding->owner, owner, sizeof owner);
	} else if (binding->port == 0 && !shape_is_address(chars, binding)) {
		(void)shape_is_name(chars, binding);
	}
	take_named(frame, chars, &hash, dump);
}

static void
take_certificate(const char *chars, struct dump *dump)
{
	uint8_t *der = malloc(DUMP_DER_MAX);
	size_t length;

	if (der == NULL) {
		dump->no_memory = true;
		return;
	}
	length = shape_base64(chars, der, DUMP_DER_MAX);
	if (shape_is_certificate(der, length))
		dump_add_certificate(dump, der, length);
	free(der);
}

/* A number in a list may be one of many bytes. */
static void
take_byte(struct jsondump_frame *list, const char *chars)
{
	long byte;

	if (!number_whole(chars, 0, 255, &byte)) {
		list->numbers.is_bytes = false;
		return;
	}
	if (list->numbers.length < sizeof list->numbers.bytes)
		list->numbers.bytes[list->numbers.length] = (uint8_t)byte;
	list->numbers.length++;
}

static void
take_word(struct jsondump *json, const char *chars, struct dump *dump)
{
	struct jsondump_frame *frame = innermost(json);
	struct dump_hash nothing = {.present = true};
	long flags;

	if (frame->is_list) {
		take_byte(frame, chars);
		return;
	}
	/* A value that is null is not there. */
	if (strcmp(chars, "null") == 0)
		return;
	if (strcasecmp(frame->name, "centralStorePort") == 0) {
		frame->binding.kind = DUMP_STORE;
		(void)shape_is_port(chars, &frame->binding.port);
	}
	if (strcasecmp(frame->name, "DefaultFlags") == 0 &&
	    number_whole(chars, 0, INT32_MAX, &flags))
		frame->binding.rejects = ((uint32_t)flags & DUMP_FLAG_REJECT) != 0;
	take_named(frame, chars, &nothing, dump);
}

/* The list at hand ends: bytes, when all of it were numbers. */
static void
end_list(struct jsondump *json, struct dump *dump)
{
	struct dump_hash bytes = innermost(json)->numbers;
	struct jsondump_frame *frame;

	json->depth--;
	frame = owner_of(json);
	if (frame == NULL || bytes.length == 0 || !bytes.is_bytes)
		return;
	bytes.present = true;
	if (dump_is_digest(&bytes) && !frame->binding.hash.present)
		frame->binding.hash = bytes;
	take_named(frame, "", &bytes, dump);
}

/* The object at hand ends: an entry, or a part of one. */
static void
end_object(struct jsondump *json, struct dump *dump)
{
	struct dump_binding binding = innermost(json)->binding;
	struct jsondump_frame *frame;

	json->depth--;
	frame = owner_of(json);
	/* An endpoint alone may be anything. */
	if (binding.port != 0 &&
	    (binding.kind == DUMP_STORE || binding.hash.present || binding.owner[0] != '\0'))
		dump_add_binding(dump, &binding);
	if (binding.port != 0 || frame == NULL)
		return;
	if (binding.hash.present && !frame->binding.hash.present)
		frame->binding.hash = binding.hash;
	if (frame->binding.owner[0] == '\0')
		memcpy(frame->binding.owner, binding.owner, sizeof binding.owner);
}

/* The list of netsh, or the collector's, which may be empty. */
static bool
is_of_bindings(const char *name)
{
	return strcasecmp(name, "SslCertificateBindings") == 0 || strcasecmp(name, "bindings") == 0;
}

static void
open_frame(struct jsondump *json, bool is_list, struct dump *dump)
{
	const struct jsondump_frame *outer = json->depth > 0 ? innermost(json) : NULL;
	struct jsondump_frame frame = {.is_list = is_list, .numbers = {.is_bytes = true}};

	if (json->depth == JSONDUMP_DEPTH) {
		json->state = JSONDUMP_BROKEN;
		return;
	}
	if (outer != NULL) {
		memcpy(frame.name, outer->name, sizeof frame.name);
		dump->sstp.whole |= !is_list && strcasecmp(outer->name, "sstp") == 0;
		frame.applied = outer->applied || strcasecmp(outer->name, "ConfigStore") == 0;
		if (is_list && is_of_bindings(outer->name))
			dump->listed = dump->named = true;
		dump->stocked |=
		    is_list && json->depth == 1 && strcasecmp(outer->name, "certificates") == 0;
	}
	json->frames[json->depth++] = frame;
	json->state = JSONDUMP_WANTS_FIRST;
}

static void
close_frame(struct jsondump *json, char character, struct dump *dump)
{
	if (innermost(json)->is_list != (character == ']')) {
		json->state = JSONDUMP_BROKEN;
		return;
	}
	if (innermost(json)->is_list)
		end_list(json, dump);
	else
		end_object(json, dump);
	json->state = json->depth > 0 ? JSONDUMP_WANTS_COMMA : JSONDUMP_DONE;
}

static void
end_string(struct jsondump *json, struct dump *dump)
{
	const char *chars = text_chars(&json->text);

	dump->no_memory |= text_failed(&json->text);
	if (json->is_name) {
		snprintf(innermost(json)->name, JSONDUMP_NAME_MAX, "%s", chars);
		json->state = JSONDUMP_WANTS_COLON;
		return;
	}
	json->state = JSONDUMP_WANTS_COMMA;
	if (json->too_long)
		return;
	if (json->text.length > DUMP_HOST_MAX + 8)
		take_certificate(chars, dump);
	else
		take_string(json, chars, dump);
}

static void
end_word(struct jsondump *json, struct dump *dump)
{
	json->state = JSONDUMP_WANTS_COMMA;
	if (!json->too_long)
		take_word(json, text_chars(&json->text), dump);
}

static void
begin_text(struct jsondump *json, enum jsondump_state state, bool is_name)
{
	text_cut(&json->text, 0);
	json->begun |= state == JSONDUMP_STRING;
	json->state = state;
	json->is_name = is_name;
	json->too_long = false;
}

static void
add_char(struct jsondump *json, char character)
{
	if (json->text.length < STRING_MAX)
		text_add_char(&json->text, character);
	else
		json->too_long = true;
}

static bool
is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' ||
	       c == '.' || c == 'E';
}

static void
begin_value(struct jsondump *json, char character, struct dump *dump)
{
	if (character == '{' || character == '[')
		open_frame(json, character == '[', dump);
	else if (character == '"' && json->depth > 0)
		begin_text(json, JSONDUMP_STRING, false);
	else if (is_of_word(character) && json->depth > 0) {
		begin_text(json, JSONDUMP_WORD, false);
		add_char(json, character);
	} else
		json->state = JSONDUMP_BROKEN;
}

/* Between values. */
static void
take_between(struct jsondump *json, char character, struct dump *dump)
{
	bool is_list = json->depth > 0 && innermost(json)->is_list;
	enum jsondump_state state = json->state;

	if (character == ' ' || character == '\t' || character == '\n' || character == '\r')
		return;
	if ((character == '}' || character == ']') && json->depth > 0 &&
	    (state == JSONDUMP_WANTS_FIRST || state == JSONDUMP_WANTS_COMMA))
		close_frame(json, character, dump);
	else if (state == JSONDUMP_WANTS_VALUE || (state == JSONDUMP_WANTS_FIRST && is_list))
		begin_value(json, character, dump);
	else if ((state == JSONDUMP_WANTS_FIRST || state == JSONDUMP_WANTS_NAME) &&
	         character == '"')
		begin_text(json, JSONDUMP_STRING, true);
	else if (state == JSONDUMP_WANTS_COLON && character == ':')
		json->state = JSONDUMP_WANTS_VALUE;
	else if (state == JSONDUMP_WANTS_COMMA && character == ',')
		json->state = is_list ? JSONDUMP_WANTS_VALUE : JSONDUMP_WANTS_NAME;
	else
		json->state = JSONDUMP_BROKEN;
}

static void
take_in_string(struct jsondump *json, char character, struct dump *dump)
{
	if (character == '"')
		end_string(json, dump);
	else if (character == '\\')
		json->state = JSONDUMP_ESCAPE;
	else if (character == '\n')
		json->state = JSONDUMP_BROKEN;
	else
		add_char(json, character);
}

/* After a backslash. What stands for a control character is of no interest. */
static void
take_escaped(struct jsondump *json, char character)
{
	json->state = character == 'u' ? JSONDUMP_CODE : JSONDUMP_STRING;
	json->code = 0;
	json->code_digits = 0;
	if (character != 'u')
		add_char(json, character);
}

/* Some writers of JSON give the '+' of base64 so. */
static void
take_code(struct jsondump *json, char character)
{
	int digit = hex_digit(character);

	if (digit < 0) {
		json->state = JSONDUMP_BROKEN;
		return;
	}
	json->code = json->code << 4 | (unsigned)digit;
	if (++json->code_digits < 4)
		return;
	json->state = JSONDUMP_STRING;
	if (json->code > 0 && json->code < 0x7F)
		add_char(json, (char)json->code);
	else
		add_char(json, DECODE_FOREIGN);
}

bool
jsondump_take(struct jsondump *json, char character, struct dump *dump)
{
	switch (json->state) {
	case JSONDUMP_STRING:
		take_in_string(json, character, dump);
		break;
	case JSONDUMP_ESCAPE:
		take_escaped(json, character);
		break;
	case JSONDUMP_CODE:
		take_code(json, character);
		break;
	case JSONDUMP_WORD:
		if (is_of_word(character))
			add_char(json, character);
		else {
			end_word(json, dump);
			take_between(json, character, dump);
		}
		break;
	case JSONDUMP_DONE:
	case JSONDUMP_BROKEN:
		break;
	default:
		take_between(json, character, dump);
	}
	return json->state != JSONDUMP_DONE && json->state != JSONDUMP_BROKEN;
}
